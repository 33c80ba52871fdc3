#pragma once

#include <string>

#include "reports/run_result.hpp"

namespace klab {

/// A property that is judged otherwise than it was.
struct ChangedOutcome {
  std::string id = {};
  std::string was = {};
  std::string is = {};
};

/// What `--json` prints: one document with the points and each property's outcome; docs/instructors.md has
/// its fields. `folder` is the run directory. `changes` is null where nothing was compared.
std::string outcome_json(const RunResult& run, const std::string& folder,
                         const std::vector<ChangedOutcome>* changes = nullptr);

}  // namespace klab
