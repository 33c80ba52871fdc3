#include "checks/stored/nothing_removed.hpp"

#include <fmt/format.h>

#include "checks/counted.hpp"
#include "checks/facts/deliveries.hpp"
#include "checks/facts/topic_looks.hpp"

namespace klab {
namespace {

/// What became of the topic between two looks; empty when nothing did.
std::string change(const TopicLooked& before, const TopicLooked& after) {
  if (const std::string_view why = replaced(before, after); !why.empty()) return std::string(why);
  for (const LogBounds& log : before.partitions) {
    const LogBounds* now = bounds_of(after, log.partition);
    if (now == nullptr) return fmt::format("partition {} is gone", log.partition);
    if (now->first > log.first)
      return fmt::format("partition {} held records from offset {} on, and now from {}", log.partition,
                         log.first, now->first);
    if (now->end < log.end)
      return fmt::format("partition {} reached up to offset {}, and now to {}", log.partition, log.end,
                         now->end);
  }
  return {};
}

/// A log that its reader writes to is not the same afterwards.
void add_writers(const History& history, std::string_view topic, std::string_view role, Verdict& verdict) {
  for (const ProgramRun* run : runs_of(history, role))
    for (const SentBatch& batch : history.sent)
      if (batch.program == run->program && batch.topic == topic)
        add_evidence(verdict, {.lines = {batch.line},
                               .note = fmt::format("{} wrote {} to the topic that it reads", run->program,
                                                   counted(batch.messages, "message"))});
}

}  // namespace

Verdict nothing_removed(const History& history, std::string_view topic, std::string_view role) {
  Verdict verdict{.claim = "consuming removes nothing: the log is the same before and after",
                  .expected = "the same topic, with all that it held"};
  const auto looks = looks_at(history, topic);
  if (looks.size() < 2) return undecided(verdict, fmt::format("topic {} was not looked at twice", topic));
  const std::size_t held = offsets_in(*looks.front());
  if (held == 0) return undecided(verdict, fmt::format("topic {} held nothing that could be removed", topic));
  for (const TopicLooked* look : looks)
    if (const std::string what = change(*looks.front(), *look); !what.empty())
      add_evidence(verdict, {.lines = {looks.front()->line, look->line}, .note = what});
  add_writers(history, topic, role, verdict);
  verdict.judged = fmt::format("{} at {}", counted(looks.size(), "look"), counted(held, "offset"));
  if (!verdict.evidence.empty())
    return refuted(verdict, verdict.evidence.front().note,
                   "a consumer only reads: what it has read stays in the topic until its retention is over");
  const Deliveries deliveries(history);
  std::size_t given = 0;
  for (const ProgramRun* run : runs_of(history, role)) given += deliveries.count(run->program, topic);
  if (given == 0)
    return undecided(verdict, fmt::format("the {} was given nothing, so it consumed nothing", role));
  return holds(verdict,
               fmt::format("all of it is still there after {} were consumed", counted(given, "message")));
}

}  // namespace klab
