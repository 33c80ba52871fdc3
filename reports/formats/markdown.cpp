#include "reports/formats/markdown.hpp"

#include "reports/wording.hpp"

namespace klab {

// CommonMark, 2.4: a backslash makes any ASCII punctuation plain. Entities for what is markup in HTML too.
std::string markdown_line(std::string_view raw) {
  constexpr std::string_view kPunctuation = "\\`*_{}[]()#!|~:@$^";
  std::string line;
  for (char c : field_line(raw)) {
    if (c == '<')
      line += "&lt;";
    else if (c == '>')
      line += "&gt;";
    else if (c == '&')
      line += "&amp;";
    else {
      if (kPunctuation.find(c) != std::string_view::npos) line += '\\';
      line += c;
    }
  }
  return line;
}

}  // namespace klab
