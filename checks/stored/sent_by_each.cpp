#include "checks/stored/sent_by_each.hpp"

#include <fmt/format.h>

#include <set>

#include "checks/counted.hpp"
#include "checks/stored/stored_times.hpp"

namespace klab {
namespace {

std::set<std::string_view> ids_sent_by(const History& history, std::string_view program,
                                       std::string_view topic) {
  std::set<std::string_view> ids;
  for (const SentBatch& sent : history.sent)
    if (sent.program == program && sent.topic == topic) ids.insert(sent.ids.begin(), sent.ids.end());
  return ids;
}

}  // namespace

Verdict sent_by_each(const History& history, std::string_view topic, std::string_view role,
                     std::size_t programs) {
  Verdict verdict = stored_times(history, topic, programs);
  verdict.claim += fmt::format(", once for each {}", role);
  if (verdict.outcome != Outcome::holds) return verdict;

  const auto runs = runs_of(history, role);
  if (runs.size() != programs)
    return undecided(verdict, fmt::format("{} ran, not {}", counted(runs.size(), role), programs));
  if (std::string why = unheard(history, runs); !why.empty()) return undecided(verdict, std::move(why));
  std::size_t missing = 0;
  for (const ProgramRun* run : runs) {
    const auto sent = ids_sent_by(history, run->program, topic);
    for (std::size_t position = 0; position < history.sample.size(); ++position) {
      const SampleRecord& record = history.sample[position];
      if (sent.contains(record.id)) continue;
      ++missing;
      add_evidence(verdict, {.lines = {record.line, run->line},
                             .note = fmt::format("record {} of the file (id {}) was never sent by {}",
                                                 position + 1, record.id, run->program)});
    }
  }
  verdict.judged += fmt::format("; what {} {}s sent", programs, role);
  if (missing == 0) return holds(verdict, verdict.expected + fmt::format(", once from each {}", role));
  return refuted(
      verdict,
      fmt::format("every record is stored {}, but {} not sent by one of the {}s", counted(programs, "time"),
                  missing == 1 ? "one was" : fmt::format("{} were", missing), role),
      "each producer has to send the whole file; it is its own copy, not a part of a shared one");
}

}  // namespace klab
