#include "checks/groups/given_its_own.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <optional>
#include <set>

#include "checks/counted.hpp"
#include "checks/facts/group_deliveries.hpp"
#include "checks/facts/group_rest.hpp"
#include "checks/facts/groups_joined.hpp"
#include "checks/history/seconds.hpp"

namespace klab {
namespace {

/// Why nothing can be said; empty when something can.
std::string obstacle(const History& history, const Runs& runs, std::size_t programs) {
  if (runs.size() < programs)
    return fmt::format("{} ran in the group, not {}", counted(runs.size(), "program"), programs);
  if (std::string why = unheard(history, runs); !why.empty()) return why;
  if (!group_of_all(history, runs))
    return fmt::format("the {} programs are not members of one group", runs.size());
  return {};
}

/// Whether at some time all of these owned something.
bool owned_together(const std::vector<Ownership>& owned, const Runs& runs) {
  return std::ranges::any_of(owned, [&](const Ownership& at) {
    return std::ranges::all_of(runs, [&](const ProgramRun* run) {
      return at.from < end_of_play(*run) && std::ranges::any_of(owned, [&](const Ownership& one) {
               return one.program == run->program && one.holds(at.from);
             });
    });
  });
}

/// Those that were not the program's to be given.
std::vector<GroupDelivery> unowned(const std::vector<GroupDelivery>& deliveries) {
  std::set<std::pair<const Ownership*, int>> answered;  // by connection
  std::vector<GroupDelivery> found;
  for (const GroupDelivery& one : deliveries)
    if (one.under == nullptr ||
        (one.is_late() && !answered.emplace(one.under, one.delivered->connection).second))
      found.push_back(one);
  return found;
}

/// A partition that two of them had at the same time; nothing where there is none.
std::optional<Evidence> shared_partition(const std::vector<Ownership>& owned) {
  for (auto later = owned.begin(); later != owned.end(); ++later)
    for (auto earlier = owned.begin(); earlier != later; ++earlier)
      if (overlap(*earlier, *later) && earlier->program != later->program)
        return Evidence{.lines = {earlier->given, later->given},
                        .note = fmt::format("partition {} was {}'s from {:.3f} s and also {}'s from {:.3f} s",
                                            later->partition.partition, earlier->program,
                                            seconds(earlier->from), later->program, seconds(later->from))};
  return std::nullopt;
}

Evidence evidence_of(const GroupDelivery& one) {
  const Delivered& delivered = *one.delivered;
  Evidence evidence{.lines = {delivered.line}};
  std::string whose = "which it had never owned";
  if (one.under != nullptr) {
    if (one.under->taken != 0) evidence.lines.push_back(one.under->taken);
    whose = fmt::format("which it had given up at {:.3f} s", seconds(one.under->noticed));
  }
  evidence.note =
      fmt::format("at {:.3f} s {} was given {} of partition {}, {}", seconds(delivered.at), delivered.program,
                  counted(delivered.offsets.size(), "message"), delivered.partition, whose);
  return evidence;
}

}  // namespace

Verdict given_its_own(const History& history, std::string_view topic, std::string_view told_group,
                      std::size_t programs) {
  Verdict verdict{
      .claim = fmt::format("with {} members, each is given the records of its own partitions and no others",
                           programs),
      .expected = "each member owns some partitions, and is given nothing of others"};
  const Runs runs = runs_told(history, told_group);
  if (std::string why = obstacle(history, runs, programs); !why.empty())
    return undecided(verdict, std::move(why));
  const std::string group = *group_of_all(history, runs);
  const std::vector<Ownership> owned = ownerships_in(history, group, topic);
  const std::vector<GroupDelivery> deliveries = group_deliveries(history, topic, runs, owned);
  std::size_t given = 0;
  for (const GroupDelivery& one : deliveries) given += one.delivered->offsets.size();
  verdict.judged = fmt::format("{} given to {}", counted(given, "message"), counted(runs.size(), "program"));

  for (const GroupDelivery& one : unowned(deliveries)) add_evidence(verdict, evidence_of(one));
  if (!verdict.evidence.empty())
    return refuted(verdict, "messages were given of partitions that were another's, or nobody's",
                   "read what the group assigns: do not call assign() or seek() with other partitions");
  if (auto shared = shared_partition(owned)) {
    add_evidence(verdict, std::move(*shared));
    return refuted(verdict, "a partition belonged to two members at the same time",
                   "does the assignor give each partition to one member only?");
  }
  if (!owned_together(owned, runs)) {
    const auto done = std::ranges::find_if(runs, [](const ProgramRun* run) { return run->ended_well(); });
    if (done != runs.end())
      return undecided(verdict, fmt::format("{} ended by itself, and at no time did all {} own partitions",
                                            (*done)->program, runs.size()));
    if (!was_at_rest(history, group, runs))
      return undecided(verdict, "the group was still changing when it was stopped");
    return refuted(verdict, fmt::format("at no time did all {} programs own partitions", runs.size()),
                   why_never_together(runs));
  }
  if (given == 0) return undecided(verdict, "nobody was given anything");
  return holds(verdict,
               fmt::format("{}, each of a partition that its program owned", counted(given, "message")));
}

}  // namespace klab
