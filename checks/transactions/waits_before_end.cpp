#include "checks/transactions/waits_before_end.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <map>
#include <optional>
#include <utility>

#include "checks/counted.hpp"
#include "checks/facts/batch_records.hpp"
#include "checks/facts/transactions.hpp"
#include "checks/history/seconds.hpp"

namespace klab {
namespace {

const SentBatch& last_batch(const Transaction& transaction) {
  return **std::ranges::max_element(transaction.batches, {},
                                    [](const SentBatch* batch) { return batch->at; });
}

/// When the transaction's last record was made, by its own account; nothing where the log has not all.
std::optional<Moment> last_created(const BatchRecords& records, const Transaction& transaction) {
  std::optional<Moment> last;
  for (const SentBatch* batch : transaction.batches) {
    const auto times = records.created(*batch);
    if (!times) return std::nullopt;
    for (const Moment created : *times) last = std::max(last.value_or(created), created);
  }
  return last;
}

/// How long the program waited after it made the last record.
struct Wait {
  Moment shown = {};  ///< as the wire saw it, or as true create times say, whichever is more
  Moment held = {};   ///< for so long before that the client may have kept the records back
};

const SentBatch& first_batch(const Transaction& transaction) {
  return **std::ranges::min_element(transaction.batches, {}, &SentBatch::at);
}

/// A client may keep the first records back until it knows the topic (franz-go).
Moment held_at_first(const History& history, std::string_view program, Moment last) {
  Moment connected = last;
  for (const Connected& connection : history.connected)
    if (connection.program == program) connected = std::min(connected, connection.at);
  return last - connected;
}

/// The waits of one program, asked for in the order of its transactions.
class Waits {
 public:
  Waits(const History& history, const ProgramRun& run, const BatchRecords& records, Moment allowance)
      : history_(history), run_(run), records_(records), allowance_(allowance) {}

  Wait before_end_of(const Transaction& transaction) {
    const Moment sent = last_batch(transaction).at;
    const bool is_first = end_before_.empty();
    Moment& before = end_before_.try_emplace(transaction.ended->transactional_id, run_.started).first->second;
    const Moment earliest = std::exchange(before, transaction.ended->at);
    const auto created = last_created(records_, transaction);
    const bool is_credible = created && *created >= earliest - allowance_ && *created <= sent + allowance_;
    const Moment last = is_credible ? std::min(*created, sent) : sent;
    Moment held = is_first ? held_at_first(history_, run_.program, last) : Moment();
    // A client may tell the broker of the transaction, and then keep its records back: until the broker knows
    // of all their partitions, or for its linger. KIP-890: the first batch may be all that it tells.
    const Moment first = first_batch(transaction).at, told = transaction.begun->asked_by();
    const Moment since = !is_credible && told >= first ? earliest : told;
    constexpr Moment kAtOnce = std::chrono::milliseconds(50);
    if (!is_credible || *created >= first - kAtOnce) held = std::max(held, first - since);
    return {.shown = transaction.end_asked - last, .held = held};
  }

 private:
  const History& history_;
  const ProgramRun& run_;
  const BatchRecords& records_;
  const Moment allowance_;
  // Two producers of one program, each with an id, have their transactions at the same time.
  std::map<std::string_view, Moment> end_before_ = {};
};

}  // namespace

Verdict waits_before_end(const History& history, std::string_view role, Moment wait, Moment allowance) {
  Verdict verdict{
      .claim = fmt::format("the {} waits {:.0f} s between a transaction's last record and its end", role,
                           seconds(wait)),
      .expected = fmt::format("at least {:.1f} s", seconds(wait - allowance))};
  std::size_t judged = 0, unclear = 0;
  std::optional<Moment> shortest;
  const BatchRecords records(history);
  for (const ProgramRun* run : runs_of(history, role)) {
    if (!is_heard_in_full(history, run->program)) return undecided(verdict, unheard(history, run->program));
    Waits waits(history, *run, records, allowance);
    std::size_t number = 0;
    for (const Transaction& transaction : transactions_of(history, run->program)) {
      ++number;
      if (transaction.ended == nullptr || transaction.batches.empty()) continue;
      const Wait found = waits.before_end_of(transaction);
      ++judged;
      shortest = std::min(shortest.value_or(found.shown), found.shown);
      if (found.shown >= wait - allowance) continue;
      if (found.shown + found.held >= wait - allowance)
        ++unclear;
      else
        add_evidence(verdict, {.lines = {last_batch(transaction).line, transaction.line()},
                               .note = fmt::format("{}: {:.3f} s after its last record",
                                                   describe(transaction, number), seconds(found.shown))});
    }
  }
  if (judged == 0)
    return undecided(verdict, fmt::format("no transaction of the {} with a record was ended", role));
  verdict.judged = counted(judged, "transaction");
  if (verdict.evidence.empty() && unclear > 0)
    return undecided(verdict,
                     fmt::format("in {} of {} the client held the records back, so that it does not show "
                                 "how long the program waited",
                                 unclear, verdict.judged));
  if (verdict.evidence.empty())
    return holds(verdict, fmt::format("at least {:.3f} s in each of {}", seconds(*shortest), verdict.judged));
  return refuted(verdict,
                 fmt::format("{} of {} ended too soon, the soonest after {:.3f} s", evidence_count(verdict),
                             verdict.judged, seconds(*shortest)),
                 "wait after the last record was sent, and only then commit or abort");
}

}  // namespace klab
