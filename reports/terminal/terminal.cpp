#include "reports/terminal/terminal.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <span>
#include <string_view>

#include "reports/printable.hpp"
#include "reports/terminal/terminal_lines.hpp"
#include "reports/wording.hpp"

namespace klab {
namespace {

constexpr int kMarkWidth = 9;
constexpr int kLabelWidth = 10;
constexpr std::size_t kMostEvidence =
    3;  // enough to see the pattern; the report and the history have the rest

Ink ink_of(PropertyOutcome outcome) {
  switch (outcome) {
    case PropertyOutcome::pass:
      return Ink::green;
    case PropertyOutcome::fail:
      return Ink::red;
    case PropertyOutcome::error:
      return Ink::yellow;
    default:
      return Ink::dim;
  }
}

// A table is easier to scan when its ids have one width, unless that leaves too little for the claims.
int id_width(const RunResult& run, int width) {
  std::size_t longest = 0;
  for (const SectionResult& section : run.sections)
    for (const PropertyResult& property : section.properties) longest = std::max(longest, property.id.size());
  return std::min(static_cast<int>(longest) + 2, width / 3);
}

std::string remark(const PropertyResult& property) {
  if (property.outcome == PropertyOutcome::skipped && !property.needs.empty())
    return fmt::format(" (needs {})", needs_text(property));
  if (property.is_left_out) return " (optional, and not attempted)";
  const std::string_view kind = kind_remark(property);
  return kind.empty() ? std::string() : fmt::format(" ({})", kind);
}

void add_row(TerminalLines& lines, const PropertyResult& property, int id_columns) {
  lines.row({{mark_of(property.outcome), kMarkWidth, ink_of(property.outcome)}, {property.id, id_columns}},
            property.claim + remark(property));
}

void add_section(TerminalLines& lines, const SectionResult& section, int id_columns) {
  const Tally total = tally(section);
  lines.blank();
  lines.row({},
            fmt::format("{} {}: {} of {} points", section.id, section.title, points_text(total.points),
                        points_text(total.of)),
            Ink::bold);
  for (const PropertyResult& property : section.properties) add_row(lines, property, id_columns);
  for (const std::string& note : section.notes) lines.row({{"note", kMarkWidth, Ink::dim}}, note);
  for (const Evidence& disagreement : section.disagreements)
    lines.row({{"note", kMarkWidth, Ink::dim}}, disagreement_sentence(disagreement, section.folder));
}

void add_field(TerminalLines& lines, std::string_view label, std::string_view text) {
  if (!text.empty()) lines.row({{"", 2}, {label, kLabelWidth, Ink::dim}}, text);
}

void add_evidence(TerminalLines& lines, const PropertyResult& property, const std::string& folder) {
  std::string_view label = "evidence";
  const std::size_t shown = std::min(property.evidence.size(), kMostEvidence);
  for (const Evidence& evidence : std::span(property.evidence).first(shown)) {
    const std::string place = place_in_history(evidence, folder);
    add_field(lines, label, place.empty() ? evidence.note : fmt::format("{} [{}]", evidence.note, place));
    label = "";
  }
  if (const std::size_t more = property.evidence.size() - shown + property.evidence_left_out; more > 0)
    add_field(lines, label, fmt::format("and {} more", more));
}

void add_details(TerminalLines& lines, const PropertyResult& property, const std::string& folder) {
  lines.blank();
  lines.row({{mark_of(property.outcome), kMarkWidth, ink_of(property.outcome)}},
            fmt::format("{}: {}{}", property.id, property.claim, remark(property)), Ink::bold);
  add_field(lines, "witness", property.witness);
  add_field(lines, "expected", property.expected);
  add_field(lines, "actual", reason_line(property));
  add_evidence(lines, property, folder);
  add_field(lines, "hint", property.hint);
}

void add_all_details(TerminalLines& lines, const RunResult& run) {
  for (const SectionResult& section : run.sections)
    for (const PropertyResult& property : section.properties)
      if (property.outcome == PropertyOutcome::fail || property.outcome == PropertyOutcome::error)
        add_details(lines, property, section.folder);
}

void add_notes(TerminalLines& lines, const RunResult& run) {
  if (!run.notes.empty()) lines.blank();
  for (const std::string& note : run.notes) lines.row({{"note", kMarkWidth, Ink::dim}}, note);
}

Ink closing_ink(const RunResult& run) {
  const int code = exit_code(run);
  return code == 0 ? Ink::green : code == 1 ? Ink::red : Ink::yellow;
}

}  // namespace

std::string terminal_report(const RunResult& run, TerminalStyle style) {
  TerminalLines lines(style);
  const int id_columns = id_width(run, lines.width());
  lines.row({}, fmt::format("{}: {}", run.lab, run.submission), Ink::bold);
  for (const SectionResult& section : run.sections) add_section(lines, section, id_columns);
  add_all_details(lines, run);
  add_notes(lines, run);
  lines.blank();
  lines.row({}, summary_sentence(tally(run)), closing_ink(run));
  return lines.text();
}

}  // namespace klab
