#include "checks/groups/members_together.hpp"

#include <fmt/format.h>
#include <fmt/ranges.h>

#include <algorithm>
#include <set>

#include "checks/counted.hpp"
#include "checks/facts/group_rest.hpp"
#include "checks/facts/groups_joined.hpp"
#include "checks/facts/ownership.hpp"
#include "checks/history/seconds.hpp"

namespace klab {
namespace {

/// The first moment at which all own something in one group. Only an assignment can bring it about.
const Ownership* first_together(const std::vector<Ownership>& owned, std::string_view topic,
                                const Runs& runs) {
  for (const Ownership& latest : owned) {
    const bool all = std::ranges::all_of(runs, [&](const ProgramRun* run) {
      return std::ranges::any_of(owned, [&](const Ownership& one) {
        return one.program == run->program && one.partition.topic == topic && one.group == latest.group &&
               one.holds(latest.from);
      });
    });
    if (all) return &latest;
  }
  return nullptr;
}

Evidence evidence_of(const History& history, const std::vector<Ownership>& owned, const ProgramRun& run) {
  const auto groups = groups_joined(history, run.program);
  if (groups.empty())
    return {.lines = {run.line}, .note = fmt::format("{} never joined a group", run.program)};
  Evidence evidence{.lines = {run.line}};
  for (const Joined& joined : history.joined)
    if (joined.program == run.program && evidence.lines.size() < 3) evidence.lines.push_back(joined.line);
  std::string when = "never";
  if (const auto first = std::ranges::find(owned, run.program, &Ownership::program); first != owned.end()) {
    when = fmt::format("from {:.3f} s to {}", seconds(first->from),
                       first->to == kStillOwned ? "the end" : fmt::format("{:.3f} s", seconds(first->to)));
    evidence.lines.push_back(first->given);
  }
  evidence.note =
      fmt::format("{} joined {}; it owned partitions {}", run.program, fmt::join(groups, ", "), when);
  return evidence;
}

}  // namespace

Verdict members_together(const History& history, std::string_view topic, std::string_view role) {
  Verdict verdict{.claim = fmt::format("the {}s are members of one group together", role),
                  .expected = "a moment at which each of them owns a partition in the same group"};
  const auto runs = runs_of(history, role);
  if (runs.size() < 2) return undecided(verdict, fmt::format("fewer than two {}s ran", role));
  if (std::string why = unheard(history, runs); !why.empty()) return undecided(verdict, std::move(why));

  const auto owned = ownerships(history);
  verdict.judged =
      fmt::format("{} in {}", counted(owned.size(), "ownership"), counted(runs.size(), "program"));
  if (const Ownership* together = first_together(owned, topic, runs))
    return holds(verdict, fmt::format("all of them own partitions in group {} at {:.3f} s", together->group,
                                      seconds(together->from)));
  std::set<std::string> groups;
  for (const ProgramRun* run : runs) {
    groups.merge(groups_joined(history, run->program));
    add_evidence(verdict, evidence_of(history, owned, *run));
    verdict.is_shortfall |= groups_joined(history, run->program).empty();
  }
  if (verdict.is_shortfall)
    return refuted(verdict, fmt::format("not every {} joined a group", role),
                   "subscribe() to the topic with the group.id that the program is given; two with the same "
                   "group.instance.id keep each other out");
  return refuted(
      verdict,
      groups.size() > 1 ? fmt::format("they joined {} groups: {}", groups.size(), fmt::join(groups, ", "))
                        : "they were never members at the same time, each with partitions",
      groups.size() > 1 ? "use the group.id that the program is given, in both" : why_never_together(runs));
}

}  // namespace klab
