#include "runners/submission/content_digest.hpp"

#include <gtest/gtest.h>

#include "checks/errors.hpp"
#include "runners/process/test_folder.hpp"

namespace klab {
namespace {

std::string digest_of(std::initializer_list<std::string_view> parts) {
  ContentDigest digest;
  for (const std::string_view part : parts) digest.add(part);
  return digest.finish();
}

std::string digest_of_file(const std::filesystem::path& file) {
  ContentDigest digest;
  digest.add_file(file);
  return digest.finish();
}

TEST(ContentDigest, IsASha256OverPartsWithTheirLengths) {
  // printf '3:abc0:' | sha256sum
  EXPECT_EQ(digest_of({"abc", ""}), "bdf1004d3099a7a3712d12c456e15ebb2b81d43740868f77760be8f639855aad");
}

TEST(ContentDigest, DependsOnWhereAPartEnds) {
  EXPECT_NE(digest_of({"ab", "c"}), digest_of({"a", "bc"}));
  EXPECT_NE(digest_of({"abc"}), digest_of({"abc", ""}));
  EXPECT_NE(digest_of({}), digest_of({""}));
  EXPECT_EQ(digest_of({"ab", "c"}), digest_of({"ab", "c"}));
}

TEST(ContentDigest, CoversEveryByteOfAFile) {
  const TestFolder folder;
  std::string bytes(200'000, '\0');
  const auto file = folder.write("a", bytes), same = folder.write("b", bytes);
  bytes.back() = 'x';
  const auto other = folder.write("c", bytes), longer = folder.write("d", bytes + "y");
  EXPECT_EQ(digest_of_file(file), digest_of_file(same));
  EXPECT_NE(digest_of_file(file), digest_of_file(other));
  EXPECT_NE(digest_of_file(other), digest_of_file(longer));
}

TEST(ContentDigest, TellsAnEmptyFileFromNone) {
  const TestFolder folder;
  EXPECT_NE(digest_of_file(folder.write("empty", "")), digest_of({}));
}

TEST(ContentDigest, IsTheGradersErrorWhenAFileIsGone) {
  EXPECT_THROW(digest_of_file("/no/such/file"), HarnessError);
}

}  // namespace
}  // namespace klab
