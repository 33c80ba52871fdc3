#include "reports/html/section.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <string>

#include "checks/counted.hpp"
#include "reports/html/program.hpp"
#include "reports/html/property.hpp"
#include "reports/markup/html_pieces.hpp"
#include "reports/wording.hpp"

namespace klab {
namespace {

void write_heading(XmlElement& parent, const SectionResult& section) {
  const Tally total = tally(section);
  {
    XmlElement heading = parent.child("h2");
    write_text(heading, "span", "letter", field_line(section.id));
    heading.text(" ").text(field_line(section.title));
  }
  write_text(parent, "p", "meta",
             fmt::format("{} of {} hold, {} points, {}", total.passed,
                         counted(section.properties.size(), "property", "properties"),
                         out_of(total.points, total.of), seconds_text(section.seconds)));
}

void write_notes(XmlElement& parent, const SectionResult& section) {
  for (const std::string& note : section.notes) write_text(parent, "p", "note", "Note: " + field_line(note));
  for (const Evidence& disagreement : section.disagreements)
    write_text(parent, "p", "note",
               "Note: " + field_line(disagreement_sentence(disagreement, section.folder)));
}

void write_properties(XmlElement& parent, const SectionResult& section) {
  XmlElement cards = parent.child("div");
  cards.attribute("class", "cards");
  for (const PropertyResult& property : section.properties) write_property(cards, property);
}

bool ended_badly(const PropertyResult& property, const ProgramSummary& program) {
  const bool by_its_end = property.outcome == PropertyOutcome::fail && property.kind != FailKind::refuted;
  return by_its_end && std::ranges::any_of(property.roles, [&](const std::string& role) {
           return program.name.starts_with(role);
         });
}

bool explains_a_failure(const SectionResult& section, const ProgramSummary& program) {
  return std::ranges::any_of(section.properties,
                             [&](const PropertyResult& property) { return ended_badly(property, program); });
}

void write_programs(XmlElement& parent, const SectionResult& section) {
  if (section.programs.empty()) return;
  parent.child("h3").text("Programs");
  XmlElement cards = parent.child("div");
  cards.attribute("class", "cards");
  for (const ProgramSummary& program : section.programs)
    write_program(cards, program, explains_a_failure(section, program));
}

void write_pictures(XmlElement& parent, const SectionResult& section) {
  if (section.timelines.empty() && section.offset_charts.empty()) return;
  parent.child("h3").text("What happened");
  for (const Timeline& timeline : section.timelines) write_timeline(parent, timeline);
  for (const OffsetChart& chart : section.offset_charts) write_offset_chart(parent, chart);
}

}  // namespace

void write_section(XmlElement& main, const SectionResult& section) {
  XmlElement part = main.child("section");
  part.attribute("id", anchor_of(section));
  write_heading(part, section);
  write_notes(part, section);
  write_properties(part, section);
  write_pictures(part, section);
  write_programs(part, section);
  if (!section.folder.empty())
    write_text(part, "p", "record",
               fmt::format("The record of this section: {}/history.jsonl", field_line(section.folder)));
}

}  // namespace klab
