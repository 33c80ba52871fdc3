#include <algorithm>
#include <set>

#include "checks/catalogue/model_builder.hpp"

namespace klab {
namespace {

/// What one member does with one partition.
struct Holding {
  Name ownership = kNoName;
  Name last_read = kNoName;  ///< in the ownership, since the last seek
  Before before = Before::nothing;
  SeekFact sought = {};
  std::uint32_t doubts = 0;   ///< of the member, when it last read here
  Time since = kUnknownTime;  ///< the ownership's begin, or the last seek in it
  Name former = kNoName;      ///< the ownership before
};

struct Step {
  enum Kind : std::uint32_t { joined, assigned, revoked, left, seek, commit, poll };
  std::uint32_t line = 0;
  Kind kind = joined;
  std::uint32_t index = 0;
};

bool is_refusal_of_a_member(std::string_view error) {
  return error != "REQUEST_TIMED_OUT" && error != "NETWORK_EXCEPTION" &&
         error != "COORDINATOR_NOT_AVAILABLE" && error != "NOT_COORDINATOR" &&
         error != "COORDINATOR_LOAD_IN_PROGRESS";
}

bool is_by_itself(OwnershipEnd end) { return end == OwnershipEnd::revoked || end == OwnershipEnd::closed; }

class MemberLives {
 public:
  explicit MemberLives(ModelBuilder& builder)
      : builder_(builder), model_(builder.model), history_(builder.history) {}

  void follow() {
    know_members();
    std::vector<Step> steps = steps_but_polls();
    model_.polls.reserve(history_.polls.size());
    std::size_t records = 0;
    for (const Poll& poll : history_.polls) records += poll.records.size();
    model_.reads.reserve(records);
    std::size_t next = 0;
    for (const Poll& poll : history_.polls) {
      for (; next < steps.size() && steps[next].line < poll.line; ++next) take(steps[next]);
      take(poll);
    }
    for (; next < steps.size(); ++next) take(steps[next]);
  }

 private:
  void know_members() {
    for (const Joined& event : history_.joined) builder_.know_group(event.group, event.member);
    for (const Assigned& event : history_.assigned) builder_.know_group(event.group, event.member);
    for (const Revoked& event : history_.revoked) builder_.know_group(event.group, event.member);
    for (const Left& event : history_.left) builder_.know_group(event.group, event.member);
    for (const CommitAnswered& event : history_.commits) builder_.know_group(event.group, event.member);
    for (const Poll& event : history_.polls)
      if (event.group) builder_.know_group(*event.group, event.member);
    for (const Seek& event : history_.seeks)
      if (event.group) builder_.know_group(*event.group, event.member);
    for (const Assigned& event : history_.assigned) fact_of(event).has_assignments = true;
    for (const Revoked& event : history_.revoked) fact_of(event).has_assignments = true;
    for (const Poll& event : history_.polls) builder_.member(event.group, event.member, event.line);
    for (const CommitAnswered& event : history_.commits)
      if (!event.member.empty()) builder_.member(event.group, event.member, event.line);
    for (const Joined& event : history_.joined) subscribers_.insert(member_of(event));
    know_who_may_be_rebalanced();
  }

  void know_who_may_be_rebalanced() {
    std::unordered_map<Name, std::size_t> members;
    for (const MemberFact& member : model_.members) ++members[member.group];
    for (Name i = 0; i < model_.members.size(); ++i) {
      MemberFact& member = model_.members[i];
      const bool is_of_a_group = members[member.group] > 1 || subscribers_.contains(i);
      member.may_be_rebalanced = member.group != kNoName && is_of_a_group && !member.has_assignments;
    }
  }

