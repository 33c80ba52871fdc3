#include "checks/groups/owned_by_one.hpp"

#include <fmt/format.h>
#include <fmt/ranges.h>

#include <algorithm>
#include <set>

#include "checks/counted.hpp"
#include "checks/facts/ownership.hpp"
#include "checks/history/seconds.hpp"

namespace klab {
namespace {

using namespace std::chrono_literals;

// A response may be under way, and one whose place was taken learns of it with its next heartbeat: 3 s in the
// classic protocol, 5 s in the newer one (group.consumer.heartbeat.interval.ms).
constexpr Moment kUnderWay = 6s;

bool is_of(const Runs& runs, std::string_view program) {
  return std::ranges::find(runs, program, &ProgramRun::program) != runs.end();
}

std::vector<Ownership> ownerships_of(const History& history, std::string_view topic, const Runs& runs) {
  std::vector<Ownership> owned = ownerships(history);
  std::erase_if(
      owned, [&](const Ownership& one) { return one.partition.topic != topic || !is_of(runs, one.program); });
  return owned;
}

/// Pairs of members that own the same at the same time.
std::size_t add_shared(Verdict& verdict, const std::vector<Ownership>& owned) {
  std::size_t shared = 0;
  for (std::size_t later = 0; later < owned.size(); ++later)
    for (std::size_t earlier = 0; earlier < later; ++earlier) {
      const Ownership &one = owned[earlier], &other = owned[later];
      if (!overlap(one, other)) continue;
      ++shared;
      add_evidence(verdict, {.lines = {one.given, other.given},
                             .note = fmt::format("partition {} was {}'s from {:.3f} s and also {}'s from "
                                                 "{:.3f} s",
                                                 one.partition.partition, one.program, seconds(one.from),
                                                 other.program, seconds(other.from))});
    }
  return shared;
}

/// Partitions without an owner at the moment when most have one.
std::set<int> never_covered(const std::vector<Ownership>& owned, int partitions) {
  std::set<int> fewest;
  for (int partition = 0; partition < partitions; ++partition) fewest.insert(partition);
  for (const Ownership& latest : owned) {
    std::set<int> missing;
    for (int partition = 0; partition < partitions; ++partition) missing.insert(partition);
    for (const Ownership& one : owned)
      if (one.group == latest.group && one.holds(latest.from)) missing.erase(one.partition.partition);
    if (missing.size() < fewest.size()) fewest = missing;
  }
  return fewest;
}

bool may_be_given(const std::vector<Ownership>& owned, const Delivered& delivered) {
  return std::ranges::any_of(owned, [&](const Ownership& one) {
    if (one.program != delivered.program || one.partition.partition != delivered.partition) return false;
    const bool is_over = one.noticed != kStillOwned && delivered.at > one.noticed + kUnderWay;
    return one.from <= delivered.at && !is_over;
  });
}

std::size_t add_unowned(Verdict& verdict, const History& history, std::string_view topic, const Runs& runs,
                        const std::vector<Ownership>& owned) {
  std::size_t messages = 0;
  for (const Delivered& delivered : history.delivered) {
    if (delivered.topic != topic || !is_of(runs, delivered.program) || may_be_given(owned, delivered))
      continue;
    messages += delivered.offsets.size();
    add_evidence(verdict,
                 {.lines = {delivered.line},
                  .note = fmt::format("{} was given {} of partition {} at {:.3f} s, which was not its "
                                      "own then",
                                      delivered.program, counted(delivered.offsets.size(), "message"),
                                      delivered.partition, seconds(delivered.at))});
  }
  return messages;
}

int partitions_of(const History& history, std::string_view topic) {
  const auto found = std::ranges::find(history.topics, topic, &Topic::name);
  return found == history.topics.end() ? 0 : found->partitions;
}

}  // namespace

Verdict owned_by_one(const History& history, std::string_view topic, std::string_view role) {
  Verdict verdict{.claim = "every partition is owned, and by one member at a time",
                  .expected = "an owner for each partition, never two, and nobody else reads it"};
  const auto runs = runs_of(history, role);
  if (runs.empty()) return undecided(verdict, fmt::format("the {} was never run", role));
  if (std::string why = unheard(history, runs); !why.empty()) return undecided(verdict, std::move(why));
  const auto owned = ownerships_of(history, topic, runs);
  if (owned.empty()) return undecided(verdict, fmt::format("no {} was assigned a partition", role));

  const int partitions = partitions_of(history, topic);
  verdict.judged = fmt::format("{} of {}", counted(owned.size(), "ownership"),
                               counted(static_cast<std::size_t>(partitions), "partition"));
  if (const std::size_t shared = add_shared(verdict, owned); shared > 0)
    return refuted(verdict, fmt::format("{} owned by two members at once",
                                        counted(shared, "time a partition was", "times a partition was")));
  if (const std::size_t messages = add_unowned(verdict, history, topic, runs, owned); messages > 0)
    return refuted(
        verdict,
        fmt::format("{} given to a program that did not own their partition",
                    counted(messages, "message was", "messages were")),
        "subscribe() is enough: read what the group assigns, and do not assign() partitions yourself");
  if (const auto missing = never_covered(owned, partitions); !missing.empty())
    return refuted(
        verdict,
        fmt::format("partition {} never had an owner together with the others", fmt::join(missing, ", ")),
        "do all members subscribe to the whole topic?");
  return holds(verdict, fmt::format("all {} partitions owned, each by one member at a time", partitions));
}

}  // namespace klab
