#include "claims/report_lines.hpp"

#include <algorithm>

namespace klab {
namespace {

using Kind = ReportLine::Kind;

constexpr std::string_view kSpace = " \t\r\f";

std::string_view trimmed(std::string_view text) {
  const std::size_t begin = std::min(text.find_first_not_of(kSpace), text.size());
  const std::size_t end = text.find_last_not_of(kSpace);
  return end == std::string_view::npos ? std::string_view() : text.substr(begin, end + 1 - begin);
}

/// How many bytes of a line make it an item of a list; 0 for what is none.
std::size_t bullet_of(std::string_view line) {
  for (const std::string_view bullet : {"- ", "* ", "+ ", "\u2022 ", "\u2022\t", "\u2013 ", "o "})
    if (line.starts_with(bullet)) return bullet.size();
  const std::size_t digits = std::min(line.find_first_not_of("0123456789"), line.size());
  const bool is_numbered = digits > 0 && digits < 4 && digits + 1 < line.size() &&
                           (line[digits] == '.' || line[digits] == ')') && line[digits + 1] == ' ';
  return is_numbered ? digits + 2 : 0;
}

bool is_rule(std::string_view line) { return line.find_first_not_of("|-:=_* \t") == std::string_view::npos; }

Kind kind_of(std::string_view line) {
  if (line.empty() || line[0] == '>' || is_rule(line)) return Kind::other;
  if (line[0] == '#') return Kind::heading;
  if (line.starts_with("Q:")) return Kind::question;
  if (line[0] == '|' && line.size() > 1) return Kind::row;
  return line.starts_with("A:") || bullet_of(line) > 0 ? Kind::item : Kind::text;
}

/// What of a line is not its text: a bullet, a heading's marks, "Q:".
std::size_t prefix_of(std::string_view line, Kind kind) {
  if (kind == Kind::heading) return std::min(line.find_first_not_of('#'), line.size());
  if (kind == Kind::question || line.starts_with("A:")) return 2;
  return kind == Kind::item ? bullet_of(line) : 0;
}

}  // namespace

ReportLines::ReportLines(std::string_view report) {
  bool is_in_fence = false;
  for (std::size_t begin = 0; begin <= report.size();) {
    const std::size_t end = std::min(report.find_first_of("\n\f", begin), report.size());
    const std::string_view line = trimmed(report.substr(begin, end - begin));
    const bool is_fence = line.starts_with("```") || line.starts_with("~~~");
    ReportLine read{.kind = is_fence || is_in_fence ? Kind::other : kind_of(line)};
    const std::string_view text = trimmed(line.substr(prefix_of(line, read.kind)));
    read.text = text;
    read.begin = text.empty() ? begin : static_cast<std::size_t>(text.data() - report.data());
    lines_.push_back(std::move(read));
    begins_.push_back(begin);
    is_in_fence = is_in_fence != is_fence;
    begin = end + 1;
  }
}

std::size_t ReportLines::number_at(std::size_t place) const {
  return static_cast<std::size_t>(std::ranges::upper_bound(begins_, place) - begins_.begin());
}

std::vector<TableCell> cells_of(const ReportLine& row) {
  std::vector<TableCell> cells;
  for (std::size_t begin = 1; begin < row.text.size();) {
    const std::size_t end = std::min(row.text.find('|', begin), row.text.size());
    const std::string_view cell = trimmed(std::string_view(row.text).substr(begin, end - begin));
    cells.push_back(
        {std::string(cell),
         row.begin + (cell.empty() ? begin : static_cast<std::size_t>(cell.data() - row.text.data()))});
    begin = end + 1;
  }
  return cells;
}

}  // namespace klab
