#include "checks/catalogue/positions.hpp"

#include <fmt/format.h>

#include <algorithm>

#include "checks/catalogue/life.hpp"

namespace klab {
namespace {

constexpr std::size_t kNear = 8;

/// How far an ownership has come: what was handed on, and what failed polls returned behind that.
struct Position {
  std::int64_t low = kNoOffset;
  std::int64_t failed_first = kAnywhere;
  std::int64_t failed_last = kNoOffset;
  Name last = kNoName;      ///< the read that `low` is
  std::uint32_t entry = 0;  ///< of the log, near the position
};

/// Calls visit(position, read, number) for each read that has to follow another of its ownership. What a
/// failed poll returned follows nothing: it tells of the log, and may have moved the position or not.
void for_each_step(const Model& model, auto visit) {
  std::vector<Position> positions(model.ownerships.size());
  for (Name number = 0; number < model.reads.size(); ++number) {
    const ReadFact& read = model.reads[number];
    if (read.ownership == kNoName) continue;
    Position& position = positions[read.ownership];
    if (read.before != Before::nothing) position = {.entry = position.entry};
    if (model.polls[read.poll].outcome == CallOutcome::failed) {
      position.failed_first = std::min(position.failed_first, read.offset);
      position.failed_last = std::max(position.failed_last, read.offset);
      continue;
    }
    if (position.last != kNoName) visit(position, read, number);
    position = {.low = read.offset, .last = number, .entry = position.entry};
  }
}

/// As `first_due` in (behind, to); it is mostly a few entries on from the last.
const LogEntry* due_between(const PartitionLog& log, std::uint32_t& near, std::int64_t behind,
                            std::int64_t to, bool is_committed) {
  std::size_t entry = std::min<std::size_t>(near, log.size());
  if (entry > 0 && log[entry - 1].offset > behind) entry = 0;
  for (std::size_t steps = 0; entry < log.size() && log[entry].offset <= behind; ++entry)
    if (++steps > kNear) {
      entry = static_cast<std::size_t>(std::ranges::upper_bound(log, behind, {}, &LogEntry::offset) -
                                       log.begin());
      break;
    }
  near = static_cast<std::uint32_t>(entry);
  while (entry < log.size() && log[entry].offset < to && !is_due(log[entry], is_committed)) ++entry;
  return entry < log.size() && log[entry].offset < to ? &log[entry] : nullptr;
}

/// What a step to this read passes over, which no failed poll returned either.
const LogEntry* passed_over(const Model& model, Position& position, const ReadFact& read) {
  const PartitionLog& log = model.logs[read.partition];
  const bool is_committed = model.polls[read.poll].is_read_committed;
  const LogEntry* entry = due_between(log, position.entry, position.low,
                                      std::min(read.offset, position.failed_first), is_committed);
  if (entry != nullptr || position.failed_last <= position.low) return entry;
  return due_between(log, position.entry, position.failed_last, read.offset, is_committed);
}

Line line_of(const Model& model, Name read) { return model.polls[model.reads[read].poll].line; }

Finding skipped(const Model& model, const Position& position, Name number, const LogEntry& entry) {
  const ReadFact& read = model.reads[number];
  Finding finding{
      .lines = {line_of(model, position.last), line_of(model, number)},
      .note = fmt::format("{} read {} at offset {} and then {}, but {} is at offset {}",
                          member_name(model, model.polls[read.poll].member), model.place(read.partition),
                          position.low, read.offset, model.name_of_id(entry.id), entry.offset)};
  if (entry.id != kNoName) finding.life = life_of(model, entry.id);
  return finding;
}

/// Records that were deleted meanwhile are passed over with right.
bool may_be_deleted(const Model& model, const LogEntry& entry, Name partition) {
  return entry.offset < model.partitions[partition].drained_first;
}

/// When the id was first known to be stored; unknown where nobody but this poll tells.
std::vector<Time> known_since(const Model& model) {
  std::vector<Time> since(model.ids.size(), kUnknownTime);
  for (const SendFact& send : model.sends)
    if (effective_outcome(model, send) == CallOutcome::ok && send.transaction == kNoName)
      since[send.id] = send.end;
  return since;
}

}  // namespace

void skip(const Model& model, const Policy&, Findings& findings) {
  findings.missing("no member read two records of a partition, one after the other");
  for_each_step(model, [&](Position& position, const ReadFact& read, Name number) {
    findings.judged();
    if (read.offset <= position.low) return;
    const LogEntry* entry = passed_over(model, position, read);
    if (entry == nullptr || may_be_deleted(model, *entry, read.partition)) return;
    findings.add([&] { return skipped(model, position, number, *entry); });
  });
}

void backstep(const Model& model, const Policy&, Findings& findings) {
  findings.missing("no member read two records of a partition, one after the other");
  for_each_step(model, [&](const Position& position, const ReadFact& read, Name number) {
    findings.judged();
    if (read.offset > position.low) return;
    findings.add([&] {
      return Finding{.lines = {line_of(model, position.last), line_of(model, number)},
                     .note = fmt::format("{} read {} at offset {} and then {} again, without a seek",
                                         member_name(model, model.polls[read.poll].member),
                                         model.place(read.partition), position.low, read.offset)};
    });
  });
}

void unowned_read(const Model& model, const Policy&, Findings& findings) {
  findings.missing("no member that read tells which partitions were assigned to it");
  for (const ReadFact& read : model.reads) {
    const PollFact& poll = model.polls[read.poll];
    if (!model.members[poll.member].has_assignments) continue;
    findings.judged();
    if (read.ownership != kNoName) continue;
    findings.add([&] {
      return Finding{
          .lines = {poll.line},
          .note = fmt::format("{} read {} at offset {}, which was not assigned to it",
                              member_name(model, poll.member), model.place(read.partition), read.offset)};
    });
  }
}

void stale(const Model& model, const Policy& policy, Findings& findings) {
  if (!policy.lag_us) return findings.missing("the policy names no lag_us");
  findings.missing("no poll that tells when it began returned a record that tells when it was acknowledged");
  const std::vector<Time> since = known_since(model);
  for (const ReadFact& read : model.reads) {
    const PollFact& poll = model.polls[read.poll];
    if (read.id == kNoName || since[read.id] == kUnknownTime || poll.begin == kUnknownTime) continue;
    findings.judged();
    const Time lag = poll.begin - since[read.id];
    if (lag <= *policy.lag_us) continue;
    findings.add(
        [&] {
          return Finding{.lines = {poll.line},
                         .note = fmt::format("{} read {} of {} {} us after it was acknowledged",
                                             member_name(model, poll.member), model.name_of_id(read.id),
                                             model.place(read.partition), lag)};
        },
        lag);
  }
}

}  // namespace klab
