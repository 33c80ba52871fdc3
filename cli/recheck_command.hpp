#pragma once

#include <filesystem>

#include "reports/run_result.hpp"
#include "reports/view.hpp"

namespace klab {

struct RecheckOptions {
  std::filesystem::path run = {};  ///< the run directory
  bool only_changes = false;       ///< print what is judged otherwise than it was, and nothing else
  View view = View::staff;         ///< what is printed, written and returned
  std::filesystem::path out = {};  ///< a new folder for the reports of that view; none when empty
  bool json = false;  ///< the outcome and its changes as one JSON document, in place of the report
};

/// Judges a saved run again from its histories, and prints the report; needs neither Kafka nor the
/// submission, and changes nothing in the run. Throws BadInput where the folder is no run, or `out` is not
/// new.
RunResult recheck(const RecheckOptions& options);

}  // namespace klab
