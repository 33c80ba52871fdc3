#include "reports/formats/annotations.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <string_view>
#include <vector>

#include "reports/formats/workflow_command.hpp"
#include "reports/wording.hpp"

namespace klab {
namespace {

using Properties = std::vector<const PropertyResult*>;

constexpr std::size_t kMostOfAKind = 10;

Properties worst_first(Properties properties) {
  std::ranges::stable_sort(properties, std::ranges::greater(), &PropertyResult::points);
  return properties;
}

Properties not_judged(const RunResult& run) {
  Properties properties = properties_with(run, PropertyOutcome::error);
  for (const PropertyResult* property : properties_with(run, PropertyOutcome::not_run))
    properties.push_back(property);
  return properties;
}

std::string points_remark(double points) {
  return fmt::format("{} {}", points_text(points), points == 1 ? "point" : "points");
}

std::string failure_title(const PropertyResult& property) {
  const std::string_view kind = kind_remark(property);
  return fmt::format("{} ({}{}{})", property.id, kind, kind.empty() ? "" : ", ",
                     points_remark(property.points));
}

void add_line(std::string& message, std::string_view label, std::string_view raw) {
  const std::string text = field_line(raw);
  if (!text.empty()) message += fmt::format("{}{}{}", message.empty() ? "" : "\n", label, text);
}

std::string message_of(const PropertyResult& property) {
  std::string message;
  add_line(message, "", property.claim);
  add_line(message, "actual: ", reason_line(property));
  add_line(message, "expected: ", property.expected);
  if (!property.evidence.empty()) add_line(message, "evidence: ", property.evidence.front().note);
  add_line(message, "hint: ", property.hint);
  return message;
}

std::string failure(const PropertyResult& property) {
  return workflow_command("error", failure_title(property), message_of(property));
}

std::string shortfall(const PropertyResult& property) {
  return workflow_command("warning", fmt::format("not your fault: {} could not be judged", property.id),
                          message_of(property));
}

std::string and_more(std::string_view kind, const Properties& rest) {
  double points = 0;
  for (const PropertyResult* property : rest) points += property->points;
  return workflow_command(kind, fmt::format("and {} more ({})", rest.size(), points_remark(points)),
                          "the summary of this job and report.html have all of them");
}

template <typename Line>
void add_all(std::string& lines, std::string_view kind, const Properties& properties, Line line) {
  const bool has_room = properties.size() <= kMostOfAKind;
  const auto shown = static_cast<std::ptrdiff_t>(has_room ? properties.size() : kMostOfAKind - 1);
  for (const PropertyResult* property : Properties(properties.begin(), properties.begin() + shown))
    lines += line(*property);
  if (!has_room) lines += and_more(kind, {properties.begin() + shown, properties.end()});
}

std::string sum(const RunResult& run) {
  std::string message = summary_sentence(tally(run));
  add_line(message, "", open_sentence(run));
  add_line(message, "", withheld_sentence(run));
  return message;
}

}  // namespace

std::string annotations(const RunResult& run) {
  std::string lines;
  add_all(lines, "error", worst_first(properties_with(run, PropertyOutcome::fail)), failure);
  add_all(lines, "warning", worst_first(not_judged(run)), shortfall);
  return lines + workflow_command("notice", run.lab, sum(run));
}

}  // namespace klab
