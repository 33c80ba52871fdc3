#include "checks/transactions/ends_transactions.hpp"

#include <fmt/format.h>

#include <algorithm>

#include "checks/counted.hpp"
#include "checks/facts/transactions.hpp"

namespace klab {
namespace {

struct Count {
  std::size_t transactions = 0, open = 0, outside = 0;
};

/// What a program tells topics of its own is not asked.
bool is_of_the_play(const History& history, const std::string& topic) {
  return std::ranges::find(history.topics, topic, &Topic::name) != history.topics.end();
}

void judge(const History& history, const std::string& program, Verdict& verdict, Count& count) {
  for (const SentBatch& batch : history.sent) {
    if (batch.program != program || batch.transactional_id || !is_of_the_play(history, batch.topic)) continue;
    ++count.outside;
    add_evidence(verdict, {.lines = {batch.line},
                           .note = fmt::format("a batch of {} from {} belongs to no transaction",
                                               counted(batch.messages, "message"), program)});
  }
  std::size_t number = 0;
  for (const Transaction& transaction : transactions_of(history, program)) {
    ++number, ++count.transactions;
    if (transaction.ended) continue;
    ++count.open;
    add_evidence(verdict, {.lines = {transaction.line()},
                           .note = describe(transaction, number) + ", was neither committed nor aborted"});
  }
}

}  // namespace

Verdict ends_transactions(const History& history, std::string_view role) {
  Verdict verdict{.claim = fmt::format("the {} has a transactional id and ends every transaction", role),
                  .expected = "all records in transactions, and each transaction committed or aborted"};
  const auto runs = runs_of(history, role);
  if (runs.empty()) return undecided(verdict, fmt::format("the {} was never run", role));
  if (std::string why = unheard(history, runs); !why.empty()) return undecided(verdict, std::move(why));
  Count count;
  for (const ProgramRun* run : runs) judge(history, run->program, verdict, count);
  verdict.judged =
      fmt::format("{} in {}", counted(count.transactions, "transaction"), counted(runs.size(), "run"));
  if (count.outside > 0)
    return refuted(verdict,
                   fmt::format("{} sent outside of any transaction",
                               counted(count.outside, "batch was", "batches were")),
                   "give the producer a transactional.id, and begin a transaction before it sends");
  if (count.transactions == 0) {
    verdict.is_shortfall = true;
    return refuted(verdict, fmt::format("the {} began no transaction", role),
                   "initialise transactions once, then begin, send, and commit or abort");
  }
  if (count.open > 0) {
    verdict.is_shortfall = true;
    return refuted(
        verdict, fmt::format("{} of {} never ended", count.open, counted(count.transactions, "transaction")),
        "commit or abort each transaction before the program ends: until then nobody who reads "
        "committed records gets past it");
  }
  return holds(verdict, fmt::format("{} ended", counted(count.transactions, "transaction")));
}

}  // namespace klab
