#include "reports/pictures/group_timelines.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <array>
#include <map>
#include <set>
#include <utility>

#include "checks/facts/ownership.hpp"
#include "reports/pictures/play_timeline.hpp"

namespace klab {
namespace {

/// Colours and names of a group's members, in the order in which they first owned something.
class Members {
 public:
  explicit Members(const std::vector<Ownership>& owned) {
    std::map<std::string, std::set<std::string>> by_program;
    for (const Ownership& one : owned) by_program[one.program].insert(one.member);
    for (const Ownership& one : owned) {
      if (entries_.contains(one.member)) continue;
      auto& members = numbers_[one.program];
      members.push_back(one.member);
      // A program that is several members has them numbered.
      const std::string name = by_program[one.program].size() == 1
                                   ? one.program
                                   : fmt::format("{}, member {}", one.program, members.size());
      const Hue hue = kHues[entries_.size() % kHues.size()];
      entries_[one.member] = {.hue = hue, .meaning = fmt::format("{}: {}", entries_.size() + 1, name)};
      legend_.push_back(entries_[one.member]);
    }
  }

  const TimelineLegend& of(const std::string& member) const { return entries_.at(member); }
  const std::vector<TimelineLegend>& legend() const { return legend_; }

 private:
  static constexpr std::array kHues{Hue::one, Hue::two, Hue::three, Hue::four, Hue::five, Hue::six};

  std::map<std::string, TimelineLegend> entries_ = {};
  std::map<std::string, std::vector<std::string>> numbers_ = {};
  std::vector<TimelineLegend> legend_ = {};
};

/// By which a member is told where its name has no room.
std::string number_of(const TimelineLegend& member) {
  return member.meaning.substr(0, member.meaning.find(':'));
}

Timeline timeline_of(const std::string& group, const std::vector<Ownership>& owned, Moment begin,
                     Moment end) {
  const Members members(owned);
  Timeline timeline{
      .title = fmt::format("Who owned which partition in {}.", group),
      .caption = "A partition belongs to one member at a time; where nobody has it, nobody reads it.",
      .begin = begin,
      .end = end,
      .legend = members.legend()};
  std::set<std::string> topics;
  std::map<PartitionName, TimelineLane> lanes;
  for (const Ownership& one : owned) {
    topics.insert(one.partition.topic);
    const TimelineLegend& member = members.of(one.member);
    lanes[one.partition].spans.push_back({.from = one.from,
                                          .until = std::min(one.to, end),
                                          .hue = member.hue,
                                          .text = member.meaning,
                                          .brief = number_of(member)});
  }
  for (auto& [partition, lane] : lanes) {
    lane.label = topics.size() == 1 ? fmt::format("partition {}", partition.partition)
                                    : fmt::format("{} {}", partition.topic, partition.partition);
    timeline.lanes.push_back(std::move(lane));
  }
  return timeline;
}

bool has_several_members(const std::vector<Ownership>& owned) {
  return std::ranges::any_of(owned, [&](const Ownership& one) { return one.member != owned.front().member; });
}

}  // namespace

std::vector<Timeline> group_timelines(const History& history) {
  std::map<std::string, std::vector<Ownership>> by_group;
  for (Ownership& one : ownerships(history)) by_group[one.group].push_back(std::move(one));
  std::vector<Timeline> timelines;
  for (const auto& [group, owned] : by_group)
    if (has_several_members(owned))
      timelines.push_back(timeline_of(group, owned, begin_of_programs(history), end_of_programs(history)));
  return timelines;
}

}  // namespace klab
