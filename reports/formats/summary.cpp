#include "reports/formats/summary.hpp"

#include <fmt/format.h>
#include <fmt/ranges.h>

#include <algorithm>
#include <span>
#include <string_view>
#include <vector>

#include "checks/counted.hpp"
#include "reports/formats/markdown.hpp"
#include "reports/wording.hpp"

namespace klab {
namespace {

using Blocks = std::vector<std::string>;

constexpr std::size_t kMostEvidence = 3;  // enough to see the pattern; report.html has the rest
constexpr std::size_t kForTheLastLine = 200;

std::string sentence(const std::string& text) { return text.empty() ? "" : markdown_line(text) + ".\n\n"; }

std::string head(const RunResult& run) {
  const Tally total = tally(run);
  std::string text = fmt::format("## {}: {} of {} points\n\n", markdown_line(run.lab),
                                 points_text(total.points), points_text(total.of));
  text += sentence(outcome_sentence(total)) + sentence(open_sentence(run));
  for (const std::string& note : run.notes) text += fmt::format("Note: {}\n\n", markdown_line(note));
  return text;
}

std::string section_row(const SectionResult& section) {
  const Tally total = tally(section);
  return fmt::format("| {} {} | {} of {} | {} |\n", markdown_line(section.id), markdown_line(section.title),
                     points_text(total.points), points_text(total.of),
                     markdown_line(outcome_sentence(total)));
}

std::string sections_table(const RunResult& run) {
  std::string table = "| Section | Points | Properties |\n| --- | --- | --- |\n";
  for (const SectionResult& section : run.sections) table += section_row(section);
  return table + "\n";
}

void add_item(std::string& text, std::string_view label, std::string_view raw) {
  const std::string line = markdown_line(raw);
  if (!line.empty()) text += fmt::format("- {}: {}\n", label, line);
}

void add_evidence(std::string& text, const PropertyResult& property, const std::string& folder) {
  const std::size_t shown = std::min(property.evidence.size(), kMostEvidence);
  for (const Evidence& evidence : std::span(property.evidence).first(shown)) {
    const std::string place = place_in_history(evidence, folder);
    add_item(text, "evidence", place.empty() ? evidence.note : fmt::format("{} ({})", evidence.note, place));
  }
  if (const std::size_t more = property.evidence.size() - shown + property.evidence_left_out; more > 0)
    add_item(text, "evidence", fmt::format("and {} more", more));
}

std::string remark(const PropertyResult& property) {
  if (property.is_left_out) return " (optional, and not attempted)";
  const std::string_view kind = kind_remark(property);
  return kind.empty() ? "" : fmt::format(" ({})", kind);
}

std::string finding(const PropertyResult& property, const std::string& folder) {
  std::string text =
      fmt::format("**{}**: {}{}, {} {}\n\n", markdown_line(property.id), markdown_line(property.claim),
                  remark(property), points_text(property.points), property.points == 1 ? "point" : "points");
  add_item(text, "expected", property.expected);
  add_item(text, "actual", reason_line(property));
  add_evidence(text, property, folder);
  add_item(text, "what to do", property.hint);
  return text + "\n";
}

template <typename IsMeant>
void add_findings(Blocks& blocks, const RunResult& run, std::string_view title, IsMeant is_meant) {
  std::string heading = fmt::format("### {}\n\n", title);
  for (const SectionResult& section : run.sections)
    for (const PropertyResult& property : section.properties)
      if (is_meant(property)) {
        blocks.push_back(heading + finding(property, section.folder));
        heading.clear();
      }
}

std::string property_row(const PropertyResult& property) {
  const std::string needs = property.outcome == PropertyOutcome::skipped && !property.needs.empty()
                                ? fmt::format(" (needs {})", markdown_line(needs_text(property)))
                                : remark(property);
  return fmt::format("| {}{} | {} | {} | {} |\n", mark_of(property.outcome), needs,
                     markdown_line(property.id), markdown_line(property.claim), points_text(property.points));
}

void add_all_properties(Blocks& blocks, const RunResult& run) {
  std::string heading = "### All properties\n\n| | Property | Claim | Points |\n| --- | --- | --- | --- |\n";
  for (const SectionResult& section : run.sections)
    for (const PropertyResult& property : section.properties) {
      blocks.push_back(heading + property_row(property));
      heading.clear();
    }
}

std::string making(const RunResult& run) {
  return fmt::format("\nGrader {}, broker {}, seed {}, started {}\n", markdown_line(run.tool_version),
                     markdown_line(run.broker), markdown_line(run.seed), markdown_line(run.started_at));
}

std::string cut(const Blocks& blocks, std::size_t most) {
  std::string text;
  std::size_t taken = 0;
  while (text.size() + blocks[taken].size() + kForTheLastLine <= most) text += blocks[taken++];
  return text + fmt::format("\nCut here: {} left out, which report.html has.\n",
                            counted(blocks.size() - taken, "more piece is", "more pieces are"));
}

}  // namespace

std::string job_summary(const RunResult& run, std::size_t most) {
  Blocks blocks{head(run), sections_table(run)};
  add_findings(blocks, run, "What failed",
               [](const PropertyResult& property) { return property.outcome == PropertyOutcome::fail; });
  add_findings(
      blocks, run, "What could not be judged, which is not your fault", [](const PropertyResult& property) {
        return property.outcome == PropertyOutcome::error || property.outcome == PropertyOutcome::not_run;
      });
  add_all_properties(blocks, run);
  blocks.push_back(making(run));
  std::string whole = fmt::format("{}", fmt::join(blocks, ""));
  if (whole.size() <= most) return whole;
  return most < kForTheLastLine ? "" : cut(blocks, most);
}

}  // namespace klab
