#pragma once

#include <filesystem>
#include <string>
#include <vector>

#include "cli/class_directory.hpp"

namespace klab {

/// A job array for Slurm, to be given to sbatch: one task a submission, each of which runs
/// `klab class DIR --out CLASS --only I`; and in its head how the table is made when all have ended.
std::string slurm_script(const ClassDirectory& directory, const std::filesystem::path& submissions,
                         const std::vector<std::string>& names);

/// The same as a matrix for a CI system, as GitHub Actions reads it:
/// {"include":[{"only":1,"submission":"ada"},..]}.
std::string ci_matrix(const std::vector<std::string>& names);

}  // namespace klab
