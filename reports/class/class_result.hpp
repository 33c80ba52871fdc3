#pragma once

#include <cstddef>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "reports/run_result.hpp"

namespace klab {

/// What became of one folder of a class. `refused` is the folder's own fault, such as a malformed manifest;
/// `broken_off` the grader's: it died, or could not begin.
enum class GradingState { not_graded, graded, refused, broken_off };

/// "not graded yet", "graded", "cannot be graded", "grader failed"
std::string_view name_of(GradingState state);

struct SectionPoints {
  std::string id = {};
  double points = 0, of = 0;
};

/// One submission of a class.
struct ClassRow {
  std::string submission = {};  ///< the folder's name
  GradingState state = GradingState::not_graded;
  std::string reason = {};  ///< why it is not graded; empty when it is
  double points = 0, of = 0;
  double seconds = 0;  ///< that its grading took, beside others
  std::vector<SectionPoints> sections = {};
  std::vector<std::pair<std::string, PropertyOutcome>> outcomes = {};  ///< by id, in the lab's order
  std::vector<std::pair<std::string, std::string>> errors = {};        ///< of the grader: id and reason
  std::string run = {};  ///< its run directory, relative to the class's; empty when there is none
};

struct ClassProperty {
  std::string id = {};
  std::string claim = {};
};

/// Everything that is told of a class.
struct ClassResult {
  std::string lab = {};     ///< its title
  std::string folder = {};  ///< with the submissions, as the user named it
  std::string started_at = {};
  std::string tool_version = {};
  std::vector<std::string> sections = {};  ///< ids
  std::vector<ClassProperty> properties = {};
  std::vector<ClassRow> rows = {};
};

struct ClassTally {
  std::size_t graded = 0, refused = 0, broken_off = 0, not_graded = 0;
  std::size_t with_errors = 0;  ///< of those that are graded: the grader fell short of some properties
};

ClassTally tally(const ClassResult& result);

/// How many rows say this of a property.
std::size_t count(const ClassResult& result, const std::string& property, PropertyOutcome outcome);

/// The share of its points that each graded row has, from 0 to 1, in ascending order. Those of which the
/// grader fell short are left out: their points are open.
std::vector<double> shares(const ClassResult& result);

/// Of sorted values; the mean of the two in the middle where there is an even number. 0 for none.
double median(const std::vector<double>& sorted);

/// 0 when every folder was graded and nothing is the grader's own error; 2 when something is, or a folder was
/// not graded yet; else 1: a folder cannot be graded.
int exit_code(const ClassResult& result);

}  // namespace klab
