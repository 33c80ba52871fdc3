#include "checks/facts/group_rest.hpp"

#include <fmt/format.h>

#include <algorithm>

#include "checks/facts/group_deliveries.hpp"

namespace klab {
namespace {

using namespace std::chrono_literals;

constexpr Moment kRest = 5s;

Moment last_change(const History& history, std::string_view group, Moment before) {
  Moment last = {};
  const auto look = [&](const auto& events) {
    for (const auto& event : events)
      if (event.group == group && event.at < before) last = std::max(last, event.at);
  };
  look(history.joined);
  look(history.assigned);
  look(history.revoked);
  look(history.left);
  return last;
}

}  // namespace

bool was_at_rest(const History& history, std::string_view group, const Runs& runs) {
  Moment end = Moment::max();
  for (const ProgramRun* run : runs) end = std::min(end, end_of_play(*run));
  return end - last_change(history, group, end) >= kRest;
}

std::string why_never_together(const Runs& runs) {
  const auto ended =
      std::ranges::find_if(runs, [](const ProgramRun* run) { return run->ending == Ending::exited; });
  if (ended != runs.end())
    return fmt::format("{} {}: a consumer goes on until it is stopped", (*ended)->program,
                       describe_ending(**ended));
  return "do they share a group.instance.id? then each takes the other's place";
}

}  // namespace klab
