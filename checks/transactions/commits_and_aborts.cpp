#include "checks/transactions/commits_and_aborts.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <set>

#include "checks/counted.hpp"
#include "checks/facts/transactions.hpp"

namespace klab {
namespace {

struct Outcomes {
  std::size_t committed = 0, aborted = 0;
};

/// Whether all its records went to topics that the program was not told of.
bool is_of_other_topics(const History& history, const Transaction& transaction) {
  const auto is_told = [&](const SentBatch* batch) {
    return std::ranges::find(history.topics, batch->topic, &Topic::name) != history.topics.end();
  };
  return !transaction.batches.empty() && std::ranges::none_of(transaction.batches, is_told);
}

Outcomes outcomes_of(const History& history, std::string_view program) {
  Outcomes outcomes;
  for (const Transaction& transaction : transactions_of(history, program)) {
    if (is_of_other_topics(history, transaction)) continue;
    outcomes.committed += transaction.is_committed();
    outcomes.aborted += transaction.is_aborted();
  }
  return outcomes;
}

std::string describe(const ProgramRun& run, const Outcomes& outcomes) {
  return fmt::format("{} committed {} and aborted {}", run.program,
                     counted(outcomes.committed, "transaction"), outcomes.aborted);
}

/// Records of the sample that the program never sent.
std::size_t unsent_by(const History& history, std::string_view program) {
  std::set<std::string_view> sent;
  for (const SentBatch& batch : history.sent)
    if (batch.program == program) sent.insert(batch.ids.begin(), batch.ids.end());
  return static_cast<std::size_t>(std::ranges::count_if(
      history.sample, [&](const SampleRecord& record) { return !sent.contains(record.id); }));
}

}  // namespace

bool mixes_outcomes(const History& history, std::string_view program) {
  const Outcomes outcomes = outcomes_of(history, program);
  return outcomes.committed > 0 && outcomes.aborted > 0;
}

Verdict commits_and_aborts(const History& history, std::string_view role, std::size_t records_a_transaction) {
  Verdict verdict{.claim = fmt::format("the {} commits some transactions and aborts others", role),
                  .expected = "a commit and an abort within one run"};
  std::size_t ended = 0, sent_less = 0;
  Outcomes all;
  const auto runs = runs_of(history, role);
  for (const ProgramRun* run : runs) {
    if (!is_heard_in_full(history, run->program)) return undecided(verdict, unheard(history, run->program));
    const Outcomes outcomes = outcomes_of(history, run->program);
    all.committed += outcomes.committed;
    all.aborted += outcomes.aborted;
    ended += outcomes.committed + outcomes.aborted;
    verdict.judged = fmt::format("{} in {}", counted(ended, "transaction"), counted(runs.size(), "run"));
    if (outcomes.committed > 0 && outcomes.aborted > 0) {
      verdict.evidence.clear();
      return holds(verdict, describe(*run, outcomes));
    }
    const std::size_t unsent = unsent_by(history, run->program);
    sent_less += outcomes.committed > 0 && run->ended_well() && unsent >= records_a_transaction;
    add_evidence(verdict, {.lines = {run->line},
                           .note = fmt::format("{}; {} of the sample it never sent", describe(*run, outcomes),
                                               counted(unsent, "record"))});
  }
  if (ended == 0) return undecided(verdict, fmt::format("the {} ended no transaction", role));
  if (sent_less > 0)
    return refuted(verdict,
                   fmt::format("{} left out whole transactions of the sample, and aborted none",
                               counted(sent_less, "run")),
                   "send the records of each transaction, and then abort it: what was never sent is not "
                   "aborted");
  return undecided(verdict,
                   fmt::format("all {} in {} were {}: that may be chance", counted(ended, "transaction"),
                               counted(runs.size(), "run"),
                               all.aborted == 0     ? "committed"
                               : all.committed == 0 ? "aborted"
                                                    : "alike in each"),
                   "does the program choose anew for each transaction, and can it choose either?");
}

}  // namespace klab
