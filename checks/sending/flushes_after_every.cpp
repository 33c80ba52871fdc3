#include "checks/sending/flushes_after_every.hpp"

#include <fmt/format.h>

#include <algorithm>

#include "checks/counted.hpp"
#include "checks/facts/held_records.hpp"
#include "checks/facts/sendings.hpp"
#include "checks/history/seconds.hpp"

namespace klab {
namespace {

using namespace std::chrono_literals;

constexpr Moment kLongerThanAPause = 300ms;

/// Between the last record before a flush and the next one.
struct Barrier {
  std::size_t after = 0;                             // records
  const Sending *latest = nullptr, *next = nullptr;  // `latest` of those before it to be acknowledged
  bool is_held = false;
};

Moment acknowledged(const Sending& sending) { return sending.acknowledged.value_or(Moment::max()); }

std::vector<Barrier> barriers(const std::vector<Sending>& sendings, const HeldRecords& held,
                              const Pace& pace) {
  std::vector<Barrier> found;
  for (std::size_t after = pace.flush_every; after < sendings.size(); after += pace.flush_every) {
    const auto before = sendings.begin() + static_cast<std::ptrdiff_t>(after);
    const auto latest = std::max_element(sendings.begin(), before, [](const Sending& a, const Sending& b) {
      return acknowledged(a) < acknowledged(b);
    });
    const auto cycle = before - static_cast<std::ptrdiff_t>(pace.flush_every);
    const bool is_held = std::any_of(cycle, before, [&](const Sending& sending) {
      return acknowledged(sending) == acknowledged(*latest) &&
             held.of(sending, pace.pause + kLongerThanAPause) != nullptr;
    });
    found.push_back({after, &*latest, &*before, is_held});
  }
  return found;
}

bool is_crossed(const Barrier& barrier, bool has_timestamps) {
  const Moment all_acknowledged = acknowledged(*barrier.latest);
  if (barrier.next->arrived() < all_acknowledged) return true;
  return has_timestamps && *barrier.next->created < all_acknowledged - kTimestampError;
}

Evidence evidence_of(const Barrier& barrier) {
  const Sending& latest = *barrier.latest;
  const Moment sent = std::min(barrier.next->arrived(), barrier.next->created.value_or(Moment::max()));
  const std::string when = latest.acknowledged
                               ? fmt::format("was acknowledged at {:.3f} s", seconds(*latest.acknowledged))
                               : "was never acknowledged";
  return {.lines = {latest.first->line, barrier.next->first->line},
          .note = fmt::format("record {} was sent at {:.3f} s, but a record before it (id {}) {}",
                              barrier.after + 1, seconds(sent), latest.id, when)};
}

}  // namespace

Verdict flushes_after_every(const History& history, std::string_view topic, std::string_view role,
                            const Pace& pace) {
  Verdict verdict{
      .claim = fmt::format("the {} has everything acknowledged after every {}th record before it goes on",
                           role, pace.flush_every),
      .expected = "no record sent before all earlier ones are acknowledged, where a flush is due"};
  const auto runs = runs_of(history, role);
  if (runs.empty()) return undecided(verdict, fmt::format("the {} was never run", role));
  const std::string& program = runs.front()->program;
  if (!is_heard_in_full(history, program)) return undecided(verdict, unheard(history, program));
  const std::vector<Sending> sendings = sendings_of(history, program, topic);
  if (std::ranges::any_of(sendings, [](const Sending& sending) { return sending.first->acks == 0; }))
    return undecided(
        verdict, fmt::format("{} asks for no acknowledgements (acks=0), so flush() waits for none", program),
        "use acks=all, the default of most clients");

  const bool has_timestamps = why_not_by_timestamp(history, sendings, longest_stay(pace)).empty();
  const auto found = barriers(sendings, HeldRecords(history, program), pace);
  std::size_t crossed = 0;
  for (const Barrier& barrier : found) {
    if (!is_crossed(barrier, has_timestamps)) continue;
    ++crossed;
    add_evidence(verdict, evidence_of(barrier));
  }
  verdict.judged =
      fmt::format("{} in {}", counted(found.size(), "flush", "flushes"), counted(sendings.size(), "record"));
  if (crossed > 0)
    return refuted(verdict,
                   fmt::format("{} of {} missing", crossed, counted(found.size(), "flush", "flushes")),
                   fmt::format("call flush() after every {}th record: it returns when everything sent so far "
                               "is acknowledged, unless it is given too short a timeout",
                               pace.flush_every));
  if (std::ranges::none_of(found, &Barrier::is_held))
    return undecided(verdict, fmt::format("no acknowledgement of {} could be kept back before a flush, so "
                                          "the pause may hide that there is none",
                                          program));
  return holds(verdict, fmt::format("{}, one of them with acknowledgements kept back",
                                    counted(found.size(), "flush", "flushes")));
}

}  // namespace klab
