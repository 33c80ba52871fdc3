#include "cli/outcome.hpp"

#include <fmt/format.h>
#include <fmt/ranges.h>

#include <algorithm>
#include <sstream>
#include <utility>

namespace klab {
namespace {

constexpr std::size_t kLastLines = 3;

void fail(PropertyResult& property, FailKind kind, std::string actual, std::string hint = {}) {
  property.outcome = PropertyOutcome::fail;
  property.kind = kind;
  property.actual = std::move(actual);
  property.hint = std::move(hint);
}

void take_over(PropertyResult& property, const JudgedTest& test) {
  const Verdict& verdict = test.verdict;
  property.file = test.file;
  property.line = test.line;
  property.seconds = test.seconds;
  property.expected = verdict.expected;
  property.actual = verdict.actual;
  property.judged = verdict.judged;
  property.evidence = verdict.evidence;
  property.evidence_left_out = verdict.evidence_left_out;
  property.hint = verdict.hint;
}

void leave_out(PropertyResult& property, const std::string& missing) {
  property.outcome = PropertyOutcome::skipped;
  property.is_left_out = true;
  property.actual = "optional, and not attempted: " + missing;
}

/// The last lines a program printed, on one.
std::string last_words(const ProgramRun& run) {
  std::vector<std::string> lines;
  std::istringstream words(run.last_words);
  for (std::string line; std::getline(words, line);)
    if (line.find_first_not_of(" \t\r") != std::string::npos) lines.push_back(line);
  const std::size_t skipped = lines.size() > kLastLines ? lines.size() - kLastLines : 0;
  return fmt::format("{}",
                     fmt::join(lines.begin() + static_cast<std::ptrdiff_t>(skipped), lines.end(), " | "));
}

/// A kind other than `refuted` where the program came to an end that explains why something is missing.
FailKind kind_of_ending(const ProgramRun& run) {
  switch (run.ending) {
    case Ending::flooded:
    case Ending::limit:
      return FailKind::limit;
    case Ending::deadline:
      return FailKind::timeout;
    case Ending::exited:
      return run.exit_code == 0 ? FailKind::refuted : FailKind::crash;
    case Ending::stopped:
      return FailKind::refuted;
  }
  return FailKind::refuted;
}

std::string hint_for(FailKind kind, Ending ending) {
  if (ending == Ending::limit)
    return "the program used more memory or processes than it may: what grows, or is started, without an "
           "end?";
  switch (kind) {
    case FailKind::crash:
      return "the program ended with an error: its last words say which; run its command by hand";
    case FailKind::timeout:
      return "the program neither ended nor made progress: what does it wait for?";
    case FailKind::limit:
      return "the program printed or sent far more than there is to print or send: does a loop not end?";
    default:
      return {};
  }
}

/// The program whose end explains what is missing: that of which the verdict speaks, or else the first. Null
/// where all ended well.
const ProgramRun* explaining_run(const PropertyResult& property, const std::vector<ProgramRun>& programs) {
  const ProgramRun* first = nullptr;
  for (const ProgramRun& run : programs) {
    const bool is_concerned = std::ranges::find(property.roles, run.role) != property.roles.end();
    if (!is_concerned || kind_of_ending(run) == FailKind::refuted) continue;
    if (property.actual.starts_with(run.program + " ")) return &run;
    if (first == nullptr) first = &run;
  }
  return first;
}

/// First of all evidence comes how the program ended and what it said last.
void explain_by_ending(PropertyResult& property, const std::vector<ProgramRun>& programs) {
  const ProgramRun* run = explaining_run(property, programs);
  if (run == nullptr) return;
  const std::string words = last_words(*run);
  const std::string said = words.empty() ? "it printed nothing" : fmt::format("its last words: {}", words);
  std::erase_if(property.evidence, [&](const Evidence& one) { return one.lines == std::vector{run->line}; });
  property.evidence.insert(
      property.evidence.begin(),
      Evidence{{run->line}, fmt::format("{} {}; {}", run->program, describe_ending(*run), said)});
  property.kind = kind_of_ending(*run);
  property.hint = hint_for(property.kind, run->ending);
}

/// What a property could not be judged without, and does not hold; null where all of that holds. Of
/// properties that are not part of the run nothing is known.
const PropertyResult* unmet_need(const PropertyResult& property, const RunResult& run) {
  for (const SectionResult& section : run.sections)
    for (const PropertyResult& other : section.properties)
      if (other.outcome != PropertyOutcome::pass &&
          std::ranges::find(property.needs, other.id) != property.needs.end())
        return &other;
  return nullptr;
}

void settle(PropertyResult& property, const RunResult& run) {
  if (property.undecided.empty()) return;
  const PropertyResult* need = unmet_need(property, run);
  property.outcome = need != nullptr ? PropertyOutcome::skipped : PropertyOutcome::error;
  property.actual = need != nullptr ? fmt::format("needs {}: {}", need->id, property.undecided)
                                    : fmt::format("undecided: {}", property.undecided);
}

void decide(PropertyResult& property, const JudgedTest& test, const std::vector<ProgramRun>& programs) {
  take_over(property, test);
  if (!test.harness_error.empty()) {
    property.outcome = PropertyOutcome::error;
    property.actual = test.harness_error;
    return;
  }
  switch (test.verdict.outcome) {
    case Outcome::holds:
      property.outcome = PropertyOutcome::pass;
      break;
    case Outcome::refuted:
      property.outcome = PropertyOutcome::fail;
      property.kind = FailKind::refuted;
      if (test.verdict.is_shortfall) explain_by_ending(property, programs);
      break;
    case Outcome::undecided:
      property.undecided = test.verdict.actual;
      explain_by_ending(property, programs);
      break;
  }
}

/// Why a property was not attempted; empty when it was.
std::string missing_role(const PropertyResult& property, const Submission& submission) {
  std::vector<std::string> present;
  for (const auto& [role, command] : submission.programs) present.push_back(role);
  for (const std::string& role : property.roles)
    if (!submission.has(role))
      return fmt::format("submission.json has no program \"{}\"; it has: {}", role, fmt::join(present, ", "));
  return {};
}

std::vector<ProgramSummary> summaries(const std::vector<ProgramRun>& programs) {
  std::vector<ProgramSummary> summaries;
  for (const ProgramRun& run : programs)
    summaries.push_back({.name = run.program, .command = run.command, .ending = describe_ending(run)});
  return summaries;
}

/// What setup printed belongs to all of its failures; told once is enough.
void fail_for_setup(PropertyResult& property, const SectionFacts& facts, bool is_first) {
  fail(property, FailKind::build, facts.setup_failure,
       "run the setup command by hand in a fresh copy of the folder");
  if (is_first) property.evidence = {{{}, fmt::format("setup printed: {}", facts.setup_output)}};
}

}  // namespace

SectionResult planned_result(const PlannedSection& section) {
  SectionResult result{.id = section.id,
                       .title = section.title,
                       .folder = "sections/" + section.id,
                       .is_optional = section.is_optional};
  for (const PlannedProperty& planned : section.properties)
    result.properties.push_back({.id = planned.id,
                                 .claim = planned.claim,
                                 .witness = fmt::format("{}", fmt::join(planned.witness, ", ")),
                                 .points = planned.points,
                                 .needs = planned.needs,
                                 .roles = planned.roles,
                                 .is_hidden = planned.is_hidden});
  return result;
}

void decide_outcomes(SectionResult& result, const PlannedSection& section, const Submission& submission,
                     const SectionFacts& facts) {
  result.programs = summaries(facts.programs);
  bool told_of_setup = false;
  for (std::size_t i = 0; i < section.properties.size(); ++i) {
    PropertyResult& property = result.properties[i];
    const auto test = std::ranges::find(facts.tests, section.properties[i].test, &JudgedTest::test);
    if (const std::string missing = missing_role(property, submission); !missing.empty()) {
      if (section.is_optional)
        leave_out(property, missing);
      else
        fail(property, FailKind::not_attempted, missing, "add the program, or see the spelling of its role");
    } else if (!facts.setup_failure.empty() && !property.roles.empty()) {
      fail_for_setup(property, facts, !std::exchange(told_of_setup, true));
    } else if (test != facts.tests.end()) {
      decide(property, *test, facts.programs);
    } else if (!facts.spec_failure.empty()) {
      property.outcome = PropertyOutcome::error;
      property.actual = facts.spec_failure;
    }
  }
}

void settle_undecided(RunResult& run) {
  for (SectionResult& section : run.sections)
    for (PropertyResult& property : section.properties) settle(property, run);
}

}  // namespace klab