  std::vector<Step> steps_but_polls() const {
    std::vector<Step> steps;
    const auto add = [&](Step::Kind kind, const auto& events) {
      for (std::uint32_t i = 0; i < events.size(); ++i)
        steps.push_back({static_cast<std::uint32_t>(events[i].line), kind, i});
    };
    add(Step::joined, history_.joined);
    add(Step::assigned, history_.assigned);
    add(Step::revoked, history_.revoked);
    add(Step::left, history_.left);
    add(Step::seek, history_.seeks);
    add(Step::commit, history_.commits);
    std::ranges::stable_sort(steps, {}, &Step::line);
    return steps;
  }

  void take(const Step& step) {
    switch (step.kind) {
      case Step::joined:
        return take(history_.joined[step.index]);
      case Step::assigned:
        return take(history_.assigned[step.index]);
      case Step::revoked:
        return take(history_.revoked[step.index]);
      case Step::left:
        return take(history_.left[step.index]);
      case Step::seek:
        return take(history_.seeks[step.index]);
      case Step::commit:
        return take(history_.commits[step.index]);
      case Step::poll:
        return;
    }
  }

  void take(const Joined& event) {
    const Name member = member_of(event);
    GroupChange change{.at = event.at.count(),
                       .group = model_.members[member].group,
                       .member = member,
                       .line = static_cast<std::uint32_t>(event.line),
                       .is_join = true};
    for (const std::string& topic : event.topics) change.topics.push_back(model_.texts.add(topic));
    model_.changes.push_back(std::move(change));
  }

  void take(const Assigned& event) {
    const Name member = member_of(event);
    const bool is_manual = event.is_manual || model_.members[member].group == kNoName;
    note_change(member, event);
    std::vector<Name> listed;
    for (const PartitionName& partition : event.partitions)
      listed.push_back(builder_.partition(partition.topic, partition.partition));
    std::ranges::sort(listed);
    if (!event.is_incremental)
      for (const Name partition : held_by(member))
        if (!std::ranges::binary_search(listed, partition))
          end(member, partition, OwnershipEnd::revoked, event.at.count(), event.line);
    for (const Name partition : listed) {
      Holding& holding = holding_of(member, partition);
      const Holding held = holding;
      const bool goes_on = held.ownership != kNoName;
      if (goes_on && !is_position_known(member, held)) continue;
      if (goes_on) end(member, partition, OwnershipEnd::revoked, event.at.count(), event.line);
      OwnershipFact& begun = begin(member, partition, event.at.count(), event.line);
      begun.generation = event.generation;
      begun.is_manual = is_manual;
      if (!goes_on) continue;
      begun.resumed_behind = position_of(held);
    }
    given_up_last_.erase(member);
  }

  void take(const Revoked& event) {
    const Name member = member_of(event);
    note_change(member, event);
    model_.changes.back().is_sign_of_life = is_by_itself(event.end);
    std::vector<Name> given_up;
    for (const PartitionName& name : event.partitions) {
      const Name partition = builder_.partition(name.topic, name.partition);
      end(member, partition, event.end, event.at.count(), event.line);
      given_up.push_back(partition);
    }
    given_up_last_[member] = std::move(given_up);
  }

  void take(const Left& event) {
    const Name member = member_of(event);
    note_change(member, event);
    model_.changes.back().is_leave = true;
    model_.changes.back().is_sign_of_life = is_by_itself(event.end);
    std::vector<Name> held = held_by(member);
    for (const Name partition : held) end(member, partition, event.end, event.at.count(), event.line);
    if (!held.empty()) given_up_last_[member] = std::move(held);
  }

  void take(const Seek& event) {
    const Name member = builder_.member(event.group, event.member, event.line);
    Holding& holding = holding_of(member, builder_.partition(event.topic, event.partition));
    holding.before = Before::seek;
    holding.last_read = kNoName;
    holding.sought = {event.offset.value_or(kNoOffset), event.at.count(),
                      static_cast<std::uint32_t>(event.line)};
    holding.since = event.at.count();
    if (holding.ownership != kNoName) {
      const bool is_doubtful = holding.doubts != doubts_of(member);
      std::int64_t& farthest = model_.ownerships[holding.ownership].moved_to;
      farthest = std::max(farthest, is_doubtful ? kAnywhere : event.offset.value_or(kAnywhere));
    }
    holding.doubts = doubts_of(member);
    builder_.saw(event.at.count());
  }

