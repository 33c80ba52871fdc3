#include "reports/html/program.hpp"

#include <fmt/format.h>

#include <string>
#include <string_view>

#include "checks/counted.hpp"
#include "checks/history/seconds.hpp"
#include "reports/markup/html_pieces.hpp"
#include "reports/printable.hpp"
#include "reports/wording.hpp"

namespace klab {
namespace {

constexpr std::size_t kLongestOutput = 20'000, kLongestEntry = 1'000;

// Spelled out after the colours are gone, so that what is strange about the output can still be seen.
std::string shown_output(std::string_view raw, std::size_t longest = kLongestOutput) {
  return visible_text(without_ansi(shortened(raw, longest)));
}

void write_stream(XmlElement& program, std::string_view title, std::string_view raw) {
  if (raw.empty()) return;
  write_text(program, "p", "stream", title);
  write_text(program, "pre", "", shown_output(raw));
}

void write_side(XmlElement& row, const std::string& raw) {
  XmlElement cell = row.child("td");
  write_text(cell, "code", "", shown_output(raw, kLongestEntry));
}

void write_entry(XmlElement& table, const AccountEntry& entry) {
  XmlElement row = table.child("tr");
  row.child("th").attribute("scope", "row").text(fmt::format("{:.3f} s", seconds(entry.at)));
  if (entry.left_out > 0) {
    row.child("td")
        .attribute("colspan", "2")
        .attribute("class", "more")
        .text(fmt::format("{} left out here", counted(entry.left_out, "line", "lines")));
    return;
  }
  write_side(row, entry.printed);
  write_side(row, entry.heard);
}

void write_account(XmlElement& program, const ProgramSummary& summary) {
  if (summary.account.empty()) return;
  XmlElement table = program.child("table");
  table.attribute("class", "account");
  table.child("caption").text("What it printed, beside what the wire heard of it");
  {
    XmlElement head = table.child("tr");
    for (std::string_view title : {"Time", "The program printed", "The wire saw"})
      head.child("th").attribute("scope", "col").text(title);
  }
  for (const AccountEntry& entry : summary.account) write_entry(table, entry);
}

}  // namespace

void write_program(XmlElement& parent, const ProgramSummary& program, bool is_open) {
  XmlElement details = parent.child("details");
  details.attribute("class", "program");
  if (is_open) details.attribute("open", "open");
  {
    XmlElement summary = details.child("summary");
    write_text(summary, "span", "name", field_line(program.name));
    write_text(summary, "span", "ending", field_line(program.ending));
  }
  write_text(details, "pre", "command", shown_output(program.command));
  write_account(details, program);
  write_stream(details, "The end of its standard output", program.out_tail);
  write_stream(details, "The end of its standard error", program.err_tail);
  if (program.out_tail.empty() && program.err_tail.empty())
    write_text(details, "p", "stream", "It printed nothing.");
}

}  // namespace klab
