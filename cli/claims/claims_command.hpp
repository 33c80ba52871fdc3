#pragma once

#include <filesystem>

namespace klab {

struct VerifyOptions {
  std::filesystem::path report = {};
  std::filesystem::path measured = {};  ///< the file of measurements; the cache's when empty
  /// Where verified.html, verified.json and junit.xml go; nowhere when empty
  std::filesystem::path out = {};
  bool no_run = false;  ///< what is not measured yet stays so
};

/// Prints every claim of the catalogue with its question and how it is measured. Returns the exit code.
int list_claims();

/// Writes measured.html and measured.md into a folder: the catalogue with all that was measured. Returns the
/// exit code.
int write_measured_page(const std::filesystem::path& folder);

/// Marks what a report says with what was measured. Returns the exit code: 0, 1 when something is refuted, 2
/// when something that was recognised could not be settled. Throws BadInput for what is no report.
int verify_claims(const VerifyOptions& options);

}  // namespace klab
