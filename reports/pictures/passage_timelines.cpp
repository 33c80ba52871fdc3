#include "reports/pictures/passage_timelines.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <cstdint>
#include <map>
#include <optional>
#include <set>
#include <string_view>
#include <tuple>
#include <utility>

#include "checks/facts/sendings.hpp"

namespace klab {
namespace {

using namespace std::chrono_literals;

constexpr Moment kShortestSending = 1s, kLongestStay = 60s;
constexpr std::size_t kFewestRecords = 5, kMostLanes = 60, kMostPictures = 3;
constexpr Hue kInClient = Hue::life, kOnItsWay = Hue::one, kAcknowledged = Hue::good, kNever = Hue::bad,
              kHeld = Hue::held;

bool takes_its_time(const History& history, std::string_view program, std::string_view topic) {
  Moment first = Moment::max(), last = {};
  for (const SentBatch& batch : history.sent) {
    if (batch.program != program || batch.topic != topic) continue;
    first = std::min(first, batch.at);
    last = std::max(last, batch.at);
  }
  return last - first >= kShortestSending;
}

/// Who read what, and when. Views into the history, which outlives this.
class Readings {
 public:
  explicit Readings(const History& history) {
    for (const FetchStarted& fetch : history.fetch_started) {
      const auto [begun, is_new] = begun_.try_emplace({fetch.topic, fetch.partition}, fetch.at);
      begun->second = std::min(begun->second, fetch.at);
    }
    for (const Delivered& given : history.delivered)
      for (const std::int64_t offset : given.offsets)
        given_.try_emplace({given.topic, given.partition, offset}, given.at);
  }

  /// Whether somebody had begun to read its partition by the time it was sent.
  bool are_awaiting(const Sending& sending) const {
    const auto begun = begun_.find({sending.first->topic, sending.first->partition});
    return begun != begun_.end() && begun->second <= sending.arrived();
  }

  /// When a program was first given it.
  std::optional<Moment> delivered(const LoggedRecord& record) const {
    const auto given = given_.find({record.topic, record.partition, record.offset});
    return given == given_.end() ? std::nullopt : std::optional(given->second);
  }

 private:
  std::map<std::pair<std::string_view, int>, Moment> begun_ = {};
  std::map<std::tuple<std::string_view, int, std::int64_t>, Moment> given_ = {};
};

TimelineLane lane_of(const Sending& sending, std::size_t number, bool is_created_known,
                     std::optional<Moment> given, Moment end) {
  TimelineLane lane{.label = fmt::format("record {}", number)};
  if (is_created_known && *sending.created < sending.arrived())
    lane.spans.push_back(
        {.from = *sending.created, .until = sending.arrived(), .hue = kInClient, .text = "in its client"});
  lane.spans.push_back({.from = sending.arrived(),
                        .until = given.value_or(end),
                        .hue = given ? kOnItsWay : kNever,
                        .text = given ? "on its way" : "never delivered"});
  if (sending.acknowledged) lane.ticks.push_back({.at = *sending.acknowledged, .hue = kAcknowledged});
  return lane;
}

std::string caption_of(std::size_t step, bool is_created_known) {
  std::string caption = "A line is a record, from when it was sent to when a program was given it.";
  if (!is_created_known) caption += " How long it stayed in its client is not known.";
  if (step > 1) caption += fmt::format(" One record of {} is drawn.", step);
  return caption;
}

std::optional<Timeline> timeline_of(const History& history, const Readings& readings,
                                    const std::string& program, const std::string& topic) {
  std::vector<Sending> sendings = sendings_of(history, program, topic);
  const bool is_created_known = why_not_by_timestamp(history, sendings, kLongestStay).empty();
  if (is_created_known) sendings = in_order_of_creation(std::move(sendings));
  std::erase_if(sendings, [&](const Sending& sending) {
    return sending.logged == nullptr || sending.logged->state != RecordState::committed ||
           !readings.are_awaiting(sending);
  });
  if (sendings.size() < kFewestRecords) return std::nullopt;
  const std::size_t step = (sendings.size() + kMostLanes - 1) / kMostLanes;
  Timeline timeline{.title = fmt::format("How long the records of {} were on their way.", program),
                    .caption = caption_of(step, is_created_known),
                    .begin = sendings.front().arrived(),
                    .is_dense = true};
  for (const Sending& sending : sendings) {
    if (is_created_known) timeline.begin = std::min(timeline.begin, *sending.created);
    const Moment until = readings.delivered(*sending.logged).value_or(sending.arrived());
    timeline.end = std::max({timeline.end, until, sending.acknowledged.value_or(Moment())});
  }
  const bool is_incomplete = std::ranges::any_of(
      sendings, [&](const Sending& sending) { return !readings.delivered(*sending.logged); });
  for (std::size_t i = 0; i < sendings.size(); i += step)
    timeline.lanes.push_back(
        lane_of(sendings[i], i + 1, is_created_known, readings.delivered(*sendings[i].logged), timeline.end));
  for (const AcknowledgementsHeld& held : history.acknowledgements_held)
    if (held.program == program)
      timeline.bands.push_back(
          {.from = held.from, .until = held.until, .hue = kHeld, .text = "acknowledgements held"});
  if (is_created_known) timeline.legend.push_back({kInClient, "in its client, not yet sent"});
  timeline.legend.push_back({kOnItsWay, "sent, not yet delivered"});
  timeline.legend.push_back({kAcknowledged, "acknowledged (an upright stroke)"});
  if (is_incomplete) timeline.legend.push_back({kNever, "never delivered (outlined)"});
  if (!timeline.bands.empty()) timeline.legend.push_back({kHeld, "the grader keeps acknowledgements back"});
  return timeline;
}

}  // namespace

std::vector<Timeline> passage_timelines(const History& history) {
  std::set<std::pair<std::string, std::string>> senders;  // program, topic
  for (const SentBatch& batch : history.sent) senders.emplace(batch.program, batch.topic);
  const Readings readings(history);
  std::vector<Timeline> timelines;
  for (const auto& [program, topic] : senders) {
    if (timelines.size() == kMostPictures) break;
    if (!takes_its_time(history, program, topic)) continue;
    if (auto timeline = timeline_of(history, readings, program, topic))
      timelines.push_back(std::move(*timeline));
  }
  return timelines;
}

}  // namespace klab
