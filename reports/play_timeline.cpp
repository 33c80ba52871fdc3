#include "reports/play_timeline.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <map>

namespace klab {
namespace {

constexpr Hue kSent = Hue::one, kDelivered = Hue::two;
// More ticks than this could not be told apart.
constexpr Moment::rep kTicksALane = 400;

/// Counts what happened in intervals of the same length.
class Ticks {
 public:
  explicit Ticks(Moment end) : width_(std::max<Moment::rep>(end.count() / kTicksALane, 1)) {}

  void add(Moment at, std::size_t count) { counts_[at.count() / width_] += count; }

  void draw(TimelineLane& lane, Hue hue) const {
    for (const auto& [interval, count] : counts_)
      lane.ticks.push_back({.at = Moment(interval * width_ + width_ / 2), .hue = hue, .count = count});
  }

 private:
  Moment::rep width_;
  std::map<Moment::rep, std::size_t> counts_ = {};
};

void add_transactions(TimelineLane& lane, const History& history, const ProgramRun& run) {
  std::map<std::string, Moment> begun;  // by transactional id
  for (const TransactionStepped& step : history.transactions) {
    if (step.program != run.program || !step.error.empty()) continue;
    if (step.step == TransactionStep::begun) {
      begun.try_emplace(step.transactional_id, step.at);
      continue;
    }
    const auto open = begun.extract(step.transactional_id);
    const bool is_committed = step.step == TransactionStep::committed;
    lane.spans.push_back({.from = open ? open.mapped() : step.asked,
                          .until = step.at,
                          .hue = is_committed ? Hue::good : Hue::bad,
                          .text = std::string(name_of(step.step))});
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
  Ticks sent(end), delivered(end);
  for (const SentBatch& batch : history.sent)
    if (batch.program == run.program) sent.add(batch.at, batch.messages);
  for (const Delivered& given : history.delivered)
    if (given.program == run.program) delivered.add(given.at, given.offsets.size());
  sent.draw(lane, kSent);
  delivered.draw(lane, kDelivered);
  return lane;
}

std::vector<TimelineLegend> legend_of(const History& history) {
  std::vector<TimelineLegend> legend{
      {Hue::life, "the program runs"}, {kSent, "sends records"}, {kDelivered, "is given records"}};
  if (!history.transactions.empty()) {
    legend.push_back({Hue::good, "a transaction that was committed"});
    legend.push_back({Hue::bad, "a transaction that was aborted"});
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
                    .caption = "Point at a line or a bar to see how many records it stands for.",
                    .begin = begin_of_programs(history),
                    .end = end_of_programs(history),
                    .legend = legend_of(history)};
  std::vector<const ProgramRun*> runs;
  for (const ProgramRun& run : history.programs) runs.push_back(&run);
  std::ranges::stable_sort(runs, {}, &ProgramRun::started);
  for (const ProgramRun* run : runs) timeline.lanes.push_back(lane_of(history, *run, timeline.end));
  return timeline;
}

}  // namespace klab
