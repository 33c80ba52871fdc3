#include "cli/class/class_row.hpp"

#include <fmt/format.h>

#include <array>

#include "checks/errors.hpp"
#include "checks/json/json_fields.hpp"
#include "cli/check/loaded_submission.hpp"
#include "cli/check/submission_grading.hpp"
#include "runners/submission/submission_files.hpp"
#include "runners/whole_file.hpp"

namespace klab {
namespace {

namespace fs = std::filesystem;

JsonFields read_run_json(const fs::path& run) {
  return JsonFields::parse(read_whole_file(run / "run.json"), (run / "run.json").string());
}

PropertyOutcome outcome_of(const JsonFields& properties, const std::string& id) {
  constexpr std::array kAll{PropertyOutcome::not_run, PropertyOutcome::pass, PropertyOutcome::fail,
                            PropertyOutcome::skipped, PropertyOutcome::error};
  for (const PropertyOutcome outcome : kAll)
    if (properties.text(id) == name_of(outcome)) return outcome;
  throw properties.error(id, "pass, fail, skipped, error or not run");
}

void read_run(ClassRow& row, const JsonFields& json) {
  row.points = json.real("points");
  row.of = json.real("points_possible");
  row.seconds = json.real("seconds");
  const JsonFields sections = json.object("sections"), properties = json.object("properties"),
                   errors = json.object("errors");
  for (const std::string& id : sections.names()) {
    const JsonFields section = sections.object(id);
    row.sections.push_back({id, section.real("points"), section.real("points_possible")});
  }
  for (const std::string& id : properties.names()) row.outcomes.emplace_back(id, outcome_of(properties, id));
  for (const std::string& id : errors.names()) row.errors.emplace_back(id, errors.text(id));
}

ClassRow without_run(const fs::path& run, const std::string& submission) {
  if (!fs::exists(run)) return {.submission = submission};
  const GradingEnd end = read_grading_end(run);
  if (end.is_refusal) return {.submission = submission, .state = GradingState::refused, .reason = end.reason};
  const std::string words = end.reason.empty() ? "it left no word; check.log has all it said" : end.reason;
  return {.submission = submission,
          .state = GradingState::broken_off,
          .reason = fmt::format("klab check {}: {}", end.ended, words)};
}

}  // namespace

ClassRow read_class_row(const fs::path& run, const std::string& submission) {
  const std::string kept = "runs/" + submission;
  try {
    if (!fs::exists(run / "run.json")) {
      ClassRow row = without_run(run, submission);
      if (row.state != GradingState::not_graded) row.run = kept;
      return row;
    }
    const JsonFields json = read_run_json(run);
    if (!json.flag("finished")) {
      ClassRow row = without_run(run, submission);
      row.run = kept;
      return row;
    }
    ClassRow row{.submission = submission, .state = GradingState::graded, .run = kept};
    read_run(row, json);
    return row;
  } catch (const BadInput& error) {
    return {.submission = submission, .state = GradingState::broken_off, .reason = error.what(), .run = kept};
  }
}

bool is_up_to_date(const fs::path& run, const fs::path& submission, const Lab& lab) {
  try {
    const JsonFields json = read_run_json(run);
    if (!json.flag("finished") || json.text("lab_digest") != lab.digest) return false;
    Submission now = load_or_guess(submission, lab).submission;
    now.links = Links::into_own_folder;
    return json.text("submission_digest") == digest_of(list_submission_files(now), now.setup);
  } catch (const std::exception&) {
    return false;  // what cannot be read now is for klab check to say
  }
}

}  // namespace klab
