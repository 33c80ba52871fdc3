// The loss of a leader. A follower stands still while the leader acknowledges; the leader is killed, and the
// follower, which goes on, takes over with what it has. Then the follower is killed as well: of three brokers
// one is left.

#include <fmt/format.h>

#include <algorithm>

#include "experiments/plays.hpp"
#include "experiments/sender.hpp"
#include "experiments/told.hpp"
#include "experiments/witnessed.hpp"
#include "runners/client/log_reader.hpp"

namespace klab {
namespace {

using namespace std::chrono_literals;

constexpr int kLeader = 2, kFollower = 3, kLast = 1;
constexpr int kRecords = 50;
constexpr auto kLongestFetch = 600ms;  // replica.fetch.wait.max.ms is 500

// Topics, and who writes to them.
constexpr const char* kOne = "acks-one";
constexpr const char* kAll = "acks-all";
constexpr const char* kLoad = "load";
// On all three brokers.
constexpr const char* kSurviving = "surviving";
constexpr const char* kWantsTwo = "surviving-wants-two";  // min.insync.replicas=2

// Records.
constexpr const char* kCaughtUp = "all replicas have it";
constexpr const char* kOnItsWay = "the follower had asked for it already";
constexpr const char* kLeaderAlone = "the leader alone has it";
constexpr const char* kAfterwards = "after the leader was killed";
constexpr const char* kAtLast = "two brokers are lost";

// Notes.
constexpr const char* kInSync = "in sync when the leader was killed";
constexpr const char* kKilled = "leader killed";
constexpr const char* kNewLeader = "new leader";
constexpr const char* kLastLeader = "last leader";

Topic create(Trial& trial, const std::string& name) {
  const bool is_on_all = name == kSurviving || name == kWantsTwo;
  const std::vector<int> replicas =
      is_on_all ? std::vector{kLeader, kFollower, kLast} : std::vector{kLeader, kFollower};
  const Topic topic = trial.create_replicated_topic(name, {replicas},
                                                    {{"min.insync.replicas", name == kWantsTwo ? "2" : "1"}});
  eventually([&] { return trial.replicas_of(name).in_sync.size() == replicas.size(); }, 30s, 100ms);
  return topic;
}

/// Follower and leader go one after the other: what the leader took in between the follower does not have.
void lose_leader(Trial& trial, Sender& one, Sender& all, const Topic& by_one, const Topic& by_all) {
  trial.broker(kFollower).pause();
  // The answer to what it had asked for reaches it yet. The leader puts that off until it has something to
  // say, at most for replica.fetch.wait.max.ms; after that it owes the follower nothing.
  one.send_all(by_one, {{.value = kOnItsWay}});
  eventually([] { return false; }, kLongestFetch);
  one.send_all(by_one, {{.value = kLeaderAlone}});
  all.send(by_all, {.value = kLeaderAlone});
  all.flush(300ms);
  trial.note(kInSync, std::to_string(trial.replicas_of(kOne).in_sync.size()));
  trial.broker(kLeader).kill();
  trial.note(kKilled, "");
  trial.broker(kFollower).resume();
}

/// A reader is given what all replicas in sync have.
bool has_caught_up(Trial& trial, const Topic& topic) {
  return trial.cluster().log_bounds(topic.name, 1)[0].end >= kRecords;
}

std::size_t acknowledged(Trial& trial, const char* program) {
  return trial.recorder().look(
      [&](const History& history) { return told(history, program, "acked").size(); });
}

void read(Trial& trial, const Topic& topic) {
  read_log(trial.broker(kLast).grader_address(), topic.name, topic.partitions, trial.recorder());
}

std::string leader_of(Trial& trial, const char* topic) {
  const std::optional<int> leader = trial.replicas_of(topic).leader;
  return leader ? std::to_string(*leader) : "none";
}

void play_takeover(Trial& trial, Sender& load, Sender& all, const Topic& loaded) {
  const std::size_t before = acknowledged(trial, kLoad);
  eventually(
      [&] {
        load.send(loaded, {.value = kAfterwards});
        load.flush(100ms);
        return acknowledged(trial, kLoad) > before;
      },
      60s, 0ms);
  trial.note(kNewLeader, leader_of(trial, kLoad));
  all.flush(30s);
}

/// The follower, which leads now, is lost as well.
void lose_another(Trial& trial, const Topic& surviving, const Topic& wants_two) {
  trial.broker(kFollower).kill();
  for (const Topic& topic : {surviving, wants_two})
    eventually([&] { return trial.replicas_of(topic.name).in_sync == std::vector{kLast}; }, 60s, 200ms);
  trial.note(kLastLeader, leader_of(trial, kSurviving));
  for (const Topic& topic : {surviving, wants_two}) read(trial, topic);
  for (const Topic& topic : {surviving, wants_two}) {
    Sender last(trial, topic.name, {{"acks", "all"}, {"retries", "0"}, {"message.timeout.ms", "20000"}});
    last.send_all(topic, {{.value = kAtLast}});
  }
}

void play(Trial& trial) {
  const Topic by_one = create(trial, kOne), by_all = create(trial, kAll), loaded = create(trial, kLoad),
              surviving = create(trial, kSurviving), wants_two = create(trial, kWantsTwo);
  Sender one(trial, kOne, {{"acks", "1"}}), all(trial, kAll, {{"acks", "all"}}),
      load(trial, kLoad, {{"acks", "all"}}), survivor(trial, "survivor", {{"acks", "all"}});
  const std::vector<Outgoing> records(kRecords, {.value = kCaughtUp});
  all.send_all(by_all, records);
  load.send_all(loaded, records);
  for (const Topic& topic : {surviving, wants_two}) survivor.send_all(topic, records);
  one.send_all(by_one, records);
  eventually([&] { return has_caught_up(trial, by_one); }, 30s);
  lose_leader(trial, one, all, by_one, by_all);
  play_takeover(trial, load, all, loaded);
  read(trial, by_one);
  read(trial, by_all);
  lose_another(trial, surviving, wants_two);
}

/// Of what was acknowledged to a topic's writers.
std::ptrdiff_t lost(const History& history, const std::string& topic) {
  std::ptrdiff_t lost = 0;
  for (const char* value : {kCaughtUp, kOnItsWay, kLeaderAlone})
    lost +=
        std::max<std::ptrdiff_t>(times_acked(history, topic, value) - copies_of(history, topic, value), 0);
  return lost;
}

/// Why nothing can be said of a leader's loss; empty when it can.
std::string obstacle(const History& history) {
  if (told(history, kNotes, kKilled).empty()) return "the leader was not killed";
  if (noted(history, kInSync) != "2") return "the follower was not in sync when the leader was killed";
  if (times_acked(history, kOne, kLeaderAlone) == 0) return "with acks=1 the record was not acknowledged";
  return "";
}

void conclude_loss(const History& history, Conclusions& conclusions) {
  constexpr const char* kClaim = "durability.leader_loss";
  if (const std::string why = obstacle(history); !why.empty()) return conclusions.undecided(kClaim, why);
  if (noted(history, kNewLeader) != std::to_string(kFollower))
    return conclusions.undecided(kClaim, "the follower did not take over");
  conclusions.control(
      kClaim, "what both replicas had is stored",
      copies_of(history, kOne, kCaughtUp) == kRecords && copies_of(history, kAll, kCaughtUp) == kRecords);
  conclusions.control(kClaim, "what the leader alone had with acks=1 is missed", lost(history, kOne) > 0);
  for (const auto& [topic, acks] : {std::pair(kOne, "1"), std::pair(kAll, "all")})
    conclusions.value(kClaim,
                      {.value = lost(history, topic) > 0 ? "lost" : "kept",
                       .where = {{"acks", acks}},
                       .note = fmt::format("{} of {} acknowledged records are lost, with a follower that "
                                           "counted as in sync and stood still when the leader was killed",
                                           lost(history, topic), told(history, topic, "acked").size())});
}

void conclude_failover(const History& history, Conclusions& conclusions) {
  constexpr const char* kClaim = "failover";
  if (const std::string why = obstacle(history); !why.empty()) return conclusions.undecided(kClaim, why);
  if (noted(history, kNewLeader).empty())
    return conclusions.undecided(kClaim, "nobody looked who leads then");
  const Moment killed = told(history, kNotes, kKilled)[0].at;
  conclusions.control(kClaim, "before the leader was killed it acknowledged",
                      times_acked(history, kLoad, kCaughtUp) == kRecords);
  conclusions.control(kClaim, "the leader was another before",
                      noted(history, kNewLeader) != std::to_string(kLeader));
  for (const Told& one : told(history, kLoad, "acked"))
    if (one.what["acked"] == kAfterwards && one.at > killed) {
      const double seconds = std::chrono::duration<double>(one.at - killed).count();
      return conclusions.value(
          kClaim, {.value = "yes",
                   .note = fmt::format("broker {} leads and acknowledges {:.1f} s after broker {} "
                                       "was killed (broker.session.timeout.ms=4000)",
                                       noted(history, kNewLeader), seconds, kLeader)});
    }
  conclusions.value(kClaim,
                    {.value = "no", .note = "60 s after the leader was killed nothing is acknowledged"});
}

/// The last broker was asked for all that it has, and whether it takes a record.
bool is_tried(const History& history, const char* topic) {
  return is_drained(history, topic) &&
         (!told(history, topic, "acked").empty() || !told(history, topic, "failed").empty());
}

std::string how_many(bool may_be_all_but_one) { return may_be_all_but_one ? "n-1" : "fewer"; }

void conclude_survival(const History& history, Conclusions& conclusions) {
  constexpr const char* kClaim = "replicas.survive";
  if (const std::string why = obstacle(history); !why.empty()) return conclusions.undecided(kClaim, why);
  if (noted(history, kLastLeader) != std::to_string(kLast))
    return conclusions.undecided(kClaim, "the last of the brokers did not take over");
  if (!is_tried(history, kSurviving) || !is_tried(history, kWantsTwo))
    return conclusions.undecided(kClaim, "the last of the brokers was not read from and written to");
  conclusions.control(kClaim, "what was written is acknowledged by all replicas",
                      times_acked(history, "survivor", kCaughtUp) == 2 * kRecords);
  conclusions.control(kClaim, "what no replica is left of is missed", lost(history, kOne) > 0);
  conclusions.value(kClaim,
                    {.value = how_many(lost(history, kOne) == 0),
                     .where = {{"acks", "1"}},
                     .note = fmt::format("{} of {} acknowledged records are lost when one of two replicas is",
                                         lost(history, kOne), told(history, kOne, "acked").size())});
  using Where = std::map<std::string, std::string>;
  for (const auto& [topic, where] :
       {std::pair(kSurviving, Where{}), std::pair(kWantsTwo, Where{{"min.insync.replicas", "set"}})}) {
    const auto left = copies_of(history, topic, kCaughtUp);
    conclusions.value(
        kClaim,
        {.value = how_many(left == kRecords),
         .where = where,
         .note = fmt::format("two of three brokers are lost: {} of {} records are there", left, kRecords)});
    const bool is_written = times_acked(history, topic, kAtLast) > 0;
    conclusions.value(kClaim, {.aspect = "writing",
                               .value = how_many(is_written),
                               .where = where,
                               .note = fmt::format("with acks=all a record is {} by the one that is left",
                                                   is_written ? "taken" : "refused")});
  }
}

Conclusions conclude(const History& history) {
  Conclusions conclusions;
  conclude_loss(history, conclusions);
  conclude_failover(history, conclusions);
  conclude_survival(history, conclusions);
  return conclusions;
}

}  // namespace

std::vector<Experiment> leader_loss_experiments() {
  return {{.name = "leader-loss",
           .claims = {"durability.leader_loss", "failover", "replicas.survive"},
           .hypothesis =
               "A follower takes over. What was acknowledged with acks=all it has, and so has the last "
               "of three brokers; with acks=1 it may not have it.",
           .brokers = 3,
           .settings = {{"broker.session.timeout.ms", "4000"}, {"broker.heartbeat.interval.ms", "500"}},
           .play = play,
           .conclude = conclude}};
}

}  // namespace klab
