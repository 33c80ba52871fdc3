// What waiting costs. The same records in the same run, by turns: with acks 0, 1 and all, each waiting for
// its acknowledgement; with a flush after each, and with one at the end.

#include <fmt/format.h>

#include <algorithm>

#include "experiments/plays.hpp"
#include "experiments/sender.hpp"
#include "experiments/told.hpp"
#include "runners/tap/gates/delay_responses.hpp"
#include "runners/wire/api_key.hpp"

namespace klab {
namespace {

using namespace std::chrono_literals;

constexpr int kTurns = 7;
constexpr int kRecords = 100;

/// What takes longer in all turns but one, and in the middle one so many times as long, is called slower.
/// What takes as long in the middle one, or nearly, makes no difference.
constexpr double kSlower = 1.2, kTheSame = 1.1;

// What is timed.
constexpr const char* kZero = "acks=0";
constexpr const char* kOne = "acks=1";
constexpr const char* kOneAgain = "acks=1 again";
constexpr const char* kOneDelayed = "acks=1, with answers 3 ms late";
constexpr const char* kAll = "acks=all";
constexpr const char* kOneFlush = "acks=all, with a flush at the end";

/// Has it take place, and notes how long it took.
void time(Trial& trial, const std::string& name, const std::function<void()>& what) {
  const Clock::time_point start = Clock::now();
  what();
  trial.tell(name, {{"took", std::chrono::duration<double, std::milli>(Clock::now() - start).count()}});
}

void send_each(Sender& sender, const Topic& topic) {
  for (int i = 0; i < kRecords; ++i) {
    sender.send(topic, {.value = "a record"});
    sender.flush();
  }
}

void play(Trial& trial) {
  const Topic topic = trial.create_replicated_topic("costs", {{1, 2, 3}});
  eventually([&] { return trial.replicas_of(topic.name).in_sync.size() == 3; }, 30s, 100ms);
  Sender zero(trial, "zero", {{"acks", "0"}}), one(trial, "one", {{"acks", "1"}}),
      all(trial, "all", {{"acks", "all"}}),
      delayed(trial, "delayed", {{"acks", "1"}}, std::make_shared<DelayResponses>(3ms, kProduceKey));
  // Connections are made, and the broker is warmed up.
  for (Sender* sender : {&zero, &one, &all, &delayed}) send_each(*sender, topic);
  const std::vector<Outgoing> records(kRecords, {.value = "a record"});
  std::vector<std::pair<const char*, std::function<void()>>> timed{
      {kZero, [&] { send_each(zero, topic); }},          {kOne, [&] { send_each(one, topic); }},
      {kOneAgain, [&] { send_each(one, topic); }},       {kAll, [&] { send_each(all, topic); }},
      {kOneDelayed, [&] { send_each(delayed, topic); }}, {kOneFlush, [&] { all.send_all(topic, records); }}};
  for (int turn = 0; turn < kTurns; ++turn) {
    for (const auto& [name, what] : timed) {
      all.send_all(topic, {{.value = "all that came before is replicated"}});
      time(trial, name, what);
    }
    std::ranges::reverse(timed);  // so that nobody gains by whom it comes after
  }
}

/// How many times as long one took as another, turn by turn, in order of size.
std::vector<double> ratios(const History& history, const char* one, const char* other) {
  const auto left = told(history, one, "took"), right = told(history, other, "took");
  std::vector<double> ratios;
  for (std::size_t turn = 0; turn < std::min(left.size(), right.size()); ++turn)
    ratios.push_back(left[turn].what["took"].get<double>() / right[turn].what["took"].get<double>());
  std::ranges::sort(ratios);
  return ratios;
}

/// "slower", "faster" or "no difference"; nothing when that is not clear.
std::string comparison(const std::vector<double>& ratios) {
  if (ratios.size() < 3) return "";
  const double middle = ratios[ratios.size() / 2];
  if (middle > kSlower && ratios[1] > 1) return "slower";
  if (middle < 1 / kSlower && ratios[ratios.size() - 2] < 1) return "faster";
  return middle < kTheSame && middle > 1 / kTheSame ? "no difference" : "";
}

std::string text_of(const std::vector<double>& ratios) {
  if (ratios.empty()) return "not timed";
  return fmt::format("{:.2f} times as long ({:.2f} to {:.2f})", ratios[ratios.size() / 2], ratios.front(),
                     ratios.back());
}

void control(const History& history, const std::string& claim, Conclusions& conclusions) {
  conclusions.control(claim, "answers that are 3 ms late are seen as slower",
                      comparison(ratios(history, kOneDelayed, kOne)) == "slower");
  conclusions.control(claim, "what is the same is not seen as slower or faster",
                      comparison(ratios(history, kOneAgain, kOne)) != "slower" &&
                          comparison(ratios(history, kOneAgain, kOne)) != "faster");
}

void conclude_acks(const History& history, Conclusions& conclusions) {
  constexpr const char* kClaim = "acks.latency";
  control(history, kClaim, conclusions);
  const auto all = ratios(history, kAll, kOne), one = ratios(history, kOne, kZero);
  const std::string note = fmt::format(
      "{} records, each waiting for its acknowledgement, in {} turns, three replicas on one machine: "
      "acks=all takes {} as acks=1, that {} as acks=0",
      kRecords, all.size(), text_of(all), text_of(one));
  const std::string compared = comparison(all);
  if (compared.empty() || (compared != "faster" && compared != comparison(one)))
    return conclusions.undecided(kClaim, note);
  conclusions.value(kClaim, {.value = compared, .note = note});
}

void conclude_flush(const History& history, Conclusions& conclusions) {
  constexpr const char* kClaim = "flush.each";
  control(history, kClaim, conclusions);
  const auto each = ratios(history, kAll, kOneFlush);
  const std::string compared = comparison(each),
                    note = fmt::format("{} records with a flush after each take {} as with one at the end",
                                       kRecords, text_of(each));
  if (compared.empty() || compared == "faster") return conclusions.undecided(kClaim, note);
  conclusions.value(kClaim, {.value = compared, .note = note});
}

Conclusions conclude(const History& history) {
  Conclusions conclusions;
  conclude_acks(history, conclusions);
  conclude_flush(history, conclusions);
  return conclusions;
}

}  // namespace

std::vector<Experiment> cost_experiments() {
  return {{.name = "costs",
           .claims = {"acks.latency", "flush.each"},
           .hypothesis = "The more acknowledgements are waited for, and the more often, the longer it takes.",
           .brokers = 3,
           .play = play,
           .conclude = conclude}};
}

}  // namespace klab
