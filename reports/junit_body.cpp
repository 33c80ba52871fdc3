#include "reports/junit_body.hpp"

#include <fmt/format.h>

#include <cstddef>
#include <string_view>

#include "reports/wording.hpp"

namespace klab {
namespace {

// The form of a Java stack frame, from which some readers take file and line.
std::string frame_line(const SpecPlace& place) {
  std::string folder = place.file;
  const std::size_t slash = folder.rfind('/');
  const std::string file = slash == std::string::npos ? folder : folder.substr(slash + 1);
  folder.resize(slash == std::string::npos ? 0 : slash + 1);
  for (char& c : folder)
    if (c == '/') c = '.';
  return fmt::format("at {}Check({}:{})", folder, file, place.line);
}

void add_field(std::string& body, std::string_view label, std::string_view value) {
  const std::string line = field_line(value);
  if (!line.empty()) body += fmt::format("{}: {}\n", label, line);
}

void add_evidence_lines(std::string& body, const PropertyResult& property) {
  for (const Evidence& evidence : property.evidence) {
    const std::string place = place_in_history(evidence);
    add_field(body, "evidence",
              place.empty() ? evidence.note : fmt::format("{} [{}]", field_line(evidence.note), place));
  }
  if (property.evidence_left_out > 0)
    body += fmt::format("evidence: and {} more\n", property.evidence_left_out);
}

}  // namespace

// A property that never reached its spec is declared in the plan.
SpecPlace spec_place(const PropertyResult& property) {
  if (property.file.empty()) return {.file = "lab.json", .line = 1};
  return {.file = field_line(property.file), .line = property.line > 0 ? property.line : 1};
}

// No line but the last starts with "at ", whatever a program printed: each has its label.
std::string junit_body(const PropertyResult& property) {
  std::string body = "\n";
  add_field(body, "expected", property.expected);
  add_field(body, "actual", reason_line(property));
  add_field(body, "judged", property.judged);
  add_evidence_lines(body, property);
  add_field(body, "hint", property.hint);
  return body + frame_line(spec_place(property)) + "\n";
}

}  // namespace klab
