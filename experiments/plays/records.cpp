// What a record is: what it holds, how large it may be, and which a compacted topic takes.

#include <fmt/format.h>
#include <fmt/ranges.h>

#include <algorithm>

#include "experiments/batch_notes.hpp"
#include "experiments/plays.hpp"
#include "experiments/receiver.hpp"
#include "experiments/sender.hpp"
#include "experiments/told.hpp"

namespace klab {
namespace {

using nlohmann::json;

const Outgoing kFull{.value = "value",
                     .key = "key",
                     .partition = 0,
                     .timestamp_ms = 1'700'000'000'000,
                     .headers = {{"header", "its value"}}};
const Outgoing kBare{.value = "value alone", .partition = 0};

const std::map<std::string, std::string> kCompact{{"cleanup.policy", "compact"}};

void play_contents(Trial& trial) {
  const Topic topic = trial.create_topic("contents", 1);
  Sender sender(trial, "writer", {}, std::make_shared<BatchNotes>(trial.recorder()));
  for (const Outgoing& outgoing : {kFull, kBare}) sender.send_all(topic, {outgoing});
  Receiver receiver(trial, "reader");
  receiver.assign(topic);
  receiver.take(2);
}

void play_keys(Trial& trial) {
  const Topic compacted = trial.create_topic("compacted", 1, kCompact),
              ordinary = trial.create_topic("ordinary", 1);
  Sender sender(trial, "keyless", {});
  sender.send_all(compacted, {{.value = "with a key, compacted", .key = "k", .partition = 0}});
  sender.send_all(ordinary, {{.value = "no key, ordinary", .partition = 0}});
  sender.send_all(compacted, {{.value = "no key, compacted", .partition = 0}});
}

// Larger than Kafka's own default of a megabyte could ever come to, for a broker that is set to accept more.
constexpr std::size_t kTooLarge = 4 << 20;

bool is_accepted(Trial& trial, Sender& sender, const Topic& topic, std::size_t bytes) {
  const auto acknowledged = [&] {
    return trial.recorder().look(
        [&](const History& history) { return told(history, sender.name(), "acked").size(); });
  };
  const std::size_t before = acknowledged();
  sender.send_all(topic, {{.value = std::to_string(bytes), .partition = 0, .padded_to = bytes}});
  return acknowledged() > before;
}

/// Halves the distance between what is accepted and what is not, until nothing is between them.
void find_limit(Trial& trial, Sender& sender, const Topic& topic) {
  std::size_t accepted = 1, refused = kTooLarge;
  if (!is_accepted(trial, sender, topic, accepted) || is_accepted(trial, sender, topic, refused)) return;
  while (refused - accepted > 1) {
    const std::size_t middle = accepted + (refused - accepted) / 2;
    (is_accepted(trial, sender, topic, middle) ? accepted : refused) = middle;
  }
}

void play_sizes(Trial& trial) {
  const Topic topic = trial.create_topic("sizes", 1),
              raised = trial.create_topic("raised", 1, {{"max.message.bytes", "8388608"}});
  const rdkafka::Settings unlimited{{"message.max.bytes", "16777216"}};
  Sender large(trial, "large", unlimited), roomy(trial, "roomy", unlimited), untouched(trial, "untouched");
  find_limit(trial, large, topic);
  find_limit(trial, untouched, raised);
  is_accepted(trial, roomy, raised, kTooLarge);
}

void play(Trial& trial) {
  play_contents(trial);
  play_keys(trial);
  play_sizes(trial);
}

/// Of what was sent, that arrived as it was.
std::vector<std::string> arrived(const json& received) {
  std::vector<std::string> names;
  if (received["key"] == *kFull.key) names.emplace_back("key");
  if (received["value"] == kFull.value) names.emplace_back("value");
  if (received["timestamp"] == kFull.timestamp_ms) names.emplace_back("timestamp");
  if (received["headers"] == json(kFull.headers)) names.emplace_back("headers");
  return names;
}

json as_record(const Told& received) {
  return {{"key", received.what["key"]},
          {"value", received.what["received"]},
          {"timestamp", received.what["timestamp"]},
          {"headers", received.what["headers"]}};
}

void conclude_contents(const History& history, Conclusions& conclusions) {
  constexpr const char* kClaim = "headers.message";
  const auto sent = noted_batches(history, "writer", "sent");
  const auto received = told(history, "reader", "received");
  if (sent.size() < 2 || received.size() < 2)
    return conclusions.undecided(kClaim, "the two records were not sent and read");
  const json &full = sent.front()["records"][0], &bare = sent.back()["records"][0];
  const std::vector<std::string> names = arrived(as_record(received.front()));
  conclusions.control(kClaim, "on the wire it is as the reader has it", arrived(full) == names);
  conclusions.control(kClaim, "a record that was sent without key and headers has none",
                      bare["key"].is_null() && bare["headers"].empty() && bare["value"] == kBare.value);
  const std::string note =
      fmt::format("of a record the reader was given {}, as on the wire", fmt::join(names, ", "));
  const auto holds = [&](const char* name) { return std::ranges::find(names, name) != names.end(); };
  if (names.size() == 4) conclusions.value(kClaim, {.value = "key, value, timestamp, headers", .note = note});
  // Who says that a record holds a key and a value says nothing wrong where it holds more.
  if (holds("key") && holds("value")) conclusions.value(kClaim, {.value = "key and value", .note = note});
}

bool has(const std::vector<std::string>& texts, const char* text) {
  return std::ranges::find(texts, text) != texts.end();
}

void conclude_keys(const History& history, Conclusions& conclusions) {
  constexpr const char *kClaim = "compaction.nokey", *kKeyless = "no key, compacted";
  const auto acked = told_texts(history, "keyless", "acked");
  conclusions.control(kClaim, "a compacted topic takes a record with a key",
                      has(acked, "with a key, compacted"));
  conclusions.control(kClaim, "an ordinary topic takes a record without", has(acked, "no key, ordinary"));
  if (has(acked, kKeyless))
    return conclusions.value(
        kClaim, {.value = "yes", .where = kCompact, .note = "a record without a key was acknowledged"});
  for (const Answered& answer : history.answered)
    if (answer.program == "keyless" && answer.topic == "compacted" && !answer.is_acknowledged())
      return conclusions.value(
          kClaim, {.value = "no",
                   .where = kCompact,
                   .note = fmt::format("the broker answered a record without a key with {}", answer.error)});
  conclusions.undecided(kClaim, "a record without a key was neither acknowledged nor refused");
}

/// The largest that was accepted, where that of one byte more was refused.
std::optional<std::size_t> limit_of(const History& history, const std::string& sender) {
  std::size_t accepted = 0, refused = kTooLarge + 1;
  for (const std::string& size : told_texts(history, sender, "acked"))
    accepted = std::max<std::size_t>(accepted, std::stoul(size));
  for (const std::string& size : told_texts(history, sender, "failed"))
    refused = std::min<std::size_t>(refused, std::stoul(size));
  return accepted > 0 && refused == accepted + 1 ? std::optional(accepted) : std::nullopt;
}

/// What the broker refused records of a program with; empty when it refused none.
std::string refusal(const History& history, const std::string& program) {
  for (const Answered& answer : history.answered)
    if (answer.program == program && !answer.is_acknowledged()) return answer.error;
  return "";
}

void conclude_sizes(const History& history, Conclusions& conclusions) {
  constexpr const char* kClaim = "size.max";
  const auto brokers = limit_of(history, "large"), clients = limit_of(history, "untouched");
  const std::string error = refusal(history, "large");
  if (!brokers || error != "MSG_SIZE_TOO_LARGE")
    return conclusions.undecided(kClaim, "the broker refused no record for its size");
  conclusions.control(kClaim, "a topic with a larger max.message.bytes takes what was refused",
                      told(history, "roomy", "acked").size() == 1);
  conclusions.value(kClaim,
                    {.value = fmt::format("{} bytes", *brokers),
                     .note = fmt::format("a broker at its defaults takes a value of {} bytes without a "
                                         "key, and refuses one of {} with {}",
                                         *brokers, *brokers + 1, error)});
  if (clients && refusal(history, "untouched").empty())
    conclusions.value(kClaim,
                      {.value = fmt::format("{} bytes", *clients),
                       .where = {{"client", "librdkafka"}},
                       .note = fmt::format("at its defaults it sends a value of {} bytes without a key, and "
                                           "none of {}, whatever the broker would take",
                                           *clients, *clients + 1)});
}

Conclusions conclude(const History& history) {
  Conclusions conclusions;
  conclude_contents(history, conclusions);
  conclude_keys(history, conclusions);
  conclude_sizes(history, conclusions);
  return conclusions;
}

}  // namespace

std::vector<Experiment> record_experiments() {
  return {{.name = "records",
           .claims = {"headers.message", "compaction.nokey", "size.max"},
           .hypothesis = "A record has key, value, timestamp and headers, and about a megabyte; a compacted "
                         "topic wants a key.",
           .play = play,
           .conclude = conclude}};
}

}  // namespace klab
