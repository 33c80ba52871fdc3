#pragma once

#include <string>
#include <string_view>
#include <vector>

namespace klab {

/// A line of a report and what it is in Markdown. Text without any Markdown is all `text` and `blank`.
struct ReportLine {
  enum class Kind { text, item, question, heading, row, other };  ///< other: blank, code, quoted, a rule

  Kind kind = Kind::text;
  std::string text = {};  ///< without indentation and without what makes it what it is
  std::size_t begin = 0;  ///< of the text, in bytes of the report
};

struct TableCell {
  std::string text = {};
  std::size_t begin = 0;
};

/// The lines of a report.
class ReportLines {
 public:
  explicit ReportLines(std::string_view report);

  const std::vector<ReportLine>& lines() const { return lines_; }
  std::size_t number_at(std::size_t place) const;  ///< of the line that holds this byte, from 1
  std::size_t begin_of(std::size_t number) const { return begins_[number - 1]; }

 private:
  std::vector<ReportLine> lines_ = {};
  std::vector<std::size_t> begins_ = {};
};

/// The cells of a line that is a table's row.
std::vector<TableCell> cells_of(const ReportLine& row);

}  // namespace klab