  void take(const CommitAnswered& event) {
    CommitFact commit{.next = event.offset,
                      .asked = event.asked ? event.asked->count() : kUnknownTime,
                      .at = event.at.count(),
                      .line = static_cast<std::uint32_t>(event.line),
                      .group = model_.texts.add(event.group),
                      .partition = builder_.partition(event.topic, event.partition),
                      .outcome = outcome_of(event)};
    builder_.saw(commit.at);
    if (!event.member.empty()) add_member(commit, event);
    settle_with_transaction(commit, event);
    model_.commits.push_back(commit);
  }

  void add_member(CommitFact& commit, const CommitAnswered& event) {
    commit.member = builder_.member(event.group, event.member, event.line);
    const Holding& holding = holding_of(commit.member, commit.partition);
    commit.ownership = ownership_of(event, holding);
    const bool was_asked_before = event.asked && event.asked->count() <= holding.since;
    if (holding.before == Before::nothing && holding.doubts == doubts_of(commit.member) &&
        !model_.members[commit.member].may_be_rebalanced && commit.ownership == holding.ownership && !was_asked_before)
      commit.last_read = holding.last_read;
    if (!event.asked) commit.asked = asked_after(commit);
    const auto given_up = given_up_last_.find(commit.member);
    commit.follows_own_revoke =
        given_up != given_up_last_.end() &&
        std::ranges::find(given_up->second, commit.partition) != given_up->second.end();
    commit.is_fenced = commit.outcome == CallOutcome::failed && is_refusal_of_a_member(event.error);
    MemberFact& member = model_.members[commit.member];
    if (commit.is_fenced && member.fenced_from == kUnknownTime) member.fenced_from = event.asked_by().count();
  }

  /// Where it was asked for: the answer may come after the partition was given up.
  Name ownership_of(const CommitAnswered& event, const Holding& holding) const {
    if (!event.asked) return holding.ownership != kNoName ? holding.ownership : holding.former;
    const Time asked = event.asked->count();
    if (holding.former == kNoName) return holding.ownership;
    const OwnershipFact& former = model_.ownerships[holding.former];
    const bool is_of_this =
        holding.ownership != kNoName && model_.ownerships[holding.ownership].from <= asked;
    return !is_of_this && former.from <= asked && asked <= former.to ? holding.former : holding.ownership;
  }

  /// What a member commits it was given before. Behind a seek it may have been given it earlier too.
  Time asked_after(const CommitFact& commit) const {
    if (commit.last_read == kNoName || model_.reads[commit.last_read].offset + 1 != commit.next ||
        commit.ownership == kNoName || model_.ownerships[commit.ownership].moved_to != kNoOffset)
      return kUnknownTime;
    return model_.polls[model_.reads[commit.last_read].poll].at;
  }

  CallOutcome outcome_of(const CommitAnswered& event) const {
    if (event.outcome) return *event.outcome;
    if (event.error.empty()) return CallOutcome::ok;
    return is_refusal_of_a_member(event.error) ? CallOutcome::failed : CallOutcome::unknown;
  }

  void settle_with_transaction(CommitFact& commit, const CommitAnswered& event) {
    if (commit.outcome == CallOutcome::failed) return;
    Name index = kNoName;
    if (event.transaction) index = builder_.transaction_named(*event.transaction);
    if (index == kNoName) {
      if (event.transactional_id) commit.outcome = CallOutcome::unknown;
      return;
    }
    const TransactionFact& transaction = model_.transactions[index];
    using End = TransactionFact::End;
    commit.outcome = transaction.end == End::committed ? CallOutcome::ok
                     : transaction.end == End::aborted ? CallOutcome::failed
                                                       : CallOutcome::unknown;
    if (transaction.at != kUnknownTime) commit.at = std::max(commit.at, transaction.at);
  }

