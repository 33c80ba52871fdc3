#include "checks/catalogue/simulation/simulated_producers.hpp"

#include <fmt/format.h>

namespace klab {
namespace {

std::string name_of_transaction(int transaction) { return fmt::format("x{}", transaction); }

}  // namespace

void SimulatedProducers::make(bool are_idempotent) {
  are_idempotent_ = are_idempotent;
  for (std::size_t i = 0; i < 1 + telling_.below(3); ++i)
    producers_.push_back({.name = fmt::format("p{}", i), .is_transactional = telling_.chance(40)});
}

void SimulatedProducers::send() {
  Producer& producer = any();
  if (producer.is_transactional) return send_in_transaction(producer);
  const std::size_t index = new_send(producer);
  const std::size_t what = telling_.below(100);
  if (what < 75) return store_and_acknowledge(index, !are_idempotent_ && telling_.chance(10));
  if (what < 83) return static_cast<void>(store(index));  // stored, and its producer never knows
  if (what < 88) return;                                  // neither stored nor known
  if (what < 94 && !are_idempotent_) {
    const Send& send = sends()[index];
    late_.push_back({*send.partition, {.id = send.id, .key = send.key.value_or("")}});
    return;
  }
  settle(index, SendOutcome::failed);
}

std::size_t SimulatedProducers::new_send(const Producer& producer) {
  Send& send = sends().emplace_back();
  send.producer = producer.name;
  send.id = fmt::format("r{}", sends().size());
  send.topic = "t";
  send.partition = static_cast<int>(telling_.below(static_cast<std::size_t>(log_.partitions())));
  if (telling_.chance(50)) send.key = fmt::format("k{}", telling_.below(5));
  send.begin = telling_.tick();
  send.n = static_cast<std::int64_t>(sends().size());
  telling_.place(producer.name, sends());
  return sends().size() - 1;
}

std::int64_t SimulatedProducers::store(std::size_t index, int transaction) {
  const Send& send = sends()[index];
  const std::int64_t offset =
      log_.append(*send.partition, {.id = send.id, .key = send.key.value_or(""), .transaction = transaction});
  telling_.tick();
  return offset;
}

void SimulatedProducers::store_and_acknowledge(std::size_t index, bool is_doubled) {
  const std::int64_t offset = store(index);
  if (is_doubled) store(index);
  settle(index, SendOutcome::acked);
  if (!telling_.chance(10)) sends()[index].offset = offset;
  if (telling_.chance(5)) sends()[index].partition.reset();
}

void SimulatedProducers::settle(std::size_t index, SendOutcome outcome) {
  sends()[index].outcome = outcome;
  sends()[index].end = telling_.tick();
}

void SimulatedProducers::send_in_transaction(Producer& producer) {
  if (producer.transaction < 0) {
    producer.transaction = log_.begin_transaction();
    step(producer, TransactionStep::begun, telling_.now());
  } else if (telling_.chance(25)) {
    return end_transaction(producer);
  }
  const std::size_t index = new_send(producer);
  sends()[index].transaction = name_of_transaction(producer.transaction);
  const std::int64_t offset = store(index, producer.transaction);
  producer.touched.insert(*sends()[index].partition);
  if (telling_.chance(20)) return;  // its outcome is that of the transaction
  settle(index, SendOutcome::acked);
  sends()[index].offset = offset;
}

void SimulatedProducers::step(const Producer& producer, TransactionStep what, Moment asked) {
  TransactionStepped& event = telling_.legal.history.transactions.emplace_back();
  event.asked = asked;
  event.at = telling_.tick();
  event.step = what;
  event.transaction = name_of_transaction(producer.transaction);
  telling_.place(producer.name, telling_.legal.history.transactions);
}

void SimulatedProducers::end_transaction(Producer& producer) {
  const bool is_committed = telling_.chance(70);
  const Moment asked = telling_.tick();
  log_.end_transaction(producer.transaction, is_committed);
  for (const int partition : producer.touched) log_.append(partition, {.transaction = producer.transaction});
  const TransactionStep end = is_committed ? TransactionStep::committed : TransactionStep::aborted;
  step(producer, telling_.chance(15) ? TransactionStep::unknown : end, asked);
  producer.transaction = -1;
  producer.touched.clear();
}

void SimulatedProducers::arrive_late() {
  if (late_.empty()) return;
  log_.append(late_.back().partition, late_.back().stored);
  late_.pop_back();
  telling_.tick();
}

void SimulatedProducers::flush() {
  const Producer& producer = any();
  for (const Send& send : sends())
    if (send.producer == producer.name && !send.end) return;  // it would not return
  Flush& event = telling_.legal.history.flushes.emplace_back();
  event.producer = producer.name;
  event.begin = telling_.tick();
  event.end = telling_.tick();
  telling_.place(producer.name, telling_.legal.history.flushes);
}

void SimulatedProducers::finish() {
  for (Producer& producer : producers_)
    if (producer.transaction >= 0 && telling_.chance(70)) end_transaction(producer);
}

}  // namespace klab
