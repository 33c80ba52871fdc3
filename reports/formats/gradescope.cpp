#include "reports/formats/gradescope.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <nlohmann/json.hpp>

#include "reports/json_points.hpp"
#include "reports/printable.hpp"
#include "reports/property_text.hpp"
#include "reports/view.hpp"
#include "reports/wording.hpp"

namespace klab {
namespace {

using nlohmann::ordered_json;

constexpr std::size_t kLongestText = 50'000;  // bytes; Gradescope cuts each text at 100,000 characters

bool is_not_judged(const PropertyResult& property) {
  return property.outcome == PropertyOutcome::error || property.outcome == PropertyOutcome::not_run;
}

std::string heading(const PropertyResult& property, bool is_optional) {
  if (property.is_left_out) return "optional, and not attempted: counts for nothing\n";
  std::string text;
  if (is_optional) text += fmt::format("optional: {} on top of the total\n", points_text(property.points));
  if (is_not_judged(property)) text += "not judged, which is not your fault: these points are open\n";
  if (property.outcome == PropertyOutcome::skipped && !property.needs.empty())
    text += fmt::format("needs: {}\n", field_line(needs_text(property)));
  if (const std::string_view kind = kind_remark(property); !kind.empty())
    text += fmt::format("what went wrong first: {}\n", kind);
  return text;
}

ordered_json tags_of(const PropertyResult& property, const std::string& section) {
  ordered_json tags{section, name_of(property.outcome)};
  if (is_not_judged(property)) tags.push_back("not judged");
  if (const std::string_view kind = kind_remark(property); !kind.empty()) tags.push_back(kind);
  return tags;
}

// What was left out counts for nothing, and a test without a score says just that.
void add_score(ordered_json& test, const PropertyResult& property, bool is_optional) {
  if (property.is_left_out) return;
  const bool passed = property.outcome == PropertyOutcome::pass;
  test["score"] = passed ? json_points(property.points) : ordered_json(0);
  test["max_score"] = is_optional ? ordered_json(0) : json_points(property.points);
  if (!is_not_judged(property)) test["status"] = passed ? "passed" : "failed";
}

ordered_json test_of(const PropertyResult& property, const SectionResult& section) {
  ordered_json test{{"name", field_line(property.id + ": " + property.claim)}};
  add_score(test, property, section.is_optional);
  const std::string text = heading(property, section.is_optional) + property_text(property);
  test["output"] = shortened(text, kLongestText);
  test["tags"] = tags_of(property, field_line(section.id));
  test["visibility"] = property.is_hidden ? "after_due_date" : "visible";
  test["extra_data"] = {{"id", field_line(property.id)}, {"outcome", name_of(property.outcome)}};
  return test;
}

ordered_json tests_of(const RunResult& run) {
  ordered_json tests = ordered_json::array();
  for (const SectionResult& section : run.sections)
    for (const PropertyResult& property : section.properties) tests.push_back(test_of(property, section));
  return tests;
}

bool has_optional(const RunResult& run) {
  return std::ranges::any_of(run.sections, &SectionResult::is_optional);
}

// The student reads this whatever is hidden.
std::string overview(const RunResult& run) {
  const RunResult shown = viewed(run, View::student);
  std::string text = summary_sentence(tally(shown)) + ".\n";
  if (const std::string open = open_sentence(shown); !open.empty())
    text += open + ". Submit again, or ask for another run.\n";
  if (has_optional(run))
    text +=
        fmt::format("note: {} points are asked for; an optional section adds to the score, not to these\n",
                    points_text(required_points(run)));
  for (const std::string& note : shown.notes) text += fmt::format("note: {}\n", field_line(note));
  return shortened(text, kLongestText);
}

ordered_json making_of(const RunResult& run) {
  return {{"klab", field_line(run.tool_version)}, {"lab", field_line(run.lab)},
          {"seed", field_line(run.seed)},         {"started_at", field_line(run.started_at)},
          {"broker", field_line(run.broker)},     {"sandbox", field_line(run.sandbox)}};
}

}  // namespace

std::string gradescope_json(const RunResult& run) {
  const ordered_json json{{"score", json_points(tally(run).points)},
                          {"execution_time", static_cast<std::int64_t>(std::lround(run.seconds))},
                          {"output", overview(run)},
                          {"output_format", "text"},
                          {"test_output_format", "text"},
                          {"test_name_format", "text"},
                          {"visibility", "visible"},
                          {"stdout_visibility", "hidden"},
                          {"extra_data", making_of(run)},
                          {"tests", tests_of(run)}};
  return json.dump(2, ' ', false, ordered_json::error_handler_t::replace) + "\n";
}

}  // namespace klab
