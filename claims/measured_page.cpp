#include "claims/measured_page.hpp"

#include <fmt/format.h>
#include <fmt/ranges.h>

#include <algorithm>

#include "claims/mark.hpp"
#include "reports/formats/markdown.hpp"
#include "reports/markup/html_pieces.hpp"
#include "reports/wording.hpp"

namespace klab {
namespace {

constexpr std::string_view kTitle = "What is true of Kafka, as measured";
constexpr std::string_view kMoreStyle = R"(
main h2 { margin: 2rem 0 0.75rem; }
main h3 { margin: 1.75rem 0 0.5rem; scroll-margin-top: 1rem; }
.claims { width: 100%; border-collapse: collapse; }
.claims th, .claims td { text-align: left; vertical-align: top; padding: 0.35rem 0.75rem 0.35rem 0; border-bottom: 1px solid var(--line); }
.experiment { margin: 0.5rem 0; }
)";

const Measurement* measurement_of(const Claim& claim, const Measurements& measured) {
  const auto found = measured.find(claim.id);
  return found == measured.end() ? nullptr : &found->second;
}

/// Why there is no value; empty where there is one.
std::string missing(const Measurement* measurement) {
  return measurement == nullptr ? "not measured yet" : obstacle_to(*measurement);
}

/// The value as the answer that it is: "a producer asks for acks=all".
std::string answer_text(const Claim& claim, const MeasuredValue& value) {
  return sentence_of({.claim = claim.id, .aspect = value.aspect, .value = value.value}, claim);
}

std::string versions_text(const Measurement& measurement) {
  std::vector<std::string> versions;
  for (const auto& [name, version] : measurement.versions)
    versions.push_back(fmt::format("{} {}", name == "kafka" ? "Kafka" : name, version));
  return fmt::format("{}", fmt::join(versions, ", "));
}

std::string controls_text(const Measurement& measurement) {
  std::vector<std::string> names;
  for (const MeasuredControl& control : measurement.controls)
    if (std::ranges::find(names, control.name) == names.end()) names.push_back(control.name);
  return fmt::format("{}", fmt::join(names, "; "));
}

std::string count_text(const Catalogue& catalogue, const Measurements& measured) {
  const auto settled = std::ranges::count_if(
      catalogue.claims, [&](const Claim& claim) { return missing(measurement_of(claim, measured)).empty(); });
  return fmt::format("{} of {} questions are settled by experiment.", settled, catalogue.claims.size());
}

void write_values(XmlElement& main, const Claim& claim, const Measurement& measurement) {
  XmlElement table = main.child("table");
  table.attribute("class", "claims");
  {
    XmlElement head = table.child("thead");
    XmlElement row = head.child("tr");
    for (const std::string_view name : {"Value", "Under", "It means", "Seen"})
      row.child("th").attribute("scope", "col").text(name);
  }
  XmlElement body = table.child("tbody");
  for (const MeasuredValue& value : measurement.values) {
    XmlElement row = body.child("tr");
    row.child("td").child("b").text(value.value);
    row.child("td").text(conditions_text(value.where));
    row.child("td").text(answer_text(claim, value));
    row.child("td").text(field_line(value.note));
  }
}

void write_claim(XmlElement& main, const Claim& claim, const Measurement* measurement,
                 const std::vector<ExperimentAccount>& accounts) {
  {
    XmlElement title = main.child("h3");
    title.attribute("id", claim.id).text(claim.question).text(" ");
    write_text(title, "code", "", claim.id);
  }
  if (const std::string why = missing(measurement); !why.empty())
    return write_text(main, "p", "note", "Undecided: " + field_line(why));
  write_values(main, claim, *measurement);
  write_text(main, "p", "note",
             fmt::format("Controls: {}. With {}.", field_line(controls_text(*measurement)),
                         field_line(versions_text(*measurement))));
  std::vector<std::string> paths;
  for (const MeasuredValue& value : measurement->values) paths.push_back(value.evidence);
  write_evidence(main, paths, accounts);
}

}  // namespace

std::string measured_html(const Catalogue& catalogue, const Measurements& measured,
                          const std::vector<ExperimentAccount>& accounts) {
  std::string page = page_head(kTitle, kMoreStyle);
  {
    XmlElement body(page, "body");
    {
      XmlElement banner = body.child("header");
      XmlElement title = banner.child("div");
      write_text(title, "h1", "", kTitle);
    }
    XmlElement main = body.child("main");
    write_text(main, "p", "sentence", count_text(catalogue, measured));
    main.child("h2").text("The questions");
    for (const Claim& claim : catalogue.claims)
      write_claim(main, claim, measurement_of(claim, measured), accounts);
    write_accounts(main, accounts);
  }
  return page + "</html>\n";
}

std::string measured_markdown(const Catalogue& catalogue, const Measurements& measured) {
  std::string page = fmt::format("# {}\n\n{}\n", kTitle, count_text(catalogue, measured));
  for (const Claim& claim : catalogue.claims) {
    page += fmt::format("\n## {} `{}`\n\n", markdown_line(claim.question), claim.id);
    const Measurement* measurement = measurement_of(claim, measured);
    if (const std::string why = missing(measurement); !why.empty()) {
      page += fmt::format("Undecided: {}\n", markdown_line(why));
      continue;
    }
    page += "| value | under | seen |\n| --- | --- | --- |\n";
    for (const MeasuredValue& value : measurement->values)
      page += fmt::format(
          "| {}{} | {} | {} |\n", value.aspect.empty() ? "" : markdown_line(value.aspect) + ": ",
          markdown_line(value.value), markdown_line(conditions_text(value.where)), markdown_line(value.note));
    page += fmt::format("\nWith {}.\n", markdown_line(versions_text(*measurement)));
  }
  return page;
}

}  // namespace klab
