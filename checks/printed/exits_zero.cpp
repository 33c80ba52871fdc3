#include "checks/printed/exits_zero.hpp"

#include <fmt/format.h>

#include "checks/counted.hpp"

namespace klab {

Verdict exits_zero(const History& history, std::string_view role) {
  Verdict verdict{.claim = fmt::format("the {} ends by itself and exits 0", role), .expected = "exit code 0"};
  const auto runs = runs_of(history, role);
  if (runs.empty()) return undecided(verdict, fmt::format("the {} was never run", role));

  for (const ProgramRun* run : runs)
    if (run->ending != Ending::exited || run->exit_code != 0)
      add_evidence(verdict,
                   {.lines = {run->line}, .note = fmt::format("{} {}", run->program, describe_ending(*run))});

  verdict.judged = counted(runs.size(), "run");
  if (verdict.evidence.empty()) return holds(verdict, fmt::format("exit code 0 in {}", verdict.judged));
  verdict.is_shortfall = true;
  return refuted(verdict, verdict.evidence.front().note,
                 "end the program when the last record is acknowledged, with exit code 0 when all went well");
}

}  // namespace klab
