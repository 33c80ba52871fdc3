#include "checks/sending/delivered_soon.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <vector>

#include "checks/counted.hpp"
#include "checks/facts/deliveries.hpp"
#include "checks/facts/sendings.hpp"
#include "checks/history/seconds.hpp"

namespace klab {
namespace {

using namespace std::chrono_literals;

// Less is no pause between two records.
constexpr Moment kShortestPause = 1s;

/// A record on its way to somebody who waits for it.
struct Passage {
  const Sending* sending = nullptr;
  std::size_t number = 0;            // as they arrived, from 1
  Moment delivered = Moment::max();  // max: never

  Moment delay() const { return delivered == Moment::max() ? delivered : delivered - sending->arrived(); }
};

bool reads(const History& history, const ProgramRun& run, const Sending& sending) {
  const Moment end = run.told_to_stop > Moment(0) ? run.told_to_stop : run.ended;
  return sending.arrived() < end &&
         std::ranges::any_of(history.fetch_started, [&](const FetchStarted& started) {
           return started.program == run.program && started.topic == sending.logged->topic &&
                  started.partition == sending.logged->partition && started.at <= sending.arrived();
         });
}

/// Only of records that somebody was waiting for when they arrived.
std::vector<Passage> passages(const History& history, const std::vector<Sending>& sendings,
                              const Runs& readers) {
  const Deliveries deliveries(history);
  std::vector<Passage> found;
  for (std::size_t i = 0; i < sendings.size(); ++i) {
    const Sending& sending = sendings[i];
    if (sending.logged == nullptr) continue;
    Passage passage{.sending = &sending, .number = i + 1};
    bool is_awaited = false;
    for (const ProgramRun* run : readers) {
      is_awaited |= reads(history, *run, sending);
      const auto given = deliveries.first(run->program, *sending.logged);
      passage.delivered = std::min(passage.delivered, given.value_or(Moment::max()));
    }
    if (is_awaited) found.push_back(passage);
  }
  return found;
}

Moment median_delay(const std::vector<Passage>& passages) {
  std::vector<Moment> delays;
  for (const Passage& passage : passages) delays.push_back(passage.delay());
  return median_of(std::move(delays));
}

/// Whether the tap may have kept its acknowledgement back.
bool may_be_held(const History& history, const Sending& sending) {
  return std::ranges::any_of(history.acknowledgements_held, [&](const AcknowledgementsHeld& held) {
    return held.program == sending.first->program && sending.arrived() <= held.until &&
           *sending.acknowledged >= held.from;
  });
}

/// What the broker itself takes to acknowledge half of the records; nothing where nobody can tell.
Moment broker_takes(const History& history, const std::vector<Sending>& sendings) {
  std::vector<Moment> times;
  for (const Sending& sending : sendings)
    if (sending.acknowledged && !may_be_held(history, sending))
      times.push_back(*sending.acknowledged - sending.arrived());
  return times.empty() ? Moment() : median_of(std::move(times));
}

bool lie_apart(const Sending& early, const Sending& late, bool are_timestamps_true) {
  if (late.arrived() - early.arrived() >= kShortestPause) return true;
  return are_timestamps_true && *late.created - *early.created >= kShortestPause;
}

std::string who_asks_late(std::string_view reader) {
  return fmt::format("does the {} ask for records all the time? see fetch.min.bytes and waits between polls",
                     reader);
}

std::string when(const Passage& passage) {
  return passage.delivered == Moment::max()
             ? "never delivered"
             : fmt::format("delivered at {:.3f} s", seconds(passage.delivered));
}

Evidence evidence_of(const Passage& passage) {
  const Sending& sending = *passage.sending;
  return {.lines = {sending.first->line, sending.logged->line},
          .note = fmt::format("record {} (id {}) arrived at {:.3f} s and was {}", passage.number, sending.id,
                              seconds(sending.arrived()), when(passage))};
}

/// Why nothing can be said; empty when something can.
std::string obstacle(const History& history, const Runs& senders, const Runs& readers,
                     std::string_view sender, std::string_view reader) {
  if (senders.empty()) return fmt::format("the {} was never run", sender);
  if (readers.empty()) return fmt::format("the {} was never run", reader);
  for (const auto* runs : {&senders, &readers})
    if (std::string why = unheard(history, *runs); !why.empty()) return why;
  return {};
}

}  // namespace

Verdict delivered_soon(const History& history, std::string_view topic, std::string_view sender,
                       std::string_view reader, const Pace& pace, Moment delay) {
  Verdict verdict{
      .claim =
          fmt::format("the {} is given a record soon after it is stored, and not only after a flush", reader),
      .expected = fmt::format("half of the records delivered within {} s, and records 1 to {} before "
                              "record {} is sent",
                              seconds(delay), pace.pause_every, pace.flush_every)};
  const auto senders = runs_of(history, sender), readers = runs_of(history, reader);
  if (const auto why_not = obstacle(history, senders, readers, sender, reader); !why_not.empty())
    return undecided(verdict, why_not);

  const auto sendings = sendings_of(history, senders.front()->program, topic);
  if (sendings.size() < pace.flush_every)
    return undecided(verdict, fmt::format("the {} sent {}", sender, counted(sendings.size(), "record")));
  const auto judged = passages(history, sendings, readers);
  const bool has_first =
      judged.size() >= pace.pause_every && judged[pace.pause_every - 1].number == pace.pause_every;
  if (2 * judged.size() < sendings.size() || !has_first)
    return undecided(verdict, fmt::format("the {} was waiting for {} of {} records when they arrived", reader,
                                          judged.size(), sendings.size()));
  const Sending& late = sendings[pace.flush_every - 1];
  const bool are_timestamps_true = why_not_by_timestamp(history, sendings, longest_stay(pace)).empty();
  if (!lie_apart(sendings[pace.pause_every - 1], late, are_timestamps_true))
    return undecided(verdict, fmt::format("the {} makes no pause between records {} and {}", sender,
                                          pace.pause_every, pace.flush_every));

  const Moment median = median_delay(judged);
  verdict.judged = counted(judged.size(), "record");
  for (std::size_t i = 0; i < pace.pause_every; ++i)
    if (judged[i].delivered >= late.arrived()) add_evidence(verdict, evidence_of(judged[i]));
  if (const std::size_t held_back = evidence_count(verdict); held_back > 0)
    return refuted(
        verdict,
        fmt::format("{} of the first {} records not delivered before record {} was sent, at {:.3f} s",
                    held_back, pace.pause_every, pace.flush_every, seconds(late.arrived())),
        lie_apart(sendings[pace.pause_every - 1], late, false)
            ? who_asks_late(reader)
            : "does the client hold records back until the flush? see linger.ms and batch.size");
  if (median <= delay)
    return holds(verdict, fmt::format("half of them within {:.3f} s of their arrival", seconds(median)));
  // A delivery is a broker's answer too: to a request that may come as late as the record did.
  if (const Moment takes = broker_takes(history, sendings); median <= delay + 2 * takes)
    return undecided(verdict, fmt::format("half of them later than {:.3f} s after their arrival, from a "
                                          "broker so busy that acknowledging half of them took {:.3f} s",
                                          seconds(median), seconds(takes)));
  for (const Passage& passage : judged)
    if (passage.delay() > delay) add_evidence(verdict, evidence_of(passage));
  return refuted(verdict,
                 median == Moment::max()
                     ? "most records were never delivered"
                     : fmt::format("half of them later than {:.3f} s after their arrival", seconds(median)),
                 who_asks_late(reader));
}

}  // namespace klab
