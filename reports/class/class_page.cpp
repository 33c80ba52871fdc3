#include "reports/class/class_page.hpp"

#include "reports/class/class_findings.hpp"
#include "reports/class/class_scores.hpp"
#include "reports/class/class_table.hpp"
#include "reports/markup/html_pieces.hpp"
#include "reports/markup/xml_writer.hpp"
#include "reports/wording.hpp"

namespace klab {
namespace {

/// What only a class has; the rest is the report's.
constexpr std::string_view kStyle = R"(
td.number, th.number { text-align: right; white-space: nowrap; padding-left: 0.75rem; }
.meter { width: 40%; }
.meter span { display: block; height: 0.7rem; margin-top: 0.35rem; border-radius: 3px; background: var(--one); min-width: 1px;
  print-color-adjust: exact; -webkit-print-color-adjust: exact; }
.meter .fail { background: var(--fail); }
.shortfalls, .refused { list-style: none; }
.wide { overflow-x: auto; }
.wide:focus-visible { outline: 3px solid var(--link); outline-offset: 2px; }
section > .lead { color: var(--soft); margin-bottom: 0.75rem; }
section > h2 { margin-bottom: 0.5rem; }
)";

void write_banner(XmlElement& body, const ClassResult& result) {
  XmlElement banner = body.child("header");
  {
    XmlElement title = banner.child("div");
    write_text(title, "h1", "", field_line(result.lab + ", a class"));
    write_text(title, "p", "submission", field_line(result.folder));
  }
  if (const std::vector<double> scores = shares(result); !scores.empty()) {
    XmlElement score = banner.child("p");
    score.attribute("class", "score");
    score.child("strong").text(percent_text(median(scores)));
    score.child("span").text("of the points is the median");
  }
  write_text(banner, "p", "sentence", class_sentence(result) + ".");
}

void write_making(XmlElement& body, const ClassResult& result) {
  XmlElement footer = body.child("footer");
  footer.child("h2").text("How this table was made");
  XmlElement table = footer.child("table");
  table.attribute("class", "facts");
  write_fact(table, "Grader", result.tool_version);
  write_fact(table, "Begun", result.started_at);
  write_fact(table, "As a table", "class.csv beside this page has every property of every submission");
}

}  // namespace

std::string class_page(const ClassResult& result) {
  std::string page = page_head(result.lab + ": " + result.folder, kStyle);
  {
    XmlElement body(page, "body");
    write_banner(body, result);
    {
      XmlElement main = body.child("main");
      write_scores(main, result);
      write_what_fails(main, result);
      write_shortfalls(main, result);
      write_refused(main, result);
      write_slowest(main, result);
      write_submissions(main, result);
    }
    write_making(body, result);
  }
  return page + "</html>\n";
}

}  // namespace klab
