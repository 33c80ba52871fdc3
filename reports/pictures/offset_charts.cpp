#include "reports/pictures/offset_charts.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <functional>
#include <map>
#include <optional>
#include <set>
#include <tuple>

#include "checks/facts/answers.hpp"
#include "checks/history/record_key.hpp"
#include "reports/printable.hpp"

namespace klab {
namespace {

constexpr std::size_t kMostSeries = 6, kMostPanels = 12, kMostMarks = 1200, kLongestName = 40;

/// Where and when a record was stored, and what it is told apart by.
struct Point {
  PartitionName partition = {};
  std::int64_t offset = 0;
  Moment at = {};
  std::string key = {};
  std::string producer = {};
  bool is_aborted = false;
};

/// Who brought what the broker stored, and when.
class Arrivals {
 public:
  explicit Arrivals(const History& history) {
    const Answers answers(history);
    for (const SentBatch& batch : history.sent) {
      const Answered* answer = answers.to(batch);
      if (answer != nullptr && says_stored(*answer) && answer->base_offset >= 0)
        by_place_.try_emplace({batch.topic, batch.partition, answer->base_offset}, &batch);
    }
  }

  const SentBatch* of(const LoggedRecord& record) const {
    auto next = by_place_.upper_bound({record.topic, record.partition, record.offset});
    if (next == by_place_.begin()) return nullptr;
    const auto& [place, batch] = *--next;
    const bool is_inside = std::get<0>(place) == record.topic && std::get<1>(place) == record.partition &&
                           record.offset < std::get<2>(place) + static_cast<std::int64_t>(batch->messages);
    return is_inside ? batch : nullptr;
  }

 private:
  using Place =
      std::tuple<std::string_view, int, std::int64_t>;  // views into the history, which outlives this

  std::map<Place, const SentBatch*> by_place_ = {};
};

std::optional<Moment> created(const History& history, const LoggedRecord& record) {
  if (history.started_unix_ms == 0 || record.timestamp_ms < history.started_unix_ms) return std::nullopt;
  return Moment(std::chrono::milliseconds(record.timestamp_ms - history.started_unix_ms));
}

std::vector<Point> points_of(const History& history) {
  const Arrivals arrivals(history);
  std::vector<Point> points;
  for (const LoggedRecord& record : history.logged) {
    const SentBatch* batch = arrivals.of(record);
    const auto at = batch != nullptr ? std::optional(batch->at) : created(history, record);
    if (at)
      points.push_back({.partition = {record.topic, record.partition},
                        .offset = record.offset,
                        .at = *at,
                        .key = key_text(record.key),
                        .producer = batch != nullptr ? batch->program : "nobody who was heard",
                        .is_aborted = record.state == RecordState::aborted});
  }
  return points;
}

/// What tells the points apart: keys, if they are few but several; else who sent them.
class Series {
 public:
  explicit Series(const std::vector<Point>& points) {
    std::set<std::string> keys, producers;
    for (const Point& point : points) {
      producers.insert(point.producer);
      if (keys.size() <= kMostSeries) keys.insert(point.key);
    }
    is_by_key_ = keys.size() > 1 && keys.size() <= kMostSeries;
    for (const std::string& name : is_by_key_ ? keys : producers) {
      if (series_.size() == kMostSeries) break;
      seats_[name] = series_.size();
      series_.push_back(
          {.name = is_by_key_ ? "key " + (name.empty() ? "none" : shortened(name, kLongestName)) : name});
    }
    if (!is_by_key_ && producers.size() > kMostSeries) series_.back().name = "other producers";
    if (std::ranges::any_of(points, &Point::is_aborted))
      series_.push_back({.name = "in an aborted transaction", .is_aborted = true});
  }

  std::size_t of(const Point& point) const {
    if (point.is_aborted) return series_.size() - 1;
    const auto seat = seats_.find(is_by_key_ ? point.key : point.producer);
    return seat == seats_.end() ? kMostSeries - 1 : seat->second;
  }

  const std::vector<OffsetSeries>& all() const { return series_; }
  std::string_view told_apart_by() const { return is_by_key_ ? "key" : "producer"; }

