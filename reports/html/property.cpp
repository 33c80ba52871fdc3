#include "reports/html/property.hpp"

#include <fmt/format.h>

#include <cstddef>
#include <string>

#include "checks/counted.hpp"
#include "reports/html/life.hpp"
#include "reports/markup/html_pieces.hpp"
#include "reports/wording.hpp"

namespace klab {
namespace {

bool is_open(const PropertyResult& property) {
  return property.outcome == PropertyOutcome::fail || property.outcome == PropertyOutcome::error;
}

std::string points_line(const PropertyResult& property) {
  const double given = property.outcome == PropertyOutcome::pass ? property.points : 0;
  return out_of(given, property.points) + (property.points == 1 ? " point" : " points");
}

void write_summary(XmlElement& details, const PropertyResult& property) {
  XmlElement summary = details.child("summary");
  write_mark(summary, property);
  {
    XmlElement claim = summary.child("span");
    claim.attribute("class", "claim");
    claim.text(field_line(property.claim) + " ");
    write_text(claim, "span", "kind", kind_remark(property));
    claim.text(" ");
    write_text(claim, "code", "", field_line(property.id));
  }
  write_text(summary, "span", "points", points_line(property));
}

void write_pair(XmlElement& list, std::string_view term, const std::string& text) {
  if (text.empty()) return;
  list.child("dt").text(term);
  list.child("dd").text(text);
}

void write_hint(XmlElement& list, const PropertyResult& property) {
  if (property.hint.empty()) return;
  list.child("dt").attribute("class", "todo").text("What to do");
  list.child("dd").text(field_line(property.hint));
}

void write_evidence_line(XmlElement& list, const PropertyResult& property, std::size_t i) {
  const Evidence& evidence = property.evidence[i];
  const std::string place = place_in_history(evidence);
  XmlElement item = list.child("li");
  item.child("p").text(field_line(evidence.note));
  item.child("p").attribute("class", "place").text(place.empty() ? "not in the record" : place);
  if (i < property.lives.size())
    for (const RecordLife& life : property.lives[i]) write_life(item, life, i == 0);
}

void write_evidence(XmlElement& list, const PropertyResult& property) {
  if (property.evidence.empty()) return;
  list.child("dt").text("Evidence");
  XmlElement cell = list.child("dd");
  {
    XmlElement lines = cell.child("ol");
    lines.attribute("class", "evidence");
    for (std::size_t i = 0; i < property.evidence.size(); ++i) write_evidence_line(lines, property, i);
  }
  if (property.evidence_left_out > 0)
    write_text(cell, "p", "more", fmt::format("and {} more in the record", property.evidence_left_out));
  if (property.lives_left_out > 0)
    write_text(cell, "p", "more",
               fmt::format("The lives of {} are left out here.",
                           counted(property.lives_left_out, "more record", "more records")));
}

std::string place_of(const PropertyResult& property) {
  return property.file.empty() ? std::string()
                               : fmt::format("{}:{}", field_line(property.file), property.line);
}

}  // namespace

void write_property(XmlElement& section, const PropertyResult& property) {
  XmlElement details = section.child("details");
  details.attribute("id", anchor_of(property))
      .attribute("class", "property " + css_class_of(property.outcome));
  if (is_open(property)) details.attribute("open", "open");
  write_summary(details, property);
  XmlElement list = details.child("dl");
  write_pair(list, "Expected", field_line(property.expected));
  write_pair(list, property.outcome == PropertyOutcome::skipped ? "Reason" : "Actual", reason_line(property));
  write_pair(list, "Judged", field_line(property.judged));
  write_evidence(list, property);
  write_hint(list, property);
  write_pair(list, "Needs", field_line(needs_text(property)));
  write_pair(list, "Witness", field_line(property.witness));
  write_pair(list, "Asserted in", place_of(property));
}

}  // namespace klab
