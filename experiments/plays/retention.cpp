// Retention. Records are written with timestamps of the past, so that days need not be waited for: some that
// are over their topic's retention and some that are not, in segments of their own and in one together. The
// broker looks for what is over every 1.5 s instead of every 5 minutes.

#include <fmt/format.h>

#include <algorithm>
#include <filesystem>

#include "claims/quantity.hpp"
#include "experiments/plays.hpp"
#include "experiments/sender.hpp"
#include "experiments/told.hpp"

namespace klab {
namespace {

using namespace std::chrono_literals;

constexpr const char* kCheckInterval = "1500";
constexpr std::int64_t kHour = 3'600'000, kDay = 24 * kHour, kMinute = 60'000;
constexpr int kTimed = 6;  // partitions whose records are over one after the other

std::int64_t now_ms() {
  return std::chrono::duration_cast<std::chrono::milliseconds>(
             std::chrono::system_clock::now().time_since_epoch())
      .count();
}

void write(Sender& sender, const Topic& topic, const std::vector<std::int64_t>& ages) {
  for (const std::int64_t age : ages)
    sender.send_all(
        topic, {{.value = fmt::format("{} ms old", age), .partition = 0, .timestamp_ms = now_ms() - age}});
}

/// Segments of the topic's only partition that are in use, by their first offsets.
std::string segments_of(Trial& trial, const Topic& topic) {
  std::vector<std::string> names;
  for (const auto& file :
       std::filesystem::directory_iterator(trial.broker().data_folder() / (topic.name + "-0")))
    if (file.path().extension() == ".log") names.push_back(file.path().stem().string());
  std::ranges::sort(names);
  std::string all;
  for (const std::string& name : names) all += fmt::format("{}{}", all.empty() ? "" : " ", std::stoll(name));
  return all;
}

LogBounds bounds_of(Trial& trial, const Topic& topic) {
  return trial.cluster().log_bounds(topic.name, 1).front();
}

void note_bounds(Trial& trial, const Topic& topic) {
  const LogBounds bounds = bounds_of(trial, topic);
  trial.tell(kNotes, {{"bounds of " + topic.name, {bounds.first, bounds.end}}});
}

/// Each record is over half a second after the one before. What is noted of one: by how many ms its time was
/// over when it was there for the last time, and when it was gone.
void watch_the_time(Trial& trial, Sender& sender) {
  const Topic topic = trial.create_topic("timed", kTimed, {{"retention.ms", std::to_string(kMinute)}});
  const std::int64_t first_over = now_ms() + 1000;
  std::vector<Outgoing> records;
  for (int i = 0; i < kTimed; ++i)
    records.push_back(
        {.value = std::to_string(i), .partition = i, .timestamp_ms = first_over + 500 * i - kMinute});
  sender.send_all(topic, records);
  std::vector<std::int64_t> last_there(kTimed, first_over), gone(kTimed, 0);
  const auto look = [&] {
    const std::int64_t before = now_ms();
    for (const LogBounds& bounds : trial.cluster().log_bounds(topic.name, kTimed)) {
      const auto i = static_cast<std::size_t>(bounds.partition);
      if (gone[i] != 0) continue;
      (bounds.first < bounds.end ? last_there : gone)[i] = bounds.first < bounds.end ? before : now_ms();
    }
    return std::ranges::count(gone, 0) == 0;
  };
  if (!eventually(look, 30s, 5ms)) return;
  for (int i = 0; i < kTimed; ++i) {
    const std::int64_t over = first_over + 500 * i;
    const auto at = static_cast<std::size_t>(i);
    trial.tell(kNotes, {{"there until", last_there[at] - over}, {"gone at", gone[at] - over}});
  }
}

/// Whether all topics were emptied; meanwhile young records come into `trickle`.
void wait_until_empty(Trial& trial, const std::vector<Topic>& topics, Sender& sender, const Topic& trickle) {
  const auto is_empty = [&](const Topic& topic) {
    const LogBounds bounds = bounds_of(trial, topic);
    return bounds.first == bounds.end;
  };
  eventually([&] { return write(sender, trickle, {0}), std::ranges::all_of(topics, is_empty); }, 30s, 200ms);
}

void play(Trial& trial) {
  const KafkaSettings day{{"retention.ms", std::to_string(kDay)}};
  const Topic untouched = trial.create_topic("untouched", 1),
              untouched_old = trial.create_topic("untouched-old", 1),
              young = trial.create_topic("day", 1, day), old = trial.create_topic("day-old", 1, day),
              together = trial.create_topic("together", 1, day),
              apart = trial.create_topic(
                  "apart", 1,
                  {{"retention.ms", std::to_string(kDay)}, {"segment.ms", std::to_string(kHour)}});
  for (const Topic& topic : {untouched, young})
    trial.note("retention.ms of " + topic.name,
               trial.cluster().topic_settings(topic.name).at("retention.ms"));
  const std::int64_t by_default =
      std::stoll(trial.cluster().topic_settings(untouched.name).at("retention.ms"));
  Sender sender(trial, "sender");
  write(sender, untouched, {by_default - kHour});
  write(sender, young, {kDay - kHour});
  write(sender, together, {kDay + 2 * kHour, kDay + kHour, kMinute});
  write(sender, apart, {kDay + kHour + kMinute, kDay + kHour, kMinute});
  write(sender, old, {kDay + kHour});
  trial.note("segments before", segments_of(trial, old));
  write(sender, untouched_old, {by_default + kHour});
  watch_the_time(trial, sender);
  wait_until_empty(trial, {old, untouched_old}, sender, together);
  const Topic last = trial.create_topic("last", 1, day);
  write(sender, last, {kDay + kHour});
  wait_until_empty(trial, {last}, sender, together);  // by then each of the others was looked at once more
  trial.note("segments after", segments_of(trial, old));
  for (const Topic& topic : {untouched, untouched_old, young, old, together, apart, last})
    note_bounds(trial, topic);
}

/// The log of a topic in the end; nothing when that was not noted.
std::optional<LogBounds> noted_bounds(const History& history, const std::string& topic) {
  const auto notes = told(history, kNotes, "bounds of " + topic);
  if (notes.empty()) return {};
  const auto& bounds = notes.back().what["bounds of " + topic];
  return LogBounds{.first = bounds[0], .end = bounds[1]};
}

bool is_kept(const History& history, const std::string& topic) {
  const auto bounds = noted_bounds(history, topic);
  return bounds && bounds->first == 0 && bounds->end > 0;
}

bool is_emptied(const History& history, const std::string& topic) {
  const auto bounds = noted_bounds(history, topic);
  return bounds && bounds->first == bounds->end && bounds->end > 0;
}

void conclude_settings(const History& history, Conclusions& conclusions) {
  const std::string by_default = noted(history, "retention.ms of untouched"), day = std::to_string(kDay);
  const bool says_day = noted(history, "retention.ms of day") == day;
  for (const std::string claim : {"retention.default", "retention.day"})
    conclusions.control(claim, "a topic with a retention of one day says so", says_day);
  conclusions.control("retention.default", "a record that is an hour older than the default is deleted",
                      is_emptied(history, "untouched-old"));
  conclusions.control("retention.default", "one that is an hour younger is kept",
                      is_kept(history, "untouched"));
  if (!by_default.empty())
    conclusions.value(
        "retention.default",
        {.value = canonical_quantity(by_default + " ms", Quantity::duration),
         .note = fmt::format("a topic for which nothing was set has retention.ms={}", by_default)});
  conclusions.control("retention.day", "a record that is 25 hours old is deleted",
                      is_emptied(history, "day-old"));
  const bool is_there = is_kept(history, "day");
  conclusions.value("retention.day",
                    {.value = is_there ? "yes" : "no",
                     .note = fmt::format("with retention.ms={} a record that is 23 hours old is {}", day,
                                         is_there ? "kept" : "deleted")});
}

/// When records go, measured from when their time is over.
void conclude_when(const History& history, Conclusions& conclusions) {
  std::vector<int> there, gone;
  for (const Told& one : told(history, kNotes, "gone at")) {
    there.push_back(one.what["there until"]);
    gone.push_back(one.what["gone at"]);
  }
  conclusions.control("retention.time", "no record is gone before its time is over",
                      gone.size() == kTimed && std::ranges::min(gone) >= 0);
  if (gone.empty()) return;
  const int latest = std::ranges::max(there);
  const std::string note = fmt::format(
      "{} records were gone {} to {} ms after their time was over; the broker looked every {} ms "
      "(log.retention.check.interval.ms, by default 5 minutes)",
      gone.size(), std::ranges::min(gone), std::ranges::max(gone), kCheckInterval);
  if (latest >= 250)
    conclusions.value("retention.time", {.aspect = "when", .value = "later", .note = note});
  else if (std::ranges::max(gone) < 100)
    conclusions.value("retention.time", {.aspect = "when", .value = "at once", .note = note});
}

void conclude_time(const History& history, Conclusions& conclusions) {
  const auto apart = noted_bounds(history, "apart"), together = noted_bounds(history, "together");
  if (!apart || !together || apart->first == 0)
    return conclusions.undecided("retention.time", "nothing was deleted within 30 s");
  conclusions.control("retention.time", "records whose time is not over are kept",
                      is_kept(history, "untouched") && is_kept(history, "day"));
  conclusions.control("retention.time", "of two segments the younger is kept",
                      apart->first == 2 && apart->end == 3);
  conclusions.value(
      "retention.time",
      {.value = "yes", .note = "records that were an hour older than retention.ms were deleted"});
  const bool is_whole = together->first == 0;
  conclusions.value(
      "retention.time",
      {.aspect = "unit",
       .value = is_whole ? "segment" : "record",
       .note = fmt::format("two such records were {} that share their segment with a younger one; "
                           "in a segment of their own they were deleted",
                           is_whole ? "kept" : "deleted")});
  conclude_when(history, conclusions);
}

void conclude_active(const History& history, Conclusions& conclusions) {
  const std::string before = noted(history, "segments before"), after = noted(history, "segments after");
  if (before != "0" || after.empty())
    return conclusions.undecided("retention.active", "the record was not alone in the active segment");
  const auto apart = noted_bounds(history, "apart");
  conclusions.control("retention.active", "a segment that is not the active one is deleted",
                      apart && apart->first > 0);
  conclusions.control("retention.active", "an active segment whose records are young is kept",
                      is_kept(history, "day"));
  const bool is_deleted = is_emptied(history, "day-old");
  conclusions.value(
      "retention.active",
      {.value = is_deleted ? "rolled" : "never",
       .note = fmt::format("nobody wrote any more to a partition whose active segment began at offset 0; the "
                           "record in it was {}, the active segment now begins at offset {}. While young "
                           "records came in, an active segment with old ones was {}",
                           is_deleted ? "deleted" : "kept", after,
                           is_kept(history, "together") ? "kept" : "deleted")});
}

Conclusions conclude(const History& history) {
  Conclusions conclusions;
  conclude_settings(history, conclusions);
  conclude_time(history, conclusions);
  conclude_active(history, conclusions);
  return conclusions;
}

}  // namespace

std::vector<Experiment> retention_experiments() {
  return {{.name = "retention",
           .claims = {"retention.time", "retention.day", "retention.default", "retention.active"},
           .hypothesis = "A segment is deleted some time after the retention of its youngest record is over.",
           .settings = {{"log.retention.check.interval.ms", kCheckInterval},
                        {"log.initial.task.delay.ms", "500"}},
           .play = play,
           .conclude = conclude}};
}

}  // namespace klab
