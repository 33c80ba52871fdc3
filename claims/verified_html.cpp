#include <fmt/format.h>

#include <algorithm>

#include "claims/verified_formats.hpp"
#include "reports/markup/html_pieces.hpp"
#include "reports/wording.hpp"

namespace klab {
namespace {

constexpr std::string_view kMoreStyle = R"(
.report { white-space: pre-wrap; background: var(--card); border: 1px solid var(--line); border-radius: 8px; padding: 1rem 1.25rem; }
.said { border-bottom: 2px solid var(--faint); scroll-margin-top: 1rem; }
.said.fail { border-color: var(--fail); background: var(--fail-wash); }
.said.pass { border-color: var(--pass); }
.said.error { border-color: var(--error); }
.report a.mark { margin: 0 0.25rem; text-decoration: none; }
.finding { scroll-margin-top: 1rem; }
.finding:target, .said:target { box-shadow: inset 4px 0 0 var(--link); }
main h2 { margin: 2rem 0 0.75rem; }
main > ol { list-style: none; }
)";

/// The style sheet knows outcomes of properties; these look alike.
std::string_view css_class(MarkKind kind) {
  if (kind == MarkKind::confirmed) return "pass";
  if (kind == MarkKind::refuted) return "fail";
  return kind == MarkKind::conditional ? "error" : "skipped";
}

std::string word_of(MarkKind kind) {
  std::string word(name_of(kind));
  std::ranges::transform(word, word.begin(),
                         [](unsigned char c) { return static_cast<char>(std::toupper(c)); });
  return word;
}

void write_line(XmlElement& finding, std::string_view label, const std::string& text) {
  if (text.empty()) return;
  XmlElement line = finding.child("p");
  line.child("b").text(label);
  line.text(" ").text(text);
}

void write_statement(XmlElement& list, const VerifiedStatement& statement, std::size_t number,
                     const std::vector<ExperimentAccount>& accounts) {
  XmlElement item = list.child("li");
  item.attribute("class", "finding").attribute("id", fmt::format("statement-{}", number));
  {
    XmlElement title = item.child("h3");
    write_text(title, "span", fmt::format("mark {}", css_class(statement.mark.kind)),
               word_of(statement.mark.kind));
    XmlElement says = title.child("span");
    says.child("a")
        .attribute("href", fmt::format("#sentence-{}", statement.begin))
        .text(field_line(statement.mark.says));
    says.text(" ");
    write_text(says, "code", "", field_line(statement.claim));
  }
  write_line(item, fmt::format("Line {}:", statement.line), field_line(statement.sentence));
  write_line(item, "Measured:", field_line(statement.mark.measured));
  write_evidence(item, statement.mark.evidence, accounts);
}

void write_statements(XmlElement& main, const VerifiedReport& report,
                      const std::vector<ExperimentAccount>& accounts) {
  main.child("h2").text("What the report says of Kafka");
  if (report.statements.empty())
    return write_text(main, "p", "note", "Nothing that the catalogue of claims asks about.");
  XmlElement list = main.child("ol");
  for (std::size_t i = 0; i < report.statements.size(); ++i)
    write_statement(list, report.statements[i], i + 1, accounts);
}

MarkKind gravest(const VerifiedReport& report, std::size_t begin, std::size_t end) {
  MarkKind kind = report.statements[begin].mark.kind;
  for (std::size_t i = begin; i < end; ++i)
    if (report.statements[i].mark.kind == MarkKind::refuted) kind = MarkKind::refuted;
  return kind;
}

void write_sentence(XmlElement& text, const VerifiedReport& report, std::size_t first, std::size_t last) {
  const VerifiedStatement& statement = report.statements[first];
  {
    XmlElement said = text.child("span");
    said.attribute("class", fmt::format("said {}", css_class(gravest(report, first, last))))
        .attribute("id", fmt::format("sentence-{}", statement.begin))
        .text(std::string_view(report.text).substr(statement.begin, statement.end - statement.begin));
  }
  for (std::size_t i = first; i < last; ++i)
    text.child("a")
        .attribute("class", fmt::format("mark {}", css_class(report.statements[i].mark.kind)))
        .attribute("href", fmt::format("#statement-{}", i + 1))
        .text(word_of(report.statements[i].mark.kind));
}

void write_text_of(XmlElement& main, const VerifiedReport& report) {
  main.child("h2").text("Its text");
  XmlElement text = main.child("div");
  text.attribute("class", "report");
  std::size_t at = 0;
  for (std::size_t first = 0, last = 0; first < report.statements.size(); first = last) {
    const VerifiedStatement& statement = report.statements[first];
    while (last < report.statements.size() && report.statements[last].begin == statement.begin) ++last;
    if (statement.begin < at) continue;  // a mark inside a sentence that is marked itself
    text.text(std::string_view(report.text).substr(at, statement.begin - at));
    write_sentence(text, report, first, last);
    at = statement.end;
  }
  text.text(std::string_view(report.text).substr(at));
}

}  // namespace

std::string verified_html(const VerifiedReport& report, const std::vector<ExperimentAccount>& accounts) {
  std::string page = page_head("Claims: " + report.file, kMoreStyle);
  {
    XmlElement body(page, "body");
    {
      XmlElement banner = body.child("header");
      XmlElement title = banner.child("div");
      write_text(title, "h1", "", "Claims about Kafka");
      write_text(title, "p", "submission", field_line(report.file));
    }
    XmlElement main = body.child("main");
    write_text(main, "p", "sentence", summary_of(report) + ".");
    write_statements(main, report, accounts);
    write_text_of(main, report);
    write_accounts(main, accounts);
  }
  return page + "</html>\n";
}

}  // namespace klab
