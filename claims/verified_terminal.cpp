#include <fmt/format.h>
#include <fmt/ranges.h>

#include <array>

#include "checks/counted.hpp"
#include "claims/verified_formats.hpp"
#include "reports/terminal/terminal_lines.hpp"
#include "reports/wording.hpp"

namespace klab {
namespace {

constexpr std::array kKinds{MarkKind::confirmed, MarkKind::refuted, MarkKind::conditional,
                            MarkKind::not_measured, MarkKind::not_measurable};

Ink ink_of(MarkKind kind) {
  if (kind == MarkKind::confirmed) return Ink::green;
  if (kind == MarkKind::refuted) return Ink::red;
  return kind == MarkKind::conditional ? Ink::yellow : Ink::dim;
}

}  // namespace

std::string summary_of(const VerifiedReport& report) {
  std::vector<std::string> parts;
  for (const MarkKind kind : kKinds)
    if (const std::size_t count = report.count(kind); count > 0)
      parts.push_back(fmt::format("{} {}", count, name_of(kind)));
  return fmt::format("{} in {}{}{}; {} left alone",
                     counted(report.statements.size(), "statement", "statements"),
                     counted(report.sentences, "sentence", "sentences"), parts.empty() ? "" : ": ",
                     fmt::join(parts, ", "), counted(report.left_alone, "sentence", "sentences"));
}

std::string verified_terminal(const VerifiedReport& report, TerminalStyle style) {
  TerminalLines lines(style);
  for (const VerifiedStatement& statement : report.statements)
    lines.row({},
              fmt::format("{}:{}: {}: says {}; measured: {}: {}", field_line(report.file), statement.line,
                          field_line(statement.claim), field_line(statement.mark.says),
                          field_line(statement.mark.measured), name_of(statement.mark.kind)),
              ink_of(statement.mark.kind));
  if (!report.statements.empty()) lines.blank();
  lines.row({}, summary_of(report) + ".", Ink::bold);
  return lines.text();
}

}  // namespace klab
