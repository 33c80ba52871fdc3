#pragma once

#include <algorithm>
#include <string>

#include "claims/mark.hpp"
#include "experiments/experiment.hpp"
#include "experiments/plays/told_history.hpp"

namespace klab {

/// What an experiment on a claim, or the first of them, concludes of it from a history: "yes; unit: segment",
/// or "undecided".
inline std::string concluded(const std::string& claim, const History& history,
                             const std::string& experiment = "") {
  const std::vector<Experiment> all = experiments_on({claim});
  const auto one = experiment.empty() ? all.begin() : std::ranges::find(all, experiment, &Experiment::name);
  if (one == all.end()) return "no experiment " + experiment;
  const Measurement measured = one->conclude(history).measurements().at(claim);
  if (!obstacle_to(measured).empty()) return "undecided";
  std::string text;
  for (const MeasuredValue& value : measured.values)
    text += (text.empty() ? "" : "; ") + (value.aspect.empty() ? "" : value.aspect + ": ") + value.value;
  return text;
}

/// What is concluded where so many clients, or other circumstances, show the same: "yes; yes; yes".
inline std::string of_each(int count, const std::string& value) {
  std::string text;
  for (int i = 0; i < count; ++i) text += (i == 0 ? "" : "; ") + value;
  return text;
}

}  // namespace klab
