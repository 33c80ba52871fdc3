#include "checks/printed/printed_by_members.hpp"

#include <gtest/gtest.h>

#include "checks/history/history_of.hpp"

namespace klab {
namespace {

using namespace std::chrono_literals;

Verdict judge(const History& history) { return printed_by_members(history, "t", "consumer"); }

/// Two records, one given to each of two consumers.
HistoryOf shared_out() {
  HistoryOf history("t");
  history.sample(2).stored(0, 0, 0).stored(1, 0, 1).drained();
  history.at(1s).delivered("consumer-1", 0, {0}).delivered("consumer-2", 1, {0}).at(2s);
  for (const char* program : {"consumer-1", "consumer-2"}) history.stopped(program).overheard(program);
  return history;
}

TEST(PrintedByMembers, HoldsWhenEachPrintsWhatItWasGiven) {
  EXPECT_EQ(name_of(judge(shared_out().printed("consumer-1", 0).printed("consumer-2", 1)).outcome), "holds");
}

TEST(PrintedByMembers, RefutesOneThatIsMissingOrForged) {
  EXPECT_EQ(name_of(judge(shared_out().printed("consumer-1", 0)).outcome), "refuted");
  EXPECT_EQ(name_of(judge(shared_out().printed("consumer-1", 0).printed("consumer-1", 1)).outcome),
            "refuted");
}

TEST(PrintedByMembers, IsUndecidedAboutSurplusWhenRecordsWereDeliveredAgain) {
  const auto twice = [](HistoryOf history) {
    return judge(history.printed("consumer-1", 0).printed("consumer-2", 0).printed("consumer-2", 1));
  };
  EXPECT_EQ(name_of(twice(shared_out()).outcome), "refuted") << "it was not given that";
  const Verdict verdict = twice(shared_out().delivered("consumer-2", 0, {0}));
  EXPECT_EQ(verdict.actual, "1 record was delivered to more than one consumer, which may print them again");
  EXPECT_EQ(name_of(verdict.outcome), "undecided");
}

}  // namespace
}  // namespace klab
