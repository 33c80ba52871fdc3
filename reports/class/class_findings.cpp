#include "reports/class/class_findings.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <functional>
#include <vector>

#include "reports/class/class_scores.hpp"
#include "reports/class/class_table.hpp"
#include "reports/markup/html_pieces.hpp"
#include "reports/wording.hpp"

namespace klab {
namespace {

struct Failing {
  const ClassProperty* property;
  std::size_t failed;
  std::size_t judged;  // by which it either held or did not
};

std::vector<Failing> most_failing_first(const ClassResult& result) {
  std::vector<Failing> found;
  for (const ClassProperty& property : result.properties) {
    const std::size_t failed = count(result, property.id, PropertyOutcome::fail);
    if (failed > 0)
      found.push_back({&property, failed, failed + count(result, property.id, PropertyOutcome::pass)});
  }
  std::ranges::stable_sort(found, std::greater(), &Failing::failed);
  return found;
}

void write_failing(XmlElement& table, const Failing& one) {
  XmlElement row = table.child("tr");
  {
    XmlElement name = row.child("th");
    name.attribute("scope", "row");
    write_text(name, "code", "", field_line(one.property->id));
  }
  row.child("td").text(field_line(one.property->claim));
  row.child("td").attribute("class", "number").text(fmt::format("{} of {}", one.failed, one.judged));
  write_meter(row, static_cast<double>(one.failed) / static_cast<double>(one.judged), "fail");
}

void write_reason(XmlElement& list, const ClassRow& row, std::string_view what, const std::string& reason) {
  XmlElement item = list.child("li");
  item.attribute("class", "finding");
  XmlElement line = item.child("div");
  {
    XmlElement name = line.child("b");
    write_submission(name, row);
  }
  line.text(" ");
  if (!what.empty()) {
    write_text(line, "code", "", field_line(what));
    line.text(": ");
  }
  line.text(field_line(reason));
}

std::vector<const ClassRow*> rows_with(const ClassResult& result, GradingState state) {
  std::vector<const ClassRow*> found;
  for (const ClassRow& row : result.rows)
    if (row.state == state) found.push_back(&row);
  return found;
}

}  // namespace

void write_what_fails(XmlElement& main, const ClassResult& result) {
  const std::vector<Failing> failing = most_failing_first(result);
  if (failing.empty()) return;
  XmlElement part = main.child("section");
  write_part_title(part, "What fails most", "Of the submissions in which it could be judged.");
  XmlElement table = part.child("table");
  table.attribute("class", "failing");
  {
    XmlElement head = table.child("tr");
    head.child("th").attribute("scope", "col").text("Property");
    head.child("th").attribute("scope", "col").text("Claim");
    head.child("th").attribute("scope", "col").attribute("class", "number").text("Failed");
    head.child("th").attribute("scope", "col").attribute("aria-hidden", "true").text("");
  }
  for (const Failing& one : failing) write_failing(table, one);
}

void write_shortfalls(XmlElement& main, const ClassResult& result) {
  const ClassTally total = tally(result);
  if (total.broken_off + total.with_errors == 0) return;
  XmlElement part = main.child("section");
  write_part_title(
      part, "Where the grader fell short",
      "The points that hang on these are open, and these submissions in no mean. The same command "
      "grades them again; look at them before the scores count.");
  XmlElement list = part.child("ol");
  list.attribute("class", "shortfalls");
  for (const ClassRow* row : rows_with(result, GradingState::broken_off))
    write_reason(list, *row, "", row->reason);
  for (const ClassRow& row : result.rows)
    for (const auto& [property, reason] : row.errors) write_reason(list, row, property, reason);
}

void write_refused(XmlElement& main, const ClassResult& result) {
  const std::vector<const ClassRow*> refused = rows_with(result, GradingState::refused);
  if (refused.empty()) return;
  XmlElement part = main.child("section");
  write_part_title(part, "What cannot be graded", "These folders have no points, rather than none of them.");
  XmlElement list = part.child("ol");
  list.attribute("class", "refused");
  for (const ClassRow* row : refused) write_reason(list, *row, "", row->reason);
}

}  // namespace klab
