#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "reports/terminal/terminal.hpp"

namespace klab {

enum class Ink { plain, bold, dim, green, red, yellow };

struct Cell {
  std::string_view text = {};
  int width = 0;
  Ink ink = Ink::plain;
};

/// Lines for a terminal. Whatever it is given is shown, never obeyed: control characters are spelled out.
class TerminalLines {
 public:
  explicit TerminalLines(TerminalStyle style);

  /// Cells of fixed width, then text wrapped in the columns that remain. A cell that is too long pushes the
  /// text on to a line of its own.
  void row(const std::vector<Cell>& cells, std::string_view text, Ink ink = Ink::plain);
  void blank() { text_ += '\n'; }

  int width() const { return width_; }
  const std::string& text() const { return text_; }

 private:
  int add_cells(const std::vector<Cell>& cells);
  void add_inked(std::string_view text, Ink ink);

  std::string text_ = {};
  bool colour_;
  int width_;
};

}  // namespace klab
