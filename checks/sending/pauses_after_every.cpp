#include "checks/sending/pauses_after_every.hpp"

#include <fmt/format.h>
#include <fmt/ranges.h>

#include <set>

#include "checks/counted.hpp"
#include "checks/facts/sendings.hpp"
#include "checks/history/seconds.hpp"

namespace klab {
namespace {

/// The times between a program's records.
class Gaps {
 public:
  Gaps(const History& history, const ProgramRun& run, std::string_view topic, const Pace& pace)
      : pace_(pace),
        started_(run.started),
        sendings_(sendings_of(history, run.program, topic)),
        ended_(end_of_life(run, sendings_)) {
    distrust_ = why_not_by_timestamp(history, sendings_, longest_stay(pace));
    if (distrust_.empty()) sendings_ = in_order_of_creation(std::move(sendings_));
    std::vector<Moment> spreads;
    for (std::size_t after = pace.pause_every; after <= sendings_.size(); after += pace.pause_every)
      spreads.push_back(spread(after));
    if (!spreads.empty()) usual_spread_ = median_of(std::move(spreads));
  }

  const std::string& distrust() const { return distrust_; }
  const std::vector<Sending>& sendings() const { return sendings_; }

  /// After so many records.
  Moment after(std::size_t records) const { return time(records) - time(records - 1); }
  bool is_pause(std::size_t records, Moment hidden = {}) const {
    return after(records) + hidden >= pace_.pause - kPauseAllowance;
  }

  /// That are due between as many records.
  std::size_t pauses() const { return sendings_.empty() ? 0 : (sendings_.size() - 1) / pace_.pause_every; }
  Moment life() const { return ended_ - started_; }
  bool is_too_short_a_life() const {
    return life() < static_cast<Moment::rep>(pauses()) * (pace_.pause - kPauseAllowance);
  }

  /// After so many records; 0 where none is due.
  std::size_t last_due() const { return pauses() * pace_.pause_every; }

  bool is_due(std::size_t records) const {
    if (records % pace_.pause_every != 0) return false;
    return records > pace_.pause_every || (distrust_.empty() && !may_look_short(records));
  }

  /// A pause that is due, and surely not there.
  bool is_missing(std::size_t records) const {
    return is_due(records) && !is_pause(records) && !may_be_late_stamps(records);
  }

 private:
  /// A client that sets timestamps when it sends (kafkajs) may get to that late on a busy machine. What a
  /// pause lacks then lies between the records before it, or in the pause before these, if no flush was due
  /// there.
  bool may_be_late_stamps(std::size_t records) const {
    constexpr Moment kLate = std::chrono::milliseconds(500);
    if (!distrust_.empty()) return false;
    const Moment lacking = pace_.pause - kPauseAllowance - after(records);
    const std::size_t first = records - pace_.pause_every;
    const bool between = spread(records) - usual_spread_ >= lacking;
    const bool before = first % pace_.flush_every != 0 && after(first) - pace_.pause >= lacking;
    return lacking <= kLate && (between || before);
  }

  /// The first records wait until their client has connected, and some clients set the timestamps then
  /// (kafkajs): the pause behind them looks shorter by what may be all of the program's life until then.
  bool may_look_short(std::size_t records) const {
    const Moment until_then = time(0) - started_;
    return !is_pause(records) && after(records) + until_then >= pace_.pause - kPauseAllowance;
  }

  /// Of as many as are due between two pauses, the last of them after so many records.
  Moment spread(std::size_t records) const { return time(records - 1) - time(records - pace_.pause_every); }

  Moment time(std::size_t index) const {
    const Sending& sending = sendings_[index];
    return distrust_.empty() ? *sending.created : sending.arrived();
  }

