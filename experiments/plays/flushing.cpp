// Flushing. Records are acknowledged; then the broker writes down up to which offset each log has been forced
// to disk, where it would begin to recover it after a crash of the machine.

#include <fmt/format.h>

#include <fstream>

#include "experiments/plays.hpp"
#include "experiments/sender.hpp"
#include "experiments/told.hpp"

namespace klab {
namespace {

using namespace std::chrono_literals;

constexpr const char* kClaim = "durability.fsync";
constexpr int kRecords = 20;

// A topic for each way to be acknowledged, and one that is flushed after each record.
const std::vector<std::string> kAcks{"1", "all"};
constexpr const char *kFlushed = "flushed", *kFlushedLast = "flushed-last";

/// The recovery points that the broker wrote down: lines "TOPIC PARTITION OFFSET" below a version and a
/// count.
std::map<std::string, int> recovery_points(const std::filesystem::path& data) {
  std::ifstream in(data / "recovery-point-offset-checkpoint");
  std::map<std::string, int> points;
  std::string topic;
  int version = 0, count = 0, partition = 0, offset = 0;
  in >> version >> count;
  while (in >> topic >> partition >> offset) points[topic] = offset;
  return points;
}

void write(Trial& trial, const Topic& topic, const std::string& acks) {
  std::vector<Outgoing> records;
  for (int i = 1; i <= kRecords; ++i) records.push_back({.value = std::to_string(i), .partition = 0});
  Sender sender(trial, "to-" + topic.name, {{"acks", acks}});
  sender.send_all(topic, records);
}

void play(Trial& trial) {
  const KafkaSettings each_record{{"flush.messages", "1"}};
  for (const std::string& acks : kAcks) write(trial, trial.create_topic("acks-" + acks, 1), acks);
  const Topic flushed = trial.create_topic(kFlushed, 1, each_record),
              last = trial.create_topic(kFlushedLast, 1, each_record);
  write(trial, flushed, "all");
  const auto points = [&] { return recovery_points(trial.broker().data_folder()); };
  const auto is_written_down = [&](const Topic& topic) {
    return eventually([&] { return points()[topic.name] >= kRecords; }, 20s);
  };
  is_written_down(flushed);
  // Once more, so that what is written down is all later than the acknowledgements.
  write(trial, last, "all");
  is_written_down(last);
  nlohmann::ordered_json all = nlohmann::ordered_json::object();
  for (const auto& [topic, offset] : points()) all[topic] = offset;
  trial.tell(kNotes, {{"recovery points", all}});
}

std::size_t acknowledged(const History& history, const std::string& topic) {
  return told(history, "to-" + topic, "acked").size();
}

Conclusions conclude(const History& history) {
  Conclusions conclusions;
  const auto notes = told(history, kNotes, "recovery points");
  if (notes.empty()) {
    conclusions.undecided(kClaim, "the broker's recovery points were not seen");
    return conclusions;
  }
  const nlohmann::json& points = notes.back().what["recovery points"];
  const auto is_known = [&](const std::string& topic) { return acknowledged(history, topic) == kRecords; };
  const auto forced = [&](const std::string& topic) { return points.value(topic, 0); };
  conclusions.control(kClaim, "a topic with flush.messages=1 is seen to be forced to disk, twice",
                      forced(kFlushed) == kRecords && forced(kFlushedLast) == kRecords);
  for (const std::string topic : {"acks-1", "acks-all", kFlushed, kFlushedLast})
    if (!points.contains(topic)) {
      conclusions.undecided(kClaim, fmt::format("the broker wrote down no recovery point of {}", topic));
      return conclusions;
    }
  const auto add = [&](const std::string& topic, const std::map<std::string, std::string>& where) {
    conclusions.control(kClaim, fmt::format("the records of {} are acknowledged", topic), is_known(topic));
    conclusions.value(kClaim,
                      {.value = forced(topic) >= kRecords ? "yes" : "no",
                       .where = where,
                       .note = fmt::format("{} records were acknowledged; the broker's recovery point is {}",
                                           acknowledged(history, topic), forced(topic))});
  };
  add("acks-all", {});
  for (const std::string& acks : kAcks) add("acks-" + acks, {{"acks", acks}});
  add(kFlushed, {{"flush settings", "set"}});
  return conclusions;
}

}  // namespace

std::vector<Experiment> flushing_experiments() {
  return {
      {.name = "flushing",
       .claims = {kClaim},
       .hypothesis = "What is acknowledged has been written, but is forced to disk only where that is set.",
       .settings = {{"log.flush.offset.checkpoint.interval.ms", "200"}, {"log.initial.task.delay.ms", "200"}},
       .play = play,
       .conclude = conclude}};
}

}  // namespace klab
