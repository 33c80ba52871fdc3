#include "cli/check/program_account.hpp"

#include <gtest/gtest.h>

#include "checks/history/history_of.hpp"

namespace klab {
namespace {

using namespace std::chrono_literals;

TEST(ProgramAccount, TellsWhatWasPrintedAndHeardByTime) {
  const auto account = program_account(HistoryOf("t")
                                           .sample(2)
                                           .at(1s)
                                           .printed_text("consumer-1", "ready")
                                           .at(2s)
                                           .delivered("consumer-1", 0, {0, 1})
                                           .at(3s)
                                           .printed_text("consumer-1", "one")
                                           .at(2s)
                                           .printed_text("consumer-2", "not this one"),
                                       "consumer-1");
  ASSERT_EQ(account.size(), 3u);
  EXPECT_EQ(account[0].printed, "line 1: ready");
  EXPECT_EQ(account[1].heard, "delivered 2 messages of t-0, offsets 0 to 1");
  EXPECT_EQ(account[1].at, Moment(2s));
  EXPECT_EQ(account[2].printed, "line 2: one");
}

TEST(ProgramAccount, TellsWhatIsAlikeInARowAsOne) {
  HistoryOf history("t");
  for (int i = 1; i <= 5; ++i) history.at(Moment(i)).printed_text("p", std::to_string(i));
  for (int i = 6; i <= 8; ++i) history.at(Moment(i)).delivered("p", 0, {i, i + 1});
  const auto account = program_account(history, "p");
  ASSERT_EQ(account.size(), 2u);
  EXPECT_EQ(account[0].printed, "lines 1 to 5: 1\n..\n5");
  EXPECT_NE(account[1].heard.find("3 times, 6 messages in all"), std::string::npos) << account[1].heard;
}

TEST(ProgramAccount, KeepsTheStreamsApart) {
  const auto account =
      program_account(HistoryOf("t").printed_text("p", "a").printed_text("p", "b", Stream::err), "p");
  ASSERT_EQ(account.size(), 2u);
  EXPECT_EQ(account[1].printed, "line 1 of stderr: b");
}

TEST(ProgramAccount, LeavesOutTheMiddleOfMuch) {
  HistoryOf history("t");
  for (int i = 0; i < 100; ++i)
    history.at(Moment(2 * i))
        .printed_text("p", std::string(1000, 'x'))
        .at(Moment(2 * i + 1))
        .delivered("p", 0, {i});
  const auto account = program_account(history, "p");
  ASSERT_EQ(account.size(), 37u);
  EXPECT_EQ(account[24].left_out, 164u);
  EXPECT_EQ(account[36].heard, "delivered 1 message of t-0, offset 99");
  EXPECT_LT(account[0].printed.size(), 300u);
}

}  // namespace
}  // namespace klab
