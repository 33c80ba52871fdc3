#include "claims/explicit_mark.hpp"

#include <gtest/gtest.h>

namespace klab {
namespace {

const Catalogue& catalogue() {
  static const Catalogue kCatalogue = load_catalogue(std::filesystem::path(KLAB_SOURCE_DIR) / "claims");
  return kCatalogue;
}

TEST(ExplicitMarks, SayWhatTheySay) {
  for (const std::string text : {"acks.default = all", "acks.default != 1", "offsets.auto/interval = 5 s"}) {
    const ReadMark read = read_mark(" " + text + " ", catalogue());
    EXPECT_EQ(read.problem, "");
    EXPECT_EQ(text_of(read.statement), text);
  }
}

TEST(ExplicitMarks, SayWhatIsWrongWithThem) {
  EXPECT_EQ(read_mark("acks.default", catalogue()).problem, "expected [claim: ID = VALUE]");
  EXPECT_EQ(read_mark("acks.defualt = all", catalogue()).problem,
            "no claim \"acks.defualt\" in the catalogue");
  EXPECT_EQ(read_mark("acks.default/x = all", catalogue()).problem, "acks.default has no aspect \"x\"");
  EXPECT_EQ(read_mark("acks.default = two", catalogue()).problem,
            "\"two\" is no answer to acks.default; expected one of all, 1, 0");
}

}  // namespace
}  // namespace klab
