#include "checks/sending/goes_on_unacknowledged.hpp"

#include <fmt/format.h>
#include <fmt/ranges.h>

#include <algorithm>
#include <utility>

#include "checks/counted.hpp"
#include "checks/facts/held_records.hpp"
#include "checks/facts/sendings.hpp"
#include "checks/history/seconds.hpp"

namespace klab {
namespace {

using namespace std::chrono_literals;

// How soon a program goes on with what it waited for.
constexpr Moment kAtOnce = 300ms;

/// `late_flush`: it waited between the records before the pause, as one does whose flush comes late. Of the
/// pause that says nothing.
enum class Step { went_on, waited, late_flush, unclear };

/// Between a pause's last record and the next.
struct Crossing {
  std::size_t after = 0;  // records
  const Sending *last = nullptr, *next = nullptr;
  Moment first_acknowledged = Moment::max(), last_acknowledged = Moment::min();  // of those before the pause
};

bool is_at_once(Moment delay) { return delay >= -kTimestampError && delay <= kAtOnce; }

Step step_of(const Crossing& crossing, bool has_timestamps, const Pace& pace) {
  const Moment acknowledged = crossing.first_acknowledged;
  if (crossing.next->arrived() < acknowledged) return Step::went_on;
  if (!has_timestamps) return Step::unclear;
  const Moment next = *crossing.next->created;
  if (next < acknowledged - kTimestampError) return Step::went_on;
  if (*crossing.last->created + pace.pause + kAtOnce > crossing.last_acknowledged) {
    // Not even one that goes on at once would have done so earlier; one that sends each after the
    // acknowledgement of the one before has waited between these records, and for the last of them too.
    const bool was_held_up = *crossing.last->created >= acknowledged && next >= crossing.last_acknowledged;
    if (!was_held_up) return Step::unclear;
    return crossing.after % pace.flush_every == pace.pause_every ? Step::late_flush : Step::waited;
  }
  const Moment delay = next - crossing.last_acknowledged;
  const bool waited = is_at_once(delay) || is_at_once(delay - pace.pause + kPauseAllowance);
  return waited ? Step::waited : Step::unclear;
}

/// Pauses before which acknowledgements were kept back, but for those with a flush.
std::vector<Crossing> crossings(const std::vector<Sending>& sendings, const HeldRecords& held,
                                const Pace& pace) {
  std::vector<Crossing> found;
  for (std::size_t after = pace.pause_every; after < sendings.size(); after += pace.pause_every) {
    if (after % pace.flush_every == 0) continue;
    Crossing crossing{.after = after, .last = &sendings[after - 1], .next = &sendings[after]};
    bool is_held = false;
    for (std::size_t i = after - pace.pause_every; i < after; ++i) {
      is_held |= held.of(sendings[i], pace.pause + kAtOnce) != nullptr;
      const Moment acknowledged = sendings[i].acknowledged.value_or(Moment::max());
      crossing.first_acknowledged = std::min(crossing.first_acknowledged, acknowledged);
      crossing.last_acknowledged = std::max(crossing.last_acknowledged, acknowledged);
    }
    if (is_held) found.push_back(crossing);
  }
  return found;
}

Evidence evidence_of(const Crossing& crossing, bool has_timestamps) {
  const Moment next = has_timestamps ? *crossing.next->created : crossing.next->arrived();
  return {
      .lines = {crossing.last->first->line, crossing.next->first->line},
      .note = fmt::format("record {} was sent at {:.3f} s; those before it were acknowledged from {:.3f} s "
                          "to {:.3f} s",
                          crossing.after + 1, seconds(next), seconds(crossing.first_acknowledged),
                          seconds(crossing.last_acknowledged))};
}

/// Records, by their number, that were not due for a flush, nor for a pause, and after which the program went
/// on just when their acknowledgement came that was kept back.
std::vector<std::size_t> flushes_between(const std::vector<Sending>& sendings, const HeldRecords& held,
                                         const Pace& pace) {
  std::vector<std::size_t> found;
  for (std::size_t after = 1; after < sendings.size(); ++after) {
    const Sending &last = sendings[after - 1], &next = sendings[after];
    const bool may_be_late = after % pace.flush_every < pace.pause_every;  // a flush that was due before
    if (after % pace.pause_every == 0 || may_be_late || !last.acknowledged) continue;
    const bool is_long = *next.created - *last.created >= pace.hold - kAtOnce;
    const bool is_held = held.of(last, pace.hold - kAtOnce) != nullptr;
    if (is_long && is_held && is_at_once(*next.created - *last.acknowledged)) found.push_back(after);
  }
  return found;
}

Evidence evidence_of(const Sending& last, const Sending& next, std::size_t number) {
  return {.lines = {last.first->line, next.first->line},
          .note = fmt::format("record {} was made at {:.3f} s and acknowledged at {:.3f} s; record {} was "
                              "made at {:.3f} s",
                              number, seconds(*last.created), seconds(*last.acknowledged), number + 1,
                              seconds(*next.created))};
}

std::string hint(const Pace& pace) {
  return fmt::format(
      "call flush() after every {}th record only, and do not wait for single "
      "acknowledgements in between",
      pace.flush_every);
}

Verdict refuted_by_flushes(Verdict verdict, const std::vector<Sending>& sendings,
                           const std::vector<std::size_t>& after, const Pace& pace) {
  for (const std::size_t number : after)
    add_evidence(verdict, evidence_of(sendings[number - 1], sendings[number], number));
  return refuted(verdict,
                 fmt::format("it waited for acknowledgements after record {}", fmt::join(after, ", ")),
                 hint(pace));
}

}  // namespace

Verdict goes_on_unacknowledged(const History& history, std::string_view topic, std::string_view role,
                               const Pace& pace) {
  Verdict verdict{
      .claim = fmt::format("the {} flushes after every {}th record and not before", role, pace.flush_every),
      .expected = "it goes on after a pause, although acknowledgements are kept back"};
  const auto runs = runs_of(history, role);
  if (runs.empty()) return undecided(verdict, fmt::format("the {} was never run", role));
  const std::string& program = runs.front()->program;
  if (!is_heard_in_full(history, program)) return undecided(verdict, unheard(history, program));

  std::vector<Sending> sendings = sendings_of(history, program, topic);
  const std::string distrust = why_not_by_timestamp(history, sendings, longest_stay(pace));
  if (distrust.empty()) sendings = in_order_of_creation(std::move(sendings));
  const auto found = crossings(sendings, HeldRecords(history, program), pace);
  std::vector<std::size_t> between;
  if (distrust.empty()) between = flushes_between(sendings, HeldRecords(history, program), pace);
  if (found.empty() && between.empty())
    return undecided(verdict,
                     fmt::format("no acknowledgement of {} could be kept back before a pause", program));

  verdict.judged = fmt::format("{} while acknowledgements were kept back", counted(found.size(), "pause"));
  std::size_t went_on = 0, waited = 0, unclear = 0;
  std::vector<Evidence> late;
  for (const Crossing& crossing : found) {
    const Step step = step_of(crossing, distrust.empty(), pace);
    went_on += step == Step::went_on;
    waited += step == Step::waited;
    unclear += step == Step::unclear;
    if (step == Step::waited || step == Step::unclear)
      late.push_back(evidence_of(crossing, distrust.empty()));
  }
  // A flush at another record may make it look as if one of the pauses had waited.
  if (!between.empty() && (found.empty() || waited < found.size()))
    return refuted_by_flushes(verdict, sendings, between, pace);
  for (Evidence& evidence : late) add_evidence(verdict, std::move(evidence));
  if (waited > 0)
    return refuted(
        verdict,
        fmt::format("it waited for acknowledgements at {} of {}", waited, counted(found.size(), "pause")),
        hint(pace));
  if (unclear > 0 || went_on == 0)
    return undecided(verdict, distrust.empty() ? "it went on late, but not as one does that flushes"
                                               : "the wire does not show that it went on, and " + distrust);
  return holds(verdict, fmt::format("it went on at {}", counted(went_on, "pause")));
}

}  // namespace klab
