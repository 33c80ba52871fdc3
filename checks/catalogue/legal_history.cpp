#include "checks/catalogue/legal_history.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <deque>
#include <functional>
#include <map>
#include <set>

#include "checks/history/event_kinds.hpp"

namespace klab {
namespace {

using Time = std::int64_t;

enum class State { open, committed, aborted };

/// What a partition really holds; no id: a marker.
struct Stored {
  std::string id = {};
  std::string key = {};
  int transaction = -1;
};

struct Partition {
  std::int64_t start = 0;
  std::vector<Stored> log = {};

  std::int64_t end() const { return start + static_cast<std::int64_t>(log.size()); }
  const Stored& at(std::int64_t offset) const { return log[static_cast<std::size_t>(offset - start)]; }
};

struct Producer {
  std::string name = {};
  bool is_transactional = false;
  int transaction = -1;
  std::set<int> touched = {};
  std::vector<std::size_t> unsettled = {};  ///< sends of the transaction
};

struct Member {
  std::string name = {};
  int group = -1;  ///< -1: assigns to itself
  bool is_committed_reader = false;
  bool is_live = true;
  std::map<int, std::int64_t> positions = {};
};

struct Group {
  std::string name = {};
  bool is_cooperative = false;
  bool is_committed_reader = false;
  std::map<int, std::int64_t> committed = {};
};

struct Late {
  int partition = 0;
  Stored stored = {};
};

class Play {
 public:
  Play(unsigned seed, int steps) : random_(seed), steps_(steps) {}

  LegalHistory play() {
    set_up();
    for (int step = 0; step < steps_; ++step) act();
    finish();
    lay_out();
    return std::move(legal_);
  }

 private:
  bool chance(int percent) { return static_cast<int>(random_() % 100) < percent; }
  std::size_t below(std::size_t end) { return end == 0 ? 0 : random_() % end; }
  Time tick() { return now_ += 1 + static_cast<Time>(below(3)); }

