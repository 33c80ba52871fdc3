// Conclusions about what clients did, from histories written by hand.

#include <fmt/format.h>
#include <gtest/gtest.h>

#include "checks/history/history_of.hpp"
#include "claims/mark.hpp"
#include "experiments/plays.hpp"
#include "experiments/told.hpp"

namespace klab {
namespace {

Measurement concluded(const Experiment& experiment, const History& history) {
  return experiment.conclude(history).measurements().at(experiment.claims.front());
}

/// A producer's 200 calls, each with what came of it at once, and the acknowledgements of the first `acked`.
void calls(HistoryOf& seen, const std::string& program, int failed, int slow, int acked) {
  for (int i = 1; i <= 200; ++i)
    seen.printed_text(program, fmt::format(R"({{"{}": "{}", "ms": {}}})",
                                           i > 200 - failed ? "failed" : "sent", i, i == slow ? 2500 : 1));
  for (int i = 1; i <= acked; ++i)
    seen.printed_text(program, fmt::format(R"({{"acked": "{}", "ms": 9}})", i));
}

Measurement full_buffer(int failed, int slow, int acked) {
  HistoryOf seen("buffer", 1);
  calls(seen, "roomy", 0, 0, 200);
  calls(seen, "tight", failed, slow, acked);
  return concluded(buffer_experiments().front(), seen.printed_text(kNotes, R"({"released": "yes"})"));
}

TEST(FullBuffer, BlocksRefusesOrDrops) {
  EXPECT_EQ(full_buffer(0, 60, 200).values.at(0).value, "blocks");
  EXPECT_EQ(full_buffer(150, 0, 50).values.at(0).value, "error");
  EXPECT_EQ(full_buffer(0, 0, 50).values.at(0).value, "drops");
  EXPECT_EQ(obstacle_to(full_buffer(0, 60, 200)), "");
}

TEST(FullBuffer, IsUndecidedWhereOnlyTheFirstCallWaited) {
  EXPECT_NE(obstacle_to(full_buffer(0, 1, 200)), "") << "it waits for metadata";
}

Measurement timestamps(std::int64_t untouched, std::int64_t appended) {
  History history = HistoryOf("untouched", 1)
                        .stored_text(0, 0, "now")
                        .stored_text(0, 1, "own")
                        .topic("appended", 1)
                        .stored_text(0, 0, "now")
                        .stored_text(0, 1, "own")
                        .printed_text(kNotes, R"({"released": "2000"})");
  const std::int64_t own = untouched < 2000 ? 1'000'000'000'000 : untouched;
  const std::vector<std::int64_t> stored{untouched, own, appended, appended};
  for (std::size_t i = 0; i < stored.size(); ++i) history.logged[i].timestamp_ms = stored[i];
  return concluded(timestamp_experiments().front(), history);
}

TEST(Timestamps, AreOfWhoseClockTheyShow) {
  EXPECT_EQ(timestamps(1000, 2010).values.at(0).value, "producer");
  EXPECT_EQ(timestamps(2010, 2010).values.at(0).value, "broker");
  EXPECT_EQ(obstacle_to(timestamps(1000, 2010)), "");
  EXPECT_NE(obstacle_to(timestamps(1000, 1000)), "") << "LogAppendTime was not seen to do what it does";
}

}  // namespace
}  // namespace klab
