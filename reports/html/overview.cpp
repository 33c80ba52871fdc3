#include "reports/html/overview.hpp"

#include <fmt/format.h>

#include <string_view>

#include "reports/markup/html_pieces.hpp"
#include "reports/wording.hpp"

namespace klab {
namespace {

void write_bar_part(XmlElement& bar, int count, PropertyOutcome outcome) {
  if (count == 0) return;
  bar.child("span")
      .attribute("class", css_class_of(outcome))
      .attribute("style", fmt::format("flex-grow:{}", count));
}

void write_overview_row(XmlElement& table, const SectionResult& section) {
  const Tally total = tally(section);
  XmlElement row = table.child("tr");
  {
    XmlElement name = row.child("th");
    name.attribute("scope", "row");
    name.child("a")
        .attribute("href", fmt::format("#{}", anchor_of(section)))
        .text(field_line(section.id + " " + section.title));
    write_bar(name, total);
  }
  row.child("td").text(fmt::format("{} of {}", total.passed, section.properties.size()));
  row.child("td").text(out_of(total.points, total.of));
}

}  // namespace

void write_bar(XmlElement& parent, const Tally& total) {
  if (total.passed + total.failed + total.errors + total.skipped + total.not_run == 0) return;
  XmlElement bar = parent.child("div");
  bar.attribute("class", "bar").attribute("aria-hidden", "true");
  write_bar_part(bar, total.passed, PropertyOutcome::pass);
  write_bar_part(bar, total.failed, PropertyOutcome::fail);
  write_bar_part(bar, total.errors, PropertyOutcome::error);
  write_bar_part(bar, total.skipped, PropertyOutcome::skipped);
  write_bar_part(bar, total.not_run, PropertyOutcome::not_run);
}

void write_overview(XmlElement& parent, const RunResult& run) {
  XmlElement nav = parent.child("nav");
  nav.attribute("aria-labelledby", "sections");
  nav.child("h2").attribute("id", "sections").text("Sections");
  XmlElement table = nav.child("table");
  {
    XmlElement head = table.child("tr");
    for (std::string_view title : {"Section", "Hold", "Points"})
      head.child("th").attribute("scope", "col").text(title);
  }
  for (const SectionResult& section : run.sections) write_overview_row(table, section);
}

}  // namespace klab