  void take(const Poll& event) {
    const Name member = builder_.member(event.group, event.member, event.line);
    PollFact poll{.begin = event.begin ? event.begin->count() : kUnknownTime,
                  .at = event.at.count(),
                  .line = static_cast<std::uint32_t>(event.line),
                  .member = member,
                  .outcome = event.outcome,
                  .is_read_committed =
                      event.isolation.value_or(builder_.policy.isolation) == Isolation::read_committed};
    if (event.transaction) settle_with_transaction(poll, *event.transaction);
    doubt_what_was_read_within(member, poll.transaction);
    if (poll.transaction != kNoName && poll.outcome == CallOutcome::unknown)
      undecided_[member] = poll.transaction;
    builder_.saw(poll.at);
    const auto index = static_cast<std::uint32_t>(model_.polls.size());
    expect_ids(event);
    for (std::size_t i = 0; i < event.records.size(); ++i) take(event.records[i], poll, index, hashes_[i]);
    if (event.outcome == CallOutcome::unknown) add_doubt(member);
    model_.polls.push_back(poll);
  }

  void settle_with_transaction(PollFact& poll, const std::string& name) {
    using End = TransactionFact::End;
    poll.transaction = builder_.transaction_named(name);
    const End end = model_.transactions[poll.transaction].end;
    if (poll.outcome != CallOutcome::ok || end == End::committed) return;
    poll.outcome = end == End::aborted ? CallOutcome::failed : CallOutcome::unknown;
  }

  /// Where nobody knows how the transaction ended, the member may have gone back once it is over.
  void doubt_what_was_read_within(Name member, Name unless) {
    const auto undecided = undecided_.find(member);
    if (undecided == undecided_.end() || undecided->second == unless) return;
    undecided_.erase(undecided);
    add_doubt(member);
  }

  void expect_ids(const Poll& event) {
    hashes_.clear();
    for (const PolledRecord& record : event.records) {
      hashes_.push_back(Names::hash_of(record.id));
      model_.ids.expect(hashes_.back());
    }
    for (const std::uint32_t hash : hashes_) model_.ids.expect_text(hash);
  }

  void take(const PolledRecord& record, const PollFact& poll, std::uint32_t index, std::uint32_t hash) {
    ReadFact read{.offset = record.offset,
                  .partition = builder_.partition(record.topic, record.partition),
                  .poll = index};
    if (!record.is_unparseable) read.id = model_.ids.add(record.id, hash);
    if (record.key) read.key = model_.keys.add(*record.key);
    Holding& holding = holding_of(poll.member, read.partition);
    if (holding.ownership == kNoName && !model_.members[poll.member].has_assignments) {
      OwnershipFact& implied =
          begin(poll.member, read.partition, poll.begin != kUnknownTime ? poll.begin : poll.at, poll.line);
      implied.is_implied = true;
    }
    read.ownership = holding.ownership;
    read.before = holding.before;
    const bool is_in_same_poll =
        holding.last_read != kNoName && model_.reads[holding.last_read].poll == index;
    const bool is_doubtful = holding.doubts != doubts_of(poll.member) ||
                             (!is_in_same_poll && model_.members[poll.member].may_be_rebalanced);
    if (is_doubtful && read.before == Before::nothing) read.before = Before::uncertain;
    const auto number = static_cast<Name>(model_.reads.size());
    if (is_doubtful) holding.sought.target = kNoOffset;
    if (read.before == Before::seek) model_.sought[number] = holding.sought;
    holding.before = Before::nothing;
    holding.doubts = doubts_of(poll.member);
    holding.last_read = number;
    if (read.ownership != kNoName) {
      OwnershipFact& ownership = model_.ownerships[read.ownership];
      if (ownership.first_read == kNoName) ownership.first_read = number;
      ownership.last_read = number;
    }
    model_.reads.push_back(read);
  }

