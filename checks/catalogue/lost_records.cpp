#include "checks/catalogue/lost_records.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <set>

#include "checks/catalogue/life.hpp"
#include "checks/catalogue/passed.hpp"

namespace klab {
namespace {

/// A transaction of unknown end is not proved by a reader of uncommitted records: it may have been aborted.
bool is_proved(const Model& model, const SendFact& send) {
  const CallOutcome outcome = effective_outcome(model, send);
  if (outcome != CallOutcome::unknown) return outcome == CallOutcome::ok;
  const IdFact& id = model.of_id[send.id];
  return send.transaction == kNoName && id.sends == 1 && id.is_read;
}

/// Whether a send can be told from all others, by its id or by the place that it was acknowledged with.
bool is_told_apart(const Model& model, const SendFact& send) {
  return model.of_id[send.id].sends == 1 || (send.offset != kNoOffset && send.partition != kNoName);
}

bool was_seen(const Model& model, const SendFact& send) {
  const IdFact& id = model.of_id[send.id];
  if (id.sends == 1 || !is_told_apart(model, send)) return id.is_seen;
  const PartitionLog& log = model.logs[send.partition];
  auto entry = std::ranges::lower_bound(log, send.offset, {}, &LogEntry::offset);
  for (; entry != log.end() && entry->offset == send.offset; ++entry)
    if (entry->id == send.id && entry->is_seen) return true;
  return false;
}

/// Proved sends, those of one id once unless they have places of their own, and those that nobody saw.
struct Proved {
  std::size_t count = 0;
  std::vector<Name> unseen = {};  ///< sends, by index
};

Proved proved_sends(const Model& model) {
  Proved proved;
  std::set<Name> again;
  for (Name i = 0; i < model.sends.size(); ++i) {
    const SendFact& send = model.sends[i];
    if (!is_proved(model, send)) continue;
    if (!is_told_apart(model, send) && !again.insert(send.id).second) continue;
    ++proved.count;
    if (!was_seen(model, send)) proved.unseen.push_back(i);
  }
  return proved;
}

class Losses {
 public:
  Losses(const Model& model, const Policy& policy)
      : model_(model), policy_(policy), proved_(proved_sends(model)) {
    if (!proved_.unseen.empty()) decide();
  }

  std::size_t proved() const { return proved_.count; }
  const std::vector<Name>& lost() const { return lost_; }
  const std::vector<Name>& open() const { return open_; }

 private:
  void decide() {
    const auto passed = passed_offsets(model_, policy_);
    for (const Name index : proved_.unseen) {
      const SendFact& send = model_.sends[index];
      if (was_compacted(send)) continue;
      (is_missing_in_drained(send) || was_passed(send, passed) ? lost_ : open_).push_back(index);
    }
  }

  std::int64_t offset_of(const SendFact& send) const {
    return send.offset != kNoOffset ? send.offset : model_.of_id[send.id].offset;
  }

  Name partition_of(const SendFact& send) const {
    return send.partition != kNoName ? send.partition : model_.of_id[send.id].partition;
  }

  bool was_compacted(const SendFact& send) const {
    if (!policy_.compacted) return false;
    const Name partition = partition_of(send);
    const std::int64_t offset = offset_of(send);
    if (partition == kNoName || offset == kNoOffset) return true;
    const PartitionLog& log = model_.logs[partition];
    const auto entry = std::ranges::lower_bound(log, offset, {}, &LogEntry::offset);
    return entry == log.end() || entry->is_superseded;
  }

  bool is_missing_in_drained(const SendFact& send) const {
    const Name partition = partition_of(send);
    if (partition == kNoName) return is_topic_drained(send.topic);
    const PartitionFact& fact = model_.partitions[partition];
    const std::int64_t offset = offset_of(send);
    if (!fact.is_drained()) return false;
    if (offset == kNoOffset) return fact.drained_first == 0 && !may_end_before_the_log();
    return fact.drained_first <= offset && (offset < fact.drained_end || is_end_of_all_logs());
  }

  /// Then a reader of committed records ends before the end of the log.
  bool may_transactions_be_open() const {
    using End = TransactionFact::End;
    return std::ranges::any_of(model_.transactions, [](const TransactionFact& transaction) {
      return transaction.end == End::open || transaction.end == End::unknown;
    });
  }

  /// Whether a drained partition may have been read to its last stable offset only. The markers of a
  /// transaction are written after its end was answered: until then too readers of committed records end
  /// there.
  bool may_end_before_the_log() const {
    return may_transactions_be_open() ||
           (!model_.transactions.empty() && std::ranges::any_of(model_.polls, &PollFact::is_read_committed));
  }

