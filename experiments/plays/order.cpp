// Order. One producer writes the numbers from 1 on by turns to three partitions; one consumer reads all of
// them. Kafka promises order inside a partition and nothing beyond it.

#include <fmt/format.h>

#include "experiments/plays.hpp"
#include "experiments/receiver.hpp"
#include "experiments/sender.hpp"
#include "experiments/told.hpp"

namespace klab {
namespace {

constexpr int kPartitions = 3;
constexpr int kRecords = 300;

void play(Trial& trial) {
  const Topic forwards = trial.create_topic("forwards", kPartitions),
              backwards = trial.create_topic("backwards", 1);
  std::vector<Outgoing> up, down;
  for (int i = 1; i <= kRecords; ++i) {
    up.push_back({.value = std::to_string(i), .partition = i % kPartitions});
    down.push_back({.value = std::to_string(kRecords + 1 - i), .partition = 0});
  }
  Sender sender(trial, "sender");
  sender.send_all(forwards, up);
  sender.send_all(backwards, down);
  for (const Topic& topic : {forwards, backwards}) {
    Receiver receiver(trial, "reader-" + topic.name);
    receiver.assign(topic);
    receiver.take(kRecords);
  }
}

/// The numbers that a reader was given, in its order: of one partition, or of all.
std::vector<int> read(const History& history, const std::string& reader, std::optional<int> partition = {}) {
  std::vector<int> numbers;
  for (const Told& one : told(history, reader, "received"))
    if (!partition || one.what["partition"] == *partition)
      numbers.push_back(std::stoi(one.what["received"].get<std::string>()));
  return numbers;
}

Conclusions conclude(const History& history) {
  Conclusions conclusions;
  const std::vector<int> all = read(history, "reader-forwards");
  bool is_ordered_inside = true, is_complete = true;
  for (int partition = 0; partition < kPartitions; ++partition) {
    const std::vector<int> inside = read(history, "reader-forwards", partition);
    is_ordered_inside = is_ordered_inside && std::ranges::is_sorted(inside);
    is_complete = is_complete && inside.size() == kRecords / kPartitions;
  }
  const bool finds_disorder = !std::ranges::is_sorted(read(history, "reader-backwards"));
  for (const std::string claim : {"order.partition", "order.topic"}) {
    conclusions.control(claim, "all records are read", is_complete);
    conclusions.control(claim, "records that were written backwards are seen as out of order",
                        finds_disorder);
  }
  conclusions.control("order.topic", "inside each partition there is order", is_ordered_inside);
  conclusions.value(
      "order.partition",
      {.value = is_ordered_inside ? "yes" : "no",
       .note = fmt::format("{} records in {} partitions were read{} in the order of each partition",
                           all.size(), kPartitions, is_ordered_inside ? "" : ", not all")});
  if (const auto inversion = std::ranges::adjacent_find(all, std::greater{}); inversion != all.end())
    conclusions.value("order.topic", {.value = "no",
                                      .note = fmt::format("number {} was read right after {}",
                                                          *(inversion + 1), *inversion)});
  else
    conclusions.undecided("order.topic", "by chance all records were read in the order they were written");
  return conclusions;
}

}  // namespace

std::vector<Experiment> order_experiments() {
  return {{.name = "order",
           .claims = {"order.partition", "order.topic"},
           .hypothesis = "Records are read in the order of their partition, not in that of their topic.",
           .play = play,
           .conclude = conclude}};
}

}  // namespace klab
