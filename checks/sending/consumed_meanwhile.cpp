#include "checks/sending/consumed_meanwhile.hpp"

#include <fmt/format.h>

#include <algorithm>

#include "checks/counted.hpp"
#include "checks/history/seconds.hpp"

namespace klab {
namespace {

const FetchStarted* first_fetch(const History& history, std::string_view program, std::string_view topic) {
  const FetchStarted* first = nullptr;
  for (const FetchStarted& started : history.fetch_started)
    if (started.program == program && started.topic == topic && (first == nullptr || started.at < first->at))
      first = &started;
  return first;
}

const SentBatch* last_sent(const History& history, const Runs& runs, std::string_view topic) {
  const SentBatch* last = nullptr;
  for (const SentBatch& sent : history.sent)
    if (sent.topic == topic && (last == nullptr || sent.at > last->at) &&
        std::ranges::any_of(runs, [&](const ProgramRun* run) { return run->program == sent.program; }))
      last = &sent;
  return last;
}

}  // namespace

Verdict consumed_meanwhile(const History& history, std::string_view topic, std::string_view producers,
                           std::string_view consumers) {
  Verdict verdict{.claim = "consumption starts before production ends",
                  .expected = fmt::format("each {} reads before the {}s have sent their last record",
                                          consumers, producers)};
  const auto senders = runs_of(history, producers), readers = runs_of(history, consumers);
  for (const auto* runs : {&senders, &readers})
    if (std::string why = unheard(history, *runs); !why.empty()) return undecided(verdict, std::move(why));
  const SentBatch* last = last_sent(history, senders, topic);
  if (last == nullptr) return undecided(verdict, fmt::format("the {}s sent nothing", producers));
  if (readers.empty()) return undecided(verdict, fmt::format("the {} was never run", consumers));

  for (const ProgramRun* run : readers) {
    const FetchStarted* first = first_fetch(history, run->program, topic);
    if (first == nullptr) return undecided(verdict, fmt::format("{} never read the topic", run->program));
    if (first->at < last->at) continue;
    add_evidence(verdict, {.lines = {last->line, first->line},
                           .note = fmt::format("{} began to read at {:.3f} s, the last record was sent at "
                                               "{:.3f} s",
                                               run->program, seconds(first->at), seconds(last->at))});
  }
  verdict.judged =
      fmt::format("{} and {}", counted(readers.size(), "consumer"), counted(senders.size(), "producer"));
  if (verdict.evidence.empty()) return holds(verdict, "all of them read while records were still sent");
  return refuted(verdict,
                 fmt::format("{} began to read when the last record had been sent",
                             counted(evidence_count(verdict), "program")),
                 "a consumer joins its group and polls as soon as it is started");
}

}  // namespace klab
