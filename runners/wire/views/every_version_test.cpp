// Views name fields by text. This proves that each name is right, and each field of the type that is asked
// for, in every version: a mistake throws.

#include <gtest/gtest.h>

#include <set>

#include "runners/wire/golden/golden_file.hpp"
#include "runners/wire/message_reader.hpp"
#include "runners/wire/views/every_view.hpp"

namespace klab {
namespace {

TEST(Views, ReadEveryVersion) {
  std::set<std::string> seen;
  for (const GoldenMessage& golden : golden_messages()) {
    const auto found = every_view().find(golden.name);
    if (found == every_view().end()) continue;
    const auto message = read_message(*find_message(golden.name), golden.version, golden.bytes);
    ASSERT_TRUE(message);
    EXPECT_NO_THROW(found->second(*message, golden.version)) << golden.name << " " << golden.version;
    seen.insert(golden.name);
  }
  EXPECT_EQ(seen.size(), every_view().size());
}

}  // namespace
}  // namespace klab
