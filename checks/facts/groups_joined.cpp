#include "checks/facts/groups_joined.hpp"

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

std::vector<std::string> groups_told(const History& history, std::string_view role) {
  Runs runs = runs_of(history, role);
  std::ranges::stable_sort(runs, {}, &ProgramRun::started);
  std::vector<std::string> groups;
  for (const ProgramRun* run : runs)
    if (std::ranges::find(groups, run->group) == groups.end()) groups.push_back(run->group);
  return groups;
}

Runs runs_told(const History& history, std::string_view group) {
  Runs runs;
  for (const ProgramRun& run : history.programs)
    if (run.group == group) runs.push_back(&run);
  std::ranges::stable_sort(runs, {}, &ProgramRun::started);
  return runs;
}

std::optional<std::string> group_of_all(const History& history, const Runs& runs) {
  for (const Joined& joined : history.joined)
    if (!runs.empty() && std::ranges::all_of(runs, [&](const ProgramRun* run) {
          return groups_joined(history, run->program).contains(joined.group);
        }))
      return joined.group;
  return std::nullopt;
}

}  // namespace klab
