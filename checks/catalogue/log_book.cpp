#include "checks/catalogue/log_book.hpp"

#include <algorithm>

#include "checks/catalogue/compaction.hpp"

namespace klab {
namespace {

constexpr std::size_t kFewRuns = 32;

/// What was recorded came nearly in order: merging its runs is cheaper than sorting it all.
void sort_log(PartitionLog& log) {
  std::vector<std::ptrdiff_t> runs{0};
  for (std::size_t i = 1; i < log.size() && runs.size() <= kFewRuns; ++i)
    if (log[i] < log[i - 1]) runs.push_back(static_cast<std::ptrdiff_t>(i));
  if (runs.size() > kFewRuns) {
    std::ranges::sort(log, [](const LogEntry& one, const LogEntry& other) { return one < other; });
    return;
  }
  runs.push_back(std::ssize(log));
  for (std::size_t run = 1; run + 1 < runs.size(); ++run)
    std::inplace_merge(log.begin(), log.begin() + runs[run], log.begin() + runs[run + 1]);
}

void join_equal(PartitionLog& log) {
  std::size_t kept = 0;
  for (std::size_t i = 0; i < log.size(); ++i) {
    if (kept > 0 && log[kept - 1].offset == log[i].offset && log[kept - 1].id == log[i].id) {
      LogEntry& same = log[kept - 1];
      same.is_committed = same.is_committed || log[i].is_committed;
      same.is_seen = same.is_seen || log[i].is_seen;
      same.is_read = same.is_read || log[i].is_read;
    } else {
      log[kept++] = log[i];
    }
  }
  log.resize(kept);
}

class LogBook {
 public:
  explicit LogBook(ModelBuilder& builder) : builder_(builder), model_(builder.model) {}

  void build() {
    model_.of_id.resize(model_.ids.size());
    add_drained();
    model_.logs.resize(model_.partitions.size());
    prove_transactions();
    add_reads();
    add_logged();
    add_sends();
    for (PartitionLog& log : model_.logs) {
      sort_log(log);
      join_equal(log);
    }
    for (Name partition = 0; partition < model_.logs.size(); ++partition) note_places(partition);
    if (builder_.policy.compacted) mark_superseded(model_, builder_.policy);
  }

 private:
  void add_drained() {
    for (const DrainedPartition& event : builder_.history.drained) {
      PartitionFact& fact = model_.partitions[builder_.partition(event.topic, event.partition)];
      fact.drained_first = std::max<std::int64_t>(event.first, 0);
      fact.drained_end = event.end;
      fact.drained_line = static_cast<std::uint32_t>(event.line);
    }
    for (const Topic& topic : builder_.history.topics)
      model_.partition_count[model_.texts.add(topic.name)] = topic.partitions;
  }

  void prove_transactions() {
    for (const ReadFact& read : model_.reads) {
      if (read.id == kNoName || !model_.polls[read.poll].is_read_committed) continue;
      IdFact& id = model_.of_id[read.id];
      id.is_committed = true;
      if (id.first_send == kNoName || id.sends > 1) continue;
      const Name transaction = model_.sends[id.first_send].transaction;
      if (transaction != kNoName) model_.transactions[transaction].is_proved = true;
    }
  }

  /// Where the acknowledgement says the same, the send's entry will do for both.
  void add_reads() {
    for (ReadFact& read : model_.reads) {
      const PollFact& poll = model_.polls[read.poll];
      const bool is_seen = poll.outcome != CallOutcome::failed;
      if (read.id != kNoName) {
        IdFact& id = model_.of_id[read.id];
        id.is_read = true;
        if (is_seen) id.is_seen = true;
        if (const SendFact* send = send_that_tells(id, read)) {
          const bool is_begun_before = send->begin == kUnknownTime || send->begin <= poll.at;
          read.is_as_sent = is_begun_before && send->key == read.key;
          continue;
        }
      }
      model_.logs[read.partition].push_back({.offset = read.offset,
                                             .id = read.id,
                                             .is_committed = poll.is_read_committed || is_committed(read.id),
                                             .is_seen = is_seen,
                                             .is_read = true});
    }
  }

  /// The only send, where it says where the record is, and that is where it was read.
  const SendFact* send_that_tells(const IdFact& id, const ReadFact& read) const {
    if (id.first_send == kNoName || id.sends > 1) return nullptr;
    const SendFact& send = model_.sends[id.first_send];
    const bool is_there = send.offset == read.offset && send.partition == read.partition;
    return is_there && effective_outcome(model_, send) == CallOutcome::ok ? &send : nullptr;
  }

  void add_logged() {
    for (const LoggedRecord& record : builder_.history.logged) {
      const Name partition = builder_.partition(record.topic, record.partition);
      model_.logs.resize(model_.partitions.size());
      if (!record.id) continue;
      const Name id = model_.ids.add(*record.id);
      model_.of_id.resize(model_.ids.size());
      model_.of_id[id].is_seen = model_.of_id[id].is_read = true;
      model_.logs[partition].push_back({.offset = record.offset,
                                        .id = id,
                                        .is_committed = is_committed(id),
                                        .is_seen = true,
                                        .is_read = true});
    }
  }

  void add_sends() {
    std::vector<std::size_t> more(model_.logs.size());
    for (const SendFact& send : model_.sends) more_by(send, more);
    for (std::size_t i = 0; i < more.size(); ++i) model_.logs[i].reserve(model_.logs[i].size() + more[i]);
    for (const SendFact& send : model_.sends) {
      if (!has_place(send)) continue;
      const IdFact& id = model_.of_id[send.id];
      const bool is_single = id.sends == 1;
      model_.logs[send.partition].push_back({.offset = send.offset,
                                             .id = send.id,
                                             .is_committed = true,
                                             .is_seen = is_single && id.is_seen,
                                             .is_read = is_single && id.is_read});
    }
  }

  void more_by(const SendFact& send, std::vector<std::size_t>& more) const {
    if (has_place(send)) ++more[send.partition];
  }

  bool has_place(const SendFact& send) const {
    return send.offset != kNoOffset && send.partition != kNoName &&
           effective_outcome(model_, send) == CallOutcome::ok;
  }

  /// Surely visible to those who read committed records only.
  bool is_committed(Name name) const {
    if (name == kNoName) return false;
    const IdFact& id = model_.of_id[name];
    // Of what was sent again one may have been aborted.
    if (id.sends > 1) return false;
    if (id.is_committed) return true;
    if (id.first_send == kNoName) return false;
    const SendFact& send = model_.sends[id.first_send];
    return send.transaction == kNoName || effective_outcome(model_, send) == CallOutcome::ok;
  }

  void note_places(Name partition) {
    for (const LogEntry& entry : model_.logs[partition]) {
      if (entry.id == kNoName) continue;
      IdFact& id = model_.of_id[entry.id];
      if (id.partition != kNoName) continue;
      id.partition = partition;
      id.offset = entry.offset;
    }
  }

  ModelBuilder& builder_;
  Model& model_;
};

}  // namespace

void build_logs(ModelBuilder& builder) { LogBook(builder).build(); }

}  // namespace klab
