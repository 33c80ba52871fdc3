#include "checks/transactions/asks_for_committed.hpp"

#include <fmt/format.h>

#include "checks/counted.hpp"

namespace klab {

Verdict asks_for_committed(const History& history, std::string_view topic, std::string_view role) {
  Verdict verdict{.claim = fmt::format("the {} asks for committed records only", role),
                  .expected = "isolation level read_committed in each fetch"};
  std::size_t fetches = 0;
  for (const ProgramRun* run : runs_of(history, role)) {
    if (!is_heard_in_full(history, run->program)) return undecided(verdict, unheard(history, run->program));
    for (const FetchStarted& fetch : history.fetch_started) {
      if (fetch.program != run->program || fetch.topic != topic) continue;
      ++fetches;
      if (!fetch.is_read_committed)
        add_evidence(verdict, {.lines = {fetch.line},
                               .note = fmt::format("{} reads partition {} at read_uncommitted", fetch.program,
                                                   fetch.partition)});
    }
  }
  if (fetches == 0) return undecided(verdict, fmt::format("the {} never read topic {}", role, topic));
  verdict.judged = counted(fetches, "start") + " of reading a partition";
  if (verdict.evidence.empty()) return holds(verdict, "read_committed in " + verdict.judged);
  return refuted(verdict,
                 fmt::format("read_uncommitted in {} of {}", evidence_count(verdict), verdict.judged),
                 "set isolation.level to read_committed; Java's default is read_uncommitted");
}

}  // namespace klab
