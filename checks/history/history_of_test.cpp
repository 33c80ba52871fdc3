#include "checks/history/history_of.hpp"

#include <gtest/gtest.h>

#include <sstream>

#include "checks/history/history_json.hpp"

namespace klab {
namespace {

TEST(HistoryOf, PutsEventsOnConsecutiveLinesFromTwo) {
  const History history = HistoryOf("t").sample(2).stored(0, 0, 1).printed("consumer-1", 1).drained();
  EXPECT_EQ(lines_of(history.topics[0], history.sample[0], history.sample[1]), (std::vector<Line>{2, 3, 4}));
  EXPECT_EQ(lines_of(history.logged[0], history.printed[0], history.drained[0], history.drained[1]),
            (std::vector<Line>{5, 6, 7, 8}));
}

TEST(HistoryOf, WritesLinesThatAreWhereItSaysTheyAre) {
  const History history =
      HistoryOf("t").sample(1).stored(0, 4, 0).drained().exited("producer-1").committed(0, 5);
  std::stringstream file;
  write_history(file, history);
  const History read = read_history(file, "history.jsonl");
  EXPECT_EQ(lines_of(read.sample[0], read.logged[0], read.drained[1], read.programs[0], read.committed[0]),
            lines_of(history.sample[0], history.logged[0], history.drained[1], history.programs[0],
                     history.committed[0]));
}

TEST(HistoryOf, DrainsEachPartitionToBehindItsLastRecord) {
  const History history = HistoryOf("t").sample(2).stored(1, 7, 0).stored(1, 3, 1).drained();
  ASSERT_EQ(history.drained.size(), 2u);
  EXPECT_EQ(history.drained[0].end, 0);
  EXPECT_EQ(history.drained[1].end, 8);
}

TEST(HistoryOf, CountsThePrintedLinesOfEachProgramAndStream) {
  const History history = HistoryOf("t")
                              .sample(1)
                              .stopped("consumer-1")
                              .printed("consumer-1", 0)
                              .unmatched("consumer-1", "Waiting...", Stream::err)
                              .printed_text("consumer-1", "bye")
                              .printed("consumer-2", 0);
  EXPECT_EQ(history.programs[0].role, "consumer");
  EXPECT_EQ(history.programs[0].lines_printed, 3u);
  EXPECT_EQ(history.printed[1].number, 1u);
  EXPECT_EQ(history.printed[2].number, 2u);
  EXPECT_EQ(history.printed[3].number, 1u);
}

}  // namespace
}  // namespace klab
