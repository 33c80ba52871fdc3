#include "checks/transactions/whole_across_topics.hpp"

#include <fmt/format.h>
#include <fmt/ranges.h>

#include <algorithm>

#include "checks/counted.hpp"
#include "checks/facts/batch_records.hpp"
#include "checks/facts/transactions.hpp"

namespace klab {
namespace {

class Judgement {
 public:
  Judgement(const History& history, const std::vector<std::string>& topics, std::size_t records,
            Verdict& verdict)
      : history_(history), logged_(history), topics_(topics), records_(records), verdict_(verdict) {}

  std::size_t begun = 0, judged = 0, uneven = 0, torn = 0, outside = 0;

  void judge(const std::string& program) {
    for (const SentBatch& batch : history_.sent)
      if (batch.program == program && !batch.transactional_id &&
          std::ranges::find(topics_, batch.topic) != topics_.end()) {
        ++outside;
        add_evidence(verdict_, {.lines = {batch.line},
                                .note = fmt::format("a batch of {} to topic {} belongs to no transaction",
                                                    counted(batch.messages, "message"), batch.topic)});
      }
    std::size_t number = 0;
    for (const Transaction& transaction : transactions_of(history_, program)) judge(transaction, ++number);
  }

 private:
  void judge(const Transaction& transaction, std::size_t number) {
    ++begun;
    std::vector<std::size_t> counts;
    for (const std::string& topic : topics_) counts.push_back(transaction.messages_to(topic));
    const bool is_even = std::ranges::all_of(counts, [&](std::size_t count) { return count == records_; });
    const bool is_over = std::ranges::any_of(counts, [&](std::size_t count) { return count > records_; });
    if (!is_even && !is_over && !transaction.is_committed()) return;
    ++judged;
    if (!is_even) {
      ++uneven;
      add_evidence(verdict_, {.lines = {transaction.begun->line, transaction.line()},
                              .note = fmt::format("{}, holds {} records of the topics",
                                                  describe(transaction, number), fmt::join(counts, " + "))});
    } else {
      judge_log(transaction, number);
    }
  }

  void judge_log(const Transaction& transaction, std::size_t number) {
    std::size_t visible = 0, all = 0;
    for (const SentBatch* batch : transaction.batches)
      for (const LoggedRecord* record : logged_.of(*batch)) {
        if (record->state == RecordState::open) continue;  // behind another one that is: not to be told yet
        ++all;
        visible += record->state == RecordState::committed;
      }
    if (visible == 0 || visible == all) return;
    ++torn;
    add_evidence(verdict_, {.lines = {transaction.line()},
                            .note = fmt::format("{}: {} of its {} can be seen", describe(transaction, number),
                                                visible, counted(all, "record"))});
  }

  const History& history_;
  const BatchRecords logged_;
  const std::vector<std::string>& topics_;
  const std::size_t records_;
  Verdict& verdict_;
};

}  // namespace

Verdict whole_across_topics(const History& history, std::string_view role,
                            const std::vector<std::string>& topics, std::size_t records) {
  const std::string sum =
      fmt::format("{}", fmt::join(std::vector<std::size_t>(topics.size(), records), " + "));
  Verdict verdict{
      .claim = fmt::format("each transaction of the {} holds {} records, visible all or none", role, sum),
      .expected = fmt::format("{} records in one transaction", sum)};
  const auto runs = runs_of(history, role);
  if (runs.empty()) return undecided(verdict, fmt::format("the {} was never run", role));
  if (std::string why = unheard(history, runs); !why.empty()) return undecided(verdict, std::move(why));
  Judgement judgement(history, topics, records, verdict);
  for (const ProgramRun* run : runs) judgement.judge(run->program);
  verdict.judged = counted(judgement.judged, "transaction");
  const std::string hint =
      fmt::format("begin one transaction, send {} records to each topic, then commit or abort", records);
  if (judgement.outside > 0)
    return refuted(
        verdict, counted(judgement.outside, "batch was", "batches were") + " sent outside of any transaction",
        hint);
  if (judgement.uneven > 0)
    return refuted(verdict,
                   fmt::format("{} of {} {} not hold {} records", judgement.uneven, verdict.judged,
                               agreeing(judgement.uneven, "does", "do"), sum),
                   hint);
  if (judgement.torn > 0)
    return refuted(verdict, fmt::format("{} of {} can be seen in part", judgement.torn, verdict.judged),
                   hint);
  for (const std::string& topic : topics)
    if (!is_drained(history, topic))
      return undecided(verdict, fmt::format("topic {} was not read to its end", topic));
  if (judgement.judged > 0) return holds(verdict, fmt::format("{} of {} records", verdict.judged, sum));
  if (judgement.begun > 0)
    return undecided(verdict, "no transaction was committed, and of aborted ones not all records had left");
  verdict.is_shortfall = true;
  return refuted(verdict, fmt::format("the {} began no transaction", role), hint);
}

}  // namespace klab
