#include "cli/check/run_directory.hpp"

#include <fmt/format.h>

#include <nlohmann/json.hpp>

#include "checks/errors.hpp"
#include "cli/dated_folder.hpp"
#include "reports/formats/gradescope.hpp"
#include "reports/formats/junit.hpp"
#include "reports/formats/summary.hpp"
#include "reports/html/html.hpp"
#include "reports/wording.hpp"
#include "runners/whole_file.hpp"

namespace klab {
namespace {

namespace fs = std::filesystem;

constexpr const char* kRuns = "klab-runs";

/// Only a student's view leaves something out.
void add_withheld(nlohmann::ordered_json& json, const RunResult& run) {
  int properties = 0;
  double points = 0;
  for (const SectionResult& section : run.sections) {
    properties += section.withheld;
    points += section.withheld_points;
  }
  if (properties > 0) json["hidden"] = {{"properties", properties}, {"points", points}};
}

std::string run_json(const RunResult& run, const RunFacts& facts) {
  const Tally total = tally(run);
  nlohmann::ordered_json json{{"klab", run.tool_version},
                              {"lab", run.lab},
                              {"lab_digest", facts.lab_digest},
                              {"submission", run.submission},
                              {"submission_digest", facts.submission_digest},
                              {"seed", run.seed},
                              {"started_at", run.started_at},
                              {"seconds", run.seconds},
                              {"broker", run.broker},
                              {"client", facts.client_version},
                              {"sandbox", run.sandbox},
                              {"notes", run.notes},
                              {"finished", facts.is_finished},
                              {"points", total.points},
                              {"points_possible", total.of},
                              {"sections", nlohmann::ordered_json::object()},
                              {"properties", nlohmann::ordered_json::object()},
                              {"errors", nlohmann::ordered_json::object()}};
  for (const SectionResult& section : run.sections) {
    const Tally part = tally(section);
    json["sections"][section.id] = {{"points", part.points},
                                    {"points_possible", part.of},
                                    {"seconds", section.seconds},
                                    {"notes", section.notes}};
    for (const PropertyResult& property : section.properties) {
      json["properties"][property.id] = name_of(property.outcome);
      if (property.outcome == PropertyOutcome::error) json["errors"][property.id] = reason_line(property);
    }
  }
  add_withheld(json, run);
  return json.dump(2, ' ', false, nlohmann::ordered_json::error_handler_t::replace) + "\n";
}

}  // namespace

RunDirectory::RunDirectory(const fs::path& asked, const std::string& lab)
    : path_(asked.empty() ? dated_folder(fs::current_path() / kRuns, lab) : fs::absolute(asked)) {
  std::error_code failed;
  if (fs::exists(path_, failed) && (!fs::is_directory(path_, failed) || !fs::is_empty(path_, failed)))
    throw BadInput(fmt::format("{}: is there already; expected the name of a new or empty folder for the run",
                               path_.string()));
  is_made_ = fs::create_directories(path_, failed);
  if (failed) throw BadInput(fmt::format("{}: cannot be made: {}", path_.string(), failed.message()));
}

RunDirectory::~RunDirectory() {
  std::error_code holds_something;
  if (is_made_ && fs::remove(path_, holds_something) && path_.parent_path().filename() == kRuns)
    fs::remove(path_.parent_path(), holds_something);
}

void RunDirectory::write(const RunResult& run, const RunFacts& facts) const {
  replace_whole_file(path_ / "junit.xml", junit_xml(run));
  replace_whole_file(path_ / "report.html", html_report(run));
  // Gradescope hides by itself, and has to be told all: what a view leaves out would change the total.
  if (withheld_sentence(run).empty()) replace_whole_file(path_ / "results.json", gradescope_json(run));
  replace_whole_file(path_ / "summary.md", job_summary(run));
  // Last: a run that says it is finished has all of its reports, whenever klab was killed.
  replace_whole_file(path_ / "run.json", run_json(run, facts));
}

}  // namespace klab
