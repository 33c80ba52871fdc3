#pragma once

#include <filesystem>
#include <string>
#include <vector>

#include "runners/file_descriptor.hpp"

namespace klab {

/// How a class is graded; kept in class.json, so that it is gone on with as it was begun, on whatever
/// machine.
struct ClassChoices {
  std::string lab = {};                    ///< its id
  std::vector<std::string> sections = {};  ///< as asked; all when empty
  std::string broker = {};
  std::string sandbox = {};

  bool operator==(const ClassChoices&) const = default;
};

/// klab-class/<lab>-<time>/: everything that the grading of a class leaves behind.
///
///   class.json class.csv class.html broker.log
///   runs/NAME/       the run directory of a submission, once its grading has ended
///   grading/I-*/     those under way; what a killed klab left there is removed by the next
class ClassDirectory {
 public:
  /// Opens the one asked for, or makes it. Where none is asked for: the youngest below klab-class/ in which
  /// the same folder was begun with the same choices and not finished, else a new one. Throws BadInput when
  /// it cannot be made, is no class's, or was begun with other choices.
  ClassDirectory(const std::filesystem::path& asked, const std::filesystem::path& submissions,
                 const ClassChoices& choices);

  /// Opens one that is there, with the choices it was begun with. Throws BadInput.
  ClassDirectory(const std::filesystem::path& there, const std::filesystem::path& submissions);

  const std::filesystem::path& path() const { return path_; }
  const ClassChoices& choices() const { return choices_; }
  const std::string& started_at() const { return started_at_; }
  bool was_there() const { return was_there_; }

  std::filesystem::path run(const std::string& submission) const { return path_ / "runs" / submission; }
  std::filesystem::path attempts() const { return path_ / "grading"; }

  /// Keeps other klabs from grading the same class; what a killed one left under way is removed. Throws
  /// BadInput when another klab is at it.
  void own();

  /// Grades a submission of it beside others that do. Throws BadInput when one klab grades all.
  void join();

  /// Whether a later `klab class` without --out may go on here.
  void write_finished(bool is_finished) const;

 private:
  void lock(int how);
  void begin(const std::filesystem::path& submissions);
  void load(const std::filesystem::path& submissions);

  std::filesystem::path path_;
  std::filesystem::path submissions_;
  ClassChoices choices_ = {};
  std::string started_at_ = {};
  bool was_there_ = false;
  FileDescriptor lock_ = {};
};

/// The names of the folders in DIR, sorted: each is a submission. Hidden ones, what klab leaves there by
/// default, and `out` are none. Throws BadInput when there is none, or when DIR is a submission itself.
std::vector<std::string> list_class(const std::filesystem::path& submissions,
                                    const std::filesystem::path& out);

/// Files and broken links in DIR, sorted, but for hidden ones: one that was to be unpacked may be among them.
std::vector<std::string> left_out_of_class(const std::filesystem::path& submissions);

}  // namespace klab
