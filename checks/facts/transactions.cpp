#include "checks/facts/transactions.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <map>
#include <tuple>

#include "checks/facts/repetition.hpp"
#include "checks/history/seconds.hpp"

namespace klab {
namespace {

/// A step or a batch, where it stands in time.
struct Happening {
  Moment at = {};
  Line line = 0;  // what begins a transaction comes at the time of its first batch, but is noted before it
  const TransactionStepped* step = nullptr;
  const SentBatch* batch = nullptr;

  const std::string& transactional_id() const {
    return batch ? *batch->transactional_id : step->transactional_id;
  }
};

std::vector<Happening> happenings(const History& history, std::string_view program) {
  std::vector<Happening> all;
  for (const TransactionStepped& step : history.transactions)
    if (step.program == program) all.push_back({.at = step.asked_by(), .line = step.line, .step = &step});
  for (const SentBatch& batch : history.sent)
    if (batch.program == program && batch.transactional_id)
      all.push_back({.at = batch.at, .line = batch.line, .batch = &batch});
  std::ranges::sort(all, {}, [](const Happening& one) { return std::tuple(one.at, one.line); });
  return all;
}

void add_batch(Transaction& transaction, const SentBatch& batch) {
  if (std::ranges::none_of(transaction.batches,
                           [&](const SentBatch* earlier) { return repeats(*earlier, batch); }))
    transaction.batches.push_back(&batch);
}

/// An end that was refused, or not answered, may be asked for again; what counts is when it first was.
bool take_end(Transaction& transaction, const TransactionStepped& step) {
  if (transaction.end_asked == Moment{}) transaction.end_asked = step.asked_by();
  if (step.error.empty()) transaction.ended = &step;
  return step.error.empty() && step.step != TransactionStep::unknown;
}

std::string outcome_of(const Transaction& transaction) {
  if (transaction.ended == nullptr)
    return fmt::format("begun at {:.3f} s", seconds(transaction.begun->asked_by()));
  return fmt::format("{} at {:.3f} s", name_of(transaction.ended->step), seconds(transaction.end_asked));
}

}  // namespace

std::size_t Transaction::messages() const {
  std::size_t sum = 0;
  for (const SentBatch* batch : batches) sum += batch->messages;
  return sum;
}

std::size_t Transaction::messages_to(std::string_view topic) const {
  std::size_t sum = 0;
  for (const SentBatch* batch : batches) sum += batch->topic == topic ? batch->messages : 0;
  return sum;
}

Line Transaction::line() const { return ended ? ended->line : begun->line; }

std::vector<Transaction> transactions_of(const History& history, std::string_view program) {
  std::vector<Transaction> all;
  std::map<std::string, std::size_t> open;  // by transactional id, where it is in `all`
  for (const Happening& one : happenings(history, program)) {
    const std::string& id = one.transactional_id();
    if (one.step && one.step->step == TransactionStep::begun) {
      open[id] = all.size();
      all.push_back({.begun = one.step});
    } else if (const auto place = open.find(id); place != open.end()) {
      Transaction& transaction = all[place->second];
      if (one.batch)
        add_batch(transaction, *one.batch);
      else if (take_end(transaction, *one.step))
        open.erase(place);
    }
  }
  return all;
}

std::string describe(const Transaction& transaction, std::size_t number) {
  return fmt::format("transaction {} of {}, {}", number, transaction.begun->program, outcome_of(transaction));
}

}  // namespace klab
