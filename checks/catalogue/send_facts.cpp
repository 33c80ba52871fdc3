#include "checks/catalogue/send_facts.hpp"

#include <algorithm>
#include <array>

namespace klab {
namespace {

Time time_of(const std::optional<Moment>& moment) { return moment ? moment->count() : kUnknownTime; }

/// How a producer's calls are known to follow each other.
enum class OrderBy : std::uint8_t { number, begin, line, nothing };

SendFact fact_of(ModelBuilder& builder, const Send& send, Name id) {
  Model& model = builder.model;
  SendFact fact{.offset = send.offset.value_or(kNoOffset),
                .begin = time_of(send.begin),
                .end = time_of(send.end),
                .line = static_cast<std::uint32_t>(send.line),
                .id = id,
                .producer = model.texts.add(send.producer),
                .outcome = send.outcome};
  if (send.partition) fact.partition = builder.partition(send.topic, *send.partition);
  fact.topic = send.partition ? model.partitions[fact.partition].topic : model.texts.add(send.topic);
  if (send.key) fact.key = model.keys.add(*send.key);
  if (send.transaction) fact.transaction = builder.transaction_named(*send.transaction);
  return fact;
}

void add_sends(ModelBuilder& builder) {
  constexpr std::size_t kAhead = 16;
  const std::vector<Send>& sends = builder.history.sends;
  Names& ids = builder.model.ids;
  std::array<std::uint32_t, kAhead> hashes = {};
  const auto expect = [&](std::size_t i) {
    if (i < sends.size()) ids.expect(hashes[i % kAhead] = Names::hash_of(sends[i].id));
  };
  for (std::size_t i = 0; i < kAhead; ++i) expect(i);
  for (std::size_t i = 0; i < sends.size(); ++i) {
    const Name id = ids.add(sends[i].id, hashes[i % kAhead]);
    expect(i + kAhead);
    builder.add_send(fact_of(builder, sends[i], id));
  }
}

std::vector<OrderBy> order_of_producers(const Model& model, const History& history) {
  struct Counts {
    std::size_t sends = 0, numbered = 0, begun = 0;
  };
  std::vector<Counts> counts(model.texts.size());
  for (std::size_t i = 0; i < model.sends.size(); ++i) {
    Counts& of_producer = counts[model.sends[i].producer];
    ++of_producer.sends;
    of_producer.numbered += history.sends[i].n.has_value();
    of_producer.begun += history.sends[i].begin.has_value();
  }
  std::vector<OrderBy> order;
  for (const Counts& count : counts)
    order.push_back(count.numbered == count.sends ? OrderBy::number
                    : count.begun == count.sends  ? OrderBy::begin
                    : count.begun == 0            ? OrderBy::line
                                                  : OrderBy::nothing);
  return order;
}

void order_sends(Model& model, const History& history) {
  const std::vector<OrderBy> orders = order_of_producers(model, history);
  for (std::size_t i = 0; i < model.sends.size(); ++i) {
    SendFact& fact = model.sends[i];
    const OrderBy by = orders[fact.producer];
    fact.is_ordered = by != OrderBy::nothing && !history.sends[i].producer.empty();
    fact.order = by == OrderBy::number  ? *history.sends[i].n
                 : by == OrderBy::begin ? fact.begin
                                        : static_cast<std::int64_t>(fact.line);
  }
}

}  // namespace

void add_sends_and_flushes(ModelBuilder& builder) {
  Model& model = builder.model;
  const History& history = builder.history;
  model.sends.reserve(history.sends.size());
  model.ids.reserve(history.sends.size());
  model.of_id.reserve(history.sends.size());
  add_sends(builder);
  order_sends(model, history);
  for (const Flush& flush : history.flushes) {
    model.flushes.push_back({.begin = flush.begin.count(),
                             .end = flush.end.count(),
                             .line = static_cast<std::uint32_t>(flush.line),
                             .producer = model.texts.add(flush.producer),
                             .outcome = flush.outcome});
    builder.saw(flush.end.count());
  }
}

}  // namespace klab
