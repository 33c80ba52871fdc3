// Expiry of committed offsets. Two groups commit; one is empty from then on, the other keeps its member. The
// broker keeps offsets of an empty group for a minute here, which is as little as it can be told to.

#include <fmt/format.h>

#include <algorithm>

#include "experiments/plays.hpp"
#include "experiments/receiver.hpp"
#include "experiments/sender.hpp"
#include "experiments/told.hpp"

namespace klab {
namespace {

using namespace std::chrono_literals;

constexpr auto kTopic = "read", kEmpty = "empty", kStaying = "staying";
constexpr auto kPatience = 100s;

bool has_committed(Trial& trial, const std::string& group) {
  return std::ranges::any_of(trial.cluster().committed(kTopic),
                             [&](const CommittedOffset& one) { return one.group == group; });
}

void look(Trial& trial, const std::string& name) {
  for (const std::string group : {kEmpty, kStaying})
    trial.note(name + " " + group, has_committed(trial, group) ? "committed" : "nothing");
}

void play(Trial& trial) {
  const Topic topic = trial.create_topic(kTopic, 1);
  Sender sender(trial, "sender");
  sender.send_all(topic, {{.value = "a", .partition = 0}});
  const auto join = [&](const std::string& group) {
    auto member = std::make_unique<Receiver>(
        trial, "member-of-" + group,
        rdkafka::Settings{
            {"group.id", group}, {"auto.offset.reset", "earliest"}, {"enable.auto.commit", "false"}});
    member->subscribe({topic});
    member->take(1);
    member->commit();
    return member;
  };
  const auto stays = join(kStaying);
  join(kEmpty)->close();
  trial.note("left", "now");
  look(trial, "at once");
  // The broker is not asked all the time: it would have less to do for others who measure meanwhile.
  auto next_look = Clock::now();
  const bool is_gone = stays->poll_until(
      [&] {
        if (Clock::now() < next_look) return false;
        next_look = Clock::now() + 500ms;
        return !has_committed(trial, kEmpty);
      },
      kPatience);
  if (is_gone) trial.note("gone", "now");
  look(trial, "in the end");
}

Conclusions conclude(const History& history) {
  Conclusions conclusions;
  const std::string claim = "offsets.expire";
  conclusions.control(claim, "what was committed is seen",
                      noted(history, fmt::format("at once {}", kEmpty)) == "committed");
  conclusions.control(claim, "a group with a member keeps its offsets",
                      noted(history, fmt::format("in the end {}", kStaying)) == "committed");
  const auto left = noted_at(history, "left"), gone = noted_at(history, "gone");
  const std::string end = noted(history, fmt::format("in the end {}", kEmpty));
  if (!left || end.empty())
    conclusions.undecided(claim, "no group was seen to the end");
  else if (gone.has_value() != (end == "nothing"))
    conclusions.undecided(claim, "they went, or came back, in the last moment");
  else if (gone)
    conclusions.value(claim,
                      {.value = "yes",
                       .note = fmt::format("with offsets.retention.minutes=1 an empty group's were gone "
                                           "after {:.0f} s, those of a group with a member were not",
                                           std::chrono::duration<double>(*gone - *left).count())});
  else
    conclusions.value(
        claim, {.value = "no",
                .note = "with offsets.retention.minutes=1 an empty group's were still there after 100 s"});
  return conclusions;
}

}  // namespace

std::vector<Experiment> offset_expiry_experiments() {
  return {{.name = "offsets-expire",
           .claims = {"offsets.expire"},
           .hypothesis = "The committed offsets of a group without members expire.",
           .settings = {{"offsets.retention.minutes", "1"}, {"offsets.retention.check.interval.ms", "1000"}},
           .play = play,
           .conclude = conclude}};
}

}  // namespace klab
