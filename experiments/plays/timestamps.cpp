// Timestamps. The tap holds what a producer sends for a while, so that its clock and the broker's tell
// different times; one record comes with a timestamp of its own. A topic with LogAppendTime is the control.

#include <fmt/format.h>

#include <chrono>
#include <thread>

#include "experiments/plays.hpp"
#include "experiments/sender.hpp"
#include "experiments/told.hpp"
#include "runners/tap/gates/hold_partition.hpp"

namespace klab {
namespace {

using namespace std::chrono_literals;

constexpr std::int64_t kOwn = 1'000'000'000'000;  // in 2001
constexpr auto kHeld = 1s;

std::int64_t unix_ms() {
  const auto now = std::chrono::system_clock::now().time_since_epoch();
  return std::chrono::duration_cast<std::chrono::milliseconds>(now).count();
}

void play(Trial& trial) {
  const std::vector<Topic> topics{
      trial.create_topic("untouched", 1),
      trial.create_topic("appended", 1, {{"message.timestamp.type", "LogAppendTime"}})};
  const auto gate =
      std::make_shared<HoldPartition>([](const ProduceRequest&) { return true; }, trial.reconsider());
  Sender sender(trial, "sender", {}, gate);
  gate->hold();
  for (const Topic& topic : topics) {
    sender.send(topic, {.value = "now"});
    sender.send(topic, {.value = "own", .timestamp_ms = kOwn});
  }
  if (!eventually([&] { return gate->has_held(); }, 20s)) return;
  std::this_thread::sleep_for(kHeld);
  trial.note("released", std::to_string(unix_ms()));
  gate->release();
  sender.flush();
  for (const Topic& topic : topics) trial.read_back(topic);
}

/// Of the one record with this value; -1 when it is not there.
std::int64_t timestamp_of(const History& history, const std::string& topic, const std::string& value) {
  for (const LoggedRecord* record : log_of(history, topic))
    if (record->value == value) return record->timestamp_ms;
  return -1;
}

Conclusions conclude(const History& history) {
  Conclusions conclusions;
  const std::string released = noted(history, "released");
  const std::int64_t now = timestamp_of(history, "untouched", "now");
  if (released.empty() || now < 0) {
    conclusions.undecided("timestamp.meaning", "the records were not held, or not read back");
    return conclusions;
  }
  const std::int64_t arrived = std::stoll(released), own = timestamp_of(history, "untouched", "own");
  conclusions.control("timestamp.meaning", "with LogAppendTime a record is as old as its arrival",
                      timestamp_of(history, "appended", "now") >= arrived &&
                          timestamp_of(history, "appended", "own") >= arrived);
  conclusions.control("timestamp.meaning",
                      "a timestamp that the program gave is kept just when the producer's is",
                      (own == kOwn) == (now < arrived));
  conclusions.value(
      "timestamp.meaning",
      {.value = now < arrived ? "producer" : "broker",
       .note = fmt::format("what was held for a while has a timestamp of {} ms {} it reached the broker; "
                           "one that the program gave itself was {}",
                           std::abs(arrived - now), now < arrived ? "before" : "after",
                           own == kOwn ? "kept" : "replaced")});
  return conclusions;
}

}  // namespace

std::vector<Experiment> timestamp_experiments() {
  return {{.name = "timestamps",
           .claims = {"timestamp.meaning"},
           .hypothesis = "A record's timestamp is its producer's, unless its topic says otherwise.",
           .play = play,
           .conclude = conclude}};
}

}  // namespace klab
