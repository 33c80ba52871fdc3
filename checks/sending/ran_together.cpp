#include "checks/sending/ran_together.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <optional>

#include "checks/history/seconds.hpp"

namespace klab {
namespace {

struct Span {
  std::string program = {};
  Line line = 0;  // of its first batch
  Moment first = {}, last = {};
};

/// Nothing where the program sent nothing.
std::optional<Span> span_of(const History& history, const std::string& program) {
  std::optional<Span> span;
  bool wants_answers = false;
  for (const SentBatch& sent : history.sent) {
    if (sent.program != program) continue;
    if (!span) span = {.program = program, .line = sent.line, .first = sent.at, .last = sent.at};
    span->last = std::max(span->last, sent.at);
    wants_answers |= sent.acks != 0;
  }
  if (!span) return span;
  for (const Answered& answered : history.answered)
    if (answered.program == program) span->last = std::max(span->last, answered.at);
  for (const Disconnected& disconnected : history.disconnected)
    if (disconnected.program == program && !wants_answers) span->last = std::max(span->last, disconnected.at);
  return span;
}

std::string describe(const Span& span) {
  return fmt::format("{} sent from {:.3f} s to {:.3f} s", span.program, seconds(span.first),
                     seconds(span.last));
}

}  // namespace

Verdict ran_together(const History& history, std::string_view role) {
  Verdict verdict{.claim = fmt::format("the {}s send at the same time", role),
                  .expected = "spans of sending that overlap"};
  std::vector<Span> spans;
  for (const ProgramRun* run : runs_of(history, role)) {
    if (!is_heard_in_full(history, run->program)) return undecided(verdict, unheard(history, run->program));
    const auto span = span_of(history, run->program);
    if (!span) return undecided(verdict, fmt::format("{} sent nothing", run->program));
    spans.push_back(*span);
  }
  if (spans.size() < 2) return undecided(verdict, fmt::format("fewer than two {}s ran", role));

  verdict.judged = fmt::format("{} {}s", spans.size(), role);
  const Span& latest = *std::ranges::max_element(spans, {}, &Span::first);
  const Span& earliest = *std::ranges::min_element(spans, {}, &Span::last);
  for (const Span& span : spans) add_evidence(verdict, {.lines = {span.line}, .note = describe(span)});
  if (latest.first <= earliest.last) {
    const double together = seconds(earliest.last - latest.first);
    verdict.evidence.clear();
    return holds(verdict, fmt::format("all of them were sending for {:.3f} s", together));
  }
  return refuted(verdict,
                 fmt::format("{} began {:.1f} s after {} had ended", latest.program,
                             seconds(latest.first - earliest.last), earliest.program),
                 "each producer has to send by itself, without waiting for the other");
}

}  // namespace klab
