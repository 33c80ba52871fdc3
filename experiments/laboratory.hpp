#pragma once

#include <filesystem>
#include <functional>
#include <string>
#include <vector>

#include "experiments/experiment.hpp"
#include "fixtures/brokers/jvm_host.hpp"

namespace klab {

/// Where experiments are run, and what is kept of them.
struct Laboratory {
  std::string kafka = {};  ///< version of the brokers
  JvmHostChoice host = {};
  std::filesystem::path clients = {};  ///< experiments/clients
  std::filesystem::path cache = {};
  std::filesystem::path scratch = {};
  std::filesystem::path folder = {};  ///< a folder for each experiment; paths of evidence start here
};

/// What came of an experiment.
struct ExperimentResult {
  std::string name = {};
  Measurements measured = {};
  double seconds = 0;
  std::string failure = {};  ///< why it came to no conclusion; empty when it did
};

/// Runs it, so many times; keeps the last history as FOLDER/NAME/history.jsonl and what it came to beside it.
/// A claim whose values differ from time to time is undecided, and so is each when klab itself falls short.
/// Throws Interrupted.
ExperimentResult run_experiment(const Experiment& experiment, const Laboratory& laboratory, int times = 1);

/// Runs so many at a time, in their order; `done` is told of each, one after the other. Throws Interrupted.
void run_experiments(const std::vector<Experiment>& experiments, const Laboratory& laboratory, int times,
                     int at_once, const std::function<void(const ExperimentResult&)>& done);

/// Whether it was run before, and came to a conclusion about each of its claims.
bool is_concluded(const Experiment& experiment, const Laboratory& laboratory);

/// What all experiments that were run came to, put together. Throws BadInput for a file that is malformed.
Measurements all_measured(const Laboratory& laboratory);

/// Puts what another experiment found about the same claims together. What it found does not count where one
/// of its controls did not hold, and takes nothing away from what others found.
void add(Measurements& to, const Measurements& found);

}  // namespace klab
