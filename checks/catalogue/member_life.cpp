#include "checks/catalogue/member_life.hpp"

#include <algorithm>
#include <set>

#include "checks/catalogue/member_commits.hpp"
#include "checks/catalogue/polled_names.hpp"

namespace klab {
namespace {

struct Step {
  enum Kind : std::uint32_t { joined, assigned, revoked, left, seek, commit };
  std::uint32_t line = 0;
  Kind kind = joined;
  std::uint32_t index = 0;
};

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
        return take_commit(builder_, holdings_, history_.commits[step.index]);
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
      for (const Name partition : holdings_.held_by(member))
        if (!std::ranges::binary_search(listed, partition))
          holdings_.end(member, partition, OwnershipEnd::revoked, event.at.count(), event.line);
    for (const Name partition : listed) {
      Holding& holding = holdings_.of(member, partition);
      const Holding held = holding;
      const bool goes_on = held.ownership != kNoName;
      if (goes_on && !holdings_.is_position_known(member, held)) {
        // It may go on from there, or begin anew.
        if (held.last_read != kNoName || held.before == Before::seek) holding.before = Before::uncertain;
        continue;
      }
      if (goes_on) holdings_.end(member, partition, OwnershipEnd::revoked, event.at.count(), event.line);
      OwnershipFact& begun = holdings_.begin(member, partition, event.at.count(), event.line);
      begun.generation = event.generation;
      begun.is_manual = is_manual;
      if (!goes_on) continue;
      begun.resumed_behind = model_.reads[held.last_read].offset;
    }
    holdings_.forget_given_up(member);
  }

  void take(const Revoked& event) {
    const Name member = member_of(event);
    note_change(member, event);
    model_.changes.back().is_sign_of_life = is_by_itself(event.end);
    std::vector<Name> given_up;
    for (const PartitionName& name : event.partitions) {
      const Name partition = builder_.partition(name.topic, name.partition);
      holdings_.end(member, partition, event.end, event.at.count(), event.line);
      given_up.push_back(partition);
    }
    holdings_.note_given_up(member, std::move(given_up));
  }

  void take(const Left& event) {
    const Name member = member_of(event);
    note_change(member, event);
    model_.changes.back().is_leave = true;
    model_.changes.back().is_sign_of_life = is_by_itself(event.end);
    std::vector<Name> held = holdings_.held_by(member);
    for (const Name partition : held)
      holdings_.end(member, partition, event.end, event.at.count(), event.line);
    if (!held.empty()) holdings_.note_given_up(member, std::move(held));
  }

  void take(const Seek& event) {
    const Name member = builder_.member(event.group, event.member, event.line);
    Holding& holding = holdings_.of(member, builder_.partition(event.topic, event.partition));
    holding.before = Before::seek;
    holding.last_read = holding.last_ok = kNoName;
    holding.is_unsure = false;
    holding.sought = {event.offset.value_or(kNoOffset), event.at.count(),
                      static_cast<std::uint32_t>(event.line)};
    holding.since = event.at.count();
    if (holding.ownership != kNoName) {
      const bool is_doubtful = holdings_.is_doubtful(member, holding);
      std::int64_t& farthest = model_.ownerships[holding.ownership].moved_to;
      farthest = std::max(farthest, is_doubtful ? kAnywhere : event.offset.value_or(kAnywhere));
    }
    holding.doubts = holdings_.doubts_of(member);
    builder_.saw(event.at.count());
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
    holdings_.doubt_what_was_read_within(member, poll.transaction);
    if (poll.transaction != kNoName && poll.outcome == CallOutcome::unknown)
      holdings_.note_undecided(member, poll.transaction);
    builder_.saw(poll.at);
    const auto index = static_cast<std::uint32_t>(model_.polls.size());
    const std::vector<PolledName>& names = names_.of(event.records);
    for (std::size_t i = 0; i < event.records.size(); ++i)
      take(event.records[i].offset, names[i], poll, index);
    if (event.outcome == CallOutcome::unknown) holdings_.add_doubt(member);
    model_.polls.push_back(poll);
  }

  void settle_with_transaction(PollFact& poll, const std::string& name) {
    using End = TransactionFact::End;
    poll.transaction = builder_.transaction_named(name);
    const End end = model_.transactions[poll.transaction].end;
    if (poll.outcome != CallOutcome::ok || end == End::committed) return;
    poll.outcome = end == End::aborted ? CallOutcome::failed : CallOutcome::unknown;
  }

  void take(std::int64_t offset, const PolledName& name, const PollFact& poll, std::uint32_t index) {
    ReadFact read{
        .offset = offset, .id = name.id, .key = name.key, .partition = name.partition, .poll = index};
    Holding& holding = holdings_.of(poll.member, read.partition);
    if (holding.ownership == kNoName && !model_.members[poll.member].has_assignments) {
      OwnershipFact& implied = holdings_.begin(poll.member, read.partition,
                                               poll.begin != kUnknownTime ? poll.begin : poll.at, poll.line);
      implied.is_implied = true;
    }
    read.ownership = holding.ownership;
    read.before = holding.before;
    const bool is_in_same_poll =
        holding.last_read != kNoName && model_.reads[holding.last_read].poll == index;
    const bool is_doubtful = holdings_.is_doubtful(poll.member, holding) ||
                             (!is_in_same_poll && model_.members[poll.member].may_be_rebalanced);
    if (is_doubtful && read.before == Before::nothing) read.before = Before::uncertain;
    const auto number = static_cast<Name>(model_.reads.size());
    if (is_doubtful) holding.sought.target = kNoOffset;
    if (read.before == Before::seek) model_.sought[number] = holding.sought;
    holding.before = Before::nothing;
    holding.doubts = holdings_.doubts_of(poll.member);
    holding.last_read = number;
    if (poll.outcome == CallOutcome::ok) holding.last_ok = number;
    holding.is_unsure =
        poll.outcome != CallOutcome::ok && (holding.is_unsure || read.before == Before::uncertain);
    if (read.ownership != kNoName) {
      OwnershipFact& ownership = model_.ownerships[read.ownership];
      if (ownership.first_read == kNoName) ownership.first_read = number;
      ownership.last_read = number;
    }
    model_.reads.push_back(read);
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
  Holdings holdings_{builder_.model};
  PolledNames names_{builder_};
  std::set<Name> subscribers_ = {};
};

}  // namespace

void follow_members(ModelBuilder& builder) {
  MemberLives(builder).follow();
  std::ranges::stable_sort(builder.model.changes, {}, &GroupChange::at);
}

}  // namespace klab
