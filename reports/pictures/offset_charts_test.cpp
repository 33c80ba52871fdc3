#include "reports/pictures/offset_charts.hpp"

#include <gtest/gtest.h>

#include <pugixml.hpp>

#include "checks/history/history_of.hpp"

namespace klab {
namespace {

using namespace std::chrono_literals;

HistoryOf two_producers() {
  return HistoryOf("t")
      .sample(4)
      .at(1s)
      .sent("producer-1", 0, {0, 1})
      .answered(0)
      .at(2s)
      .sent("producer-2", 1, {2})
      .answered(0)
      .stored(0, 0, 0)
      .stored(0, 1, 1)
      .stored(1, 0, 2);
}

TEST(OffsetCharts, DrawNothingWhereNothingIsStored) {
  EXPECT_TRUE(offset_charts(HistoryOf("t").sample(3)).empty());
}

TEST(OffsetCharts, HaveAPanelAPartitionAndASeriesAProducer) {
  const auto charts = offset_charts(two_producers());
  ASSERT_EQ(charts.size(), 1u);
  ASSERT_EQ(charts[0].panels.size(), 2u);
  EXPECT_EQ(charts[0].panels[0].title, "partition 0");
  EXPECT_EQ(charts[0].panels[0].records, 2u);
  ASSERT_EQ(charts[0].series.size(), 2u);
  EXPECT_EQ(charts[0].series[1].name, "producer-2");
  EXPECT_EQ(charts[0].panels[1].marks[0].size(), 0u);
  ASSERT_EQ(charts[0].panels[1].marks[1].size(), 1u);
  EXPECT_EQ(charts[0].panels[1].marks[1][0].at, Moment(2s));
}

TEST(OffsetCharts, TellRecordsApartByKeyWhereThereAreFewKeys) {
  const auto charts = offset_charts(
      two_producers().stored(0, 2, 3).with_key("2").at(1s).sent("producer-1", 0, {3}).answered(2));
  ASSERT_EQ(charts.at(0).series.size(), 2u);
  EXPECT_EQ(charts[0].series[0].name, "key none");
  EXPECT_EQ(charts[0].series[1].name, "key 2");
}

TEST(OffsetCharts, TakeARecordsOwnTimeWhereTheWireIsSilent) {
  const auto charts = offset_charts(HistoryOf("t").sample(1).stored(0, 0, 0).created(3s));
  ASSERT_EQ(charts.size(), 1u);
  EXPECT_EQ(charts[0].begin, Moment(3s));
  EXPECT_EQ(charts[0].series.at(0).name, "nobody who was heard");
}

TEST(OffsetCharts, MarkWhatWasAbortedAndWhatWasGiven) {
  const auto charts = offset_charts(two_producers()
                                        .stored(1, 1, 3)
                                        .created(2s)
                                        .in_state(RecordState::aborted)
                                        .at(3s)
                                        .delivered("consumer-1", 0, {0, 1}));
  ASSERT_EQ(charts.size(), 1u);
  EXPECT_TRUE(charts[0].series.back().is_aborted);
  EXPECT_EQ(charts[0].panels[1].marks.back().size(), 1u);
  ASSERT_EQ(charts[0].panels[0].given.size(), 1u);
  EXPECT_EQ(charts[0].panels[0].given[0].last, 1);
  EXPECT_EQ(charts[0].end, Moment(3s));
}

TEST(OffsetCharts, DrawTheFullestPartitionsOnly) {
  HistoryOf history("t", 40);
  history.sample(40);
  for (int partition = 0; partition < 40; ++partition) history.stored(partition, 0, 0).created(1s);
  const auto charts = offset_charts(history.stored(39, 1, 1).created(1s));
  ASSERT_EQ(charts.at(0).panels.size(), 12u);
  EXPECT_EQ(charts[0].panels.back().title, "partition 39");
  EXPECT_NE(charts[0].caption.find("The 12 fullest of 40 partitions"), std::string::npos);
}

TEST(OffsetCharts, CostNoMoreForASparseLog) {
  const auto charts =
      offset_charts(HistoryOf("t").sample(1).stored(0, 9'000'000'000'000'000'000, 0).created(1s));
  ASSERT_EQ(charts.size(), 1u);
  EXPECT_EQ(charts[0].panels[0].marks[0].size(), 1u);
}

TEST(OffsetCharts, AreWellFormedAndHaveANameAndADescription) {
  std::string page;
  {
    XmlElement body(page, "body");
    write_offset_chart(body, offset_charts(two_producers()).at(0));
  }
  pugi::xml_document parsed;
  ASSERT_TRUE(parsed.load_string(page.c_str())) << page;
  EXPECT_EQ(parsed.select_nodes("//svg[@role='img'][@aria-label]/desc").size(), 1u);
  EXPECT_EQ(parsed.select_nodes("//svg[@role='img']//path").size(), 2u);
  EXPECT_EQ(parsed.select_nodes("//ul[@class='legend']/li").size(), 2u);
}

}  // namespace
}  // namespace klab
