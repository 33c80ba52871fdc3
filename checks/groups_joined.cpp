#include "checks/groups_joined.hpp"

#include <algorithm>

namespace klab {

std::set<std::string> groups_joined(const History& history, std::string_view program) {
  std::set<std::string> groups;
  for (const Joined& joined : history.joined)
    if (joined.program == program) groups.insert(joined.group);
  return groups;
}

std::optional<std::string> group_shared_with_others(const History& history, const ProgramRun& run) {
  for (const std::string& group : groups_joined(history, run.program)) {
    const bool is_shared = std::ranges::any_of(history.programs, [&](const ProgramRun& other) {
      return other.program != run.program && other.group != run.group &&
             groups_joined(history, other.program).contains(group);
    });
    if (is_shared) return group;
  }
  return std::nullopt;
}

}  // namespace klab
