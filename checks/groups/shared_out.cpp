#include "checks/groups/shared_out.hpp"

#include <fmt/format.h>
#include <fmt/ranges.h>

#include <algorithm>
#include <set>

#include "checks/counted.hpp"
#include "checks/facts/deliveries.hpp"
#include "checks/facts/group_deliveries.hpp"
#include "checks/facts/group_rest.hpp"
#include "checks/facts/groups_joined.hpp"
#include "checks/history/seconds.hpp"

namespace klab {
namespace {

/// Why nothing can be said of what the programs did; empty when something can.
std::string obstacle(const History& history, std::string_view topic, const Runs& runs, std::size_t programs) {
  if (runs.size() < programs)
    return fmt::format("{} ran in the group, not {}", counted(runs.size(), "program"), programs);
  for (const ProgramRun* run : runs) {
    if (!is_heard_in_full(history, run->program)) return unheard(history, run->program);
    if (groups_joined(history, run->program).empty() && Deliveries(history).count(run->program, topic) == 0)
      return fmt::format("{} neither joined a group nor was given anything", run->program);
  }
  return {};
}

/// A program that came to a bad end before it was a member; null where there is none.
const ProgramRun* failed_to_join(const History& history, const Runs& runs) {
  const auto found = std::ranges::find_if(runs, [&](const ProgramRun* run) {
    const bool has_failed =
        run->ending == Ending::exited ? run->exit_code != 0 : run->ending != Ending::stopped;
    return has_failed && groups_joined(history, run->program).empty();
  });
  return found == runs.end() ? nullptr : *found;
}

Verdict not_members(Verdict verdict, const History& history, std::string_view topic, const Runs& runs) {
  for (const ProgramRun* run : runs) {
    const auto groups = groups_joined(history, run->program);
    const std::string what =
        groups.empty() ? fmt::format("joined no group, and was given {} all the same",
                                     counted(Deliveries(history).count(run->program, topic), "message"))
                       : fmt::format("joined {}", fmt::join(groups, ", "));
    add_evidence(verdict,
                 {.lines = {run->line},
                  .note = fmt::format("{} was told the group {} and {}", run->program, run->group, what)});
  }
  return refuted(
      verdict, fmt::format("{} are not members of one group", counted(runs.size(), "program")),
      "join the group that {group} names, with subscribe(): whoever assigns itself partitions, or has "
      "a group of its own, shares with nobody");
}

void add_overlaps(Verdict& verdict, const std::vector<Ownership>& owned) {
  for (std::size_t i = 0; i < owned.size(); ++i)
    for (std::size_t j = i + 1; j < owned.size() && owned[j].from < owned[i].to; ++j)
      if (overlap(owned[i], owned[j]))
        add_evidence(verdict,
                     {.lines = {owned[i].given, owned[j].given},
                      .note = fmt::format("partition {} was given to {} at {:.3f} s, and was still {}'s",
                                          owned[j].partition.partition, owned[j].program,
                                          seconds(owned[j].from), owned[i].program)});
}

/// Partitions that somebody owns at a moment.
std::set<int> owned_at(Moment moment, const std::vector<Ownership>& owned, int partitions) {
  std::set<int> numbers;
  for (const Ownership& one : owned)
    if (one.holds(moment) && one.partition.partition >= 0 && one.partition.partition < partitions)
      numbers.insert(one.partition.partition);
  return numbers;
}

/// The first of those that nobody owns; there is one.
int first_unowned(const std::set<int>& owned) {
  int number = 0;
  while (owned.contains(number)) ++number;
  return number;
}

/// The time in which all programs were members.
struct Together {
  Moment from = {}, to = kStillOwned;
};

Together together(const History& history, std::string_view group, const Runs& runs) {
  Together time;
  for (const ProgramRun* run : runs) {
    Moment joined = kStillOwned;
    for (const Joined& one : history.joined)
      if (one.program == run->program && one.group == group) joined = std::min(joined, one.at);
    time.from = std::max(time.from, joined);
    time.to = std::min(time.to, end_of_play(*run));
  }
  return time;
}

}  // namespace

Verdict shared_out(const History& history, std::string_view topic, std::string_view told_group,
                   std::size_t programs) {
  Verdict verdict{.claim = "inside a group each partition belongs to one member",
                  .expected = "all programs members of one group, and each partition one member's"};
  const Runs runs = runs_told(history, told_group);
  const auto found = std::ranges::find(history.topics, topic, &Topic::name);
  if (found == history.topics.end()) return undecided(verdict, "there was no topic");
  if (const ProgramRun* failed = failed_to_join(history, runs)) {
    verdict.is_shortfall = true;
    return refuted(verdict, fmt::format("{} {} before it had joined a group", failed->program,
                                        describe_ending(*failed)));
  }
  if (std::string why = obstacle(history, topic, runs, programs); !why.empty())
    return undecided(verdict, std::move(why));
  const auto group = group_of_all(history, runs);
  if (!group) return not_members(std::move(verdict), history, topic, runs);

  const std::vector<Ownership> owned = ownerships_in(history, *group, topic);
  verdict.judged =
      fmt::format("{} of partitions by members of {}", counted(owned.size(), "ownership"), *group);
  add_overlaps(verdict, owned);
  if (!verdict.evidence.empty())
    return refuted(verdict, "partitions belonged to two members at the same time",
                   "let the group's assignor decide who owns what");

  const Together time = together(history, *group, runs);
  if (time.to <= time.from) return undecided(verdict, "one of the programs had ended before another joined");
  const auto covers = [&](const Ownership& one) {
    return one.to > time.from && one.from < time.to &&
           std::ssize(owned_at(std::max(one.from, time.from), owned, found->partitions)) == found->partitions;
  };
  if (std::ranges::any_of(owned, covers))
    return holds(verdict, fmt::format("{} shared out among {}",
                                      counted(static_cast<std::size_t>(found->partitions), "partition"),
                                      counted(runs.size(), "program")));
  if (!was_at_rest(history, *group, runs))
    return undecided(verdict, "the group was still changing when it was stopped");
  const auto last = owned_at(time.to - Moment(1), owned, found->partitions);
  if (std::ssize(last) == found->partitions)
    return undecided(verdict, "the group shared all partitions out only as it was stopped");
  return refuted(
      verdict,
      fmt::format("only {} of {} had an owner; partition {} had none", last.size(),
                  counted(static_cast<std::size_t>(found->partitions), "partition"), first_unowned(last)),
      "let the group's assignor share out all partitions");
}

}  // namespace klab
