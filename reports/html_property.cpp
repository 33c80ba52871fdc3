#include "reports/html_property.hpp"

#include <fmt/format.h>

#include <string>

#include "reports/html_pieces.hpp"
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

void write_evidence_row(XmlElement& table, const Evidence& evidence) {
  const std::string place = place_in_history(evidence);
  XmlElement row = table.child("tr");
  row.child("td").text(field_line(evidence.note));
  row.child("td").attribute("class", "place").text(place.empty() ? "not in the record" : place);
}

void write_evidence_table(XmlElement& parent, const PropertyResult& property) {
  XmlElement table = parent.child("table");
  table.attribute("class", "evidence");
  {
    XmlElement head = table.child("tr");
    head.child("th").attribute("scope", "col").text("What was seen");
    head.child("th").attribute("scope", "col").text("Where");
  }
  for (const Evidence& evidence : property.evidence) write_evidence_row(table, evidence);
}

void write_evidence(XmlElement& list, const PropertyResult& property) {
  if (property.evidence.empty()) return;
  list.child("dt").text("Evidence");
  XmlElement cell = list.child("dd");
  write_evidence_table(cell, property);
  if (property.evidence_left_out > 0)
    write_text(cell, "p", "more", fmt::format("and {} more in the record", property.evidence_left_out));
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
