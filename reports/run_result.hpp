#pragma once

#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "checks/verdict/verdict.hpp"
#include "reports/pictures/offset_chart.hpp"
#include "reports/pictures/record_life.hpp"
#include "reports/pictures/timeline.hpp"

namespace klab {

/// What the report says of a property. `error` is the grader's own shortfall and costs nobody points;
/// `not_run` is what every planned property starts as, so that a run cut short still reads truthfully.
enum class PropertyOutcome { not_run, pass, fail, skipped, error };

/// Why a property failed. Only `refuted` is a check's verdict on the history; the others say what went wrong
/// first.
enum class FailKind { refuted, timeout, limit, crash, build, not_attempted };

std::string_view name_of(PropertyOutcome outcome);
std::string_view name_of(FailKind kind);

/// One property as planned in lab.json, with what became of it.
struct PropertyResult {
  std::string id = {};       ///< stable: "A.stored-once"
  std::string claim = {};    ///< a sentence in present tense
  std::string witness = {};  ///< who was asked: "log", "wire, program, log"
  double points = 0;
  std::vector<std::string> needs = {};  ///< ids without which this cannot be judged
  std::vector<std::string> roles = {};  ///< programs without which this was not attempted
  PropertyOutcome outcome = PropertyOutcome::not_run;
  bool is_left_out = false;  ///< skipped, as it is optional and was not attempted: counts for nothing
  bool is_hidden = false;    ///< judged, and told to the student only after the deadline
  FailKind kind = FailKind::refuted;  ///< meaningful for `fail` only
  std::string expected = {};
  std::string actual = {};     ///< for `skipped` and `error`: the reason
  std::string undecided = {};  ///< why the check could not tell; empty when it could
  std::string judged = {};
  std::vector<Evidence> evidence = {};
  std::size_t evidence_left_out = 0;
  std::vector<std::vector<RecordLife>> lives = {};  ///< of the records that `evidence` names, in its order
  std::size_t lives_left_out = 0;
  std::string hint = {};
  std::string file = {};  ///< where the spec asserts it, from the repository's root
  int line = 0;
  double seconds = 0;
};

/// What a program printed, or what the wire heard of it: one thing, or several alike in a row, of one side
/// only, so that the two interleave by time. Raw.
struct AccountEntry {
  Moment at = {};  ///< of the first
  std::string printed = {};
  std::string heard = {};
  std::size_t left_out = 0;  ///< in place of both: so many entries
};

/// One run of one of the submission's programs.
struct ProgramSummary {
  std::string name = {};      ///< "producer-1"
  std::string command = {};   ///< as the shell was given it
  std::string ending = {};    ///< "exited with 0 after 1.2 s"
  std::string out_tail = {};  ///< the last lines of stdout, raw bytes of the program: escape before showing
  std::string err_tail = {};
  std::vector<AccountEntry> account = {};  ///< by time
};

struct SectionResult {
  std::string id = {};     ///< "A"
  std::string title = {};  ///< "Initialization"
  double seconds = 0;
  std::string folder = {};  ///< with history.jsonl and verdicts.jsonl, relative to the run directory
  std::vector<std::string> notes = {};       ///< what the grader wants known: retries, fallbacks
  std::vector<Evidence> disagreements = {};  ///< of the witnesses, with lines of history.jsonl
  std::vector<ProgramSummary> programs = {};
  std::vector<Timeline> timelines = {};
  std::vector<OffsetChart> offset_charts = {};
  std::vector<PropertyResult> properties = {};
  bool is_optional = false;    ///< what it gives comes on top of what the lab asks for
  int withheld = 0;            ///< hidden properties that this view of the run leaves out
  double withheld_points = 0;  ///< what they are worth
};

/// Everything a report may tell. Reports only render it; none decides anything.
struct RunResult {
  std::string lab = {};         ///< "Data Transport"
  std::string submission = {};  ///< the folder as the user named it
  std::string started_at = {};  ///< ISO 8601, UTC
  double seconds = 0;
  std::string seed = {};
  std::string tool_version = {};
  std::string broker = {};   ///< "Kafka 4.3.0, process, Java 17.0.15"
  std::string sandbox = {};  ///< "namespaces of this machine", "none"
  std::vector<std::string> notes = {};
  std::vector<SectionResult> sections = {};
};

struct Tally {
  int passed = 0, failed = 0, skipped = 0, errors = 0, not_run = 0;
  int left_out = 0;  ///< of those that were skipped: optional, and not attempted
  double points = 0, of = 0;
};

Tally tally(const RunResult& run);
Tally tally(const SectionResult& section);

/// What the lab asks of everybody: the points of all sections that are not optional. The same for every
/// submission, whatever came of the run and whoever looks at it.
double required_points(const RunResult& run);
double required_points(const SectionResult& section);

/// 0 when every property passed; 1 when something failed; 2 when nothing failed but the grader fell short.
int exit_code(const RunResult& run);

/// The properties with that outcome, in the lab's order.
std::vector<const PropertyResult*> properties_with(const RunResult& run, PropertyOutcome outcome);

}  // namespace klab
