#pragma once

#include <string>
#include <vector>

#include "claims/catalogue.hpp"
#include "cli/installation.hpp"
#include "experiments/experiment.hpp"

namespace klab {

struct MeasureOptions {
  std::vector<std::string> claims = {};  ///< ids; all of the catalogue when empty
  bool again = false;                    ///< also what was measured before
  int times = 1;
  int at_once = 4;
};

/// Runs experiments side by side, says on stderr what each comes to, and puts all that was measured into the
/// installation's file of measurements. Waits for another klab that does the same. Throws HarnessError when
/// no broker can be had, Interrupted; what was measured by then is kept.
void run_and_keep(const std::vector<Experiment>& experiments, const Installation& installation, int times = 1,
                  int at_once = 4);

/// Of these, the experiments that have not come to a conclusion about each of their claims yet.
std::vector<Experiment> not_concluded(std::vector<Experiment> experiments, const Installation& installation);

/// Runs the experiments that settle the claims, but for those that were run before, and prints what was
/// measured. Returns the exit code: 0 when each of the claims has a value, 2 when one has not. Throws
/// BadInput for an id that is no claim's, and as run_and_keep does.
int measure_claims(const MeasureOptions& options);

}  // namespace klab
