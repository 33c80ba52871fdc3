#include "reports/wording.hpp"

#include <fmt/format.h>
#include <fmt/ranges.h>

#include <algorithm>
#include <cmath>
#include <iterator>

#include "checks/counted.hpp"
#include "reports/printable.hpp"

namespace klab {
namespace {

constexpr std::size_t kShownLines = 8;

void add_count(std::string& sentence, int count, std::string_view word) {
  if (count > 0) fmt::format_to(std::back_inserter(sentence), ", {} {}", count, word);
}

std::string_view reason_for_silence(PropertyOutcome outcome) {
  switch (outcome) {
    case PropertyOutcome::pass:
      return "holds";
    case PropertyOutcome::fail:
      return "does not hold";
    case PropertyOutcome::skipped:
      return "could not be judged";
    case PropertyOutcome::error:
      return "the grader fell short and recorded no reason";
    case PropertyOutcome::not_run:
      return "the run ended before this was judged";
  }
  return "could not be judged";
}

}  // namespace

std::string outcome_sentence(const Tally& tally) {
  const int all = tally.passed + tally.failed + tally.skipped + tally.errors + tally.not_run;
  std::string sentence =
      fmt::format("{} of {} {}", tally.passed, all, all == 1 ? "property holds" : "properties hold");
  add_count(sentence, tally.failed, "failed");
  add_count(sentence, tally.skipped, "skipped");
  add_count(sentence, tally.errors, tally.errors == 1 ? "error of the grader" : "errors of the grader");
  add_count(sentence, tally.not_run, "not run");
  return sentence;
}

std::string summary_sentence(const Tally& tally) {
  return fmt::format("{}; {} of {} points", outcome_sentence(tally), points_text(tally.points),
                     points_text(tally.of));
}

std::string withheld_sentence(const RunResult& run) {
  int hidden = 0;
  double worth = 0;
  for (const SectionResult& section : run.sections) {
    hidden += section.withheld;
    worth += section.withheld_points;
  }
  if (hidden == 0) return {};
  const double here = tally(run).of;
  return fmt::format("{} of {} points are judged here; {} worth {} {} told after the deadline",
                     points_text(here), points_text(here + worth),
                     counted(static_cast<std::size_t>(hidden), "hidden property", "hidden properties"),
                     points_text(worth), hidden == 1 ? "is" : "are");
}

std::string open_sentence(const RunResult& run) {
  std::size_t count = 0;
  double points = 0;
  for (const PropertyOutcome outcome : {PropertyOutcome::error, PropertyOutcome::not_run})
    for (const PropertyResult* property : properties_with(run, outcome)) {
      ++count;
      points += property->points;
    }
  if (count == 0) return {};
  return fmt::format("{} {} open: {} could not be judged, which is not the submission's fault",
                     points_text(points), points == 1 ? "point is" : "points are",
                     counted(count, "property", "properties"));
}

std::string points_text(double points) { return fmt::format("{}", std::round(points * 100) / 100); }

std::string_view mark_of(PropertyOutcome outcome) {
  switch (outcome) {
    case PropertyOutcome::pass:
      return "PASS";
    case PropertyOutcome::fail:
      return "FAIL";
    case PropertyOutcome::skipped:
      return "SKIP";
    case PropertyOutcome::error:
      return "ERROR";
    case PropertyOutcome::not_run:
      return "NOT RUN";
  }
  return "ERROR";
}

std::string_view kind_remark(const PropertyResult& property) {
  const bool says_more = property.outcome == PropertyOutcome::fail && property.kind != FailKind::refuted;
  return says_more ? name_of(property.kind) : std::string_view();
}

std::string place_in_history(const Evidence& evidence, std::string_view folder) {
  if (evidence.lines.empty()) return {};
  const auto shown = std::min(evidence.lines.size(), kShownLines);
  const auto first = evidence.lines.begin();
  std::string place = fmt::format("{} {}", evidence.lines.size() == 1 ? "line" : "lines",
                                  fmt::join(first, first + static_cast<std::ptrdiff_t>(shown), ", "));
  if (shown < evidence.lines.size()) place += fmt::format(" and {} more", evidence.lines.size() - shown);
  return fmt::format("{} of {}{}history.jsonl", place, folder, folder.empty() ? "" : "/");
}

std::string disagreement_sentence(const Evidence& disagreement, std::string_view folder) {
  const std::string place = place_in_history(disagreement, folder);
  return fmt::format("the witnesses disagree: {}{}", disagreement.note,
                     place.empty() ? "" : fmt::format(" ({})", place));
}

std::string needs_text(const PropertyResult& property) {
  return fmt::format("{}", fmt::join(property.needs, ", "));
}

std::string reason_line(const PropertyResult& property) {
  const std::string reason = field_line(property.actual);
  return reason.empty() ? std::string(reason_for_silence(property.outcome)) : reason;
}

std::string first_few(std::vector<std::string> names, std::size_t most) {
  const std::size_t more = names.size() > most ? names.size() - most : 0;
  names.resize(names.size() - more);
  return fmt::format("{}{}", fmt::join(names, ", "), more > 0 ? fmt::format(" and {} more", more) : "");
}

std::string field_line(std::string_view raw) { return one_line(shortened(plain_text(raw), kLongestField)); }

}  // namespace klab
