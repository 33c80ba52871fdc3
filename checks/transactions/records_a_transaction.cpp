#include "checks/transactions/records_a_transaction.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <optional>
#include <set>

#include "checks/counted.hpp"
#include "checks/facts/answers.hpp"
#include "checks/facts/batch_records.hpp"
#include "checks/facts/sendings.hpp"
#include "checks/facts/transactions.hpp"

namespace klab {
namespace {

// A client that is idle for so much longer than it keeps records back has none.
constexpr Moment kIdle = std::chrono::seconds(1);

struct Count {
  std::size_t right = 0, wrong = 0, unsure = 0;
};

/// Whether all that transactions `number` sent was sent again by a later one.
bool was_tried_again(const std::vector<Transaction>& all, std::size_t number) {
  std::set<std::string_view> left;
  for (const SentBatch* batch : all[number].batches) left.insert(batch->ids.begin(), batch->ids.end());
  if (left.empty()) return false;
  for (std::size_t later = number + 1; later < all.size(); ++later)
    for (const SentBatch* batch : all[later].batches)
      for (const std::string& id : batch->ids) left.erase(id);
  return left.empty();
}

/// The longest that a record waited in the client, as their own timestamps have it; nothing where one cannot
/// be true.
std::optional<Moment> longest_wait(const BatchRecords& records, const std::vector<Transaction>& all) {
  Moment longest = {};
  for (const Transaction& transaction : all)
    for (const SentBatch* batch : transaction.batches) {
      const auto times = records.created(*batch);
      if (!times) return std::nullopt;
      for (const Moment created : *times) {
        if (created > batch->at + kTimestampError) return std::nullopt;
        longest = std::max(longest, batch->at - created);
      }
    }
  return longest;
}

/// Whether its client cannot have had more records when it was asked to abort.
bool had_sent_all(const Transaction& transaction, const Answers& answers, std::optional<Moment> wait) {
  if (!wait || transaction.batches.empty()) return false;
  return std::ranges::all_of(transaction.batches, [&](const SentBatch* batch) {
    const Answered* answer = answers.to(*batch);
    return answer != nullptr && transaction.end_asked - answer->at >= *wait + kIdle;
  });
}

void judge(const History& history, const std::string& program, std::size_t records, Verdict& verdict,
           Count& count) {
  const auto all = transactions_of(history, program);
  const Answers answers(history);
  const bool has_short = std::ranges::any_of(
      all, [&](const Transaction& one) { return one.is_aborted() && one.messages() < records; });
  const std::optional<Moment> wait = has_short ? longest_wait(BatchRecords(history), all) : std::nullopt;
  for (std::size_t i = 0; i < all.size(); ++i) {
    const std::size_t found = all[i].messages();
    const bool is_short = all[i].is_aborted() && found < records;
    if (is_short && was_tried_again(all, i)) continue;
    if (found == records) {
      ++count.right;
    } else if (all[i].is_committed() || found > records ||
               (is_short && had_sent_all(all[i], answers, wait))) {
      ++count.wrong;
      add_evidence(verdict,
                   {.lines = {all[i].begun->line, all[i].line()},
                    .note = fmt::format("{}, holds {}", describe(all[i], i + 1), counted(found, "record"))});
    } else if (is_short) {
      ++count.unsure;
    }
  }
}

}  // namespace

Verdict records_a_transaction(const History& history, std::string_view role, std::size_t records) {
  Verdict verdict{.claim = fmt::format("each transaction of the {} holds {} records", role, records),
                  .expected = counted(records, "record") + " in each transaction"};
  Count count;
  for (const ProgramRun* run : runs_of(history, role)) {
    if (!is_heard_in_full(history, run->program)) return undecided(verdict, unheard(history, run->program));
    judge(history, run->program, records, verdict, count);
  }
  const std::size_t judged = count.right + count.wrong;
  verdict.judged = counted(judged, "transaction");
  if (count.wrong > 0)
    return refuted(verdict,
                   fmt::format("{} of {} {} not hold {} records", count.wrong, counted(judged, "transaction"),
                               agreeing(count.wrong, "does", "do"), records),
                   fmt::format("begin a transaction, send {} records, then commit or abort it", records));
  if (count.unsure > 0)
    return undecided(verdict,
                     fmt::format("of {} fewer than {} records left the program",
                                 counted(count.unsure, "aborted transaction"), records),
                     "a client drops what has not left yet when the program aborts: flush() before");
  if (judged == 0) return undecided(verdict, fmt::format("no transaction of the {} was heard", role));
  return holds(verdict,
               fmt::format("{} in each of {}", counted(records, "record"), counted(judged, "transaction")));
}

}  // namespace klab
