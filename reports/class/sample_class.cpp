#include "reports/class/sample_class.hpp"

namespace klab {
namespace {

constexpr auto kPass = PropertyOutcome::pass, kFail = PropertyOutcome::fail,
               kSkipped = PropertyOutcome::skipped, kError = PropertyOutcome::error;

ClassRow graded(std::string name, std::vector<SectionPoints> sections, std::vector<PropertyOutcome> outcomes,
                double seconds) {
  ClassRow row{.submission = std::move(name), .state = GradingState::graded, .seconds = seconds};
  for (const SectionPoints& section : sections) {
    row.points += section.points;
    row.of += section.of;
  }
  row.sections = std::move(sections);
  const char* ids[] = {"A.stored-once", "A.unchanged", "D.ran-together"};
  for (std::size_t i = 0; i < outcomes.size(); ++i) row.outcomes.emplace_back(ids[i], outcomes[i]);
  row.run = "runs/" + row.submission;
  return row;
}

ClassRow not_graded(std::string name, GradingState state, std::string reason) {
  return {.submission = std::move(name), .state = state, .reason = std::move(reason)};
}

}  // namespace

ClassResult sample_class() {
  ClassRow open = graded("grace hopper", {{"A", 2, 3}, {"D", 0, 1.5}}, {kPass, kError, kFail}, 41.26);
  open.errors = {{"A.unchanged", "undecided: no broker after 3 attempts"}};
  return {
      .lab = "Data Transport",
      .folder = "submissions",
      .started_at = "2026-11-21T04:29:03Z",
      .tool_version = "0.1.0",
      .sections = {"A", "D"},
      .properties = {{"A.stored-once", "every record of the sample is stored exactly once"},
                     {"A.unchanged", "the contents of the records are unchanged"},
                     {"D.ran-together", "both producers run at the same time"}},
      .rows = {graded("ada", {{"A", 3, 3}, {"D", 1.5, 1.5}}, {kPass, kPass, kPass}, 31.5),
               graded("=cmd|' /C calc'!A0", {{"A", 0, 3}, {"D", 1.5, 1.5}}, {kFail, kSkipped, kPass}, 75.04),
               open, graded("linus", {{"A", 2, 3}, {"D", 0, 1.5}}, {kPass, kFail, kFail}, 33),
               not_graded("no, \"manifest\"", GradingState::refused,
                          "no submission.json: <script>alert(1)</script>\n=1+1"),
               not_graded("+1", GradingState::broken_off, "klab ended with signal 9"),
               not_graded("zoë", GradingState::not_graded, "")}};
}

}  // namespace klab
