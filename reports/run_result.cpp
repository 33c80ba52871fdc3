#include "reports/run_result.hpp"

#include "reports/exit_code.hpp"

namespace klab {
namespace {

void count(Tally& tally, const PropertyResult& property) {
  if (!property.is_left_out) tally.of += property.points;
  tally.left_out += property.is_left_out;
  switch (property.outcome) {
    case PropertyOutcome::pass:
      ++tally.passed;
      tally.points += property.points;
      break;
    case PropertyOutcome::fail:
      ++tally.failed;
      break;
    case PropertyOutcome::skipped:
      ++tally.skipped;
      break;
    case PropertyOutcome::error:
      ++tally.errors;
      break;
    case PropertyOutcome::not_run:
      ++tally.not_run;
      break;
  }
}

}  // namespace

std::string_view name_of(PropertyOutcome outcome) {
  switch (outcome) {
    case PropertyOutcome::not_run:
      return "not run";
    case PropertyOutcome::pass:
      return "pass";
    case PropertyOutcome::fail:
      return "fail";
    case PropertyOutcome::skipped:
      return "skipped";
    case PropertyOutcome::error:
      return "error";
  }
  return "error";
}

std::string_view name_of(FailKind kind) {
  switch (kind) {
    case FailKind::refuted:
      return "refuted";
    case FailKind::timeout:
      return "timeout";
    case FailKind::limit:
      return "limit";
    case FailKind::crash:
      return "crash";
    case FailKind::build:
      return "build";
    case FailKind::not_attempted:
      return "not attempted";
  }
  return "refuted";
}

Tally tally(const SectionResult& section) {
  Tally total;
  for (const PropertyResult& property : section.properties) count(total, property);
  return total;
}

Tally tally(const RunResult& run) {
  Tally total;
  for (const SectionResult& section : run.sections)
    for (const PropertyResult& property : section.properties) count(total, property);
  return total;
}

double required_points(const SectionResult& section) {
  if (section.is_optional) return 0;
  double points = section.withheld_points;
  for (const PropertyResult& property : section.properties) points += property.points;
  return points;
}

double required_points(const RunResult& run) {
  double points = 0;
  for (const SectionResult& section : run.sections) points += required_points(section);
  return points;
}

int exit_code(const RunResult& run) {
  const Tally total = tally(run);
  if (total.failed > 0) return kExitFailed;
  // A run in which nothing passed has verified nothing: that is never a success.
  const bool fell_short =
      total.skipped - total.left_out + total.errors + total.not_run > 0 || total.passed == 0;
  return fell_short ? kExitFellShort : kExitAllHolds;
}

std::vector<const PropertyResult*> properties_with(const RunResult& run, PropertyOutcome outcome) {
  std::vector<const PropertyResult*> found;
  for (const SectionResult& section : run.sections)
    for (const PropertyResult& property : section.properties)
      if (property.outcome == outcome) found.push_back(&property);
  return found;
}

}  // namespace klab
