#include "cli/check/played_section.hpp"

#include "checks/facts/disagreements.hpp"
#include "checks/history/history_json.hpp"
#include "cli/check/program_account.hpp"
#include "reports/pictures/history_timelines.hpp"
#include "reports/pictures/offset_charts.hpp"
#include "reports/pictures/record_lives.hpp"
#include "runners/whole_file.hpp"

namespace klab {
namespace {

namespace fs = std::filesystem;

constexpr std::size_t kOutputTail = 4000;

std::string end_of(const std::string& text) {
  return text.size() > kOutputTail ? text.substr(text.size() - kOutputTail) : text;
}

}  // namespace

void read_played_section(SectionResult& result, const PlannedSection& section, const Submission& submission,
                         const fs::path& folder, const fs::path& verdicts, const History& history,
                         SectionFacts facts) {
  facts.tests = read_judged_tests(read_whole_file(verdicts), verdicts.string());
  facts.programs = history.programs;
  result.disagreements = disagreements(history);
  decide_outcomes(result, section, submission, facts);
  for (ProgramSummary& program : result.programs) {
    program.out_tail = end_of(read_whole_file(folder / "programs" / (program.name + ".out")));
    program.err_tail = end_of(read_whole_file(folder / "programs" / (program.name + ".err")));
  }
}

History load_played_history(const fs::path& folder) {
  const fs::path file = folder / "history.jsonl";
  return fs::exists(file) ? load_history(file) : History();
}

History load_played_programs(const fs::path& folder) {
  const fs::path file = folder / "history.jsonl";
  return fs::exists(file) ? load_program_runs(file) : History();
}

void illustrate(SectionResult& result, const History& history) {
  result.timelines = history_timelines(history);
  result.offset_charts = offset_charts(history);
  tell_lives(result, history);
  for (ProgramSummary& program : result.programs) program.account = program_account(history, program.name);
}

}  // namespace klab
