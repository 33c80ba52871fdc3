#include "reports/pictures/history_timelines.hpp"

#include <utility>

#include "reports/pictures/group_timelines.hpp"
#include "reports/pictures/passage_timelines.hpp"
#include "reports/pictures/play_timeline.hpp"

namespace klab {

std::vector<Timeline> history_timelines(const History& history) {
  std::vector<Timeline> timelines;
  if (auto timeline = play_timeline(history)) timelines.push_back(std::move(*timeline));
  for (Timeline& timeline : group_timelines(history)) timelines.push_back(std::move(timeline));
  for (Timeline& timeline : passage_timelines(history)) timelines.push_back(std::move(timeline));
  return timelines;
}

}  // namespace klab
