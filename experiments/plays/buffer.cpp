// A full buffer. The broker gets what a producer sends, but its acknowledgements are held, so that records
// stay in the producer's buffer, which is small. Another one with room for all of them is the control. When
// nothing moves any more, the acknowledgements are let go.

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

constexpr int kRecords = 200, kBytes = 1000;
constexpr auto kStill = 2s;          // nothing moves for so long
constexpr double kBlockedMs = 1000;  // a call that took so long waited for that

struct SmallBuffer {
  std::string client = {}, setting = {}, value = {};
};
const std::vector<SmallBuffer> kSmall{{"java", "buffer.memory", "65536"},
                                      {"librdkafka", "queue.buffering.max.messages", "50"},
                                      {"franz-go", "buffer.memory", "65536"}};

ordered_json plan(const ordered_json& settings) {
  ordered_json records = ordered_json::array();
  for (int i = 1; i <= kRecords; ++i) records.push_back({{"value", fmt::format("{:0>{}}", i, kBytes)}});
  return {{"do", "produce"}, {"topic", "buffer"}, {"records", records}, {"settings", settings}};
}

std::size_t calls_of(const History& history, const std::string& program) {
  return told(history, program, "sent").size() + told(history, program, "failed").size();
}

void wait_until_still(Trial& trial, const std::string& program) {
  trial.wait_until_told(program, "sent", 1);
  std::size_t calls = 0;
  const auto moves = [&](const History& history) { return calls_of(history, program) > calls; };
  while (calls < kRecords && trial.wait_until(kStill, moves))
    trial.recorder().look([&](const History& history) { return calls = calls_of(history, program), true; });
}

void play(Trial& trial, const SmallBuffer& small) {
  trial.create_topic("buffer", 1);
  const auto gate = std::make_shared<HoldAcknowledgements>(trial.reconsider());
  gate->hold();
  Program& tight = trial.start("tight", small.client, plan({{small.setting, small.value}}), gate);
  Program& roomy = trial.start("roomy", small.client, plan(ordered_json::object()), gate);
  for (const std::string program : {"tight", "roomy"}) wait_until_still(trial, program);
  trial.note("released", "yes");
  gate->release();
  for (Program* program : {&tight, &roomy}) trial.wait_for_end(*program);
}

/// What came of the calls that found no room.
struct Outcome {
  std::size_t blocked = 0;  ///< came back late, and well
  std::size_t refused = 0;  ///< told at once that it cannot be
  std::size_t lost = 0;     ///< came back well, and nothing more was heard of the record
};

Outcome outcome_of(const History& history, const std::string& program) {
  Outcome outcome;
  const auto sent = told(history, program, "sent");
  const auto failed = told(history, program, "failed"), acked = told(history, program, "acked");
  const auto count = [](const std::vector<Told>& all, bool is_slow) {
    return static_cast<std::size_t>(
        std::ranges::count_if(all, [=](const Told& one) { return (one.ms() >= kBlockedMs) == is_slow; }));
  };
  outcome.refused = count(failed, false);
  outcome.lost =
      sent.size() > acked.size() + count(failed, true) ? sent.size() - acked.size() - count(failed, true) : 0;
  // The first call waits for metadata.
  outcome.blocked = count(sent, true) - (!sent.empty() && sent.front().ms() >= kBlockedMs ? 1 : 0);
  return outcome;
}

std::string value_of(const Outcome& outcome) {
  if (outcome.blocked > 0 && outcome.refused + outcome.lost == 0) return "blocks";
  if (outcome.refused > 0 && outcome.blocked + outcome.lost == 0) return "error";
  return outcome.lost > 0 && outcome.blocked + outcome.refused == 0 ? "drops" : "";
}

Conclusions conclude(const History& history, const SmallBuffer& small) {
  Conclusions conclusions;
  const Outcome tight = outcome_of(history, "tight"), roomy = outcome_of(history, "roomy");
  conclusions.control(
      "buffer.full", small.client + " with room for all its records is never held up",
      told(history, "roomy", "acked").size() == kRecords && roomy.blocked + roomy.refused == 0);
  if (noted(history, "released").empty() || value_of(tight).empty()) {
    conclusions.undecided("buffer.full",
                          small.client + " was not seen with a full buffer, or did several things");
    return conclusions;
  }
  const auto failed = told(history, "tight", "failed");
  conclusions.value(
      "buffer.full",
      {.value = value_of(tight),
       .where = {{"client", small.client}},
       .note = fmt::format("with {}={} and its acknowledgements held, of {} calls {} waited until they "
                           "were let go, {} failed at once{}",
                           small.setting, small.value, kRecords, tight.blocked, tight.refused,
                           failed.empty() ? "" : ": " + failed.front().what.value("error", ""))});
  return conclusions;
}

}  // namespace

std::vector<Experiment> buffer_experiments() {
  std::vector<Experiment> all;
  for (const SmallBuffer& small : kSmall)
    all.push_back({.name = "buffer-" + small.client,
                   .claims = {"buffer.full"},
                   .hypothesis = "With a full buffer a call waits, or says so.",
                   .play = [=](Trial& trial) { play(trial, small); },
                   .conclude = [=](const History& history) { return conclude(history, small); }});
  return all;
}

}  // namespace klab
