#include "reports/html_section.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <cstddef>
#include <string>

#include "reports/html_pieces.hpp"
#include "reports/html_property.hpp"
#include "reports/printable.hpp"
#include "reports/wording.hpp"

namespace klab {
namespace {

constexpr std::size_t kLongestOutput = 20'000;

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
  return by_its_end &&
         std::any_of(property.roles.begin(), property.roles.end(),
                     [&program](const std::string& role) { return program.name.starts_with(role); });
}

bool explains_a_failure(const SectionResult& section, const ProgramSummary& program) {
  return std::any_of(section.properties.begin(), section.properties.end(),
                     [&program](const PropertyResult& property) { return ended_badly(property, program); });
}

// Spelled out after the colours are gone, so that what is strange about the output can still be seen.
std::string shown_output(std::string_view raw) {
  return visible_text(without_ansi(shortened(raw, kLongestOutput)));
}

void write_stream(XmlElement& program, std::string_view title, std::string_view raw) {
  if (raw.empty()) return;
  write_text(program, "p", "stream", title);
  write_text(program, "pre", "", shown_output(raw));
}

void write_program(XmlElement& parent, const ProgramSummary& program, bool open) {
  XmlElement details = parent.child("details");
  details.attribute("class", "program");
  if (open) details.attribute("open", "open");
  {
    XmlElement summary = details.child("summary");
    write_text(summary, "span", "name", field_line(program.name));
    write_text(summary, "span", "ending", field_line(program.ending));
  }
  write_text(details, "pre", "command", shown_output(program.command));
  write_stream(details, "The end of its standard output", program.out_tail);
  write_stream(details, "The end of its standard error", program.err_tail);
  if (program.out_tail.empty() && program.err_tail.empty())
    write_text(details, "p", "stream", "It printed nothing.");
}

void write_programs(XmlElement& parent, const SectionResult& section) {
  if (section.programs.empty()) return;
  parent.child("h3").text("Programs");
  XmlElement cards = parent.child("div");
  cards.attribute("class", "cards");
  for (const ProgramSummary& program : section.programs)
    write_program(cards, program, explains_a_failure(section, program));
}

}  // namespace

void write_section(XmlElement& main, const SectionResult& section) {
  XmlElement part = main.child("section");
  part.attribute("id", anchor_of(section));
  write_heading(part, section);
  write_notes(part, section);
  write_properties(part, section);
  for (const Timeline& timeline : section.timelines) write_timeline(part, timeline);
  write_programs(part, section);
  if (!section.folder.empty())
    write_text(part, "p", "record",
               fmt::format("The record of this section: {}/history.jsonl", field_line(section.folder)));
}

}  // namespace klab