  const Pace pace_;
  const Moment started_;
  std::vector<Sending> sendings_;
  const Moment ended_;
  std::string distrust_;
  Moment usual_spread_ = {};
};

struct Counts {
  std::size_t due = 0, missing = 0, unclear = 0, others = 0, other_pauses = 0;
  std::vector<std::size_t> paused_after = {};
};

Counts count(const Gaps& gaps) {
  Counts counts;
  for (std::size_t after = 1; after < gaps.sendings().size(); ++after) {
    const bool due = gaps.is_due(after), is_pause = gaps.is_pause(after);
    ++(due ? counts.due : counts.others);
    if (due && !is_pause) ++(gaps.is_missing(after) ? counts.missing : counts.unclear);
    if (!due && is_pause) ++counts.other_pauses;
    if (is_pause) counts.paused_after.push_back(after);
  }
  return counts;
}

/// A client that sends what it was given once a second, and sets the timestamps then (confluent-kafka's
/// AIOProducer), sends the rest at once when it is closed: then the last pause is the one that looks shorter.
std::string why_the_last_may_look_short(const Gaps& gaps, const Counts& counts) {
  constexpr Moment kHeldBack = std::chrono::seconds(1);
  const std::size_t last = gaps.last_due();
  if (counts.missing != 1 || last == 0 || !gaps.is_missing(last) || !gaps.is_pause(last, kHeldBack))
    return {};
  return fmt::format(
      "all pauses but the last are there, and that one may be: {:.3f} s, and a client that sends once a "
      "second what it was given hides as much of it",
      seconds(gaps.after(last)));
}

void add_missing(Verdict& verdict, const Gaps& gaps) {
  for (std::size_t after = 1; after < gaps.sendings().size(); ++after) {
    if (!gaps.is_missing(after)) continue;
    const Sending &last = gaps.sendings()[after - 1], &next = gaps.sendings()[after];
    std::set<Line> lines{last.first->line, next.first->line};  // which may be of one batch
    for (const Sending* sending : {&last, &next})
      if (sending->logged != nullptr) lines.insert(sending->logged->line);
    add_evidence(verdict, {.lines = {lines.begin(), lines.end()},
                           .note = fmt::format("record {} was sent {:.3f} s after record {}", after + 1,
                                               seconds(gaps.after(after)), after)});
  }
}

std::string hint(const Pace& pace) {
  return fmt::format("count the records from 1, and wait {} s when the count can be divided by {}",
                     seconds(pace.pause), pace.pause_every);
}

std::string where(const std::vector<std::size_t>& paused_after) {
  constexpr std::size_t kShown = 5;
  if (paused_after.empty()) return "it never pauses that long";
  const bool all = paused_after.size() <= kShown;
  const std::vector<std::size_t> shown(
      paused_after.begin(), all ? paused_after.end() : paused_after.begin() + std::ptrdiff_t{kShown});
  return fmt::format("it pauses after record {}{}", fmt::join(shown, ", "), all ? "" : ", ..");
}

}  // namespace

Verdict pauses_after_every(const History& history, std::string_view topic, std::string_view role,
                           const Pace& pace) {
  Verdict verdict{.claim = fmt::format("the {} pauses for {} s after every {}th record", role,
                                       seconds(pace.pause), pace.pause_every),
                  .expected = fmt::format("{} s between every {}th record and the next", seconds(pace.pause),
                                          pace.pause_every)};
  const auto runs = runs_of(history, role);
  if (runs.empty()) return undecided(verdict, fmt::format("the {} was never run", role));
  const std::string& program = runs.front()->program;
  if (!is_heard_in_full(history, program)) return undecided(verdict, unheard(history, program));

  const Gaps gaps(history, *runs.front(), topic, pace);
  const Counts counts = count(gaps);
  if (counts.due == 0)
    return undecided(verdict, fmt::format("{} sent {}, so no pause was due", program,
                                          counted(gaps.sendings().size(), "record")));
  verdict.judged = fmt::format("{} after {}, by {}", counted(counts.due, "pause"),
                               counted(gaps.sendings().size(), "record"),
                               gaps.distrust().empty() ? "the records' timestamps" : "their arrival");
  const bool pauses_always = 2 * counts.other_pauses > counts.others;
  if (counts.missing == 0 && 3 * counts.unclear > counts.due)
    return undecided(verdict, fmt::format("{} of {} may be there, on a machine that is too busy to tell",
                                          counts.unclear, counted(counts.due, "pause")));
  if (counts.missing == 0 && !pauses_always)
    return holds(verdict, fmt::format("{} of at least {} s", counted(counts.due - counts.unclear, "pause"),
                                      seconds(pace.pause)));
  if (!gaps.distrust().empty() && gaps.is_too_short_a_life())
    return refuted(verdict,
                   fmt::format("{} lived for {:.3f} s, too short for {}", program, seconds(gaps.life()),
                               counted(gaps.pauses(), "pause")),
                   hint(pace));
  if (!gaps.distrust().empty())
    return undecided(verdict, fmt::format("the wire does not show the pauses, and {}", gaps.distrust()));
  if (std::string why = why_the_last_may_look_short(gaps, counts); !why.empty())
    return undecided(verdict, std::move(why));
  if (counts.missing == 0)
    return refuted(verdict, fmt::format("{} pauses after other records as well", counts.other_pauses),
                   fmt::format("pause after every {}th record only", pace.pause_every));
  add_missing(verdict, gaps);
  return refuted(verdict,
                 fmt::format("{} of {} missing; {}", counts.missing, counted(counts.due, "pause"),
                             where(counts.paused_after)),
                 hint(pace));
}

}  // namespace klab
