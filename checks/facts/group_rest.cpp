#include "checks/facts/group_rest.hpp"

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

bool was_at_rest(const History& history, std::string_view group, const std::vector<const ProgramRun*>& runs) {
  Moment end = Moment::max();
  for (const ProgramRun* run : runs) end = std::min(end, end_of_play(*run));
  return end - last_change(history, group, end) >= kRest;
}

}  // namespace klab