  OwnershipFact& begin(Name member, Name partition, Time at, Line line) {
    Holding& holding = holding_of(member, partition);
    const bool is_sought = holding.before == Before::seek && holding.ownership == kNoName;
    holding = {.ownership = static_cast<Name>(model_.ownerships.size()),
               .before = is_sought ? Before::seek : Before::nothing,
               .sought = holding.sought,
               .doubts = doubts_of(member),
               .since = at,
               .former = holding.former};
    held_[member].push_back(partition);
    return model_.ownerships.emplace_back(OwnershipFact{
        .from = at, .from_line = static_cast<std::uint32_t>(line), .member = member, .partition = partition});
  }

  void end(Name member, Name partition, OwnershipEnd how, Time at, Line line) {
    Holding& holding = holding_of(member, partition);
    if (holding.ownership == kNoName) return;
    doubt_what_was_read_within(member, kNoName);
    OwnershipFact& ownership = model_.ownerships[holding.ownership];
    ownership.to = at;
    ownership.to_line = static_cast<std::uint32_t>(line);
    ownership.end = how;
    if (holding.doubts != doubts_of(member)) ownership.moved_to = kAnywhere;
    holding = {.former = holding.ownership};
    std::erase(held_[member], partition);
  }

  std::vector<Name> held_by(Name member) { return held_[member]; }

  /// Whether the member's next read surely follows its last.
  bool is_position_known(Name member, const Holding& holding) const {
    return holding.last_read != kNoName && holding.doubts == doubts_of(member) &&
           model_.polls[model_.reads[holding.last_read].poll].outcome == CallOutcome::ok;
  }

  std::int64_t position_of(const Holding& holding) const {
    return holding.last_read == kNoName ? kNoOffset : model_.reads[holding.last_read].offset;
  }

  /// References stay good.
  Holding& holding_of(Name member, Name partition) {
    const std::uint64_t key = std::uint64_t{member} << 32 | partition;
    if (key != latest_key_) {
      latest_key_ = key;
      latest_ = &holdings_[key];
    }
    return *latest_;
  }

  std::uint32_t doubts_of(Name member) const { return member < doubts_.size() ? doubts_[member] : 0; }
  void add_doubt(Name member) {
    if (member >= doubts_.size()) doubts_.resize(member + 1);
    ++doubts_[member];
  }

  void note_change(Name member, const auto& event) {
    builder_.saw(event.at.count());
    model_.changes.push_back({.at = event.at.count(),
                              .group = model_.members[member].group,
                              .member = member,
                              .line = static_cast<std::uint32_t>(event.line)});
  }

  Name member_of(const auto& event) { return builder_.member(event.group, event.member, event.line); }
  MemberFact& fact_of(const auto& event) { return model_.members[member_of(event)]; }

  ModelBuilder& builder_;
  Model& model_;
  const History& history_;
  std::unordered_map<std::uint64_t, Holding> holdings_ = {};
  std::uint64_t latest_key_ = ~std::uint64_t{0};
  Holding* latest_ = nullptr;
  std::set<Name> subscribers_ = {};
  std::unordered_map<Name, std::vector<Name>> held_ = {};
  std::unordered_map<Name, std::vector<Name>> given_up_last_ = {};
  std::unordered_map<Name, Name> undecided_ = {};  ///< the transaction of unknown end in which a member reads
  std::vector<std::uint32_t> hashes_ = {};         ///< of the ids of one poll
  std::vector<std::uint32_t> doubts_ = {};  ///< polls of a member of which nobody knows what they moved
};

}  // namespace

void follow_members(ModelBuilder& builder) {
  MemberLives(builder).follow();
  std::ranges::stable_sort(builder.model.changes, {}, &GroupChange::at);
}

}  // namespace klab
