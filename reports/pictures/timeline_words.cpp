#include "reports/pictures/timeline_words.hpp"

#include <fmt/format.h>
#include <fmt/ranges.h>

#include <algorithm>
#include <set>
#include <vector>

#include "checks/counted.hpp"
#include "checks/history/seconds.hpp"
#include "reports/wording.hpp"

namespace klab {
namespace {

constexpr std::size_t kMostLanes = 16, kMostSpans = 6;

std::string meaning_of(const Timeline& timeline, Hue hue) {
  const auto entry = std::ranges::find(timeline.legend, hue, &TimelineLegend::hue);
  return entry == timeline.legend.end() ? "marked" : entry->meaning;
}

std::string in_words(const TimelineSpan& span) {
  return fmt::format("{} from {:.2f} s to {:.2f} s", span.text, seconds(span.from), seconds(span.until));
}

std::string in_words(const Timeline& timeline, const TimelineLane& lane) {
  std::vector<std::string> parts;
  for (const TimelineSpan& span : lane.spans)
    if (parts.size() < kMostSpans) parts.push_back(in_words(span));
  if (lane.spans.size() > parts.size())
    parts.push_back(fmt::format("{} more", lane.spans.size() - parts.size()));
  std::set<Hue> hues;
  for (const TimelineTick& tick : lane.ticks) hues.insert(tick.hue);
  for (const Hue hue : hues) parts.push_back(ticks_in_words(timeline, lane, hue));
  return fmt::format("{}: {}.", lane.label, fmt::join(parts, ", "));
}

}  // namespace

std::string in_words(const Timeline& timeline) {
  std::string words = timeline.caption;
  const std::size_t told = std::min(timeline.lanes.size(), kMostLanes);
  for (std::size_t i = 0; i < told; ++i) words += " " + in_words(timeline, timeline.lanes[i]);
  if (timeline.lanes.size() > told)
    words += " And " + counted(timeline.lanes.size() - told, "lane more.", "lanes more.");
  return words;
}

std::string ticks_in_words(const Timeline& timeline, const TimelineLane& lane, Hue hue) {
  std::size_t count = 0;
  Moment first = Moment::max(), last = {};
  for (const TimelineTick& tick : lane.ticks) {
    if (tick.hue != hue) continue;
    count += tick.count;
    first = std::min(first, tick.at);
    last = std::max(last, tick.at);
  }
  if (count == 0) return {};
  return fmt::format("{}: {} from {:.2f} s to {:.2f} s", meaning_of(timeline, hue), count, seconds(first),
                     seconds(last));
}

}  // namespace klab
