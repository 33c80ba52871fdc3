// Rebalances. A member reads four partitions, to which records come all the time; then a second member joins.
// Is the first one still given records meanwhile, who says which partitions are whose, and does any partition
// have two owners? By the eager, the cooperative (KIP-429) and the newer protocol (KIP-848). In the first two
// the tap keeps what answers the first member's JoinGroup, so that there is time to see what it is given.

#include "experiments/plays/rebalances.hpp"

#include <algorithm>
#include <thread>

#include "experiments/frame_notes.hpp"
#include "experiments/plays.hpp"
#include "experiments/receiver.hpp"
#include "experiments/sender.hpp"
#include "experiments/told.hpp"
#include "runners/tap/gates/hold_frames.hpp"
#include "runners/wire/api_key.hpp"

namespace klab {
namespace {

using namespace std::chrono_literals;
using nlohmann::ordered_json;

constexpr int kPartitions = 4;
constexpr auto kMeanwhile = 1500ms;  // that a JoinGroup is left without its answer

const RebalancePlayed kEager{"eager", "range", "org.apache.kafka.clients.consumer.RangeAssignor"};
const RebalancePlayed kCooperative{"cooperative", "cooperative-sticky",
                                   "org.apache.kafka.clients.consumer.CooperativeStickyAssignor"};
const RebalancePlayed kNewer{"consumer", "", ""};

/// A member's frames that tell of its group; those of its JoinGroup responses can be held.
struct GroupTalk {
  explicit GroupTalk(Trial& trial)
      : hold(std::make_shared<HoldFrames>(Direction::to_client, kJoinGroupKey, trial.reconsider())),
        notes(std::make_shared<FrameNotes>(
            trial.recorder(), std::set<int>{kJoinGroupKey, kSyncGroupKey, kConsumerGroupHeartbeatKey},
            hold)) {}
  std::shared_ptr<HoldFrames> hold;
  std::shared_ptr<FrameNotes> notes;
};

/// A member in klab's own hands.
std::unique_ptr<Receiver> join(Trial& trial, const RebalancePlayed& played, const std::string& name,
                               const Topic& topic, const GroupTalk& talk) {
  auto member =
      std::make_unique<Receiver>(trial, name,
                                 rdkafka::Settings{{"group.id", played.name},
                                                   {"heartbeat.interval.ms", "200"},
                                                   {"partition.assignment.strategy", played.assignor}},
                                 talk.notes);
  member->subscribe({topic});
  return member;
}

/// A member that is a program in Java.
Program& start_java(Trial& trial, const RebalancePlayed& played, const std::string& name, const Topic& topic,
                    const GroupTalk& talk) {
  ordered_json settings;
  if (played.is_newer())
    settings = {{"group.protocol", "consumer"}};
  else
    settings = {{"heartbeat.interval.ms", "200"}, {"partition.assignment.strategy", played.java_assignor}};
  return trial.start(
      name, "java",
      {{"do", "consume"}, {"topics", {topic.name}}, {"group", played.name}, {"settings", settings}},
      talk.notes);
}

/// A second member joins while records come; `members` are those in klab's hands.
struct Scene {
  Trial& trial;
  Sender& sender;
  const Topic& topic;
  std::vector<Receiver*> members = {};

  bool poll_until(const std::function<bool(const History&)>& condition) {
    return poll_all(members, [&] {
      if (members.empty()) std::this_thread::sleep_for(20ms);
      return trial.recorder().look(condition);
    });
  }

  bool wait_until_owned(const std::string& member, std::size_t count) {
    return poll_until([&](const History& history) { return partitions_of(history, member).size() == count; });
  }

  void send_while(Clock::duration time, const std::function<bool()>& go_on) {
    const auto end = Clock::now() + time;
    for (int i = 0; Clock::now() < end || go_on(); ++i) {
      for (int partition = 0; partition < kPartitions; ++partition)
        sender.send(topic, {.value = std::to_string(i), .partition = partition});
      poll_until([pause = Clock::now() + 50ms](const History&) { return Clock::now() >= pause; });
      if (Clock::now() > end + 30s) break;
    }
  }

