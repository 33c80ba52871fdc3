#include "reports/html/findings.hpp"

#include <fmt/format.h>
#include <fmt/ranges.h>

#include <algorithm>
#include <string>
#include <string_view>
#include <vector>

#include "checks/counted.hpp"
#include "reports/markup/html_pieces.hpp"
#include "reports/wording.hpp"

namespace klab {
namespace {

using Properties = std::vector<const PropertyResult*>;

bool is_without_pass(const RunResult& run, const std::string& id) {
  const Properties passed = properties_with(run, PropertyOutcome::pass);
  return std::ranges::none_of(passed, [&](const PropertyResult* property) { return property->id == id; });
}

Properties waiting_for(const RunResult& run, const std::string& id) {
  Properties waiting = properties_with(run, PropertyOutcome::skipped);
  std::erase_if(waiting, [&](const PropertyResult* property) {
    return std::ranges::find(property->needs, id) == property->needs.end();
  });
  return waiting;
}

std::string ids_of(const Properties& properties) {
  std::vector<std::string_view> ids;
  for (const PropertyResult* property : properties) ids.push_back(property->id);
  return fmt::format("{}", fmt::join(ids, ", "));
}

void write_finding_title(XmlElement& finding, const PropertyResult& property) {
  XmlElement title = finding.child("h3");
  write_mark(title, property);
  XmlElement claim = title.child("span");
  claim.child("a")
      .attribute("href", fmt::format("#{}", anchor_of(property)))
      .text(field_line(property.claim));
  claim.text(" ");
  write_text(claim, "span", "kind", kind_remark(property));
  claim.text(" ");
  write_text(claim, "code", "", field_line(property.id));
}

void write_labelled(XmlElement& parent, std::string_view css_class, std::string_view label,
                    const std::string& text) {
  if (text.empty()) return;
  XmlElement line = parent.child("p");
  line.attribute("class", css_class);
  line.child("b").text(label);
  line.text(" ").text(text);
}

void write_finding(XmlElement& list, const RunResult& run, const PropertyResult& property) {
  XmlElement finding = list.child("li");
  finding.attribute("class", "finding " + css_class_of(property.outcome));
  write_finding_title(finding, property);
  write_text(finding, "p", "actual", reason_line(property));
  write_labelled(finding, "todo", "What to do:", field_line(property.hint));
  write_labelled(finding, "folded", "Not judged without it:", ids_of(waiting_for(run, property.id)));
}

void write_list(XmlElement& parent, const RunResult& run, const Properties& properties) {
  XmlElement list = parent.child("ol");
  for (const PropertyResult* property : properties) write_finding(list, run, *property);
}

void write_failures(XmlElement& parent, const RunResult& run) {
  const Properties failed = properties_with(run, PropertyOutcome::fail);
  parent.child("h2").text("What failed");
  const bool holds_all = exit_code(run) == 0 && tally(run).skipped == 0;
  if (failed.empty())
    parent.child("p").text(holds_all ? "Nothing: every property holds." : "Nothing that was judged.");
  else
    write_list(parent, run, failed);
}

void write_others(XmlElement& parent, const RunResult& run, const Properties& properties,
                  std::string_view title, std::string_view lead) {
  if (properties.empty()) return;
  parent.child("h2").text(title);
  write_text(parent, "p", "lead", lead);
  write_list(parent, run, properties);
}

void write_shortfalls(XmlElement& parent, const RunResult& run) {
  write_others(parent, run, properties_with(run, PropertyOutcome::error), "Where the grader fell short",
               "What could not be decided, and why. It is not counted as failed.");
}

void write_not_run(XmlElement& list, const SectionResult& section) {
  Properties not_run;
  for (const PropertyResult& property : section.properties)
    if (property.outcome == PropertyOutcome::not_run) not_run.push_back(&property);
  if (not_run.empty()) return;
  list.child("dt").text(field_line(section.id + " " + section.title));
  XmlElement ids = list.child("dd");
  for (const PropertyResult* property : not_run) {
    ids.child("a").attribute("href", "#" + anchor_of(*property)).text(field_line(property->id));
    ids.text(" ");
  }
}

/// By section, as all of them have the same to say.
void write_not_run(XmlElement& parent, const RunResult& run) {
  if (properties_with(run, PropertyOutcome::not_run).empty()) return;
  parent.child("h2").text("What was not run");
  write_text(parent, "p", "lead", "The run ended before these were judged. They are not counted as failed.");
  XmlElement list = parent.child("dl");
  list.attribute("class", "unrun");
  for (const SectionResult& section : run.sections) write_not_run(list, section);
}

bool is_told_elsewhere(const RunResult& run, const PropertyResult& skipped) {
  return std::ranges::any_of(skipped.needs, [&](const std::string& id) { return is_without_pass(run, id); });
}

void write_skipped(XmlElement& parent, const RunResult& run) {
  Properties skipped = properties_with(run, PropertyOutcome::skipped);
  std::erase_if(skipped, [&](const PropertyResult* property) { return is_told_elsewhere(run, *property); });
  write_others(parent, run, skipped, "What could not be judged here", {});
}

}  // namespace

void write_findings(XmlElement& front, const RunResult& run) {
  XmlElement findings = front.child("div");
  write_failures(findings, run);
  write_shortfalls(findings, run);
  write_not_run(findings, run);
  write_skipped(findings, run);
}

}  // namespace klab
