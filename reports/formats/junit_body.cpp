#include "reports/formats/junit_body.hpp"

#include <fmt/format.h>

#include <cstddef>

#include "reports/property_text.hpp"
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

}  // namespace

// A property that never reached its spec is declared in the plan.
SpecPlace spec_place(const PropertyResult& property) {
  if (property.file.empty()) return {.file = "lab.json", .line = 1};
  return {.file = field_line(property.file), .line = property.line > 0 ? property.line : 1};
}

// No line but the last starts with "at ", whatever a program printed: each has its label.
std::string junit_body(const PropertyResult& property) {
  return "\n" + property_text(property) + frame_line(spec_place(property)) + "\n";
}

}  // namespace klab
