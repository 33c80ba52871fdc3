#include "reports/property_text.hpp"

#include <fmt/format.h>

#include <string_view>

#include "reports/wording.hpp"

namespace klab {
namespace {

void add_field(std::string& text, std::string_view label, std::string_view value) {
  const std::string line = field_line(value);
  if (!line.empty()) text += fmt::format("{}: {}\n", label, line);
}

void add_evidence_lines(std::string& text, const PropertyResult& property) {
  for (const Evidence& evidence : property.evidence) {
    const std::string place = place_in_history(evidence);
    add_field(text, "evidence",
              place.empty() ? evidence.note : fmt::format("{} [{}]", field_line(evidence.note), place));
  }
  if (property.evidence_left_out > 0)
    text += fmt::format("evidence: and {} more\n", property.evidence_left_out);
}

}  // namespace

std::string property_text(const PropertyResult& property) {
  std::string text;
  add_field(text, "expected", property.expected);
  add_field(text, "actual", reason_line(property));
  add_field(text, "judged", property.judged);
  add_evidence_lines(text, property);
  add_field(text, "hint", property.hint);
  return text;
}

}  // namespace klab
