#include <gtest/gtest.h>

#include "checks/history/history_of.hpp"
#include "claims/mark.hpp"
#include "experiments/plays.hpp"

namespace klab {
namespace {

Measurements concluded(const History& history) {
  return consumer_default_experiments().front().conclude(history).measurements();
}

/// Three members that read as they were told, the untouched one only what is new.
HistoryOf three_members() {
  HistoryOf seen("defaults", 1);
  for (const std::string program : {"untouched", "from-the-start", "from-now"}) {
    const bool is_from_the_start = program == "from-the-start";
    seen.joined(program, 1).fetched(program, 0, is_from_the_start ? 0 : 2, is_from_the_start);
    if (is_from_the_start)
      seen.printed_text(program, R"({"received": "old"})").printed_text(program, R"({"received": "old"})");
    seen.printed_text(program, R"({"received": "new"})").overheard(program);
  }
  return seen;
}

TEST(ConsumerDefaults, AreWhatTheUntouchedMemberDoes) {
  const Measurements found = concluded(three_members().commits("untouched", 0, 3).commits("from-now", 0, 3));
  EXPECT_EQ(found.at("offsets.new_group").values.at(0).value, "latest");
  EXPECT_EQ(found.at("offsets.auto").values.at(0).value, "on");
  EXPECT_EQ(found.at("txn.default_isolation").values.at(0).value, "read_uncommitted");
  for (const std::string claim : {"offsets.new_group", "offsets.auto", "txn.default_isolation"})
    EXPECT_EQ(obstacle_to(found.at(claim)), "") << claim;
}

TEST(ConsumerDefaults, SilenceIsNotOffWhenWhoWasToldToCommitIsSilentToo) {
  const Measurements found = concluded(three_members());
  EXPECT_EQ(found.at("offsets.auto").values.at(0).value, "off");
  EXPECT_NE(obstacle_to(found.at("offsets.auto")), "");
}

TEST(ConsumerDefaults, AnErrorAboutSomethingElseDoesNotMakeGroupIdsRequired) {
  const std::string refusal = R"({"error": "you must provide a valid group.id"})",
                    other = R"({"error": "the broker is gone"})";
  EXPECT_NE(obstacle_to(concluded(three_members().printed_text("alone", other)).at("group.id_required")), "");
  const Measurements found = concluded(three_members().printed_text("alone", refusal));
  EXPECT_EQ(found.at("group.id_required").values.at(0).value, "yes");
  EXPECT_EQ(found.at("group.id_required").values.at(0).where.at("api"), "subscribe");
}

}  // namespace
}  // namespace klab
