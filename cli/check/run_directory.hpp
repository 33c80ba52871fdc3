#pragma once

#include <cstdint>
#include <filesystem>
#include <string>

#include "reports/run_result.hpp"

namespace klab {

/// What run.json says of a run beside its results.
struct RunFacts {
  std::string lab_digest = {};
  std::string submission_digest = {};
  std::string client_version = {};  ///< of the grader's own librdkafka
  bool is_finished = false;
};

/// klab-runs/<lab>-<time>/: everything a run leaves behind. A run that came to nothing leaves no folder.
class RunDirectory {
 public:
  /// Makes it, or the one asked for. Throws BadInput when that is not empty or cannot be made.
  RunDirectory(const std::filesystem::path& asked, const std::string& lab);
  ~RunDirectory();
  RunDirectory(const RunDirectory&) = delete;
  RunDirectory& operator=(const RunDirectory&) = delete;

  const std::filesystem::path& path() const { return path_; }
  std::filesystem::path section(const std::string& id) const { return path_ / "sections" / id; }

  /// Replaces run.json and every report: report.html, junit.xml, summary.md, and results.json where nothing
  /// is left out. Throws HarnessError, such as for a full disk.
  void write(const RunResult& run, const RunFacts& facts) const;

 private:
  std::filesystem::path path_;
  bool is_made_ = false;
};

}  // namespace klab
