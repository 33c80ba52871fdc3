// acks=0. A broker refuses a record that is larger than its topic takes, and answers only to a producer that
// wants an answer.

#include <fmt/format.h>

#include <algorithm>

#include "experiments/plays.hpp"
#include "experiments/told.hpp"
#include "experiments/trial.hpp"
#include "experiments/witnessed.hpp"

namespace klab {
namespace {

using namespace std::chrono_literals;
using nlohmann::ordered_json;

constexpr const char* kClaim = "acks.zero";
constexpr const char* kSmall = "a small record";
const std::string kLarge(5000, '.');

const std::vector<std::string> kClients{"java", "librdkafka"};

/// Of the program, and of its topic.
std::string name_of_run(const std::string& client, const std::string& acks) {
  return fmt::format("{}-acks-{}", client, acks);
}

/// In the pause the small record is on its way, and not in one batch with the large one.
ordered_json plan(const std::string& topic, const std::string& acks) {
  return {{"do", "produce"},
          {"topic", topic},
          {"records", {{{"value", kSmall}}, {{"value", kLarge}}}},
          {"pause_ms", 1000},
          {"settings", {{"acks", acks}, {"enable.idempotence", "false"}}}};
}

void play(Trial& trial) {
  std::vector<Program*> programs;
  for (const std::string& client : kClients)
    for (const std::string acks : {"0", "1"}) {
      const Topic topic = trial.create_topic(name_of_run(client, acks), 1, {{"max.message.bytes", "1000"}});
      programs.push_back(&trial.start(topic.name, client, plan(topic.name, acks)));
    }
  for (Program* program : programs) trial.wait_for_end(*program);
  for (const std::string& client : kClients)
    for (const std::string acks : {"0", "1"})
      trial.read_back({.name = name_of_run(client, acks), .partitions = 1});
}

bool is_told(const History& history, const std::string& program, const char* kind, const std::string& value) {
  const auto values = told_texts(history, program, kind);
  return std::ranges::find(values, value) != values.end();
}

bool is_stored(const History& history, const std::string& topic, const std::string& value) {
  return std::ranges::any_of(history.logged, [&](const LoggedRecord& record) {
    return record.topic == topic && record.value == value;
  });
}

void conclude(const History& history, const std::string& client, Conclusions& conclusions) {
  const std::string zero = name_of_run(client, "0"), one = name_of_run(client, "1");
  const std::vector<SentBatch> batches = batches_of(history, zero);
  const auto sent = std::ssize(batches),
             answered = std::ranges::count(history.answered, zero, &Answered::program);
  if (sent < 2 || is_stored(history, zero, kLarge))
    return conclusions.undecided(kClaim, fmt::format("{} did not lose a record", client));
  conclusions.control(kClaim, client + " is heard to ask for acks=0",
                      std::ranges::all_of(batches, [](const SentBatch& batch) { return batch.acks == 0; }));
  conclusions.control(kClaim, client + " with acks=1 is told of the loss",
                      is_told(history, one, "failed", kLarge));
  conclusions.control(kClaim, client + " with acks=1 is answered",
                      std::ranges::count(history.answered, one, &Answered::program) >= 2);
  conclusions.control(kClaim, "what the broker does not refuse is stored with acks=0",
                      is_stored(history, zero, kSmall));
  const bool is_noticed = is_told(history, zero, "failed", kLarge),
             is_taken_for_sent = is_told(history, zero, "acked", kLarge);
  if (is_noticed == (answered == 0) || is_noticed == is_taken_for_sent)
    return conclusions.undecided(kClaim, fmt::format("{} was answered {} times, and {} the loss", client,
                                                     answered, is_noticed ? "noticed" : "did not notice"));
  conclusions.value(
      kClaim, {.value = is_noticed ? "yes" : "no",
               .where = {{"client", client}},
               .note = fmt::format("{} batches were sent and {} answered; the client took the record that "
                                   "the broker refused for {}",
                                   sent, answered, is_noticed ? "lost" : "delivered")});
}

}  // namespace

std::vector<Experiment> acks_zero_experiments() {
  return {{.name = "acks-zero",
           .claims = {kClaim},
           .hypothesis = "With acks=0 the broker does not answer, and a producer does not notice a loss.",
           .play = play,
           .conclude = [](const History& history) {
             Conclusions conclusions;
             for (const std::string& client : kClients) conclude(history, client, conclusions);
             return conclusions;
           }}};
}

}  // namespace klab
