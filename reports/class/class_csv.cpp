#include "reports/class/class_csv.hpp"

#include <fmt/format.h>
#include <fmt/ranges.h>

#include <algorithm>
#include <array>
#include <ranges>
#include <vector>

#include "reports/wording.hpp"

namespace klab {
namespace {

constexpr std::array kCounted{PropertyOutcome::pass, PropertyOutcome::fail, PropertyOutcome::skipped,
                              PropertyOutcome::error, PropertyOutcome::not_run};

using Line = std::vector<std::string>;

bool begins_a_formula(std::string_view text) {
  // Some locales take the full-width forms for the same.
  constexpr std::array<std::string_view, 8> kBeginnings{"=", "+", "-", "@", "＝", "＋", "－", "＠"};
  return std::ranges::any_of(kBeginnings, [&](std::string_view one) { return text.starts_with(one); });
}

std::string written(const Line& line) {
  std::string text = csv_cell(line.front());
  for (const std::string& cell : line | std::views::drop(1)) text += "," + csv_cell(cell);
  return text + "\r\n";
}

Line header(const ClassResult& result) {
  Line line{"submission", "state", "points", "of"};
  for (const std::string& section : result.sections) line.push_back(section);
  for (const PropertyOutcome outcome : kCounted) line.emplace_back(name_of(outcome));
  for (const ClassProperty& property : result.properties) line.push_back(property.id);
  line.insert(line.end(), {"reason", "run", "seconds"});
  return line;
}

std::string points_of(const ClassRow& row, const std::string& section) {
  const auto found = std::ranges::find(row.sections, section, &SectionPoints::id);
  return found == row.sections.end() ? "" : points_text(found->points);
}

std::string count_of(const ClassRow& row, PropertyOutcome outcome) {
  if (row.state != GradingState::graded) return {};
  return std::to_string(
      std::ranges::count_if(row.outcomes, [&](const auto& one) { return one.second == outcome; }));
}

std::string outcome_of(const ClassRow& row, const std::string& property) {
  const auto found =
      std::ranges::find_if(row.outcomes, [&](const auto& one) { return one.first == property; });
  return found == row.outcomes.end() ? "" : std::string(name_of(found->second));
}

std::string reason_of(const ClassRow& row) {
  if (row.errors.empty()) return row.reason;
  const auto ids = row.errors | std::views::keys;
  return fmt::format("the grader fell short of {}", fmt::join(ids.begin(), ids.end(), " "));
}

Line line_of(const ClassResult& result, const ClassRow& row) {
  const bool is_graded = row.state == GradingState::graded;
  Line line{row.submission, std::string(name_of(row.state)), is_graded ? points_text(row.points) : "",
            is_graded ? points_text(row.of) : ""};
  for (const std::string& section : result.sections) line.push_back(points_of(row, section));
  for (const PropertyOutcome outcome : kCounted) line.push_back(count_of(row, outcome));
  for (const ClassProperty& property : result.properties) line.push_back(outcome_of(row, property.id));
  line.insert(line.end(), {reason_of(row), row.run, is_graded ? fmt::format("{:.1f}", row.seconds) : ""});
  return line;
}

}  // namespace

std::string csv_cell(std::string_view raw) {
  std::string cell = field_line(raw);
  if (begins_a_formula(cell)) cell.insert(0, "'");
  if (cell.find_first_of(",;\"'") == std::string::npos) return cell;
  std::string quoted = "\"";
  for (const char c : cell) quoted.append(c == '"' ? 2 : 1, c);
  return quoted + '"';
}

std::string class_csv(const ClassResult& result) {
  std::string text = written(header(result));
  for (const ClassRow& row : result.rows) text += written(line_of(result, row));
  return text;
}

}  // namespace klab
