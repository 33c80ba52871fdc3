// Static members (KIP-345). A member of two vanishes and is back soon, and another time too late, after the
// session timeout. Does the one that stayed have to give up its partitions for that? The same is done in a
// group of ordinary members.

#include <fmt/format.h>

#include <algorithm>

#include "experiments/plays.hpp"
#include "experiments/receiver.hpp"
#include "experiments/told.hpp"

namespace klab {
namespace {

using namespace std::chrono_literals;

constexpr auto kSession = "3000";     // ms
constexpr auto kLongEnough = 1500ms;  // three heartbeats: a member that must join again has heard of it

std::unique_ptr<Receiver> join(Trial& trial, const Topic& topic, const std::string& group,
                               const std::string& name, const std::string& instance) {
  rdkafka::Settings settings{
      {"group.id", group}, {"session.timeout.ms", kSession}, {"heartbeat.interval.ms", "500"}};
  if (!instance.empty()) settings.emplace_back("group.instance.id", instance);
  auto member = std::make_unique<Receiver>(trial, name, settings);
  member->subscribe({topic});
  return member;
}

bool share(Trial& trial, const std::string& one, const std::string& other) {
  return trial.recorder().look([&](const History& history) {
    return partitions_of(history, one).size() == 1 && partitions_of(history, other).size() == 1;
  });
}

/// The member is away until `until` holds, and then back under another program's name.
void restart(Trial& trial, const Topic& topic, const std::string& group, Receiver& stays,
             std::unique_ptr<Receiver>& goes, const std::string& back, const std::string& instance,
             const std::function<bool()>& until) {
  trial.note("goes for " + back, "now");
  goes.reset();
  stays.poll_until(until);
  trial.note("comes " + back, "now");
  goes = join(trial, topic, group, back, instance);
  poll_all({&stays, goes.get()}, [&] { return share(trial, stays.name(), back); });
  poll_all({&stays, goes.get()}, [end = Clock::now() + kLongEnough] { return Clock::now() >= end; });
  trial.note("settled " + back, "now");
}

void play(Trial& trial) {
  const Topic topic = trial.create_topic("shared", 2);
  for (const std::string group : {"static", "ordinary"}) {
    const bool is_static = group == "static";
    const std::string stays_name = group + "-stays", first = group + "-first";
    const std::string instance = is_static ? "goes" : "";
    const auto stays = join(trial, topic, group, stays_name, is_static ? "stays" : "");
    auto goes = join(trial, topic, group, first, instance);
    poll_all({stays.get(), goes.get()}, [&] { return share(trial, stays_name, first); });
    restart(trial, topic, group, *stays, goes, group + "-soon", instance, [] { return true; });
    if (is_static)
      restart(trial, topic, group, *stays, goes, group + "-late", instance, [&] {
        return trial.recorder().look(
            [&](const History& history) { return partitions_of(history, stays_name).size() == 2; });
      });
  }
}

/// How often a member had to give its partitions up between two notes; nothing when these are not there.
std::optional<std::size_t> rebalances(const History& history, const std::string& member,
                                      const std::string& from, const std::string& to) {
  const auto begin = noted_at(history, from), end = noted_at(history, to);
  if (!begin || !end) return std::nullopt;
  const auto all = told(history, member, "revoked");
  return static_cast<std::size_t>(
      std::ranges::count_if(all, [&](const Told& one) { return *begin <= one.at && one.at <= *end; }));
}

Conclusions conclude(const History& history) {
  Conclusions conclusions;
  const std::string claim = "group.static";
  const auto soon = rebalances(history, "static-stays", "goes for static-soon", "settled static-soon"),
             late = rebalances(history, "static-stays", "comes static-late", "settled static-late"),
             ordinary =
                 rebalances(history, "ordinary-stays", "goes for ordinary-soon", "settled ordinary-soon");
  conclusions.control(claim, "the restart of an ordinary member is seen to rebalance",
                      ordinary.value_or(0) > 0);
  conclusions.control(claim, "a static member that is back after the session timeout is seen to rebalance",
                      late.value_or(0) > 0);
  conclusions.control(claim, "a static member that is back has partitions again",
                      !told(history, "static-soon", "assigned").empty());
  if (!soon) {
    conclusions.undecided(claim, "no static member was seen to come back");
    return conclusions;
  }
  const double away = std::chrono::duration<double>(*noted_at(history, "comes static-soon") -
                                                    *noted_at(history, "goes for static-soon"))
                          .count();
  conclusions.value(
      claim, {.value = *soon == 0 ? "no" : "yes",
              .where = {{"client", "librdkafka"}, {"group membership", "static"}},
              .note = fmt::format("with session.timeout.ms={} the other member gave its partitions up {} "
                                  "times when a static member was back after {:.1f} s, {} times when it "
                                  "was back later, and {} times for an ordinary member",
                                  kSession, *soon, away, late.value_or(0), ordinary.value_or(0))});
  return conclusions;
}

}  // namespace

std::vector<Experiment> static_member_experiments() {
  return {{.name = "static-members",
           .claims = {"group.static"},
           .hypothesis = "A static member that is back within the session timeout causes no rebalance.",
           .settings = {{"group.min.session.timeout.ms", "1000"}},
           .play = play,
           .conclude = conclude}};
}

}  // namespace klab
