#include "reports/class/class_table.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <cctype>
#include <functional>
#include <vector>

#include "reports/class/class_scores.hpp"
#include "reports/markup/html_pieces.hpp"
#include "reports/wording.hpp"

namespace klab {
namespace {

constexpr std::size_t kSlowest = 5;

void write_numbers(XmlElement& row, const std::vector<std::string>& numbers) {
  for (const std::string& number : numbers) row.child("td").attribute("class", "number").text(number);
}

void write_number_titles(XmlElement& row, const std::vector<std::string>& titles) {
  for (const std::string& title : titles)
    row.child("th").attribute("scope", "col").attribute("class", "number").text(field_line(title));
}

std::string section_points(const ClassRow& row, const std::string& section) {
  const auto found = std::ranges::find(row.sections, section, &SectionPoints::id);
  return found == row.sections.end() ? "" : points_text(found->points);
}

std::string count_of(const ClassRow& row, PropertyOutcome outcome) {
  return std::to_string(
      std::ranges::count_if(row.outcomes, [&](const auto& one) { return one.second == outcome; }));
}

void write_name(XmlElement& row, const ClassRow& of) {
  XmlElement name = row.child("th");
  name.attribute("scope", "row");
  write_submission(name, of);
}

void write_row(XmlElement& table, const ClassResult& result, const ClassRow& row) {
  XmlElement line = table.child("tr");
  write_name(line, row);
  if (row.state != GradingState::graded) {
    line.child("td")
        .attribute("colspan", std::to_string(result.sections.size() + 4))
        .text(std::string(name_of(row.state)));
    return;
  }
  write_numbers(line, {out_of(row.points, row.of)});
  for (const std::string& section : result.sections) write_numbers(line, {section_points(row, section)});
  write_numbers(line, {count_of(row, PropertyOutcome::fail), count_of(row, PropertyOutcome::error),
                       seconds_text(row.seconds)});
}

}  // namespace

std::string percent_encoded(std::string_view path) {
  std::string url;
  for (const char c : path) {
    const auto byte = static_cast<unsigned char>(c);
    if ((byte < 0x80 && std::isalnum(byte) != 0) ||
        std::string_view("-._~/").find(c) != std::string_view::npos)
      url += c;
    else
      url += fmt::format("%{:02X}", byte);
  }
  return url;
}

void write_submission(XmlElement& parent, const ClassRow& row) {
  if (row.run.empty() || row.state != GradingState::graded)
    parent.text(field_line(row.submission));
  else
    parent.child("a")
        .attribute("href", percent_encoded(row.run + "/report.html"))
        .text(field_line(row.submission));
}

void write_slowest(XmlElement& main, const ClassResult& result) {
  std::vector<const ClassRow*> rows;
  for (const ClassRow& row : result.rows)
    if (row.state == GradingState::graded) rows.push_back(&row);
  std::ranges::stable_sort(rows, std::greater(), &ClassRow::seconds);
  if (rows.size() < 2) return;
  rows.resize(std::min(rows.size(), kSlowest));
  XmlElement part = main.child("section");
  write_part_title(part, "Slowest", "Each was graded beside others, and waited for them too.");
  XmlElement table = part.child("table");
  for (const ClassRow* row : rows) {
    XmlElement line = table.child("tr");
    write_name(line, *row);
    write_numbers(line, {seconds_text(row->seconds)});
  }
}

void write_submissions(XmlElement& main, const ClassResult& result) {
  XmlElement part = main.child("section");
  part.child("h2").attribute("id", "submissions").text("Submissions");
  XmlElement wide = part.child("div");  // scrolls by itself, also by keyboard
  wide.attribute("class", "wide").attribute("tabindex", "0").attribute("role", "region");
  wide.attribute("aria-labelledby", "submissions");
  XmlElement table = wide.child("table");
  {
    XmlElement head = table.child("tr");
    head.child("th").attribute("scope", "col").text("Submission");
    write_number_titles(head, {"Points"});
    write_number_titles(head, result.sections);
    write_number_titles(head, {"Failed", "Errors", "Took"});
  }
  for (const ClassRow& row : result.rows) write_row(table, result, row);
}

}  // namespace klab
