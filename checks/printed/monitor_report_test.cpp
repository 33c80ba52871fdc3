#include "checks/printed/monitor_report.hpp"

#include <gtest/gtest.h>

#include "checks/history/history_of.hpp"

namespace klab {
namespace {

/// Three records in two partitions, of which the group "g" has read one; 1000 bytes; and a monitor.
HistoryOf three_stored() {
  HistoryOf history("t");
  history.stored(0, 0, 0).stored(0, 1, 1).stored(1, 0, 2).drained().committed(0, 1).committed(1, 0);
  return history.looked("id", {}, 1000).exited("monitor-1");
}

History with_group(History history) {
  history.programs.back().group = "group";
  return history;
}

HistoryOf printed(const std::string& text) { return three_stored().printed_text("monitor-1", text); }

Verdict records(const History& history) { return reports_records(history, "t", "monitor"); }
Verdict lag(const History& history) { return reports_lag(with_group(history), "t", "monitor"); }
Verdict bytes(const History& history) { return reports_bytes(history, "t", "monitor", 10); }

TEST(MonitorReport, HoldsForTheRightNumbers) {
  const History history = printed(R"({"records": 3, "lag": 2, "bytes": 1000})");
  EXPECT_EQ(name_of(records(history).outcome), "holds");
  EXPECT_EQ(name_of(lag(history).outcome), "holds");
  EXPECT_EQ(name_of(bytes(history).outcome), "holds");
  EXPECT_TRUE(has_reported(history, "monitor-1"));
}

TEST(MonitorReport, RefutesWrongNumbers) {
  const History history = printed(R"({"records": 2, "lag": 1, "bytes": 1101})");
  EXPECT_EQ(records(history).actual, "\"records\": 2");
  EXPECT_EQ(records(history).evidence.at(0).lines, lines_of(history.printed[0]));
  EXPECT_EQ(name_of(lag(history).outcome), "refuted");
  EXPECT_EQ(name_of(bytes(history).outcome), "refuted");
}

TEST(MonitorReport, LetsBytesBeNearEnough) {
  EXPECT_EQ(name_of(bytes(printed(R"({"bytes": 900})")).outcome), "holds");
  EXPECT_EQ(name_of(bytes(printed(R"({"bytes": 899})")).outcome), "refuted");
}

TEST(MonitorReport, FindsTheObjectAmongOtherOutput) {
  EXPECT_EQ(name_of(records(printed("topic t {ok}: {\"records\": \"3\"} }")).outcome), "holds");
  EXPECT_EQ(name_of(records(printed(R"({"topic": {"name": "{", "records": 3.0}})")).outcome), "holds");
  EXPECT_EQ(
      name_of(
          records(printed("{").printed_text("monitor-1", " \"records\": 3").printed_text("monitor-1", "}"))
              .outcome),
      "holds");
  EXPECT_EQ(
      name_of(records(three_stored().printed_text("monitor-1", R"({"records": 3})", Stream::err)).outcome),
      "holds");
}

TEST(MonitorReport, TakesTheLastObjectThatIsWhole) {
  const HistoryOf twice = printed(R"({"records": 1})").printed_text("monitor-1", R"({"records": 3})");
  EXPECT_EQ(name_of(records(twice).outcome), "holds");
  EXPECT_EQ(name_of(records(HistoryOf(twice).printed_text("monitor-1", R"({"records": )")).outcome), "holds");
}

TEST(MonitorReport, TakesTotalsBesideThoseOfEachPartition) {
  const char* first = R"({"records": 3, "partitions": [{"partition": 0, "records": 2}, {"records": 1}]})";
  const char* last = R"({"partitions": [{"partition": 0, "records": 2}, {"records": 1}], "records": 3})";
  for (const char* text : {first, last}) EXPECT_EQ(name_of(records(printed(text)).outcome), "holds") << text;
  EXPECT_EQ(records(printed(first).printed_text("monitor-1", R"({"records": 4})")).actual, "\"records\": 4");
}

TEST(MonitorReport, TakesTotalsThatLieLessDeepThanThoseOfEachPartition) {
  const char* listed = R"({"total": {"records": 3}, "each": [{"id": 0, "of": {"records": 2}}]})";
  const char* by_number = R"({"total": {"records": 3}, "partitions": {"0": {"all": {"records": 2}}}})";
  for (const char* text : {listed, by_number})
    EXPECT_EQ(name_of(records(printed(text)).outcome), "holds") << text;
}

TEST(MonitorReport, TakesNoObjectThatTellsOfOnePartition) {
  const HistoryOf totals_first = printed(R"({"partition": "all", "records": 3})")
                                     .printed_text("monitor-1", R"({"partition": 0, "records": 2})");
  EXPECT_EQ(name_of(records(totals_first).outcome), "holds");
  EXPECT_TRUE(records(printed(R"({"partition": 0, "records": 3})")).is_shortfall);
}

TEST(MonitorReport, RefutesAMonitorThatPrintsNoObject) {
  const Verdict verdict = records(printed("3 records"));
  EXPECT_EQ(name_of(verdict.outcome), "refuted");
  EXPECT_EQ(verdict.actual, "monitor-1 printed no JSON object with a number \"records\"");
  EXPECT_TRUE(verdict.is_shortfall);
  EXPECT_FALSE(has_reported(printed(R"({"records": 3, "lag": 2})"), "monitor-1"));
}

TEST(MonitorReport, IsUndecidedWithoutFiguresOfTheGradersOwn) {
  const History history =
      HistoryOf("t").exited("monitor-1").printed_text("monitor-1", R"({"records": 0, "lag": 0, "bytes": 0})");
  EXPECT_EQ(name_of(records(history).outcome), "undecided");
  EXPECT_EQ(name_of(lag(history).outcome), "undecided");
  EXPECT_EQ(name_of(bytes(history).outcome), "undecided");
  EXPECT_EQ(name_of(lag(HistoryOf("t").drained().committed(0, 0).exited("monitor-1")).outcome), "undecided");
}

TEST(MonitorReport, IsUndecidedWhenNoMonitorRan) {
  HistoryOf history("t");
  EXPECT_EQ(name_of(records(history.drained()).outcome), "undecided");
}

}  // namespace
}  // namespace klab
