#include "reports/terminal/terminal_lines.hpp"

#include <algorithm>
#include <cstddef>

#include "checks/json/utf8.hpp"
#include "reports/printable.hpp"
#include "reports/wording.hpp"
#include "reports/wrapped_text.hpp"

namespace klab {
namespace {

constexpr int kLeastWidth = 40;

std::string_view code_of(Ink ink) {
  switch (ink) {
    case Ink::plain:
      return "";
    case Ink::bold:
      return "\x1b[1m";
    case Ink::dim:
      return "\x1b[2m";
    case Ink::green:
      return "\x1b[32m";
    case Ink::red:
      return "\x1b[31m";
    case Ink::yellow:
      return "\x1b[33m";
  }
  return "";
}

std::string shown(std::string_view raw) { return one_line(visible_text(shortened(raw, kLongestField))); }

int total_width(const std::vector<Cell>& cells) {
  int width = 0;
  for (const Cell& cell : cells) width += cell.width;
  return width;
}

std::string spaces(int count) { return std::string(static_cast<std::size_t>(std::max(0, count)), ' '); }

}  // namespace

TerminalLines::TerminalLines(TerminalStyle style)
    : colour_(style.colour), width_(std::max(style.width, kLeastWidth)) {}

void TerminalLines::row(const std::vector<Cell>& cells, std::string_view text, Ink ink) {
  const int indent = total_width(cells);
  int column = add_cells(cells);
  for (const std::string& line : wrapped(shown(text), width_ - indent)) {
    if (column > 0 && column >= indent) text_ += '\n', column = 0;
    text_ += spaces(indent - column);
    add_inked(line, ink);
    text_ += '\n';
    column = 0;
  }
}

// Returns the column reached, which is past the cells' width when one of them was too long.
int TerminalLines::add_cells(const std::vector<Cell>& cells) {
  int column = 0, start = 0;
  for (const Cell& cell : cells) {
    const std::string text = shown(cell.text);
    const int gap = start > column || column == 0 ? start - column : 1;
    text_ += spaces(gap);
    add_inked(text, cell.ink);
    column += gap + display_width(text);
    start += cell.width;
  }
  return column;
}

void TerminalLines::add_inked(std::string_view text, Ink ink) {
  const bool inked = colour_ && ink != Ink::plain && !text.empty();
  if (inked) text_ += code_of(ink);
  text_ += text;
  if (inked) text_ += "\x1b[0m";
}

}  // namespace klab