  void set_up() {
    is_idempotent_ = chance(50);
    resets_to_latest_ = chance(40);
    legal_.policy = {.reset = resets_to_latest_ ? ResetPolicy::latest : ResetPolicy::earliest,
                     .stable_us = 1'000'000'000};
    if (is_idempotent_) legal_.policy.idempotent = true;
    const std::int64_t start = chance(30) ? static_cast<std::int64_t>(1'000'000'000 + below(1000)) : 0;
    partitions_.assign(1 + below(4), {.start = start});
    legal_.history.topics.push_back({.name = "t", .partitions = static_cast<int>(partitions_.size())});
    place("", legal_.history.topics);
    for (std::size_t i = 0; i < 1 + below(3); ++i)
      producers_.push_back({.name = fmt::format("p{}", i), .is_transactional = chance(40)});
    for (std::size_t i = 0; i < 1 + below(2); ++i) {
      groups_.push_back(
          {.name = fmt::format("g{}", i), .is_cooperative = chance(50), .is_committed_reader = chance(50)});
      for (std::size_t m = 0; m < 1 + below(3); ++m) join(static_cast<int>(i));
      rebalance(static_cast<int>(i));
    }
  }

  void act() {
    const std::size_t what = below(100);
    if (what < 40) return send(producers_[below(producers_.size())]);
    if (what < 70) return poll(live_member());
    if (what < 82) return commit(live_member());
    if (what < 86) return seek(live_member());
    if (what < 92) return change_group(static_cast<int>(below(groups_.size())));
    if (what < 94) return flush(producers_[below(producers_.size())]);
    if (what < 96) return arrive_late();
    standalone();
  }

  // Producers.

  void send(Producer& producer) {
    if (producer.is_transactional) return send_in_transaction(producer);
    const std::size_t index = new_send(producer);
    const std::size_t what = below(100);
    if (what < 75) return store_and_acknowledge(index, !is_idempotent_ && chance(10));
    if (what < 83) return static_cast<void>(store(index));  // stored, and its producer never knows
    if (what < 88) return;                                  // neither stored nor known
    if (what < 94 && !is_idempotent_) {
      const Send& send = legal_.history.sends[index];
      late_.push_back({*send.partition, {.id = send.id, .key = send.key.value_or("")}});
      return;
    }
    settle(index, SendOutcome::failed);
  }

  std::size_t new_send(const Producer& producer) {
    Send& send = legal_.history.sends.emplace_back();
    send.producer = producer.name;
    send.id = fmt::format("r{}", legal_.history.sends.size());
    send.topic = "t";
    send.partition = static_cast<int>(below(partitions_.size()));
    if (chance(50)) send.key = fmt::format("k{}", below(5));
    send.begin = Moment(tick());
    send.n = static_cast<std::int64_t>(legal_.history.sends.size());
    const std::size_t index = legal_.history.sends.size() - 1;
    place(producer.name, legal_.history.sends);
    return index;
  }

  std::int64_t store(std::size_t index, int transaction = -1) {
    const Send& send = legal_.history.sends[index];
    Partition& partition = partitions_[static_cast<std::size_t>(*send.partition)];
    partition.log.push_back({.id = send.id, .key = send.key.value_or(""), .transaction = transaction});
    tick();
    return partition.end() - 1;
  }

  void store_and_acknowledge(std::size_t index, bool is_doubled) {
    const std::int64_t offset = store(index);
    if (is_doubled) store(index);
    settle(index, SendOutcome::acked);
    if (!chance(10)) legal_.history.sends[index].offset = offset;
    if (chance(5)) legal_.history.sends[index].partition.reset();
  }

  void settle(std::size_t index, SendOutcome outcome) {
    legal_.history.sends[index].outcome = outcome;
    legal_.history.sends[index].end = Moment(tick());
  }

  void send_in_transaction(Producer& producer) {
    if (producer.transaction < 0) {
      producer.transaction = static_cast<int>(transactions_.size());
      transactions_.push_back(State::open);
      step(producer, TransactionStep::begun, now_);
    } else if (chance(25)) {
      return end_transaction(producer);
    }
    const std::size_t index = new_send(producer);
    legal_.history.sends[index].transaction = name_of_transaction(producer);
    const std::int64_t offset = store(index, producer.transaction);
    producer.touched.insert(*legal_.history.sends[index].partition);
    if (chance(20)) return;  // its outcome is that of the transaction
    settle(index, SendOutcome::acked);
    legal_.history.sends[index].offset = offset;
  }

  static std::string name_of_transaction(const Producer& producer) {
    return fmt::format("x{}", producer.transaction);
  }

  void step(const Producer& producer, TransactionStep what, Time asked) {
    TransactionStepped& event = legal_.history.transactions.emplace_back();
    event.asked = Moment(asked);
    event.at = Moment(tick());
    event.step = what;
    event.transaction = name_of_transaction(producer);
    place(producer.name, legal_.history.transactions);
  }

  void end_transaction(Producer& producer) {
    const bool is_committed = chance(70);
    const Time asked = tick();
    State& state = transactions_[static_cast<std::size_t>(producer.transaction)];
    state = is_committed ? State::committed : State::aborted;
    for (const int partition : producer.touched)
      partitions_[static_cast<std::size_t>(partition)].log.push_back({.transaction = producer.transaction});
    step(producer,
         chance(15)     ? TransactionStep::unknown
         : is_committed ? TransactionStep::committed
                        : TransactionStep::aborted,
         asked);
    producer.transaction = -1;
    producer.touched.clear();
  }

  void arrive_late() {
    if (late_.empty()) return;
    partitions_[static_cast<std::size_t>(late_.back().partition)].log.push_back(late_.back().stored);
    late_.pop_back();
    tick();
  }

  void flush(const Producer& producer) {
    for (const Send& send : legal_.history.sends)
      if (send.producer == producer.name && !send.end) return;  // it would not return
    Flush& event = legal_.history.flushes.emplace_back();
    event.producer = producer.name;
    event.begin = Moment(tick());
    event.end = Moment(tick());
    place(producer.name, legal_.history.flushes);
  }

  // Members.

  Member& live_member() {
    std::vector<Member*> live;
    for (Member& member : members_)
      if (member.is_live && member.group >= 0) live.push_back(&member);
    if (!live.empty()) return *live[below(live.size())];
    const int group = static_cast<int>(below(groups_.size()));
    join(group);
    rebalance(group);
    return members_.back();
  }

  std::string group_of(const Member& member) const {
    return member.group < 0 ? "" : groups_[static_cast<std::size_t>(member.group)].name;
  }

  void name(const Member& member, auto& event) {
    event.member = member.name;
    event.group = group_of(member);
    event.at = Moment(tick());
  }

  void join(int group) {
    Member member{.name = fmt::format("c{}", members_.size()),
                  .group = group,
                  .is_committed_reader = groups_[static_cast<std::size_t>(group)].is_committed_reader};
    members_.push_back(member);
    Joined& event = legal_.history.joined.emplace_back();
    name(members_.back(), event);
    event.topics = {"t"};
    place(member.name, legal_.history.joined);
  }

  void tell_assigned(const Member& member, const std::vector<int>& partitions, bool is_incremental) {
    Assigned& event = legal_.history.assigned.emplace_back();
    name(member, event);
    event.is_incremental = is_incremental;
    for (const int partition : partitions) event.partitions.push_back({"t", partition});
    place(member.name, legal_.history.assigned);
  }

  void tell_revoked(const Member& member, const std::vector<int>& partitions, OwnershipEnd end) {
    if (partitions.empty()) return;
    Revoked& event = legal_.history.revoked.emplace_back();
    name(member, event);
    event.end = end;
    for (const int partition : partitions) event.partitions.push_back({"t", partition});
    place(member.name, legal_.history.revoked);
  }

  static std::vector<int> partitions_of(const Member& member) {
    std::vector<int> partitions;
    for (const auto& [partition, position] : member.positions) partitions.push_back(partition);
    return partitions;
  }

  /// Gives every partition of the topic to some live member, by the group's protocol.
  void rebalance(int index) {
    const Group& group = groups_[static_cast<std::size_t>(index)];
    std::vector<Member*> live;
    for (Member& member : members_)
      if (member.is_live && member.group == index) live.push_back(&member);
    if (live.empty()) return;
    std::map<Member*, std::vector<int>> share;
    for (int partition = 0; partition < static_cast<int>(partitions_.size()); ++partition)
      share[live[below(live.size())]].push_back(partition);
    for (Member* member : live) give_up(*member, share[member], group.is_cooperative);
    for (Member* member : live) take_over(*member, share[member], group.is_cooperative);
  }

  void give_up(Member& member, const std::vector<int>& keeps, bool is_cooperative) {
    std::vector<int> given_up;
    for (const int partition : partitions_of(member))
      if (!is_cooperative || std::ranges::find(keeps, partition) == keeps.end())
        given_up.push_back(partition);
    if (chance(60))
      for (const int partition : given_up) commit_partition(member, partition);
    tell_revoked(member, given_up, OwnershipEnd::revoked);
    for (const int partition : given_up) member.positions.erase(partition);
  }

  void take_over(Member& member, const std::vector<int>& partitions, bool is_cooperative) {
    std::vector<int> taken;
    for (const int partition : partitions)
      if (!member.positions.contains(partition)) taken.push_back(partition);
    const bool is_incremental = is_cooperative && chance(50);
    tell_assigned(member, is_incremental ? taken : partitions, is_incremental);
    for (const int partition : taken) member.positions[partition] = first_position(member, partition);
  }

  std::int64_t first_position(const Member& member, int partition) {
    tick();
    const auto& committed = groups_[static_cast<std::size_t>(member.group)].committed;
    const auto found = committed.find(partition);
    if (found != committed.end()) return found->second;
    if (resets_to_latest_) return visible_end(partition, member.is_committed_reader);
    return partitions_[static_cast<std::size_t>(partition)].start;
  }

  /// As far as a reader of committed records may see.
  std::int64_t visible_end(int partition, bool is_committed_reader) const {
    const Partition& log = partitions_[static_cast<std::size_t>(partition)];
    if (!is_committed_reader) return log.end();
    for (std::int64_t offset = log.start; offset < log.end(); ++offset) {
      const Stored& stored = log.at(offset);
      if (stored.transaction >= 0 &&
          transactions_[static_cast<std::size_t>(stored.transaction)] == State::open)
        return offset;
    }
    return log.end();
  }

  bool is_given(const Stored& stored, bool is_committed_reader) const {
    if (stored.id.empty()) return false;
    return !is_committed_reader || stored.transaction < 0 ||
           transactions_[static_cast<std::size_t>(stored.transaction)] == State::committed;
  }

  void poll(Member& member, std::size_t most = 6) {
    Poll event{.member = member.name, .at = {}};
    if (member.group >= 0 && chance(50)) event.group = group_of(member);
    event.isolation = member.is_committed_reader ? Isolation::read_committed : Isolation::read_uncommitted;
    event.begin = Moment(tick());
    const bool fails = chance(4);
    for (auto& [partition, position] : member.positions) {
      std::int64_t next = position;
      const Partition& log = partitions_[static_cast<std::size_t>(partition)];
      const std::int64_t end = visible_end(partition, member.is_committed_reader);
      for (std::size_t count = 0; next < end && count < most; ++next) {
        const Stored& stored = log.at(next);
        if (!is_given(stored, member.is_committed_reader)) continue;
        PolledRecord record{.topic = "t", .partition = partition, .offset = next, .id = stored.id};
        if (!stored.key.empty()) record.key = stored.key;
        event.records.push_back(std::move(record));
        ++count;
      }
      if (!fails) position = next;
    }
    if (fails) event.outcome = CallOutcome::failed;
    event.at = Moment(tick());
    legal_.history.polls.push_back(std::move(event));
    place(member.name, legal_.history.polls);
  }

  void commit(Member& member) {
    for (const int partition : partitions_of(member))
      if (chance(60)) commit_partition(member, partition);
  }

  void commit_partition(const Member& member, int partition) {
    Group& group = groups_[static_cast<std::size_t>(member.group)];
    CommitAnswered& event = legal_.history.commits.emplace_back();
    event.asked = Moment(tick());
    const std::size_t what = below(100);
    event.outcome = what < 80 ? CallOutcome::ok : what < 92 ? CallOutcome::unknown : CallOutcome::failed;
    event.offset = member.positions.at(partition);
    if (event.outcome == CallOutcome::ok || (event.outcome == CallOutcome::unknown && chance(50)))
      group.committed[partition] = event.offset;
    event.topic = "t";
    event.partition = partition;
    name(member, event);
    place(member.name, legal_.history.commits);
  }

  void seek(Member& member) {
    if (member.positions.empty()) return;
    auto& [partition, position] = *member.positions.begin();
    const Partition& log = partitions_[static_cast<std::size_t>(partition)];
    position = log.start + static_cast<std::int64_t>(below(log.log.size() + 1));
    Seek& event = legal_.history.seeks.emplace_back();
    event.member = member.name;
    event.at = Moment(tick());
    event.topic = "t";
    event.partition = partition;
    if (chance(80)) event.offset = position;
    place(member.name, legal_.history.seeks);
  }

  void change_group(int group) {
    Member& member = live_member();
    switch (below(5)) {
      case 0:
        join(group);
        return rebalance(group);
      case 1:
        return close(member);
      case 2:
        return vanish(member);
      case 3:
        return outlive_its_session(member);
      default:
        return rebalance(group);
    }
  }

  void close(Member& member) {
    if (chance(50)) commit(member);
    Left& event = legal_.history.left.emplace_back();
    name(member, event);
    place(member.name, legal_.history.left);
    member.is_live = false;
    member.positions.clear();
    const int group = member.group;
    rebalance(group);
  }

  /// Without a word; somebody may have seen the crash.
  void vanish(Member& member) {
    if (chance(50)) {
      Left& event = legal_.history.left.emplace_back();
      name(member, event);
      event.end = OwnershipEnd::crashed;
      place(member.name, legal_.history.left);
    }
    member.is_live = false;
    member.positions.clear();
    const int group = member.group;
    now_ += 50;
    rebalance(group);
  }

  /// A zombie: others have its partitions, and it reads on until it is told. Then it joins again.
  void outlive_its_session(Member& member) {
    member.is_live = false;
    const int group = member.group;
    const std::string name_of_member = member.name;
    const auto index = static_cast<std::size_t>(&member - members_.data());
    now_ += 50;
    rebalance(group);
    Member& zombie = members_[index];
    poll(zombie);
    if (!zombie.positions.empty()) refuse_commit(zombie, zombie.positions.begin()->first);
    tell_revoked(zombie, partitions_of(zombie), chance(50) ? OwnershipEnd::lost : OwnershipEnd::fenced);
    zombie.positions.clear();
    zombie.is_live = true;
    rebalance(group);
  }

  void refuse_commit(const Member& member, int partition) {
    CommitAnswered& event = legal_.history.commits.emplace_back();
    event.asked = Moment(tick());
    event.offset = member.positions.at(partition);
    event.error = "ILLEGAL_GENERATION";
    event.topic = "t";
    event.partition = partition;
    name(member, event);
    place(member.name, legal_.history.commits);
  }

  /// One that assigns partitions to itself, from anywhere on; with or without a word of it.
  void standalone() {
    Member reader{.name = fmt::format("s{}", members_.size()), .is_committed_reader = chance(50)};
    const int partition = static_cast<int>(below(partitions_.size()));
    const Partition& log = partitions_[static_cast<std::size_t>(partition)];
    reader.positions[partition] = log.start + static_cast<std::int64_t>(below(log.log.size() + 1));
    reader.is_live = false;
    if (chance(50)) tell_assigned(reader, {partition}, false);
    for (std::size_t polls = 1 + below(3); polls > 0; --polls) poll(reader);
    members_.push_back(reader);
  }

  // The end.

  void finish() {
    for (Producer& producer : producers_)
      if (producer.transaction >= 0 && chance(70)) end_transaction(producer);
    if (chance(30)) return;
    Member reader{.name = "drainer", .is_committed_reader = chance(50)};
    for (int partition = 0; partition < static_cast<int>(partitions_.size()); ++partition)
      reader.positions[partition] = partitions_[static_cast<std::size_t>(partition)].start;
    poll(reader, 1'000'000);
    for (const auto& [partition, position] : reader.positions) {
      legal_.history.drained.push_back({.topic = "t",
                                        .partition = partition,
                                        .first = partitions_[static_cast<std::size_t>(partition)].start,
                                        .end = position});
      place("drainer", legal_.history.drained);
    }
    // A failed last poll saw nothing for sure.
    if (legal_.history.polls.back().outcome == CallOutcome::failed)
      legal_.history.polls.back().outcome = CallOutcome::ok;
  }

  // Where each event goes: lines keep the order of each process, and nothing else.

  template <typename Event>
  void place(const std::string& process, std::vector<Event>& events) {
    const std::size_t index = events.size() - 1;
    order_[process].push_back({placed_++, [&events, index](Line line) { events[index].line = line; }});
  }

  void lay_out() {
    Line line = 1;
    while (!order_.empty()) {
      auto next =
          std::ranges::min_element(order_, {}, [](const auto& queue) { return queue.second.front().number; });
      if (chance(30)) next = std::next(order_.begin(), static_cast<std::ptrdiff_t>(below(order_.size())));
      next->second.front().tell(++line);
      next->second.pop_front();
      if (next->second.empty()) order_.erase(next);
    }
    for_each_kind(legal_.history, [](std::string_view, auto& events) {
      std::ranges::sort(events, {}, [](const auto& event) { return event.line; });
    });
    if (chance(50))
      for (Send& send : legal_.history.sends) send.n.reset();
  }

  struct Placed {
    std::size_t number = 0;
    std::function<void(Line)> tell = {};
  };

  std::mt19937 random_;
  int steps_;
  LegalHistory legal_ = {};
  Time now_ = 1000;
  bool is_idempotent_ = false;
  bool resets_to_latest_ = false;
  std::vector<Partition> partitions_ = {};
  std::vector<State> transactions_ = {};
  std::vector<Producer> producers_ = {};
  std::vector<Group> groups_ = {};
  std::vector<Member> members_ = {};
  std::vector<Late> late_ = {};
  std::map<std::string, std::deque<Placed>> order_ = {};
  std::size_t placed_ = 0;
};

}  // namespace

LegalHistory legal_history(unsigned seed, int steps) { return Play(seed, steps).play(); }

}  // namespace klab
