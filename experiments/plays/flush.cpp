// Flush. The tap keeps acknowledgements back for a while: a flush that waits for them takes as long. And what
// becomes of records without one: while the program lives on, and when it ends right after the last send.

#include <fmt/format.h>

#include <algorithm>

#include "experiments/plays.hpp"
#include "experiments/told.hpp"
#include "experiments/trial.hpp"
#include "runners/tap/gates/hold_acknowledgements.hpp"

namespace klab {
namespace {

using namespace std::chrono_literals;
using nlohmann::ordered_json;

const std::vector<std::string> kClients{"java", "librdkafka", "kafka-python", "kafkajs"};

constexpr auto kHeld = 1500ms;

/// What a broker says arrives so much later: one far away, so that records still wait when the program ends.
class FarAway : public Gate {
 public:
  static constexpr auto kDelay = 500ms;

  Ruling rule(const Frame& frame, Clock::time_point) override {
    return frame.direction == Direction::to_client ? Ruling::pass_at(frame.arrived + kDelay) : Ruling::pass();
  }
};

struct Run {
  std::string name = {};  ///< of the program, and of its topic
  int records = 0;
  std::string flush = {};
  std::string end = {};
};

const Run kFlushing{"flushing", 20, "end", "close"}, kLivingOn{"living-on", 20, "never", "stay"},
    kFlushedFirst{"flushed-first", 500, "end", "exit"}, kExiting{"exiting", 500, "never", "exit"};

ordered_json plan(const Run& run) {
  ordered_json records = ordered_json::array();
  for (int i = 1; i <= run.records; ++i) records.push_back({{"value", fmt::format("record {}", i)}});
  return {{"do", "produce"},    {"topic", run.name}, {"records", records},
          {"flush", run.flush}, {"end", run.end},    {"settings", ordered_json::object()}};
}

Program& start(Trial& trial, const std::string& client, const Run& run,
               std::shared_ptr<Gate> gate = nullptr) {
  trial.create_topic(run.name, 1);
  return trial.start(run.name, client, plan(run), std::move(gate));
}

/// Lets a program flush, and hear of its acknowledgements later.
void play_flushing(Trial& trial, Program& program, HoldAcknowledgements& gate) {
  eventually([&] { return gate.has_held(); }, 60s);
  trial.wait_until(kHeld,
                   [](const History& history) { return !told(history, kFlushing.name, "flushed").empty(); });
  trial.note("released", "");
  gate.release();
  trial.wait_for_end(program);
}

void play(Trial& trial, const std::string& client) {
  const auto gate = std::make_shared<HoldAcknowledgements>(trial.reconsider());
  gate->hold();
  Program& flushing = start(trial, client, kFlushing, gate);
  Program& living_on = start(trial, client, kLivingOn);
  Program& flushed_first = start(trial, client, kFlushedFirst, std::make_shared<FarAway>());
  Program& exiting = start(trial, client, kExiting, std::make_shared<FarAway>());
  play_flushing(trial, flushing, *gate);
  trial.wait_until_told(kLivingOn.name, "acked", static_cast<std::size_t>(kLivingOn.records));
  trial.stop(living_on);
  trial.wait_for_end(flushed_first);
  trial.wait_for_end(exiting);
  for (const Run& run : {kFlushing, kLivingOn, kFlushedFirst, kExiting})
    trial.read_back({.name = run.name, .partitions = 1});
}

std::ptrdiff_t stored(const History& history, const Run& run) {
  return std::ranges::count(history.logged, run.name, &LoggedRecord::topic);
}

std::size_t sent(const History& history, const Run& run) { return told(history, run.name, "sent").size(); }

/// Of what was sent all acknowledgements came after they were let go.
bool is_held(const History& history, Moment released) {
  std::vector<Moment> answers;
  for (const Answered& answer : history.answered)
    if (answer.program == kFlushing.name) answers.push_back(answer.at);
  return !answers.empty() && *std::ranges::min_element(answers) >= released;
}

void conclude_blocks(const History& history, const std::string& client, Conclusions& conclusions) {
  constexpr const char* kClaim = "flush.blocks";
  const auto flushed = told(history, kFlushing.name, "flushed"), released = told(history, kNotes, "released");
  if (flushed.empty() || released.empty()) return conclusions.undecided(kClaim, client + " did not flush");
  const double held = std::chrono::duration<double, std::milli>(kHeld).count(), took = flushed[0].ms();
  const auto is_flushed_before = flushed[0].at < released[0].at;
  conclusions.control(kClaim, fmt::format("acknowledgements were kept back from {}", client),
                      is_held(history, released[0].at));
  conclusions.control(
      kClaim, fmt::format("all that {} sent was acknowledged in the end", client),
      told(history, kFlushing.name, "acked").size() == static_cast<std::size_t>(kFlushing.records));
  if (!is_flushed_before && took < held / 2)
    return conclusions.undecided(kClaim, fmt::format("{} flushed only after acknowledgements came", client));
  conclusions.value(
      kClaim, {.value = is_flushed_before ? "no" : "yes",
               .where = {{"client", client}},
               .note = fmt::format("acknowledgements were kept back {:.0f} ms; the flush took {:.0f} ms",
                                   held, took)});
}

void conclude_needed(const History& history, const std::string& client, Conclusions& conclusions) {
  constexpr const char* kClaim = "flush.needed";
  if (sent(history, kLivingOn) != static_cast<std::size_t>(kLivingOn.records) ||
      sent(history, kExiting) != static_cast<std::size_t>(kExiting.records))
    return conclusions.undecided(kClaim, client + " did not come to send all");
  conclusions.control(kClaim, fmt::format("what {} sends and flushes is stored", client),
                      stored(history, kFlushing) == kFlushing.records &&
                          stored(history, kFlushedFirst) == kFlushedFirst.records);
  const auto lost = std::ssize(told(history, kExiting.name, "sent")) - stored(history, kExiting);
  const auto all = stored(history, kLivingOn);
  conclusions.value(
      kClaim, {.value = all == kLivingOn.records ? "yes" : "no",
               .where = {{"client", client}},
               .note = fmt::format("{} of {} records are stored without a flush", all, kLivingOn.records)});
  conclusions.value(kClaim, {.aspect = "exit",
                             .value = lost > 0 ? "lost" : "kept",
                             .where = {{"client", client}},
                             .note = fmt::format("{} of {} records are lost, with answers that take {} ms",
                                                 lost, sent(history, kExiting), FarAway::kDelay.count())});
}

Conclusions conclude(const History& history, const std::string& client) {
  Conclusions conclusions;
  conclude_blocks(history, client, conclusions);
  conclude_needed(history, client, conclusions);
  return conclusions;
}

}  // namespace

std::vector<Experiment> flush_experiments() {
  std::vector<Experiment> all;
  for (const std::string& client : kClients)
    all.push_back({.name = "flush-" + client,
                   .claims = {"flush.blocks", "flush.needed"},
                   .hypothesis =
                       "A flush waits until all is acknowledged; without one a program that lives on "
                       "sends as well, and one that ends at once loses records.",
                   .play = [=](Trial& trial) { play(trial, client); },
                   .conclude = [=](const History& history) { return conclude(history, client); }});
  return all;
}

}  // namespace klab
