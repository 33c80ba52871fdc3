#include "checks/catalogue/order.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <tuple>
#include <unordered_map>

#include "checks/catalogue/life.hpp"
#include "checks/catalogue/log_order.hpp"

namespace klab {
namespace {

/// A producer's way through a partition, by the order of its calls.
struct Way {
  Name farthest = kNoName;  ///< of the sends before those of the latest order
  std::int64_t offset = kNoOffset;
  Name latest = kNoName;  ///< of the sends of the latest order, the one that lies farthest
  std::int64_t latest_offset = kNoOffset;
  std::int64_t order = std::numeric_limits<std::int64_t>::min();

  void pass(std::int64_t next) {
    if (next == order) return;
    if (latest_offset > offset) {
      farthest = latest;
      offset = latest_offset;
    }
    latest = kNoName;
    latest_offset = kNoOffset;
    order = next;
  }

  void add(Name send, std::int64_t at) {
    if (at <= latest_offset) return;
    latest = send;
    latest_offset = at;
  }
};

/// Sends that have an order and a place, such that those of one producer and partition come in the order of
/// the calls.
std::vector<Name> in_order(const Model& model) {
  std::vector<Name> sends;
  sends.reserve(model.sends.size());
  std::unordered_map<Name, std::int64_t> latest;
  bool is_sorted = true;
  Name producer = kNoName;
  std::int64_t* of_producer = nullptr;
  for (Name i = 0; i < model.sends.size(); ++i) {
    const SendFact& send = model.sends[i];
    if (!send.is_ordered || place_of(model, send).partition == kNoName) continue;
    sends.push_back(i);
    if (send.producer != producer) {
      producer = send.producer;
      of_producer = &latest.try_emplace(producer, send.order).first->second;
    }
    is_sorted = is_sorted && send.order >= *of_producer;
    *of_producer = send.order;
  }
  if (!is_sorted)
    std::ranges::stable_sort(
        sends, {}, [&](Name i) { return std::tuple(model.sends[i].producer, model.sends[i].order); });
  return sends;
}

/// Calls visit(earlier, later) for each send that lies before one that its producer sent earlier: of those
/// the one that lies farthest. `group` tells sends that are compared apart from others.
void for_each_disorder(const Model& model, const std::vector<Name>& sends, auto group, auto visit) {
  std::unordered_map<std::uint64_t, Way> ways;
  std::uint64_t latest = 0;
  Way* way = nullptr;
  for (const Name i : sends) {
    const SendFact& send = model.sends[i];
    const std::uint64_t key = group(send);
    if (way == nullptr || key != latest) way = &ways[latest = key];
    way->pass(send.order);
    if (last_place(model, send) < way->offset) visit(way->farthest, i);
    way->add(i, model.of_id[send.id].offset);
  }
}

Cost cost_of(const Model& model, const Policy& policy, const SendFact& earlier, const SendFact& later) {
  if (earlier.transaction != kNoName && later.transaction != kNoName) return Cost::fail;
  if (policy.idempotent.value_or(false)) return Cost::usual;
  const bool are_acked = effective_outcome(model, earlier) == CallOutcome::ok &&
                         earlier.outcome == SendOutcome::acked && later.outcome == SendOutcome::acked;
  const bool is_sure = is_place_sure(earlier, policy) && is_place_sure(later, policy);
  return are_acked && is_sure ? Cost::usual : Cost::info;
}

Finding disorder(const Model& model, const SendFact& earlier, const SendFact& later) {
  const IdFact& first = model.of_id[earlier.id];
  return {.lines = {earlier.line, later.line},
          .note = fmt::format("{} sent {} before {}, but {} has them at offsets {} and {}",
                              model.texts[earlier.producer], model.name_of_id(earlier.id),
                              model.name_of_id(later.id), model.place(first.partition), first.offset,
                              last_place(model, later))};
}

/// A send with its place and times, for one partition.
struct Timed {
  Time time = 0;
  std::int64_t offset = 0;
  Name send = kNoName;
};

void sort_by_time(std::vector<Timed>& sends) {
  if (!std::ranges::is_sorted(sends, {}, &Timed::time)) std::ranges::sort(sends, {}, &Timed::time);
}

void judge_times(const Model& model, const Policy& policy, std::vector<Timed>& begun,
                 std::vector<Timed>& acked, Findings& findings) {
  sort_by_time(begun);
  sort_by_time(acked);
  std::size_t next = 0;
  const Timed* farthest = nullptr;
  for (const Timed& send : begun) {
    for (; next < acked.size() && acked[next].time + policy.clock_error_us < send.time; ++next)
      if (farthest == nullptr || acked[next].offset > farthest->offset) farthest = &acked[next];
    findings.judged();
    if (farthest == nullptr || send.offset >= farthest->offset) continue;
    const SendFact &later = model.sends[send.send], &earlier = model.sends[farthest->send];
    findings.add([&] {
      return Finding{.lines = {earlier.line, later.line},
                     .note = fmt::format(
                         "{} was acknowledged at {} us, {} was sent at {} us, but {} has them at offsets "
                         "{} and {}",
                         model.name_of_id(earlier.id), earlier.end, model.name_of_id(later.id), later.begin,
                         model.place(model.of_id[later.id].partition), farthest->offset, send.offset)};
    });
  }
}

void judge_partition(const Model& model, const Policy& policy, Name partition, Findings& findings) {
  std::vector<Name> sends;
  for (const LogEntry& entry : model.logs[partition])
    if (const Name send = send_at(model, partition, entry); send != kNoName) sends.push_back(send);
  std::ranges::sort(sends);
  std::vector<Timed> begun, acked;
  for (const Name i : sends) {
    const SendFact& send = model.sends[i];
    const std::int64_t offset = model.of_id[send.id].offset;
    if (send.begin != kUnknownTime) begun.push_back({send.begin, offset, i});
    if (is_surely_acked(send, policy)) acked.push_back({send.end, offset, i});
  }
  judge_times(model, policy, begun, acked, findings);
}

Finding unflushed(const Model& model, const SendFact& send, const FlushFact& flush) {
  const std::string outcome =
      send.end == kUnknownTime ? "never had an outcome" : fmt::format("had its outcome at {} us", send.end);
  return {
      .lines = {send.line, flush.line},
      .note = fmt::format("{} flushed from {} us to {} us; {}, sent at {} us, {}", model.texts[send.producer],
                          flush.begin, flush.end, model.name_of_id(send.id), send.begin, outcome)};
}

}  // namespace

void send_reorder(const Model& model, const Policy& policy, Findings& findings) {
  findings.missing("no producer's calls are known to follow each other, or where their records lie");
  for (const LogOrder& order : model.orders) findings.judged(order.called);
  if (std::ranges::all_of(model.orders, &LogOrder::is_of_calls)) return;
  const auto group = [&](const SendFact& send) {
    return pair_of(send.producer, model.of_id[send.id].partition);
  };
  for_each_disorder(model, in_order(model), group, [&](Name earlier, Name later) {
    const SendFact &one = model.sends[earlier], &other = model.sends[later];
    findings.add([&] { return disorder(model, one, other); }, 0, cost_of(model, policy, one, other));
  });
}

void key_disorder(const Model& model, const Policy& policy, Findings& findings) {
  findings.missing(
      "no producer's calls with keys are known to follow each other, or where their records lie");
  for (const LogOrder& order : model.orders) findings.judged(order.called_with_keys);
  if (std::ranges::all_of(model.orders, &LogOrder::is_of_calls)) return;
  std::vector<Name> sends = in_order(model);
  std::erase_if(sends, [&](Name i) { return model.sends[i].key == kNoName; });
  const auto group = [&](const SendFact& send) {
    return pair_of(send.producer, model.of_id[send.id].partition);
  };
  // Most often there is none even without regard to keys, and no need to remember every key.
  std::unordered_map<std::uint64_t, bool> in_disorder;
  for_each_disorder(model, sends, group,
                    [&](Name, Name later) { in_disorder[group(model.sends[later])] = true; });
  if (in_disorder.empty()) return;
  std::erase_if(sends, [&](Name i) { return !in_disorder.contains(group(model.sends[i])); });
  std::unordered_map<std::uint64_t, Name> lanes;
  const auto keyed = [&](const SendFact& send) {
    const Name lane = lanes.try_emplace(group(send), static_cast<Name>(lanes.size())).first->second;
    return pair_of(lane, send.key);
  };
  for_each_disorder(model, sends, keyed, [&](Name earlier, Name later) {
    const SendFact &one = model.sends[earlier], &other = model.sends[later];
    findings.add(
        [&] {
          Finding finding = disorder(model, one, other);
          finding.note = fmt::format("key \"{}\": {}", model.keys[one.key], finding.note);
          return finding;
        },
        0, cost_of(model, policy, one, other));
  });
}

void realtime_reorder(const Model& model, const Policy& policy, Findings& findings) {
  findings.missing("no send tells when it began, when it was acknowledged, and where it lies");
  for (Name partition = 0; partition < model.orders.size(); ++partition) {
    const LogOrder& order = model.orders[partition];
    if (!order.has_acked) continue;
    if (order.is_of_times)
      findings.judged(order.begun);
    else
      judge_partition(model, policy, partition, findings);
  }
}

void flush_incomplete(const Model& model, const Policy& policy, Findings& findings) {
  findings.missing("no flush without error followed a send that tells when it began");
  std::unordered_map<Name, std::vector<const FlushFact*>> flushes;
  for (const FlushFact& flush : model.flushes)
    if (flush.outcome == CallOutcome::ok) flushes[flush.producer].push_back(&flush);
  for (auto& [producer, of_producer] : flushes) std::ranges::sort(of_producer, {}, &FlushFact::begin);
  if (flushes.empty()) return;
  for (const SendFact& send : model.sends) {
    const auto of_producer = flushes.find(send.producer);
    if (of_producer == flushes.end() || send.begin == kUnknownTime) continue;
    const auto after = std::ranges::upper_bound(of_producer->second, send.begin + policy.clock_error_us, {},
                                                &FlushFact::begin);
    const bool tells_no_time = send.end == kUnknownTime && send.outcome != SendOutcome::unknown;
    if (after == of_producer->second.end() || tells_no_time) continue;
    findings.judged();
    const FlushFact& flush = **after;
    if (send.end != kUnknownTime && send.end <= flush.end + policy.clock_error_us) continue;
    findings.add([&] { return unflushed(model, send, flush); });
  }
}

}  // namespace klab
