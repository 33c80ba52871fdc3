#include "checks/waits_before_end.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <optional>

#include "checks/counted.hpp"
#include "checks/seconds.hpp"
#include "checks/transactions.hpp"

namespace klab {
namespace {

const SentBatch& last_batch(const Transaction& transaction) {
  return **std::ranges::max_element(transaction.batches, {},
                                    [](const SentBatch* batch) { return batch->at; });
}

/// When the transaction's last record was made, by its own account; nothing where the log has not all.
std::optional<Moment> last_created(const History& history, const Transaction& transaction) {
  if (history.started_unix_ms == 0) return std::nullopt;
  std::optional<Moment> last;
  for (const SentBatch* batch : transaction.batches) {
    const auto records = logged_records(history, *batch);
    if (records.size() != batch->messages) return std::nullopt;
    for (const LoggedRecord* record : records) {
      const Moment created = std::chrono::milliseconds(record->timestamp_ms - history.started_unix_ms);
      last = std::max(last.value_or(created), created);
    }
  }
  return last;
}

/// How long the program waited: as the wire saw it, or as true create times say, whichever is more.
Moment waited(const History& history, const Transaction& transaction, Moment earliest, Moment allowance) {
  const Moment sent = last_batch(transaction).at;
  const auto created = last_created(history, transaction);
  const bool is_credible = created && *created >= earliest - allowance && *created <= sent + allowance;
  return transaction.end_asked - (is_credible ? std::min(*created, sent) : sent);
}

}  // namespace

Verdict waits_before_end(const History& history, std::string_view role, Moment wait, Moment allowance) {
  Verdict verdict{
      .claim = fmt::format("the {} waits {:.0f} s between a transaction's last record and its end", role,
                           seconds(wait)),
      .expected = fmt::format("at least {:.1f} s", seconds(wait - allowance))};
  std::size_t judged = 0;
  std::optional<Moment> shortest;
  for (const ProgramRun* run : runs_of(history, role)) {
    if (!is_heard_in_full(history, run->program)) return undecided(verdict, unheard(run->program));
    Moment earliest = run->started;
    std::size_t number = 0;
    for (const Transaction& transaction : transactions_of(history, run->program)) {
      ++number;
      if (transaction.ended == nullptr || transaction.batches.empty()) continue;
      const Moment found = waited(history, transaction, earliest, allowance);
      earliest = transaction.ended->at;
      ++judged;
      shortest = std::min(shortest.value_or(found), found);
      if (found < wait - allowance)
        add_evidence(verdict, {.lines = {last_batch(transaction).line, transaction.line()},
                               .note = fmt::format("{}: {:.3f} s after its last record",
                                                   describe(transaction, number), seconds(found))});
    }
  }
  if (judged == 0)
    return undecided(verdict, fmt::format("no transaction of the {} with a record was ended", role));
  verdict.judged = counted(judged, "transaction");
  if (verdict.evidence.empty())
    return holds(verdict, fmt::format("at least {:.3f} s in each of {}", seconds(*shortest), verdict.judged));
  return refuted(verdict,
                 fmt::format("{} of {} ended too soon, the soonest after {:.3f} s", evidence_count(verdict),
                             verdict.judged, seconds(*shortest)),
                 "wait after the last record was sent, and only then commit or abort");
}

}  // namespace klab
