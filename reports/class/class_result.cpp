#include "reports/class/class_result.hpp"

#include <algorithm>

#include "reports/exit_code.hpp"

namespace klab {

std::string_view name_of(GradingState state) {
  switch (state) {
    case GradingState::not_graded:
      return "not graded yet";
    case GradingState::graded:
      return "graded";
    case GradingState::refused:
      return "cannot be graded";
    case GradingState::broken_off:
      return "grader failed";
  }
  return "grader failed";
}

ClassTally tally(const ClassResult& result) {
  ClassTally total;
  for (const ClassRow& row : result.rows) {
    total.graded += row.state == GradingState::graded;
    total.refused += row.state == GradingState::refused;
    total.broken_off += row.state == GradingState::broken_off;
    total.not_graded += row.state == GradingState::not_graded;
    total.with_errors += row.state == GradingState::graded && !row.errors.empty();
  }
  return total;
}

std::size_t count(const ClassResult& result, const std::string& property, PropertyOutcome outcome) {
  const std::pair wanted(property, outcome);
  return static_cast<std::size_t>(std::ranges::count_if(result.rows, [&](const ClassRow& row) {
    return std::ranges::find(row.outcomes, wanted) != row.outcomes.end();
  }));
}

std::vector<double> shares(const ClassResult& result) {
  std::vector<double> found;
  for (const ClassRow& row : result.rows)
    if (row.state == GradingState::graded && row.errors.empty() && row.of > 0)
      found.push_back(row.points / row.of);
  std::ranges::sort(found);
  return found;
}

double median(const std::vector<double>& sorted) {
  if (sorted.empty()) return 0;
  const std::size_t middle = sorted.size() / 2;
  return sorted.size() % 2 == 1 ? sorted[middle] : (sorted[middle - 1] + sorted[middle]) / 2;
}

int exit_code(const ClassResult& result) {
  const ClassTally total = tally(result);
  if (total.broken_off + total.not_graded + total.with_errors > 0) return kExitFellShort;
  return total.refused > 0 ? kExitFailed : kExitAllHolds;
}

}  // namespace klab
