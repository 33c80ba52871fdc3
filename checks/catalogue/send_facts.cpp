#include "checks/catalogue/send_facts.hpp"

#include <algorithm>
#include <array>

namespace klab {
namespace {

Time time_of(const std::optional<Moment>& moment) { return moment ? moment->count() : kUnknownTime; }

/// What the sends of one producer tell of the order of its calls.
struct OrderTold {
  std::size_t sends = 0, numbered = 0, begun = 0;

  void add(const Send& send) {
    ++sends;
    numbered += send.n.has_value();
    begun += send.begin.has_value();
  }

  bool is_by_number() const { return numbered == sends; }
  bool is_by_begin() const { return !is_by_number() && begun == sends; }
  bool is_by_line() const { return !is_by_number() && !is_by_begin() && begun == 0; }
  bool is_by_one() const { return is_by_number() || (numbered == 0 && (begun == sends || begun == 0)); }
};

SendFact fact_of(ModelBuilder& builder, const Send& send, Name id) {
  Model& model = builder.model;
  SendFact fact{.offset = send.offset.value_or(kNoOffset),
                .begin = time_of(send.begin),
                .end = time_of(send.end),
                .order = send.n       ? *send.n
                         : send.begin ? send.begin->count()
                                      : static_cast<Time>(send.line),
                .line = static_cast<std::uint32_t>(send.line),
                .id = id,
                .producer = model.texts.add(send.producer),
                .outcome = send.outcome,
                .is_ordered = !send.producer.empty()};
  if (send.partition) fact.partition = builder.partition(send.topic, *send.partition);
  fact.topic = send.partition ? model.partitions[fact.partition].topic : model.texts.add(send.topic);
  if (send.key) fact.key = model.keys.add(*send.key);
  if (send.transaction) fact.transaction = builder.transaction_named(*send.transaction);
  return fact;
}

using ToldByProducers = std::vector<OrderTold>;

void note_order(ToldByProducers& told, Name producer, const Send& send) {
  if (producer >= told.size()) told.resize(producer + 1);
  told[producer].add(send);
}

ToldByProducers add_sends(ModelBuilder& builder) {
  constexpr std::size_t kAhead = 16;
  const std::vector<Send>& sends = builder.history.sends;
  Names& ids = builder.model.ids;
  std::array<std::uint32_t, kAhead> hashes = {};
  const auto expect = [&](std::size_t i) {
    if (i < sends.size()) ids.expect(hashes[i % kAhead] = Names::hash_of(sends[i].id));
  };
  ToldByProducers told;
  for (std::size_t i = 0; i < kAhead; ++i) expect(i);
  for (std::size_t i = 0; i < sends.size(); ++i) {
    const Name id = ids.add(sends[i].id, hashes[i % kAhead]);
    expect(i + kAhead);
    const SendFact fact = fact_of(builder, sends[i], id);
    note_order(told, fact.producer, sends[i]);
    builder.add_send(fact);
  }
  return told;
}

/// Of a producer some of whose sends tell more than others.
void order_sends(Model& model, const ToldByProducers& told) {
  if (std::ranges::all_of(told, &OrderTold::is_by_one)) return;
  for (SendFact& fact : model.sends) {
    const OrderTold& of_producer = told[fact.producer];
    if (of_producer.is_by_number()) continue;
    fact.order = of_producer.is_by_begin() ? fact.begin : static_cast<std::int64_t>(fact.line);
    fact.is_ordered = fact.is_ordered && (of_producer.is_by_begin() || of_producer.is_by_line());
  }
}

}  // namespace

void add_sends_and_flushes(ModelBuilder& builder) {
  Model& model = builder.model;
  const History& history = builder.history;
  model.sends.reserve(history.sends.size());
  model.ids.reserve(history.sends.size());
  model.of_id.reserve(history.sends.size());
  order_sends(model, add_sends(builder));
  builder.sends_by_place.sort();
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
