// Replicas. A follower stops dead. For a while it still counts as in sync, then the leader goes on without
// it: what is acknowledged and what can be read, before and after, tells who had to have it.

#include <fmt/format.h>
#include <fmt/ranges.h>

#include <algorithm>

#include "experiments/plays.hpp"
#include "experiments/receiver.hpp"
#include "experiments/sender.hpp"
#include "experiments/told.hpp"

namespace klab {
namespace {

using namespace std::chrono_literals;

constexpr int kLeader = 2, kFollower = 3;
constexpr const char* kBefore = "before";        // the follower is there
constexpr const char* kMeanwhile = "meanwhile";  // the follower has stopped
constexpr const char* kStopped = "in sync when it had stopped";
constexpr const char* kLeftBehind = "in sync when it was left behind";
constexpr const char* kSettingsNote = " (replica.lag.time.max.ms=5000)";

/// Long enough for a record to be acknowledged or read, and shorter than a follower that has stopped counts
/// as in sync.
constexpr auto kAWhile = 1000ms;

/// Three replicas, or two; so many must be in sync for a record to be taken at all.
struct Replicated {
  std::string topic = {};
  std::vector<int> replicas = {};
  std::string min_in_sync = {};
};

const Replicated kThree{"three", {kLeader, kFollower, 1}, "1"}, kTwo{"two", {kLeader, kFollower}, "1"},
    kThreeAndTwo{"three-of-them-two", {kLeader, kFollower, 1}, "2"},
    kThreeAndThree{"all-three", {kLeader, kFollower, 1}, "3"}, kRead{"read", {kLeader, kFollower, 1}, "1"};
const std::vector<Replicated> kTopics{kThree, kTwo, kThreeAndTwo, kThreeAndThree, kRead};

bool is_in_sync(Trial& trial, const Replicated& topic) {
  const auto in_sync = trial.replicas_of(topic.topic).in_sync;
  return std::ranges::find(in_sync, kFollower) != in_sync.end();
}

/// Notes which topics the follower is in sync of.
void look(Trial& trial, const std::string& when) {
  std::vector<std::string> topics;
  for (const Replicated& topic : kTopics)
    if (is_in_sync(trial, topic)) topics.push_back(topic.topic);
  trial.note(when, fmt::format("{}", fmt::join(topics, " ")));
}

void send_all(Sender& sender, const std::vector<Topic>& topics, const std::string& word) {
  for (const Topic& topic : topics) sender.send(topic, {.value = word + " " + topic.name});
}

void play(Trial& trial) {
  std::vector<Topic> topics;
  for (const Replicated& topic : kTopics)
    topics.push_back(trial.create_replicated_topic(topic.topic, {topic.replicas},
                                                   {{"min.insync.replicas", topic.min_in_sync}}));
  const Topic read = topics.back();
  topics.pop_back();
  Sender all(trial, "acks-all", {{"acks", "all"}, {"retries", "0"}}), one(trial, "acks-one", {{"acks", "1"}});
  Receiver reader(trial, "reader");
  reader.assign(read);
  for (const Replicated& topic : kTopics) eventually([&] { return is_in_sync(trial, topic); }, 30s, 100ms);
  send_all(all, topics, kBefore);
  send_all(one, {read}, kBefore);
  all.flush();
  one.flush();
  reader.take(1);

  trial.broker(kFollower).pause();
  // Its record would keep those behind it waiting: a broker takes a connection's requests one by one.
  const Topic wants_three = topics.back();
  topics.pop_back();
  send_all(all, topics, kMeanwhile);
  send_all(one, {read}, kMeanwhile);
  one.flush(kAWhile);
  all.flush(kAWhile);
  const bool is_read = reader.take(1, kAWhile) > 0;
  look(trial, kStopped);
  for (const Replicated& topic : kTopics) eventually([&] { return !is_in_sync(trial, topic); }, 30s, 100ms);
  look(trial, kLeftBehind);
  all.flush(10s);
  one.flush(10s);
  if (!is_read) reader.take(1, 10s);
  send_all(all, {wants_three}, kMeanwhile);
  all.flush(10s);
  trial.broker(kFollower).resume();
}

/// When something became of a record, in regard to the follower that has stopped.
enum class When { at_once, once_left_behind, never, unclear };

/// When klab looked, and whether the follower was in sync of the topic then.
std::pair<Moment, bool> look_at(const Told& look, const char* name, const Replicated& topic) {
  const std::string topics = fmt::format(" {} ", look.what[name].get<std::string>());
  return {look.at, topics.find(fmt::format(" {} ", topic.topic)) != std::string::npos};
}

When when(const History& history, const Replicated& topic, const Told* event) {
  const auto stopped = told(history, kNotes, kStopped), left = told(history, kNotes, kLeftBehind);
  if (stopped.empty() || left.empty()) return When::unclear;
  const auto [first, was_in_sync] = look_at(stopped[0], kStopped, topic);
  const auto [second, is_in_sync] = look_at(left[0], kLeftBehind, topic);
  if (!was_in_sync || is_in_sync) return When::unclear;
  if (event == nullptr) return When::never;
  return event->at < first ? When::at_once : When::once_left_behind;
}

/// What a program was told of the topic's record.
std::optional<Told> told_of(const History& history, const std::string& program, const std::string& kind,
                            const char* word, const Replicated& topic) {
  for (Told& one : told(history, program, kind))
    if (one.what[kind] == fmt::format("{} {}", word, topic.topic)) return std::move(one);
  return {};
}

struct Outcome {
  When when = When::unclear;
  double ms = 0;
};

Outcome outcome(const History& history, const std::string& program, const std::string& kind,
                const Replicated& topic) {
  const std::optional<Told> event = told_of(history, program, kind, kMeanwhile, topic);
  return {when(history, topic, event ? &*event : nullptr), event ? event->ms() : 0};
}

std::string text_of(const Outcome& outcome) {
  if (outcome.when == When::at_once) return fmt::format("after {:.0f} ms", outcome.ms);
  return outcome.when == When::never ? "never" : "once it was no longer in sync";
}

Outcome acknowledged(const History& history, const Replicated& topic) {
  return outcome(history, "acks-all", "acked", topic);
}

/// Of which topics the record was acknowledged when the follower had stopped and still was in sync tells what
/// it takes; nothing when that is not clear.
std::string who_must_have(When of_three, When of_two) {
  if (of_three == When::never && of_two == When::never) return "every replica";
  if (of_three == When::once_left_behind && of_two == When::once_left_behind) return "in-sync replicas";
  if (of_three == When::at_once && of_two == When::at_once) return "leader";
  if (of_three == When::at_once && of_two == When::once_left_behind) return "majority";
  return "";
}

std::string refusal(const History& history) {
  const auto failed = told_of(history, "acks-all", "failed", kMeanwhile, kThreeAndThree);
  return failed ? failed->what.value("error", "") : "not refused";
}

void conclude_all(const History& history, Conclusions& conclusions) {
  constexpr const char* kClaim = "acks.all";
  bool is_acknowledged = true;
  for (const Replicated& topic : {kThree, kTwo, kThreeAndTwo, kThreeAndThree})
    is_acknowledged = is_acknowledged && told_of(history, "acks-all", "acked", kBefore, topic);
  conclusions.control(kClaim, "while all replicas are in sync every record is acknowledged", is_acknowledged);
  conclusions.control(kClaim, "with acks=1 nothing waits for the follower that has stopped",
                      outcome(history, "acks-one", "acked", kRead).when == When::at_once);
  const Outcome three = acknowledged(history, kThree), two = acknowledged(history, kTwo),
                with_min = acknowledged(history, kThreeAndTwo);
  const std::string who = who_must_have(three.when, two.when),
                    who_with_min = who_must_have(with_min.when, with_min.when);
  const bool is_at_odds = (who == "every replica") != (who_with_min == "every replica");
  if (who.empty() || who_with_min.empty() || is_at_odds)
    return conclusions.undecided(kClaim,
                                 "the follower was not seen in sync and then out of it, or what was "
                                 "acknowledged when does not go together");
  conclusions.value(
      kClaim, {.value = who,
               .note = fmt::format("a follower stopped: with three replicas acknowledged {}, with two {}{}",
                                   text_of(three), text_of(two), kSettingsNote)});
  conclusions.value(kClaim,
                    {.value = who_with_min,
                     .where = {{"min.insync.replicas", "set"}},
                     .note = fmt::format("min.insync.replicas=2: acknowledged {}; =3, with two of three "
                                         "left: {}",
                                         text_of(with_min), refusal(history))});
}

void conclude_one(const History& history, Conclusions& conclusions) {
  constexpr const char* kClaim = "acks.one";
  conclusions.control(kClaim, "with acks=all a record waits for the follower that has stopped",
                      acknowledged(history, kThree).when == When::once_left_behind);
  conclusions.control(kClaim, "while all replicas are in sync it is acknowledged",
                      told_of(history, "acks-one", "acked", kBefore, kRead).has_value());
  const Outcome one = outcome(history, "acks-one", "acked", kRead);
  if (one.when == When::never || one.when == When::unclear)
    return conclusions.undecided(kClaim, "the record was not acknowledged, or the follower was not in sync");
  conclusions.value(
      kClaim,
      {.value = one.when == When::at_once ? "no" : "yes",
       .note = fmt::format("a follower that is in sync stopped: acknowledged after {:.0f} ms", one.ms)});
}

void conclude_visibility(const History& history, Conclusions& conclusions) {
  constexpr const char* kClaim = "hw.visibility";
  conclusions.control(kClaim, "what all replicas have is read",
                      told_of(history, "reader", "received", kBefore, kRead).has_value());
  conclusions.control(kClaim, "the leader has the record at once",
                      outcome(history, "acks-one", "acked", kRead).when == When::at_once);
  const Outcome read = outcome(history, "reader", "received", kRead);
  if (read.when == When::never || read.when == When::unclear)
    return conclusions.undecided(kClaim, "the record was not read, or the follower was not in sync");
  conclusions.value(
      kClaim, {.value = read.when == When::at_once ? "yes" : "no",
               .note = read.when == When::at_once
                           ? "read while a follower that is in sync did not have it"
                           : fmt::format("the leader had it; read only when the follower that had stopped "
                                         "was no longer in sync{}",
                                         kSettingsNote)});
}

Conclusions conclude(const History& history) {
  Conclusions conclusions;
  conclude_all(history, conclusions);
  conclude_one(history, conclusions);
  conclude_visibility(history, conclusions);
  return conclusions;
}

}  // namespace

std::vector<Experiment> in_sync_experiments() {
  return {{.name = "in-sync",
           .claims = {"acks.all", "acks.one", "hw.visibility"},
           .hypothesis =
               "With acks=all the replicas that are in sync must have a record, and so they must for "
               "it to be read; with acks=1 the leader alone.",
           .brokers = 3,
           .settings = {{"replica.lag.time.max.ms", "5000"},
                        {"broker.session.timeout.ms", "6000"},
                        {"broker.heartbeat.interval.ms", "500"}},
           .play = play,
           .conclude = conclude}};
}

}  // namespace klab
