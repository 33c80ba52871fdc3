#pragma once

#include <cstddef>
#include <filesystem>
#include <optional>
#include <string>
#include <vector>

namespace klab {

struct ClassOptions {
  std::filesystem::path submissions = ".";  ///< a folder with one for each submission
  std::string lab = "data_transport";
  std::vector<std::string> sections = {};  ///< ids; all when empty
  std::string broker = "auto";
  std::string sandbox = "auto";
  std::filesystem::path out = {};        ///< the class's folder; see ClassDirectory when empty
  std::optional<std::size_t> jobs = {};  ///< submissions at a time
  std::optional<std::size_t> only = {};  ///< grade this one, from 1 in the order of names, and no other
  std::string plan = {};                 ///< grade nothing, print this: "slurm" or "matrix"
  bool collect = false;                  ///< grade nothing, make the table of what there is
};

/// Grades every folder in a folder, several at a time, and makes a table and a page of all. What a killed
/// klab had finished is kept. Returns an exit code: 0 when every folder was graded, 1 when some cannot be, 2
/// when the grader fell short in some. Throws BadInput before anything was graded, HarnessError, Interrupted;
/// by then the table says what was graded.
int grade_class(const ClassOptions& options);

}  // namespace klab
