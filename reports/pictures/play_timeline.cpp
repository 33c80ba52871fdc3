#include "reports/pictures/play_timeline.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <map>

namespace klab {
namespace {

constexpr Hue kSent = Hue::one, kDelivered = Hue::two;
// More could not be told apart, or would only weigh.
constexpr Moment::rep kTicksALane = 400, kTicks = 1600;

/// Counts what happened in intervals of the same length.
class Ticks {
 public:
  Ticks(Moment end, std::size_t lanes)
      : width_(std::max<Moment::rep>(
            end.count() / std::clamp<Moment::rep>(kTicks / static_cast<Moment::rep>(lanes), 40, kTicksALane),
            1)) {}

  void add(Moment at, std::size_t count) { counts_[at.count() / width_] += count; }

  void draw(TimelineLane& lane, Hue hue, TickPlace place) const {
    for (const auto& [interval, count] : counts_)
      lane.ticks.push_back(
          {.at = Moment(interval * width_ + width_ / 2), .hue = hue, .count = count, .place = place});
  }

 private:
  Moment::rep width_;
  std::map<Moment::rep, std::size_t> counts_ = {};
};

Hue hue_of(TransactionStep step) {
  if (step == TransactionStep::committed) return Hue::good;
  return step == TransactionStep::aborted ? Hue::bad : Hue::held;
}

void add_transactions(TimelineLane& lane, const History& history, const ProgramRun& run) {
  std::map<std::string, Moment> begun;  // by transactional id
  for (const TransactionStepped& step : history.transactions) {
    if (step.program != run.program || !step.error.empty()) continue;
    if (step.step == TransactionStep::begun) {
      begun.try_emplace(step.transactional_id, step.at);
      continue;
    }
    const auto open = begun.extract(step.transactional_id);
    lane.spans.push_back({.from = open ? open.mapped() : step.asked_by(),
                          .until = step.at,
                          .hue = hue_of(step.step),
                          .text = std::string(name_of(step.step)),
                          .brief = std::string(name_of(step.step).substr(0, 1))});
  }
  for (const auto& [id, from] : begun)
    lane.spans.push_back({.from = from, .until = run.ended, .hue = Hue::held, .text = "never ended"});
}

TimelineLane lane_of(const History& history, const ProgramRun& run, Moment end) {
  TimelineLane lane{.label = run.program};
  lane.spans.push_back({.from = run.started, .until = run.ended, .hue = Hue::life, .text = run.program});
  for (const AcknowledgementsHeld& held : history.acknowledgements_held)
    if (held.program == run.program)
      lane.spans.push_back(
          {.from = held.from, .until = held.until, .hue = Hue::held, .text = "acknowledgements held"});
  add_transactions(lane, history, run);
  Ticks sent(end, history.programs.size()), delivered(end, history.programs.size());
  for (const SentBatch& batch : history.sent)
    if (batch.program == run.program) sent.add(batch.at, batch.messages);
  for (const Delivered& given : history.delivered)
    if (given.program == run.program) delivered.add(given.at, given.offsets.size());
  sent.draw(lane, kSent, TickPlace::upper);
  delivered.draw(lane, kDelivered, TickPlace::lower);
  return lane;
}

std::vector<TimelineLegend> legend_of(const History& history) {
  std::vector<TimelineLegend> legend{{Hue::life, "the program runs"},
                                     {kSent, "sends records (above)"},
                                     {kDelivered, "is given records (below)"}};
  if (!history.transactions.empty()) {
    legend.push_back({Hue::good, "a transaction that was committed"});
    legend.push_back({Hue::bad, "a transaction that was aborted (outlined)"});
  }
  if (!history.acknowledgements_held.empty())
    legend.push_back({Hue::held, "the grader keeps acknowledgements back"});
  return legend;
}

}  // namespace

Moment begin_of_programs(const History& history) {
  const auto first = std::ranges::min_element(history.programs, {}, &ProgramRun::started);
  return first == history.programs.end() ? Moment() : first->started;
}

Moment end_of_programs(const History& history) {
  const auto last = std::ranges::max_element(history.programs, {}, &ProgramRun::ended);
  return last == history.programs.end() ? Moment() : last->ended;
}

std::optional<Timeline> play_timeline(const History& history) {
  if (history.programs.empty()) return std::nullopt;
  Timeline timeline{.title = "What the programs did, and when.",
                    .caption = "Strokes are records: those sent above, those given below.",
                    .begin = begin_of_programs(history),
                    .end = end_of_programs(history),
                    .legend = legend_of(history)};
  Runs runs;
  for (const ProgramRun& run : history.programs) runs.push_back(&run);
  std::ranges::stable_sort(runs, {}, &ProgramRun::started);
  for (const ProgramRun* run : runs) timeline.lanes.push_back(lane_of(history, *run, timeline.end));
  return timeline;
}

}  // namespace klab
