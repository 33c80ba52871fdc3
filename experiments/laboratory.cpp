#include "experiments/laboratory.hpp"

#include <fmt/format.h>
#include <fmt/ranges.h>

#include <algorithm>
#include <atomic>
#include <fstream>
#include <future>
#include <iterator>
#include <mutex>

#include "checks/errors.hpp"
#include "checks/history/history_json.hpp"
#include "claims/mark.hpp"
#include "experiments/told.hpp"
#include "experiments/trial.hpp"
#include "runners/whole_file.hpp"

namespace klab {
namespace {

namespace fs = std::filesystem;

constexpr const char* kHistory = "history.jsonl";
constexpr const char* kMeasured = "measured.json";

/// Of Kafka, and of the clients that took part.
std::map<std::string, std::string> versions_in(const History& history, const std::string& kafka) {
  std::map<std::string, std::string> versions{{"kafka", kafka}};
  for (const ProgramRun& run : history.programs)
    for (const Told& one : told(history, run.program, "client"))
      versions[one.what.value("client", "")] = one.what.value("version", "");
  return versions;
}

Measurements concluded(const Experiment& experiment, const History& history, const Laboratory& laboratory) {
  Measurements measured = experiment.conclude(history).measurements();
  for (auto& [claim, measurement] : measured) {
    measurement.versions = versions_in(history, laboratory.kafka);
    for (MeasuredValue& value : measurement.values)
      value.evidence = fmt::format("{}/{}", experiment.name, kHistory);
  }
  return measured;
}

Measurements undecided(const Experiment& experiment, const std::string& why, const Laboratory& laboratory) {
  Measurements measured;
  for (const std::string& claim : experiment.claims)
    measured[claim] = {.versions = {{"kafka", laboratory.kafka}}, .undecided = why};
  return measured;
}

/// The history, also of a play that came to no end: it says how far it came.
History play(const Experiment& experiment, const Laboratory& laboratory, std::string& failure) {
  Recorder recorder(History{.lab = "claims", .section = experiment.name});
  const TrialPlace place{.host = laboratory.host,
                         .clients = laboratory.clients,
                         .cache = laboratory.cache,
                         .scratch = laboratory.scratch / experiment.name,
                         .out = laboratory.folder / experiment.name};
  fs::remove_all(place.out);
  fs::create_directories(place.out);
  fs::create_directories(place.scratch);
  try {
    Trial trial(place, experiment, recorder);
    experiment.play(trial);
  } catch (const Interrupted&) {
    throw;
  } catch (const std::exception& error) {
    failure = error.what();
  }
  std::error_code ignored;
  fs::remove_all(place.scratch, ignored);
  std::ofstream file(place.out / kHistory, std::ios::binary);
  write_history(file, recorder.history());
  return recorder.history();
}

ExperimentResult run_once(const Experiment& experiment, const Laboratory& laboratory) {
  const Clock::time_point start = Clock::now();
  ExperimentResult result{.name = experiment.name};
  const History history = play(experiment, laboratory, result.failure);
  result.measured = result.failure.empty() ? concluded(experiment, history, laboratory)
                                           : undecided(experiment, result.failure, laboratory);
  result.seconds = std::chrono::duration<double>(Clock::now() - start).count();
  return result;
}

/// Without notes: those may say how long something took.
std::vector<std::string> values_of(const Measurement& measurement) {
  std::vector<std::string> values;
  for (const MeasuredValue& value : measurement.values)
    values.push_back(fmt::format("{}{}{} ({})", value.aspect, value.aspect.empty() ? "" : " = ", value.value,
                                 fmt::join(value.where, ", ")));
  std::ranges::sort(values);
  return values;
}

/// A claim of which something else was found than the time before is undecided, and stays so.
void compare(Measurements& measured, const Measurements& before) {
  for (auto& [claim, measurement] : measured) {
    const auto found = before.find(claim);
    if (found == before.end()) continue;
    if (!found->second.undecided.empty()) measurement.undecided = found->second.undecided;
    if (!measurement.undecided.empty() || values_of(found->second) == values_of(measurement)) continue;
    measurement.undecided =
        fmt::format("it differs from time to time: {}; then {}", fmt::join(values_of(found->second), ", "),
                    fmt::join(values_of(measurement), ", "));
  }
}

Measurements measured_by(const Experiment& experiment, const Laboratory& laboratory) {
  const fs::path file = laboratory.folder / experiment.name / kMeasured;
  return fs::exists(file) ? read_measurements(read_whole_file(file), file.string()) : Measurements();
}

}  // namespace

ExperimentResult run_experiment(const Experiment& experiment, const Laboratory& laboratory, int times) {
  ExperimentResult result = run_once(experiment, laboratory);
  for (int time = 2; time <= times && result.failure.empty(); ++time) {
    const Measurements before = result.measured;
    result = run_once(experiment, laboratory);
    compare(result.measured, before);
  }
  replace_whole_file(laboratory.folder / experiment.name / kMeasured, to_json_text(result.measured));
  return result;
}

bool is_concluded(const Experiment& experiment, const Laboratory& laboratory) {
  const Measurements measured = measured_by(experiment, laboratory);
  return std::ranges::all_of(experiment.claims, [&](const std::string& claim) {
    const auto found = measured.find(claim);
    return found != measured.end() && obstacle_to(found->second).empty();
  });
}

Measurements all_measured(const Laboratory& laboratory) {
  Measurements all;
  for (const Experiment& experiment : all_experiments()) add(all, measured_by(experiment, laboratory));
  return all;
}

void run_experiments(const std::vector<Experiment>& experiments, const Laboratory& laboratory, int times,
                     int at_once, const std::function<void(const ExperimentResult&)>& done) {
  std::atomic<std::size_t> next{0};
  std::mutex mutex;
  const auto work = [&] {
    for (std::size_t i = next++; i < experiments.size(); i = next++) {
      const ExperimentResult result = run_experiment(experiments[i], laboratory, times);
      const std::lock_guard lock(mutex);
      done(result);
    }
  };
  std::vector<std::future<void>> workers;
  for (int i = 0; i < at_once; ++i) workers.push_back(std::async(std::launch::async, work));
  for (auto& worker : workers) worker.wait();
  for (auto& worker : workers) worker.get();
}

void add(Measurements& to, const Measurements& found) {
  for (const auto& [claim, measurement] : found) {
    Measurement& all = to[claim];
    all.versions.insert(measurement.versions.begin(), measurement.versions.end());
    if (const std::string obstacle = obstacle_to(measurement); !obstacle.empty()) {
      if (all.values.empty()) all.undecided = obstacle;
      continue;
    }
    all.undecided.clear();
    std::ranges::copy(measurement.controls, std::back_inserter(all.controls));
    std::ranges::copy(measurement.values, std::back_inserter(all.values));
  }
}

}  // namespace klab
