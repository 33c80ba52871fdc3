#include <gtest/gtest.h>

#include <cstdlib>
#include <fstream>
#include <random>

#include "checks/history/history_of.hpp"
#include "reports/html/html.hpp"
#include "reports/pictures/group_timelines.hpp"
#include "reports/pictures/offset_charts.hpp"
#include "reports/pictures/passage_timelines.hpp"
#include "reports/pictures/play_timeline.hpp"
#include "reports/pictures/record_lives.hpp"

namespace klab {
namespace {

constexpr std::size_t kTwoMegabytes = 2'000'000;

/// Several programs that send, are given and print 50 000 records in an hour: 200 000 events.
History large_history() {
  HistoryOf written("t", 50);
  written.sample(1000);
  History history = written;
  std::mt19937 random(1);
  std::vector<std::int64_t> ends(50);
  Line line = 2000;
  for (int i = 0; i < 50'000; ++i) {
    const auto record = static_cast<std::size_t>(i) % 1000;
    const int partition = static_cast<int>(random() % 50);
    const std::int64_t offset = ends[static_cast<std::size_t>(partition)]++;
    const Moment at(Moment::rep(72'000) * i + static_cast<Moment::rep>(random() % 50'000));
    const std::string producer = "producer-" + std::to_string(i % 9),
                      consumer = "consumer-" + std::to_string(i % 9);
    history.sent.push_back({.line = ++line,
                            .program = producer,
                            .connection = 1,
                            .request = i,
                            .at = at,
                            .topic = "t",
                            .partition = partition,
                            .messages = 1,
                            .ids = {sample_id(record)}});
    history.answered.push_back({.line = ++line,
                                .program = producer,
                                .connection = 1,
                                .request = i,
                                .at = at,
                                .topic = "t",
                                .partition = partition,
                                .base_offset = offset});
    history.logged.push_back({.line = ++line,
                              .topic = "t",
                              .partition = partition,
                              .offset = offset,
                              .key = std::to_string(i % 5),
                              .value = sample_text(record)});
    history.delivered.push_back({.line = ++line,
                                 .program = consumer,
                                 .connection = 2,
                                 .at = at,
                                 .topic = "t",
                                 .partition = partition,
                                 .offsets = {offset}});
  }
  for (int i = 0; i < 50; ++i)
    history.fetch_started.push_back({.line = ++line, .program = "consumer-0", .topic = "t", .partition = i});
  for (int i = 0; i < 9; ++i)
    history.programs.push_back({.program = "producer-" + std::to_string(i), .ended = Moment(3'600'000'000)});
  return history;
}

SectionResult section_of(const History& history) {
  SectionResult section{.id = "X", .title = "Large"};
  for (int property = 0; property < 6; ++property) {
    PropertyResult result{.id = "X." + std::to_string(property),
                          .claim = "it stays readable",
                          .outcome = PropertyOutcome::fail};
    for (std::size_t i = 0; i < 8; ++i) result.evidence.push_back({{}, "record " + sample_id(i)});
    section.properties.push_back(std::move(result));
  }
  section.timelines.push_back(*play_timeline(history));
  for (Timeline& timeline : group_timelines(history)) section.timelines.push_back(std::move(timeline));
  for (Timeline& timeline : passage_timelines(history)) section.timelines.push_back(std::move(timeline));
  section.offset_charts = offset_charts(history);
  tell_lives(section, history);
  return section;
}

TEST(PageSize, StaysBelowTwoMegabytesForALargeHistoryInEverySection) {
  const SectionResult section = section_of(large_history());
  ASSERT_EQ(section.properties[0].lives.size(), 8u);
  EXPECT_FALSE(section.offset_charts.empty());
  EXPECT_GE(section.timelines.size(), 2u);  // what they did, and how long records were on their way
  const std::string page = html_report({.lab = "Large", .sections = std::vector<SectionResult>(9, section)});
  EXPECT_LT(page.size(), kTwoMegabytes);
  if (const char* file = std::getenv("KLAB_LARGE_PAGE")) std::ofstream(file) << page;
  RecordProperty("bytes", static_cast<int>(page.size()));
}

}  // namespace
}  // namespace klab
