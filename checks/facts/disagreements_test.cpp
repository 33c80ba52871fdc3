#include "checks/facts/disagreements.hpp"

#include <gtest/gtest.h>

#include "checks/history/history_of.hpp"

namespace klab {
namespace {

/// Two records that producer-1 sent and that are stored.
HistoryOf sent_and_stored() {
  HistoryOf history("t");
  history.sample(3).exited("producer-1").stopped("consumer-1").sent("producer-1", 0, {0, 1}).answered(0);
  history.stored(0, 0, 0).stored(0, 1, 1).drained();
  return history;
}

HistoryOf heard(HistoryOf history) { return history.overheard("producer-1").overheard("consumer-1"); }

std::vector<std::string> notes(const History& history) {
  std::vector<std::string> notes;
  for (const Evidence& evidence : disagreements(history)) notes.push_back(evidence.note);
  return notes;
}

using Texts = std::vector<std::string>;

TEST(Disagreements, AreNoneWhereWitnessesAgree) {
  EXPECT_EQ(notes(heard(sent_and_stored())
                      .delivered_all("consumer-1")
                      .printed("consumer-1", 0)
                      .printed("consumer-1", 1)),
            Texts{});
}

TEST(Disagreements, AreNoneAboutRecordsOfAnotherKeyThanTheProgramWasTold) {
  History history = heard(sent_and_stored()).delivered_all("consumer-1");
  for (LoggedRecord& record : history.logged) record.key = "1";
  history.programs[1].key = "2";
  EXPECT_EQ(notes(history), Texts{});
  history.logged[0].key = "2";
  history.printed = History(heard(sent_and_stored()).printed("consumer-1", 0)).printed;
  EXPECT_EQ(notes(history), Texts{});
  history.programs[1].key = "1";
  EXPECT_EQ(notes(history), Texts{"consumer-1 was given 1 record that it did not print"});
}

TEST(Disagreements, TellOfRecordsThatWerePrintedAndNotGiven) {
  const History history = heard(sent_and_stored())
                              .delivered("consumer-1", 0, {0})
                              .printed("consumer-1", 0)
                              .printed("consumer-1", 1);
  EXPECT_EQ(notes(history), Texts{"consumer-1 printed 1 record that the broker never gave it"});
  EXPECT_EQ(disagreements(history).at(0).lines, lines_of(history.printed[1]));
}

TEST(Disagreements, SayOfPrintedRecordsOfAbortedTransactionsThatTheseWereNotCommitted) {
  History history = heard(sent_and_stored())
                        .delivered("consumer-1", 0, {0})
                        .printed("consumer-1", 0)
                        .printed("consumer-1", 1);
  history.logged[1].state = RecordState::aborted;
  const Texts uncommitted{"consumer-1 printed 1 record of transactions that were not committed"};
  EXPECT_EQ(notes(history), uncommitted);
  // Committed as well, by another transaction that the consumer did not get to.
  history.logged.push_back(history.logged[1]);
  history.logged.back().offset = 2;
  history.logged.back().state = RecordState::committed;
  EXPECT_EQ(notes(history), uncommitted);
}

TEST(Disagreements, AreNoneAboutWhatAProducerPrintsOfItsOwnRecords) {
  const auto says = [](std::size_t record) {
    return notes(heard(sent_and_stored()).delivered_all("consumer-1").printed("producer-1", record));
  };
  EXPECT_EQ(says(0), Texts{});
  HistoryOf of_another = heard(sent_and_stored()).delivered_all("consumer-1");
  of_another.sent("producer-2", 0, {2})
      .answered(2)
      .stored(0, 2, 2)
      .exited("producer-2")
      .overheard("producer-2");
  EXPECT_EQ(notes(of_another.printed("producer-1", 2)),
            Texts{"producer-1 printed 1 record that the broker never gave it"});
}

TEST(Disagreements, TellOfRecordsThatWereGivenAndNotPrinted) {
  EXPECT_EQ(notes(heard(sent_and_stored()).delivered_all("consumer-1").printed("consumer-1", 0)),
            Texts{"consumer-1 was given 1 record that it did not print"});
}

TEST(Disagreements, AreNoneWhereAnotherOfTheGroupPrintedIt) {
  History history = heard(sent_and_stored())
                        .stopped("consumer-2")
                        .delivered_all("consumer-1")
                        .printed("consumer-1", 0)
                        .printed("consumer-2", 1);
  EXPECT_EQ(notes(history), Texts{"consumer-1 was given 1 record that it did not print"});
  for (ProgramRun& run : history.programs) run.group = "g";
  EXPECT_EQ(notes(history), Texts{});
}

TEST(Disagreements, AreNoneAboutWhatWasAborted) {
  History history = heard(sent_and_stored()).delivered_all("consumer-1").printed("consumer-1", 0);
  history.logged[1].state = RecordState::aborted;
  EXPECT_EQ(notes(history), Texts{});
}

TEST(Disagreements, TakeNoMonitorForASender) {
  HistoryOf history("t");
  history.sample(1).exited("monitor-1").overheard("monitor-1").stored(0, 0, 0).drained();
  EXPECT_EQ(notes(history), Texts{});
}

TEST(Disagreements, TellOfRecordsThatWereSentAndAreNotInTheLog) {
  EXPECT_EQ(disagreements(heard(sent_and_stored()).sent("producer-1", 1, {2, 2})).at(0).lines.size(), 1u)
      << "each line once";
  EXPECT_EQ(notes(heard(sent_and_stored()).sent("producer-1", 1, {2})),
            Texts{"producer-1 sent 1 record that the log does not hold"});
}

TEST(Disagreements, TellOfRecordsThatNobodyWasHeardToSend) {
  EXPECT_EQ(notes(heard(sent_and_stored()).stored(1, 0, 2)),
            Texts{"the log holds 1 record that no program was heard to send"});
}

TEST(Disagreements, SayNothingOfProgramsThatWereNotHeard) {
  EXPECT_EQ(notes(sent_and_stored().printed("consumer-1", 0).stored(1, 0, 2)), Texts{});
}

}  // namespace
}  // namespace klab
