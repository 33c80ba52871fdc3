#include "checks/sending/gaps_between_sends.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <map>
#include <vector>

#include "checks/counted.hpp"
#include "checks/facts/sendings.hpp"
#include "checks/history/seconds.hpp"

namespace klab {
namespace {

using namespace std::chrono_literals;

constexpr Moment kAllowance = 5ms;  // timers are early, timestamps cut to milliseconds
constexpr Moment kLongestStay = 5s;

/// For so many records that were to be sent.
Moment least_span(std::size_t records, const SendGap& gap) {
  return (static_cast<Moment::rep>(records) - 2) * gap.wait;
}

/// How one program spaced its records.
struct Spacing {
  std::vector<Sending> sendings = {};
  std::string distrust = {};      // of timestamps
  std::vector<Moment> gaps = {};  // but for those that a late start may explain
  Moment median = {}, span = {};
  Moment hidden = {};        // of the span, at most
  std::size_t left_out = 0;  // gaps without a wait

  bool is_in_bursts() const { return left_out * 3 > gaps.size(); }

  bool is_long_enough(std::size_t records, const SendGap& gap) const {
    return median >= gap.wait - kAllowance && !is_in_bursts() && span + hidden >= least_span(records, gap);
  }
};

/// What was sent while a client still connects arrives together, and some clients set the timestamps only
/// then (franz-go, kafkajs, Java's behind a queue): waits between these do not show, as far as there was time
/// for them.
struct LateStart {
  std::size_t gaps = 0;
  Moment hidden = {};
};

LateStart late_start(const ProgramRun& run, const std::vector<Moment>& times, Moment first_arrival,
                     Moment wait) {
  constexpr Moment kToCatchUp = 1s;
  LateStart start;
  Moment missing = {};
  bool has_caught_up = false;
  for (std::size_t i = 1; i < times.size(); ++i) {
    const Moment gap = times[i] - times[i - 1];
    has_caught_up |= gap >= wait - kAllowance && times[i] > first_arrival;
    if (has_caught_up || times[i] > first_arrival + kToCatchUp) break;
    missing += std::max(Moment(), wait - gap);
    start.gaps += gap < wait / 2;
  }
  start.hidden = std::clamp(first_arrival - run.started, Moment(), missing);
  start.gaps = std::min(start.gaps, static_cast<std::size_t>(start.hidden / wait));
  return start;
}

/// A client that sets the timestamps of a whole batch as it sends that (kafka-go) says nothing of the
/// records, and neither does a filter that reads its input in blocks (kcat).
bool are_stamped_when_sent(const std::vector<Sending>& sendings) {
  constexpr Moment kAtOnce = 20ms, kTogether = 2ms;
  constexpr std::size_t kSurely = 3;
  std::map<const SentBatch*, std::vector<Moment>> batches;
  for (const Sending& sending : sendings) batches[sending.first].push_back(*sending.created);
  std::erase_if(batches, [](const auto& batch) { return batch.second.size() < 2; });
  return batches.size() >= kSurely && std::ranges::all_of(batches, [&](const auto& batch) {
           const auto& [sent, times] = batch;
           const auto [first, last] = std::ranges::minmax(times);
           return last - first <= kTogether && sent->at - first <= kAtOnce;
         });
}

/// confluent-kafka's AIOProducer may hand over all records when it is closed, and so does whoever reads
/// a pipe that was filled while it started.
bool are_of_one_moment(const std::vector<Sending>& sendings) {
  constexpr Moment kMoment = 100ms;
  if (sendings.size() < 2 ||
      !std::ranges::all_of(sendings, [](const auto& one) { return one.created.has_value(); }))
    return false;
  const auto [first, last] =
      std::ranges::minmax_element(sendings, {}, [](const auto& one) { return *one.created; });
  return *last->created - *first->created <= kMoment;
}

std::string why_not_by_timestamp_of(const History& history, const std::vector<Sending>& sendings) {
  if (are_of_one_moment(sendings)) return "all its records have the timestamp of one moment";
  std::string why = why_not_by_timestamp(history, sendings, kLongestStay);
  if (why.empty() && are_stamped_when_sent(sendings))
    why = "its client sets the timestamps of a batch when it sends that";
  return why;
}

Spacing spacing_of(const History& history, const ProgramRun& run, std::string_view topic, Moment wait) {
  Spacing spacing{.sendings = sendings_of(history, run.program, topic)};
  spacing.distrust = why_not_by_timestamp_of(history, spacing.sendings);
  std::vector<Moment> times;
  for (const Sending& sending : spacing.sendings)
    times.push_back(spacing.distrust.empty() ? *sending.created : sending.arrived());
  if (times.size() < 2) return spacing;
  std::ranges::sort(times);
  const LateStart start = late_start(run, times, spacing.sendings.front().arrived(), wait);
  spacing.hidden = start.hidden;
  spacing.span = times.back() - times.front();
  for (std::size_t i = 1; i < times.size(); ++i) spacing.gaps.push_back(times[i] - times[i - 1]);
  std::size_t excused = (spacing.gaps.size() - start.gaps) * 4 < spacing.gaps.size() ? 0 : start.gaps;
  std::erase_if(spacing.gaps, [&](Moment gap) { return gap < wait / 2 && excused > 0 && excused-- > 0; });
  spacing.median = median_of(spacing.gaps);
  spacing.left_out = static_cast<std::size_t>(
      std::ranges::count_if(spacing.gaps, [&](Moment gap) { return gap < wait / 2; }));
  return spacing;
}

/// Whatever its timestamps say: there was no time for the waits.
bool is_too_short_a_life(const ProgramRun& run, const Spacing& spacing, std::size_t records,
                         const SendGap& gap) {
  return end_of_life(run, spacing.sendings) - run.started < least_span(records, gap);
}

Evidence evidence_of(const ProgramRun& run, const Spacing& spacing, std::size_t records, const SendGap& gap) {
  const std::size_t sent = spacing.sendings.size();
  Evidence evidence{.lines = {run.line},
                    .note = fmt::format("{} sent {}", run.program, counted(sent, "record"))};
  if (sent < records) evidence.note += fmt::format(" of {}", records);
  if (sent == 0) return evidence;
  evidence.lines.push_back(spacing.sendings.front().first->line);
  evidence.note += fmt::format(" within {:.3f} s", seconds(spacing.span));
  if (sent > 1)
    evidence.note += fmt::format("; half of the gaps are {:.3f} s or less", seconds(spacing.median));
  if (spacing.is_in_bursts() && spacing.median >= gap.wait - kAllowance)
    evidence.note += fmt::format(", but {} of {} are shorter than {} s", spacing.left_out,
                                 spacing.gaps.size(), seconds(gap.wait / 2));
  return evidence;
}

/// A client that holds each record back until its batch is full adds to what the program waits.
std::string too_long_reason(const ProgramRun& run, const Spacing& spacing, const SendGap& gap) {
  return fmt::format(
      "half of the gaps of {} are {:.3f} s or more: it waits for {} s, and what else cannot be told",
      run.program, seconds(spacing.median), seconds(gap.wait));
}

}  // namespace

Verdict gaps_between_sends(const History& history, std::string_view topic, std::string_view role,
                           const SendGap& gap) {
  Verdict verdict{.claim = fmt::format("the {}s wait {} s after each record", role, seconds(gap.wait)),
                  .expected = fmt::format("gaps of {} s to {} s, by their median; n records take at least "
                                          "n - 2 of them",
                                          seconds(gap.wait), seconds(gap.longest))};
  const auto runs = runs_of(history, role);
  if (runs.empty()) return undecided(verdict, fmt::format("the {} was never run", role));
  const std::size_t records = history.sample.size();
  if (records < 3) return undecided(verdict, "the sample is too small for gaps");
  std::size_t gaps = 0, by_arrival = 0;
  std::string too_long;
  for (const ProgramRun* run : runs) {
    if (!is_heard_in_full(history, run->program)) return undecided(verdict, unheard(history, run->program));
    const Spacing spacing = spacing_of(history, *run, topic, gap.wait);
    gaps += std::max<std::size_t>(spacing.sendings.size(), 1) - 1;
    by_arrival += !spacing.distrust.empty();
    const bool sends_a_part = run->ending == Ending::exited && spacing.sendings.size() < records;
    if (spacing.is_long_enough(records, gap) && !sends_a_part) {
      if (spacing.median > gap.longest) too_long = too_long_reason(*run, spacing, gap);
      continue;
    }
    if (!spacing.distrust.empty() && !sends_a_part && !is_too_short_a_life(*run, spacing, records, gap))
      return undecided(verdict, fmt::format("the wire does not show the waits of {}, and {}", run->program,
                                            spacing.distrust));
    add_evidence(verdict, evidence_of(*run, spacing, records, gap));
  }
  verdict.judged = fmt::format("{} of {}{}", counted(gaps, "gap"), counted(runs.size(), "program"),
                               by_arrival > 0 ? ", in part by arrival" : "");
  if (verdict.evidence.empty() && !too_long.empty())
    return undecided(verdict, too_long,
                     "does each send wait for something else as well, such as a full batch?");
  if (verdict.evidence.empty()) return holds(verdict, "every program waits");
  return refuted(
      verdict,
      fmt::format("{} of {} {} not wait so", evidence_count(verdict), counted(runs.size(), "program"),
                  evidence_count(verdict) == 1 ? "does" : "do"),
      fmt::format("send every record of the sample, and sleep for {} s after each", seconds(gap.wait)));
}

}  // namespace klab
