// Polling. A member stops polling for longer than max.poll.interval.ms; its client goes on to send heartbeats
// meanwhile. Another member, which goes on polling, is there to take its partitions.

#include <fmt/format.h>

#include <algorithm>

#include "experiments/frame_notes.hpp"
#include "experiments/plays.hpp"
#include "experiments/receiver.hpp"
#include "experiments/sender.hpp"
#include "experiments/told.hpp"
#include "runners/wire/api_key.hpp"

namespace klab {
namespace {

using namespace std::chrono_literals;

constexpr auto kTopic = "shared";
constexpr auto kSession = "3000", kHeartbeat = "400", kPollInterval = "4000";  // ms
constexpr int kStallMs = 12'000;
const std::vector<std::string> kClients{"java", "librdkafka"};

std::string staller(const std::string& client) { return client + "-stalls"; }
std::string partner(const std::string& client) { return client + "-partner"; }

Program& start_staller(Trial& trial, const std::string& client) {
  return trial.start(staller(client), client,
                     {{"do", "consume"},
                      {"topics", {kTopic}},
                      {"group", client},
                      {"stall_after", 1},
                      {"stall_ms", kStallMs},
                      {"settings",
                       {{"session.timeout.ms", kSession},
                        {"heartbeat.interval.ms", kHeartbeat},
                        {"max.poll.interval.ms", kPollInterval},
                        {"auto.offset.reset", "earliest"}}}},
                     std::make_shared<FrameNotes>(trial.recorder(), std::set<int>{kHeartbeatKey}));
}

std::unique_ptr<Receiver> join(Trial& trial, const Topic& topic, const std::string& client) {
  auto member = std::make_unique<Receiver>(trial, partner(client),
                                           rdkafka::Settings{{"group.id", client},
                                                             {"session.timeout.ms", kSession},
                                                             {"heartbeat.interval.ms", kHeartbeat},
                                                             {"max.poll.interval.ms", kPollInterval},
                                                             {"partition.assignment.strategy", "range"}});
  member->subscribe({topic});
  return member;
}

void play(Trial& trial) {
  const Topic topic = trial.create_topic(kTopic, 2);
  std::vector<Program*> programs;
  std::vector<std::unique_ptr<Receiver>> partners;
  std::vector<Receiver*> polled;
  for (const std::string& client : kClients) programs.push_back(&start_staller(trial, client));
  for (const std::string& client : kClients) {
    partners.push_back(join(trial, topic, client));
    polled.push_back(partners.back().get());
  }
  const auto each = [&](const auto& condition) {
    return [&] {
      return trial.recorder().look([&](const History& history) {
        return std::ranges::all_of(kClients, [&](const auto& client) { return condition(history, client); });
      });
    };
  };
  const auto shares = [](const History& history, const std::string& client) {
    return partitions_of(history, staller(client)).size() == 1 &&
           partitions_of(history, partner(client)).size() == 1;
  };
  const auto is_alone = [](const History& history, const std::string& client) {
    return partitions_of(history, partner(client)).size() == 2;
  };
  const auto is_stalled = [](const History& history, const std::string& client) {
    return !told(history, staller(client), "received").empty();
  };
  poll_all(polled, each(shares));
  Sender sender(trial, "sender");
  sender.send_all(topic, {{.value = "a", .partition = 0}, {.value = "b", .partition = 1}});
  poll_all(polled, each(is_stalled));
  // As long as none of those that stall can poll again.
  poll_all(polled, each(is_alone), std::chrono::milliseconds(kStallMs - 1000));
  trial.note("watched", "now");
  for (Program* program : programs) trial.kill(*program);
}

/// When a program stopped polling.
std::optional<Moment> stalled(const History& history, const std::string& client) {
  const auto received = told(history, staller(client), "received");
  if (received.empty()) return std::nullopt;
  return received.front().at;
}

/// When it said goodbye to its group after that.
std::optional<Moment> left(const History& history, const std::string& client, Moment after) {
  for (const Left& one : history.left)
    if (one.program == staller(client) && one.at > after) return one.at;
  return std::nullopt;
}

std::size_t heartbeats(const History& history, const std::string& client, Moment from, Moment to) {
  std::size_t count = 0;
  for (const Told& one : told(history, "wire", "request"))
    if (one.what["of"] == staller(client) && from < one.at && one.at < to) ++count;
  return count;
}

void conclude_for(const History& history, const std::string& client, Conclusions& conclusions) {
  const std::string claim = "poll.interval";
  const auto stopped = stalled(history, client), watched = noted_at(history, "watched");
  if (!stopped || !watched)
    return conclusions.undecided(claim, fmt::format("{} was not seen to stop polling", client));
  const auto goodbye = left(history, client, *stopped);
  const auto beats = heartbeats(history, client, *stopped, goodbye.value_or(*watched));
  conclusions.control(claim, client + ": both members had a partition before",
                      partitions_of(history, staller(client), *stopped).size() == 1 &&
                          partitions_of(history, partner(client), *stopped).size() == 1);
  conclusions.control(claim, client + ": heartbeats went on without polls", beats >= 3);
  conclusions.control(claim, client + ": a member that polls stays",
                      std::ranges::find(history.left, partner(client), &Left::program) == history.left.end());
  const bool has_all = partitions_of(history, partner(client), *watched).size() == 2;
  if (has_all != goodbye.has_value())
    return conclusions.undecided(claim, client + ": it is not clear whether the member left");
  const double after = std::chrono::duration<double>(goodbye.value_or(*watched) - *stopped).count();
  conclusions.value(
      claim,
      {.value = has_all ? "removed" : "stays",
       .where = {{"client", client}},
       .note = fmt::format("with max.poll.interval.ms={} it {} {:.1f} s after its last poll, after {} "
                           "heartbeats",
                           kPollInterval, has_all ? "left the group" : "was still a member", after, beats)});
}

Conclusions conclude(const History& history) {
  Conclusions conclusions;
  for (const std::string& client : kClients) conclude_for(history, client, conclusions);
  return conclusions;
}

}  // namespace

std::vector<Experiment> polling_experiments() {
  return {{.name = "polling",
           .claims = {"poll.interval"},
           .hypothesis = "A member that does not poll within max.poll.interval.ms leaves its group.",
           .settings = {{"group.min.session.timeout.ms", "1000"}},
           .play = play,
           .conclude = conclude}};
}

}  // namespace klab