  /// Whether a drained partition was read to the end of its log, so that nothing can lie behind. On the wire
  /// programs go on after the log was read.
  bool is_end_of_all_logs() const { return !model_.is_of_the_wire && !may_end_before_the_log(); }

  bool is_topic_drained(Name topic) const {
    const auto count = model_.partition_count.find(topic);
    if (count == model_.partition_count.end() || may_end_before_the_log()) return false;
    const auto drained = std::ranges::count_if(model_.partitions, [&](const PartitionFact& fact) {
      return fact.topic == topic && fact.drained_first == 0;
    });
    return drained == count->second;
  }

  bool was_passed(const SendFact& send, const std::vector<std::vector<Passed>>& passed) const {
    const Name partition = partition_of(send);
    if (partition == kNoName) return false;
    const std::int64_t offset = offset_of(send);
    if (offset != kNoOffset && offset < model_.partitions[partition].drained_first) return false;
    return std::ranges::any_of(passed[partition], [&](const Passed& range) {
      return offset != kNoOffset ? range.contains(offset) : is_within(send, range);
    });
  }

  /// Sent after something of the range was stored, unless that begins with the log, and stored before
  /// something else of it was sent.
  bool is_within(const SendFact& send, const Passed& range) const {
    const Time end = stored_by(model_, send);
    if (end == kUnknownTime || range.latest_begin == kUnknownTime) return false;
    const bool is_behind_its_first = send.begin != kUnknownTime && range.earliest_end != kUnknownTime &&
                                     range.earliest_end < send.begin - policy_.clock_error_us;
    const bool is_from_the_start =
        range.first == 0 && model_.partitions[partition_of(send)].drained_first <= 0;
    return (is_behind_its_first || is_from_the_start) && end < range.latest_begin - policy_.clock_error_us;
  }

  const Model& model_;
  const Policy& policy_;
  Proved proved_;
  std::vector<Name> lost_ = {};
  std::vector<Name> open_ = {};
};

Finding loss(const Model& model, const SendFact& send, const std::string& more = "") {
  return {.lines = lines_of_id(model, send.id),
          .note = fmt::format(
              "{} of {} was {} but nobody was given it{}", model.name_of_id(send.id),
              send.partition == kNoName ? std::string(model.texts[send.topic]) : model.place(send.partition),
              send.outcome == SendOutcome::acked ? "acknowledged" : "stored", more),
          .life = life_of(model, send.id)};
}

std::vector<bool> transactions_that_were_read(const Model& model) {
  std::vector<bool> read(model.transactions.size());
  for (const SendFact& send : model.sends)
    if (send.transaction != kNoName && model.of_id[send.id].sends == 1 && model.of_id[send.id].is_seen)
      read[send.transaction] = true;
  return read;
}

bool is_drained(const Model& model, const SendFact& send) {
  return send.partition != kNoName && model.partitions[send.partition].is_drained();
}

constexpr const char* kNothingProved = "no send is known to have been stored";

bool has_readers(const Model& model) {
  return !model.reads.empty() || std::ranges::any_of(model.partitions, &PartitionFact::is_drained);
}

}  // namespace

void lost_record(const Model& model, const Policy& policy, Findings& findings) {
  if (!has_readers(model)) return findings.missing("nobody read anything");
  findings.missing(kNothingProved);
  const Losses losses(model, policy);
  findings.judged(losses.proved() - losses.open().size());
  for (const Name lost : losses.lost()) findings.add([&] { return loss(model, model.sends[lost]); });
}

void torn_transaction(const Model& model, const Policy& policy, Findings& findings) {
  findings.missing("no record of a transaction was read");
  if (model.transactions.empty()) return;
  const std::vector<bool> read = transactions_that_were_read(model);
  findings.judged(static_cast<std::size_t>(std::ranges::count(read, true)));
  const Losses losses(model, policy);
  for (const Name lost : losses.lost()) {
    const SendFact& send = model.sends[lost];
    if (send.transaction == kNoName || !read[send.transaction]) continue;
    findings.add([&] {
      return loss(model, send,
                  fmt::format(", though others of its transaction {} were read",
                              model.texts[model.transactions[send.transaction].name]));
    });
  }
}

void unseen(const Model& model, const Policy& policy, Findings& findings) {
  findings.missing(kNothingProved);
  const Losses losses(model, policy);
  findings.judged(losses.proved());
  for (const Name open : losses.open()) findings.add([&] { return loss(model, model.sends[open]); });
  if (!losses.open().empty())
    findings.undecided(
        std::ranges::any_of(losses.open(), [&](Name open) { return is_drained(model, model.sends[open]); })
            ? "a drained partition was read to its last stable offset only, behind which some of these may "
              "lie"
            : "nobody read so far that these must have been seen: record a drained partition to decide");
}

}  // namespace klab
