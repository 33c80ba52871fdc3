#include <algorithm>

#include "checks/catalogue/model_builder.hpp"

namespace klab {
namespace {

Time time_of(const std::optional<Moment>& moment) { return moment ? moment->count() : kUnknownTime; }

/// How a producer's calls are known to follow each other.
enum class OrderBy : std::uint8_t { number, begin, line, nothing };

std::vector<OrderBy> order_of_producers(ModelBuilder& builder) {
  struct Counts {
    std::size_t sends = 0, numbered = 0, begun = 0;
  };
  std::vector<Counts> counts;
  for (const Send& send : builder.history.sends) {
    const Name producer = builder.model.texts.add(send.producer);
    if (producer >= counts.size()) counts.resize(producer + 1);
    Counts& of_producer = counts[producer];
    ++of_producer.sends;
    of_producer.numbered += send.n.has_value();
    of_producer.begun += send.begin.has_value();
  }
  std::vector<OrderBy> order;
  for (const Counts& count : counts)
    order.push_back(count.numbered == count.sends ? OrderBy::number
                    : count.begun == count.sends  ? OrderBy::begin
                    : count.begun == 0            ? OrderBy::line
                                                  : OrderBy::nothing);
  return order;
}

SendFact fact_of(ModelBuilder& builder, const Send& send, const std::vector<OrderBy>& orders) {
  Model& model = builder.model;
  SendFact fact{.offset = send.offset.value_or(kNoOffset),
                .begin = time_of(send.begin),
                .end = time_of(send.end),
                .line = static_cast<std::uint32_t>(send.line),
                .id = model.ids.add(send.id),
                .producer = model.texts.add(send.producer),
                .topic = model.texts.add(send.topic),
                .outcome = send.outcome};
  if (send.partition) fact.partition = builder.partition(send.topic, *send.partition);
  if (send.key) fact.key = model.keys.add(*send.key);
  if (send.transaction) fact.transaction = builder.transaction_named(*send.transaction);
  const OrderBy by = orders[fact.producer];
  fact.is_ordered = by != OrderBy::nothing && !send.producer.empty();
  fact.order = by == OrderBy::number  ? *send.n
               : by == OrderBy::begin ? fact.begin
                                      : static_cast<std::int64_t>(send.line);
  return fact;
}

}  // namespace

void add_sends_and_flushes(ModelBuilder& builder) {
  Model& model = builder.model;
  const History& history = builder.history;
  const std::vector<OrderBy> orders = order_of_producers(builder);
  model.sends.reserve(history.sends.size());
  model.ids.reserve(history.sends.size());
  model.of_id.reserve(history.sends.size());
  for (const Send& send : history.sends) builder.add_send(fact_of(builder, send, orders));
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