  /// From just before the second member comes until each has its half.
  void rebalance(const RebalancePlayed& played, GroupTalk& talk, const std::function<void()>& bring_second) {
    const auto is_shared = [&](const History& history) {
      return partitions_of(history, played.first()).size() == kPartitions / 2 &&
             partitions_of(history, played.second()).size() == kPartitions / 2;
    };
    trial.note("second comes: " + played.name, "now");
    if (!played.is_newer()) talk.hold->hold();
    bring_second();
    if (played.is_newer()) {
      send_while(0ms, [&] { return !trial.recorder().look(is_shared); });
    } else {
      send_while(0ms, [&] { return !talk.hold->has_held(); });
      send_while(kMeanwhile, [] { return false; });
      talk.hold->release();
    }
    poll_until(is_shared);
    trial.note("shared: " + played.name, "now");
    const Moment shared = trial.recorder().now();
    const auto is_given_more = [&](const History& history) {
      return std::ranges::any_of(told(history, played.first(), "received"),
                                 [&](const Told& one) { return one.at > shared; });
    };
    send_while(300ms, [&] { return !trial.recorder().look(is_given_more); });
    sender.flush();
  }
};

void play_librdkafka(Trial& trial) {
  const Topic topic = trial.create_topic(kRebalancedTopic, kPartitions);
  Sender sender(trial, "sender");
  std::vector<std::unique_ptr<Receiver>> all;
  Scene scene{trial, sender, topic};
  const auto add = [&](std::unique_ptr<Receiver> member) {
    scene.members.push_back(member.get());
    all.push_back(std::move(member));
  };
  for (const RebalancePlayed& played : {kEager, kCooperative}) {
    GroupTalk first(trial), second(trial);
    add(join(trial, played, played.first(), topic, first));
    scene.wait_until_owned(played.first(), kPartitions);
    scene.rebalance(played, first, [&] { add(join(trial, played, played.second(), topic, second)); });
  }
}

void play_java(Trial& trial) {
  const Topic topic = trial.create_topic(kRebalancedTopic, kPartitions);
  Sender sender(trial, "sender");
  const std::vector<RebalancePlayed> protocols{kEager, kCooperative, kNewer};
  std::vector<GroupTalk> talks;
  std::vector<Program*> programs;
  for (const RebalancePlayed& played : protocols)
    programs.push_back(&start_java(trial, played, played.first(), topic, talks.emplace_back(trial)));
  Scene scene{trial, sender, topic};
  for (const RebalancePlayed& played : protocols) scene.wait_until_owned(played.first(), kPartitions);
  for (std::size_t i = 0; i < protocols.size(); ++i) {
    GroupTalk second(trial);
    std::unique_ptr<Receiver> member;
    scene.rebalance(protocols[i], talks[i], [&] {
      if (protocols[i].is_newer()) {
        programs.push_back(&start_java(trial, protocols[i], protocols[i].second(), topic, second));
      } else {
        member = join(trial, protocols[i], protocols[i].second(), topic, second);
        scene.members = {member.get()};
      }
    });
    scene.members = {};
  }
  for (Program* program : programs) trial.kill(*program);
}

Conclusions conclude(const History& history, const std::vector<RebalancePlayed>& all,
                     const std::string& client) {
  Conclusions conclusions;
  std::vector<std::string> groups;
  for (const RebalancePlayed& played : all) groups.push_back(played.name);
  for (const RebalancePlayed& played : all) {
    conclude_pause(history, played, client, conclusions);
    conclude_leader(history, played, client, conclusions);
    conclude_one_owner(history, played, client, groups, conclusions);
  }
  return conclusions;
}

}  // namespace

std::vector<Experiment> rebalance_experiments() {
  const std::vector<std::string> claims{"group.pause", "group.leader", "group.one_owner"};
  return {{.name = "rebalances-java",
           .claims = claims,
           .hypothesis =
               "An eager member stops meanwhile, the others go on with what they keep; a member assigns, "
               "in the newer protocol the broker; no partition has two owners.",
           // The newer protocol tells its members of changes at their heartbeats, by default every 5 s.
           .settings = {{"group.consumer.min.heartbeat.interval.ms", "1500"},
                        {"group.consumer.heartbeat.interval.ms", "1500"}},
           .play = play_java,
           .conclude =
               [](const History& history) {
                 return conclude(history, {kEager, kCooperative, kNewer}, "java");
               }},
          {.name = "rebalances-librdkafka",
           .claims = claims,
           .hypothesis =
               "An eager member stops meanwhile, a cooperative one goes on with what it keeps; a member "
               "assigns; no partition has two owners.",
           .play = play_librdkafka,
           .conclude = [](const History& history) {
             return conclude(history, {kEager, kCooperative}, "librdkafka");
           }}};
}

}  // namespace klab
