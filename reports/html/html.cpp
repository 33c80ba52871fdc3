#include "reports/html/html.hpp"

#include "reports/html/front.hpp"
#include "reports/html/section.hpp"
#include "reports/markup/html_pieces.hpp"
#include "reports/markup/xml_writer.hpp"

namespace klab {
namespace {

void write_making(XmlElement& body, const RunResult& run) {
  XmlElement footer = body.child("footer");
  footer.child("h2").text("How this run was made");
  XmlElement table = footer.child("table");
  table.attribute("class", "facts");
  write_fact(table, "Grader", run.tool_version);
  write_fact(table, "Broker", run.broker);
  write_fact(table, "Sandbox", run.sandbox);
  write_fact(table, "Seed", run.seed);
  write_fact(table, "Started", run.started_at);
  write_fact(table, "Took", seconds_text(run.seconds));
  for (const std::string& note : run.notes) write_fact(table, "Note", note);
}

void write_body(std::string& page, const RunResult& run) {
  XmlElement body(page, "body");
  body.child("a").attribute("class", "skip").attribute("href", "#findings").text("Skip to what was found");
  write_banner(body, run);
  {
    XmlElement main = body.child("main");
    main.attribute("id", "findings").attribute("tabindex", "-1");
    write_front(main, run);
    for (const SectionResult& section : run.sections) write_section(main, section);
  }
  write_making(body, run);
}

}  // namespace

std::string html_report(const RunResult& run) {
  std::string page = page_head(run.lab + ": " + run.submission);
  write_body(page, run);
  return page + "</html>\n";
}

}  // namespace klab
