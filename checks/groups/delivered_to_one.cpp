#include "checks/groups/delivered_to_one.hpp"

#include <fmt/format.h>
#include <fmt/ranges.h>

#include <algorithm>
#include <map>
#include <set>

#include "checks/counted.hpp"
#include "checks/facts/deliveries.hpp"
#include "checks/facts/group_deliveries.hpp"
#include "checks/facts/ownership.hpp"
#include "checks/history/record_key.hpp"
#include "checks/history/seconds.hpp"

namespace klab {
namespace {

// A client's threads do not give a partition up at the same moment.
constexpr Moment kGivingUp = std::chrono::seconds(1);

struct Reception {
  const ProgramRun* run = nullptr;
  Moment at = {}, asked = {};
};

/// Who was given the record first, second, ..
std::vector<Reception> receptions(const Deliveries& deliveries, const Runs& runs,
                                  const LoggedRecord& record) {
  std::vector<Reception> all;
  for (const ProgramRun* run : runs)
    if (const Delivered* answer = deliveries.first_answer(run->program, record))
      all.push_back({run, answer->at, answer->asked_by()});
  std::ranges::sort(all, {}, &Reception::at);
  return all;
}

bool is_of(const Ownership& one, const LoggedRecord& record, const Reception& reception) {
  return one.program == reception.run->program &&
         one.partition == PartitionName{record.topic, record.partition};
}

/// Whether the program asked for it while it owned the partition, and had given that up when the answer came.
bool comes_late(const OwnershipIndex& owned, const LoggedRecord& record, const Reception& reception) {
  const Ownership* latest =
      owned.latest(reception.run->program, record.topic, record.partition, reception.at);
  return latest != nullptr && latest->noticed <= reception.at &&
         reception.asked < latest->noticed + kGivingUp;
}

/// Without those that come late, where there is another.
std::vector<Reception> in_time(const OwnershipIndex& owned, const LoggedRecord& record,
                               std::vector<Reception> all) {
  if (all.size() < 2) return all;
  const auto is_late = [&](const Reception& one) { return comes_late(owned, record, one); };
  if (!std::ranges::all_of(all, is_late)) std::erase_if(all, is_late);
  return all;
}

/// Whether one program was given the record as its own, and the partition went to the other before that was.
bool changed_hands(const std::vector<Ownership>& owned, const LoggedRecord& record, const Reception& from,
                   const Reception& to) {
  return std::ranges::any_of(owned, [&](const Ownership& later) {
    return is_of(later, record, to) && later.from <= to.at &&
           std::ranges::any_of(owned, [&](const Ownership& earlier) {
             return is_of(earlier, record, from) && earlier.group == later.group &&
                    earlier.to <= later.from && earlier.from <= from.at &&
                    from.asked - kGivingUp <= earlier.noticed;
           });
  });
}

/// The partitions that a program had when it was stopped; the last that it was assigned where it went before.
std::set<int> last_owned(const std::vector<Ownership>& owned, std::string_view topic, const ProgramRun& run) {
  std::set<int> last, latest;
  Line given = 0;
  for (const Ownership& one : owned) {
    if (one.program != run.program || one.partition.topic != topic) continue;
    if (one.to >= end_of_play(run)) last.insert(one.partition.partition);
    if (one.given != given) latest.clear();
    given = one.given;
    latest.insert(one.partition.partition);
  }
  return last.empty() ? latest : last;
}

/// Who was given how much, and why.
std::string shares(const History& history, std::string_view topic, const Runs& runs,
                   const Deliveries& deliveries, const std::vector<Ownership>& owned) {
  std::vector<std::string> parts;
  for (const ProgramRun* run : runs) {
    const auto partitions = last_owned(owned, topic, *run);
    parts.push_back(fmt::format(
        "{} was given {} and owned {}", run->program,
        counted(deliveries.count(run->program, topic), "record"),
        partitions.empty() ? "nothing"
                           : fmt::format("{} {}", partitions.size() == 1 ? "partition" : "partitions",
                                         fmt::join(partitions, ", "))));
  }
  std::map<std::string, std::set<int>> partitions_of_key;
  for (const LoggedRecord* record : log_of(history, topic))
    partitions_of_key[describe_key(record->key)].insert(record->partition);
  const auto& [key, partitions] = *partitions_of_key.begin();
  if (partitions_of_key.size() == 1 && partitions.size() == 1 && log_of(history, topic).front()->key)
    parts.push_back(
        fmt::format("every record has the key {} and so is in partition {}", key, *partitions.begin()));
  return fmt::format("{}", fmt::join(parts, "; "));
}

Evidence lost(const LoggedRecord& record) {
  return {.lines = {record.line},
          .note = fmt::format("the message at partition {} offset {} was given to nobody", record.partition,
                              record.offset)};
}

Evidence doubled(const LoggedRecord& record, const Reception& first, const Reception& second) {
  return {
      .lines = {record.line},
      .note = fmt::format("the message at partition {} offset {} was given to {} at {:.3f} s and to {} at "
                          "{:.3f} s",
                          record.partition, record.offset, first.run->program, seconds(first.at),
                          second.run->program, seconds(second.at))};
}

}  // namespace

Verdict delivered_to_one(const History& history, std::string_view topic, std::string_view role) {
  Verdict verdict{.claim = fmt::format("every record is delivered to exactly one of the {}s", role)};
  const auto runs = runs_of(history, role);
  if (runs.empty()) return undecided(verdict, fmt::format("the {} was never run", role));
  if (std::string why = unheard(history, runs); !why.empty()) return undecided(verdict, std::move(why));
  const auto log = log_of(history, topic);
  if (!is_drained(history, topic) || log.empty())
    return undecided(verdict, fmt::format("topic {} {}", topic,
                                          log.empty() ? "holds no record" : "was not read to its end"));

  const Deliveries deliveries(history);
  const auto owned = ownerships(history);
  const OwnershipIndex index(owned);
  std::size_t missing = 0, twice = 0;
  for (const LoggedRecord* record : log) {
    const auto all = in_time(index, *record, receptions(deliveries, runs, *record));
    if (all.empty()) {
      ++missing;
      add_evidence(verdict, lost(*record));
    } else if (all.size() > 1 && !changed_hands(owned, *record, all[0], all[1])) {
      ++twice;
      add_evidence(verdict, doubled(*record, all[0], all[1]));
    }
  }
  verdict.judged =
      fmt::format("{} of the log, {}", counted(log.size(), "record"), counted(runs.size(), "program"));
  verdict.expected = fmt::format("{}, each delivered to one program", counted(log.size(), "record"));
  const std::string who = shares(history, topic, runs, deliveries, owned);
  if (missing + twice == 0) return holds(verdict, who);
  verdict.is_shortfall = missing > 0;
  return refuted(verdict, fmt::format("{} delivered to nobody, {} to more than one; {}", missing, twice, who),
                 twice > 0 ? "members of one group share the partitions: do both have the same group.id, and "
                             "leave the choice of partitions to the group?"
                           : "does a consumer end before it has read all?");
}

std::size_t delivered_to_several(const History& history, std::string_view topic, std::string_view role) {
  const Deliveries deliveries(history);
  const auto runs = runs_of(history, role);
  const auto log = log_of(history, topic);
  return static_cast<std::size_t>(std::ranges::count_if(
      log, [&](const LoggedRecord* record) { return receptions(deliveries, runs, *record).size() > 1; }));
}

}  // namespace klab
