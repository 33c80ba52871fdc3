#include "reports/formats/classroom.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <cmath>
#include <nlohmann/json.hpp>
#include <string_view>

#include "reports/formats/workflow_command.hpp"
#include "reports/json_points.hpp"
#include "reports/printable.hpp"
#include "reports/wording.hpp"

namespace klab {
namespace {

using nlohmann::ordered_json;

// Linux allows an environment variable 128 KiB, which is 96 KiB before base64; a lab has some dozens of
// tests.
constexpr std::size_t kLongestName = 160;
constexpr std::size_t kLongestMessage = 300;

std::string short_line(std::string_view raw, std::size_t longest) {
  return shortened(field_line(raw), longest);
}

std::string_view status_of(PropertyOutcome outcome) {
  switch (outcome) {
    case PropertyOutcome::pass:
      return "pass";
    case PropertyOutcome::fail:
    case PropertyOutcome::skipped:
      return "fail";
    case PropertyOutcome::error:
    case PropertyOutcome::not_run:
      return "error";
  }
  return "error";
}

std::string message_of(const PropertyResult& property) {
  const bool is_open = status_of(property.outcome) == "error";
  const std::string text = (is_open ? "not your fault: " : "") + reason_line(property);
  return short_line(text, kLongestMessage);
}

ordered_json test_of(const PropertyResult& property) {
  const bool passed = property.outcome == PropertyOutcome::pass;
  return {{"name", short_line(property.id + ": " + property.claim, kLongestName)},
          {"status", status_of(property.outcome)},
          {"score", passed ? json_points(property.points) : ordered_json(0)},
          {"message", passed ? ordered_json(nullptr) : ordered_json(message_of(property))},
          {"test_code", ""},
          {"filename", ""},
          {"line_no", 0},
          {"duration", static_cast<std::int64_t>(std::lround(property.seconds * 1000))}};
}

// What was not attempted, and need not have been, is no test that failed.
void add_tests(ordered_json& tests, const SectionResult& section) {
  for (const PropertyResult& property : section.properties)
    if (!property.is_left_out) tests.push_back(test_of(property));
}

std::string_view status_of(const ordered_json& tests) {
  const auto has = [&](std::string_view status) {
    return std::ranges::any_of(tests, [&](const ordered_json& test) { return test["status"] == status; });
  };
  if (has("fail")) return "fail";
  return has("error") || tests.empty() ? "error" : "pass";
}

std::string result_of(const ordered_json& tests, double max_score) {
  const ordered_json json{
      {"version", 1}, {"status", status_of(tests)}, {"max_score", json_points(max_score)}, {"tests", tests}};
  return without_bracket_commands(json.dump(-1, ' ', false, ordered_json::error_handler_t::replace));
}

}  // namespace

std::string classroom_json(const SectionResult& section) {
  ordered_json tests = ordered_json::array();
  add_tests(tests, section);
  return result_of(tests, required_points(section));
}

std::string classroom_json(const RunResult& run) {
  ordered_json tests = ordered_json::array();
  for (const SectionResult& section : run.sections) add_tests(tests, section);
  return result_of(tests, required_points(run));
}

std::string classroom_notices(const RunResult& run) {
  const double points = tally(run).points, of = required_points(run);
  const ordered_json report{{"totalPoints", json_points(points)}, {"maxPoints", json_points(of)}};
  return workflow_command("notice", "Autograding complete",
                          fmt::format("Points {}/{}", points_text(points), points_text(of))) +
         workflow_command("notice", "Autograding report", report.dump());
}

}  // namespace klab
