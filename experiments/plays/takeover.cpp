// Takeover. Three members share two partitions, so that one of them is idle. One that has a partition is
// killed, later another is closed. Who has their partitions then? The session timeout is short here.

#include <fmt/format.h>

#include <algorithm>

#include "experiments/plays.hpp"
#include "experiments/receiver.hpp"
#include "experiments/told.hpp"

namespace klab {
namespace {

using namespace std::chrono_literals;
using nlohmann::ordered_json;

constexpr auto kTopic = "shared", kGroup = "takeover";
constexpr auto kSession = "3000", kHeartbeat = "500";  // ms

bool owns(const History& history, const std::string& member, std::size_t count) {
  return partitions_of(history, member).size() == count;
}

double seconds(Moment from, Moment to) { return std::chrono::duration<double>(to - from).count(); }

const std::vector<std::string> kMortals{"mortal-1", "mortal-2"};

void play(Trial& trial) {
  const Topic topic = trial.create_topic(kTopic, 2);
  std::map<std::string, Program*> programs;
  for (const std::string& name : kMortals)
    programs[name] = &trial.start(
        name, "librdkafka",
        {{"do", "consume"},
         {"topics", {kTopic}},
         {"group", kGroup},
         {"settings", {{"session.timeout.ms", kSession}, {"heartbeat.interval.ms", kHeartbeat}}}});
  Receiver third(
      trial, "third",
      {{"group.id", kGroup}, {"session.timeout.ms", kSession}, {"heartbeat.interval.ms", kHeartbeat}});
  third.subscribe({topic});
  const auto look = [&](const auto& condition) { return trial.recorder().look(condition); };
  const auto all_own = [](const History& history, const std::vector<std::string>& names) {
    std::size_t sum = 0;
    for (const std::string& name : names) sum += partitions_of(history, name).size();
    return sum == 2;
  };
  const auto is_third_in = [&](const History& history) {
    return std::ranges::all_of(
        kMortals, [&](const std::string& name) { return !told(history, name, "assigned").empty(); });
  };
  third.poll_until([&] {
    return third.is_assigned() && look([&](const History& history) {
             return is_third_in(history) && all_own(history, {"third", kMortals[0], kMortals[1]});
           });
  });
  const std::string victim =
      look([&](const History& history) { return owns(history, kMortals[0], 1) ? kMortals[0] : kMortals[1]; });
  const std::string survivor = victim == kMortals[0] ? kMortals[1] : kMortals[0];
  trial.note("victim", victim);
  trial.kill(*programs[victim]);
  third.poll_until([&] {
    return look(
        [&](const History& history) { return owns(history, "third", 1) && owns(history, survivor, 1); });
  });
  trial.note("closed", "third");
  third.close();
  trial.wait_until(30s, [&](const History& history) { return owns(history, survivor, 2); });
  trial.note("over", "now");
  trial.kill(*programs[survivor]);
}

/// When one of the members was given a partition, after a moment.
std::optional<Moment> given_after(const History& history, const std::vector<std::string>& members,
                                  PartitionName partition, Moment after) {
  std::optional<Moment> first;
  for (const std::string& member : members)
    for (const Told& one : told(history, member, "assigned"))
      if (one.at > after && (!first || one.at < *first) &&
          partitions_of(history, member, one.at).contains(partition))
        first = one.at;
  return first;
}

bool has_left(const History& history, const std::string& member) {
  return std::ranges::find(history.left, member, &Left::program) != history.left.end();
}

Conclusions conclude(const History& history) {
  Conclusions conclusions;
  const std::string claim = "group.idle_takeover", victim = noted(history, "victim");
  const auto killed = noted_at(history, "victim"), closed = noted_at(history, "closed"),
             over = noted_at(history, "over");
  conclusions.control(claim, "who is closed says goodbye, who is killed does not",
                      has_left(history, "third") && !has_left(history, victim));
  const auto lost = killed ? partitions_of(history, victim, *killed) : std::set<PartitionName>{};
  const auto given_up = closed ? partitions_of(history, "third", *closed) : std::set<PartitionName>{};
  if (lost.empty() || !closed || !over) {
    conclusions.undecided(claim, "no member with a partition was killed");
    return conclusions;
  }
  const std::string survivor = victim == kMortals[0] ? kMortals[1] : kMortals[0];
  const auto after_close =
      given_up.empty() ? std::nullopt : given_after(history, {survivor}, *given_up.begin(), *closed);
  conclusions.control(claim, "after a clean close another member is given the partition",
                      after_close.has_value());
  const auto after_kill = given_after(history, {"third", survivor}, *lost.begin(), *killed);
  conclusions.value(
      claim,
      {.value = after_kill ? "yes" : "no",
       .note = after_kill
                   ? fmt::format("with session.timeout.ms={} the partition of a member that was killed "
                                 "had another owner after {:.1f} s; of one that was closed, after {:.1f} s",
                                 kSession, seconds(*killed, *after_kill),
                                 seconds(*closed, after_close.value_or(*closed)))
                   : fmt::format("with session.timeout.ms={} the partition of a member that was killed "
                                 "had no other owner in {:.0f} s",
                                 kSession, seconds(*killed, *closed))});
  return conclusions;
}

}  // namespace

std::vector<Experiment> takeover_experiments() {
  return {{.name = "takeover",
           .claims = {"group.idle_takeover"},
           .hypothesis = "The partitions of a member that dies go to the others after the session timeout.",
           .settings = {{"group.min.session.timeout.ms", "1000"}},
           .play = play,
           .conclude = conclude}};
}

}  // namespace klab
