#include "checks/catalogue/resumption.hpp"

#include <fmt/format.h>

#include <algorithm>

#include "checks/catalogue/life.hpp"

namespace klab {
namespace {

constexpr int kMostInFlight = 64;

const ReadFact& first_of(const Model& model, const OwnershipFact& ownership) {
  return model.reads[ownership.first_read];
}

/// Whether the next that a reader at this position is given can be this read.
bool position_leads_to(const Model& model, const ReadFact& read, std::int64_t position) {
  if (position > read.offset) return false;
  const std::int64_t kept = std::max(position, model.partitions[read.partition].drained_first);
  return first_due(model.logs[read.partition], kept, read.offset, model.polls[read.poll].is_read_committed) ==
         nullptr;
}

std::string what_was_right(const Policy& policy, const CommitFact* commit) {
  if (commit != nullptr)
    return fmt::format("its group had committed {} [line {}]", commit->next, commit->line);
  if (policy.reset)
    return fmt::format("its group had committed nothing, and the reset policy is {}", name_of(*policy.reset));
  return "its group had committed nothing, and it is neither the earliest offset nor the latest";
}

Finding astray(const Model& model, const Policy& policy, const OwnershipFact& ownership,
               const CommitFact* commit) {
  const ReadFact& read = first_of(model, ownership);
  const PollFact& poll = model.polls[read.poll];
  Finding finding{
      .lines = {ownership.from_line, poll.line},
      .note = fmt::format("{} began to read {} at offset {}, but {}", member_name(model, ownership.member),
                          model.place(ownership.partition), read.offset, what_was_right(policy, commit))};
  if (commit != nullptr) finding.lines.push_back(commit->line);
  return finding;
}

void judge_seeks(const Model& model, Resumptions& resumptions, Findings& findings) {
  for (const auto& [number, seek] : model.sought) {
    const ReadFact& read = model.reads[number];
    if (seek.target == kNoOffset) continue;
    findings.judged();
    if (resumptions.explains(seek, read)) continue;
    const PollFact& poll = model.polls[read.poll];
    findings.add([&, target = seek.target, line = seek.line] {
      return Finding{
          .lines = {line, poll.line},
          .note = fmt::format("{} sought offset {} of {} and then read {}", member_name(model, poll.member),
                              target, model.place(read.partition), read.offset)};
    });
  }
}

}  // namespace

Resumptions::Resumptions(const Model& model, const Policy& policy) : model_(model), policy_(policy) {
  for (const CommitFact& commit : model.commits) {
    groups_with_commits_.insert(commit.group);
    if (commit.outcome == CallOutcome::failed) continue;
    Committed& committed = committed_[pair_of(commit.group, commit.partition)];
    if (commit.outcome == CallOutcome::ok)
      committed.ok.push_back(&commit);
    else
      committed.unknown.push_back(&commit);
  }
  for (auto& [key, committed] : committed_) {
    std::ranges::stable_sort(committed.ok, {}, [](const CommitFact* commit) { return commit->at; });
    std::ranges::stable_sort(committed.unknown, {}, [](const CommitFact* commit) { return commit->next; });
  }
}

const Resumptions::Committed* Resumptions::committed_for(const OwnershipFact& ownership) const {
  const auto found = committed_.find(pair_of(model_.members[ownership.member].group, ownership.partition));
  return found == committed_.end() ? nullptr : &found->second;
}

const CommitFact* Resumptions::commit_before(const OwnershipFact& ownership) const {
  const Committed* committed = committed_for(ownership);
  if (committed == nullptr) return nullptr;
  const Time begun = ownership.from - policy_.clock_error_us;
  const auto after =
      std::ranges::lower_bound(committed->ok, begun, {}, [](const CommitFact* commit) { return commit->at; });
  return after == committed->ok.begin() ? nullptr : *std::prev(after);
}

bool Resumptions::leads_to(const OwnershipFact& ownership, std::int64_t position) const {
  return position_leads_to(model_, first_of(model_, ownership), position);
}

bool Resumptions::is_own(const CommitFact& commit, const OwnershipFact& ownership) const {
  return commit.ownership != kNoName && &model_.ownerships[commit.ownership] == &ownership;
}

/// A commit in an ownership says where it had come to, not where it began; unless it had read nothing: a
/// client asks where to begin only when the listener of its rebalance has returned.
bool Resumptions::may_begin_at(const CommitFact& commit, const OwnershipFact& ownership) const {
  return !is_own(commit, ownership) || commit.has_read_nothing;
}

const CommitFact* Resumptions::commit_in_force(const OwnershipFact& ownership, auto is_wanted) const {
  const Committed* committed = committed_for(ownership);
  if (committed == nullptr) return nullptr;
  const CommitFact* before = commit_before(ownership);
  const Time until = model_.polls[first_of(model_, ownership).poll].at + policy_.clock_error_us;
  const auto after = std::ranges::lower_bound(committed->ok, ownership.from - policy_.clock_error_us, {},
                                              [](const CommitFact* commit) { return commit->at; });
  // The broker may have taken those in another order whose calls overlap with the last one's.
  const Time overlapping = before == nullptr || before->asked == kUnknownTime
                               ? kUnknownTime
                               : before->asked - policy_.clock_error_us;
  int looked_at = 0;
  for (auto it = after; it != committed->ok.begin() && looked_at++ < kMostInFlight;) {
    --it;
    if (*it != before && (*it)->at < overlapping) break;
    if (is_wanted(**it)) return *it;
  }
  looked_at = 0;
  for (auto it = after; it != committed->ok.end() && looked_at++ < kMostInFlight; ++it)
    if ((*it)->asked <= until && may_begin_at(**it, ownership) && is_wanted(**it)) return *it;
  return nullptr;
}

const CommitFact* Resumptions::commit_that_explains(const OwnershipFact& ownership) const {
  return commit_in_force(ownership,
                         [&](const CommitFact& commit) { return leads_to(ownership, commit.next); });
}

bool Resumptions::may_have_no_position(const OwnershipFact& ownership) {
  if (commit_before(ownership) == nullptr) return true;
  return commit_in_force(ownership, [&](const CommitFact& commit) {
           return may_be_out_of_range(commit, std::max(ownership.from, commit.asked));
         }) != nullptr;
}

bool Resumptions::unknown_commit_explains(const OwnershipFact& ownership) const {
  const Committed* committed = committed_for(ownership);
  if (committed == nullptr) return false;
  const ReadFact& first = first_of(model_, ownership);
  const Time until = model_.polls[first.poll].at + policy_.clock_error_us;
  const auto after = std::ranges::upper_bound(committed->unknown, first.offset, {}, &CommitFact::next);
  int looked_at = 0;
  for (auto it = after; it != committed->unknown.begin() && looked_at++ < kMostInFlight;) {
    --it;
    if ((*it)->asked <= until && may_begin_at(**it, ownership) && leads_to(ownership, (*it)->next))
      return true;
  }
  return false;
}

void Resumptions::put_in_order(KnownOffsets& known) {
  for (std::vector<Known>& of_partition : known) {
    std::ranges::sort(of_partition, {}, &Known::at);
    std::int64_t highest = kNoOffset;
    for (Known& one : of_partition) one.highest = highest = std::max(highest, one.highest);
  }
}

Resumptions::KnownOffsets Resumptions::acknowledged() const {
  KnownOffsets known(model_.partitions.size());
  for (const SendFact& send : model_.sends)
    if (send.offset != kNoOffset && send.partition != kNoName && send.end != kUnknownTime &&
        effective_outcome(model_, send) == CallOutcome::ok)
      known[send.partition].push_back({send.end, send.offset});
  put_in_order(known);
  return known;
}

Resumptions::KnownOffsets Resumptions::stored() const {
  KnownOffsets known = acknowledged();
  for (const ReadFact& read : model_.reads)
    known[read.partition].push_back({model_.polls[read.poll].at, read.offset});
  put_in_order(known);
  return known;
}

std::int64_t Resumptions::highest_before(const KnownOffsets& known, Name partition, Time time) const {
  const std::vector<Known>& of_partition = known[partition];
  const auto after = std::ranges::lower_bound(of_partition, time - policy_.clock_error_us, {}, &Known::at);
  return after == of_partition.begin() ? kNoOffset : std::prev(after)->highest;
}

bool Resumptions::may_be_out_of_range(Name partition, std::int64_t position, Time since,
                                      std::size_t markers) {
  if (position < model_.partitions[partition].drained_first) return true;
  if (stored_.empty()) stored_ = stored();
  return position > highest_before(stored_, partition, since) + 1 + static_cast<std::int64_t>(markers);
}

bool Resumptions::may_be_out_of_range(const CommitFact& commit, Time since) {
  // Where a reader has come to is in the log: each transaction may have left a marker behind what is known.
  const std::size_t markers = commit.last_read == kNoName ? 0 : model_.transactions.size();
  return may_be_out_of_range(commit.partition, commit.next, since, markers);
}

bool Resumptions::reset_explains(const ReadFact& read, Time since, ResetPolicy reset) {
  if (reset == ResetPolicy::none) return false;
  if (reset == ResetPolicy::earliest)
    return read.offset <= model_.partitions[read.partition].drained_first ||
           position_leads_to(model_, read, 0);
  // For those who read committed records only it is the first offset of the transactions that are open.
  if (model_.polls[read.poll].is_read_committed && !model_.transactions.empty()) return true;
  if (acknowledged_.empty()) acknowledged_ = acknowledged();
  return highest_before(acknowledged_, read.partition, since) < read.offset;
}

Start Resumptions::reset_of(const ReadFact& read, Time since) {
  const auto is_reset = [&](ResetPolicy reset) {
    return (!policy_.reset || policy_.reset == reset) && reset_explains(read, since, reset);
  };
  if (is_reset(ResetPolicy::earliest)) return Start::earliest;
  return is_reset(ResetPolicy::latest) ? Start::latest : Start::unexplained;
}

bool Resumptions::explains(const SeekFact& seek, const ReadFact& read) {
  return position_leads_to(model_, read, seek.target) ||
         (may_be_out_of_range(read.partition, seek.target, seek.at) &&
          reset_of(read, seek.at) != Start::unexplained);
}

bool Resumptions::is_bound(const OwnershipFact& ownership) const {
  if (ownership.is_implied || ownership.is_manual || ownership.first_read == kNoName) return false;
  if (first_of(model_, ownership).before != Before::nothing) return false;
  return policy_.reset || ownership.resumed_behind != kNoOffset ||
         groups_with_commits_.contains(model_.members[ownership.member].group);
}

bool Resumptions::is_position_of_its_member(const CommitFact& commit) const {
  return commit.last_read != kNoName || (commit.has_read_nothing && policy_.reset == ResetPolicy::earliest);
}

Start Resumptions::start_of(const OwnershipFact& ownership) {
  if (ownership.first_read == kNoName) return Start::unknown;
  if (first_of(model_, ownership).before == Before::seek) return Start::sought;
  if (!is_bound(ownership)) return Start::unknown;
  if (ownership.resumed_behind != kNoOffset && leads_to(ownership, ownership.resumed_behind + 1))
    return Start::continued;
  if (const CommitFact* commit = commit_that_explains(ownership))
    return is_position_of_its_member(*commit) && !is_own(*commit, ownership) ? Start::committed
                                                                             : Start::moved;
  if (unknown_commit_explains(ownership)) return Start::moved;
  if (!may_have_no_position(ownership)) return Start::unexplained;
  return reset_of(first_of(model_, ownership), ownership.from);
}

void bad_resume(const Model& model, const Policy& policy, Findings& findings) {
  findings.missing(
      "no member read what its group had assigned to it, with a commit or a reset policy to go by, or what "
      "it had sought");
  Resumptions resumptions(model, policy);
  for (const OwnershipFact& ownership : model.ownerships) {
    if (!resumptions.is_bound(ownership)) continue;
    findings.judged();
    if (resumptions.start_of(ownership) != Start::unexplained) continue;
    findings.add([&] { return astray(model, policy, ownership, resumptions.commit_before(ownership)); });
  }
  judge_seeks(model, resumptions, findings);
}

}  // namespace klab