 private:
  bool is_by_key_ = false;
  std::map<std::string, std::size_t> seats_ = {};
  std::vector<OffsetSeries> series_ = {};
};

/// A grid over a panel: what falls into the same cell is one mark.
struct Grid {
  Moment::rep columns = 0;
  double rows = 0;
};

Moment::rep column_of(Moment at, const OffsetChart& chart, const Grid& grid) {
  const Moment::rep length = std::max<Moment::rep>((chart.end - chart.begin).count(), 1);
  return (at - chart.begin).count() * (grid.columns - 1) / length;
}

struct Drawing {
  const std::vector<Point>& points;
  const Series& series;
  const std::map<PartitionName, std::size_t>& seats;  // of the panels
};

/// How many marks that makes.
std::size_t mark(OffsetChart& chart, const Drawing& drawing, const Grid& grid) {
  std::set<std::tuple<std::size_t, std::size_t, Moment::rep, int>> cells;
  for (OffsetPanel& panel : chart.panels) panel.marks.assign(chart.series.size(), {});
  for (const Point& point : drawing.points) {
    const auto seat = drawing.seats.find(point.partition);
    if (seat == drawing.seats.end()) continue;
    OffsetPanel& panel = chart.panels[seat->second];
    const std::size_t series = drawing.series.of(point);
    const auto row =
        static_cast<int>(grid.rows * static_cast<double>(point.offset) / static_cast<double>(panel.end));
    if (cells.emplace(seat->second, series, column_of(point.at, chart, grid), row).second)
      panel.marks[series].push_back({point.at, point.offset});
  }
  return cells.size();
}

void mark_finely_enough(OffsetChart& chart, const Drawing& drawing) {
  for (const Grid& grid : {Grid{160, 48}, Grid{80, 24}, Grid{40, 12}, Grid{12, 6}, Grid{6, 3}})
    if (mark(chart, drawing, grid) <= kMostMarks) return;
}

void mark_given(OffsetChart& chart, const History& history,
                const std::map<PartitionName, std::size_t>& seats) {
  std::map<std::pair<std::size_t, Moment::rep>, OffsetsGiven> cells;
  for (const Delivered& given : history.delivered) {
    const auto seat = seats.find({given.topic, given.partition});
    if (seat == seats.end() || given.offsets.empty()) continue;
    const OffsetsGiven all{given.at, given.offsets.front(), given.offsets.back()};
    const auto column = column_of(given.at, chart, {100, 0});
    const auto [cell, is_new] = cells.try_emplace({seat->second, column}, all);
    cell->second.first = std::min(cell->second.first, all.first);
    cell->second.last = std::max(cell->second.last, all.last);
  }
  for (const auto& [cell, given] : cells) chart.panels[cell.first].given.push_back(given);
}

/// The partitions that hold most, in their own order.
std::vector<PartitionName> fullest(const std::vector<Point>& points) {
  std::map<PartitionName, std::size_t> counts;
  for (const Point& point : points) ++counts[point.partition];
  std::vector<PartitionName> names;
  for (const auto& [name, count] : counts) names.push_back(name);
  std::ranges::stable_sort(names, std::greater<>(), [&](const PartitionName& name) { return counts[name]; });
  if (names.size() > kMostPanels) names.resize(kMostPanels);
  std::ranges::sort(names);
  return names;
}

std::string left_out(std::size_t partitions, std::size_t drawn) {
  return partitions > drawn ? fmt::format(" The {} fullest of {} partitions are drawn.", drawn, partitions)
                            : "";
}

/// From the first record stored to the last one given.
void set_times(OffsetChart& chart, const History& history, const std::vector<Point>& points) {
  const auto [first, last] = std::ranges::minmax(points, {}, &Point::at);
  chart.begin = first.at;
  chart.end = last.at;
  for (const Delivered& given : history.delivered) chart.end = std::max(chart.end, given.at);
}

void add_panels(OffsetChart& chart, const std::vector<Point>& points,
                std::map<PartitionName, std::size_t>& seats) {
  std::set<std::string_view> topics;
  std::set<PartitionName> all;
  for (const Point& point : points) {
    topics.insert(point.partition.topic);
    all.insert(point.partition);
  }
  for (const PartitionName& name : fullest(points)) {
    seats[name] = chart.panels.size();
    chart.panels.push_back({.title = topics.size() == 1 ? fmt::format("partition {}", name.partition)
                                                        : fmt::format("{} {}", name.topic, name.partition)});
  }
  chart.caption += left_out(all.size(), chart.panels.size());
  for (const Point& point : points)
    if (const auto seat = seats.find(point.partition); seat != seats.end()) {
      OffsetPanel& panel = chart.panels[seat->second];
      panel.end = std::max(panel.end, point.offset + 1);
      ++panel.records;
    }
}

}  // namespace

std::vector<OffsetChart> offset_charts(const History& history) {
  const std::vector<Point> points = points_of(history);
  if (points.empty()) return {};
  const Series series(points);
  OffsetChart chart{
      .title = "Which record came where, and when.",
      .caption = fmt::format("A mark is a record in its partition, by {}, side by side where all "
                             "came at once; an upright line is what a program was given at once.",
                             series.told_apart_by()),
      .series = series.all()};
  set_times(chart, history, points);
  std::map<PartitionName, std::size_t> seats;
  add_panels(chart, points, seats);
  mark_finely_enough(chart, {points, series, seats});
  mark_given(chart, history, seats);
  return {std::move(chart)};
}

}  // namespace klab
