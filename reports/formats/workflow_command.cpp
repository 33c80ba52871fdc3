#include "reports/formats/workflow_command.hpp"

#include <fmt/format.h>

#include "reports/printable.hpp"
#include "reports/wording.hpp"

namespace klab {
namespace {

constexpr std::size_t kLongestTitle = 200;     // readers show 255 characters
constexpr std::size_t kLongestMessage = 4000;  // of the 64 KiB that GitHub keeps

std::string escape_of(char c, bool in_property) {
  switch (c) {
    case '%':
      return "%25";
    case '\r':
      return "%0D";
    case '\n':
      return "%0A";
    case ':':
      return in_property ? "%3A" : ":";
    case ',':
      return in_property ? "%2C" : ",";
    default:
      return std::string(1, c);
  }
}

std::string escaped(const std::string& text, bool in_property) {
  std::string safe;
  for (char c : text) safe += escape_of(c, in_property);
  return safe;
}

}  // namespace

std::string workflow_command(std::string_view kind, std::string_view title, std::string_view message) {
  const std::string safe_title = escaped(one_line(plain_text(shortened(title, kLongestTitle))), true);
  const std::string safe_message = escaped(plain_text(shortened(message, kLongestMessage)), false);
  return fmt::format("::{} title={}::{}\n", kind, safe_title, safe_message);
}

// .NET compares texts without the characters that are not seen, all of which are beyond ASCII.
std::string without_bracket_commands(std::string_view text) {
  std::string safe;
  char last_visible = ' ';
  for (char c : text) {
    if (c == '[' && last_visible == '#') safe += ' ';
    if (static_cast<unsigned char>(c) < 0x80) last_visible = c;
    safe += c;
  }
  return safe;
}

}  // namespace klab
