#include "checks/transactions/records_a_transaction.hpp"

#include <fmt/format.h>

#include <set>

#include "checks/counted.hpp"
#include "checks/facts/transactions.hpp"

namespace klab {
namespace {

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

void judge(const History& history, const std::string& program, std::size_t records, Verdict& verdict,
           Count& count) {
  const auto all = transactions_of(history, program);
  for (std::size_t i = 0; i < all.size(); ++i) {
    const std::size_t found = all[i].messages();
    if (found == records) {
      ++count.right;
    } else if (all[i].is_committed() || found > records) {
      ++count.wrong;
      add_evidence(verdict,
                   {.lines = {all[i].begun->line, all[i].line()},
                    .note = fmt::format("{}, holds {}", describe(all[i], i + 1), counted(found, "record"))});
    } else if (all[i].is_aborted() && !was_tried_again(all, i)) {
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
    if (!is_heard_in_full(history, run->program)) return undecided(verdict, unheard(run->program));
    judge(history, run->program, records, verdict, count);
  }
  const std::size_t judged = count.right + count.wrong;
  verdict.judged = counted(judged, "transaction");
  if (count.wrong > 0)
    return refuted(
        verdict,
        fmt::format("{} of {} do not hold {} records", count.wrong, counted(judged, "transaction"), records),
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
