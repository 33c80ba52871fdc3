#include "runners/submission/prepared_submission.hpp"

#include <fcntl.h>
#include <fmt/format.h>
#include <unistd.h>

#include <algorithm>
#include <atomic>
#include <fstream>
#include <iterator>
#include <set>

#include "checks/errors.hpp"
#include "runners/file_lock.hpp"
#include "runners/machine_slot.hpp"
#include "runners/process/child_process.hpp"
#include "runners/process/environment.hpp"
#include "runners/submission/submission_files.hpp"

namespace klab {
namespace {

namespace fs = std::filesystem;
using namespace std::chrono_literals;

constexpr std::size_t kShownOutput = 4000;
constexpr auto kKeptUnused = 24h * 30;
constexpr auto kToWaitForOthers = 4min;

std::string end_of_file(const fs::path& file) {
  std::ifstream in(file, std::ios::binary | std::ios::ate);
  const std::streamoff size = in.tellg();
  in.seekg(std::max<std::streamoff>(0, size - static_cast<std::streamoff>(kShownOutput)));
  return {std::istreambuf_iterator<char>(in), {}};
}

/// Empty when setup went well.
std::string run_setup(const Submission& submission, const fs::path& folder, const fs::path& log,
                      std::chrono::seconds deadline) {
  const FileDescriptor out(open(log.c_str(), O_CREAT | O_TRUNC | O_WRONLY | O_CLOEXEC, 0644));
  if (!out) throw HarnessError(fmt::format("cannot write {}", log.string()));
  const FileDescriptor slot = take_machine_slot("setup", kToWaitForOthers);
  static std::atomic<int> setups{0};  // several may run side by side in one klab; each kills its own only
  const std::string token = fmt::format("setup-{}-{}-", getpid(), ++setups);
  ChildProcess setup({.argv = {"/bin/sh", "-c", submission.setup},
                      .environment = setup_environment(token),
                      .folder = folder,
                      .out = out.get(),
                      .err = out.get()});
  const auto finish = [&] {
    const ExitStatus status = setup.finish();
    kill_marked(token);
    return status;
  };
  bool ended = false;
  try {
    ended = setup.wait(deadline);
  } catch (const Interrupted&) {
    finish();
    throw;
  }
  const ExitStatus status = finish();
  if (!ended) return fmt::format("setup was still running after {} s and was killed", deadline.count());
  return status.is_success() ? ""
                             : fmt::format("setup ended with {}: {}", describe(status), submission.setup);
}

void drop_unused(const fs::path& folder) {
  std::error_code ignored;
  for (const auto& entry : fs::directory_iterator(folder, ignored))
    if (fs::last_write_time(entry.path() / "ready", ignored) <
            fs::file_time_type::clock::now() - kKeptUnused &&
        !ignored)
      fs::remove_all(entry.path(), ignored);
}

void link_what_setup_made(const fs::path& from, const fs::path& to, const fs::path& name,
                          const std::set<fs::path>& own_names) {
  for (const auto& entry : fs::directory_iterator(from / name)) {
    const fs::path entry_name = name / entry.path().filename();
    if (!own_names.contains(entry_name)) {
      fs::create_directories(to / name);  // setup may have moved all of an own folder's files
      fs::create_symlink(entry.path(), to / entry_name);
    } else if (!entry.is_symlink() && entry.is_directory()) {  // a link may lead to itself
      link_what_setup_made(from, to, entry_name, own_names);
    }
  }
}

}  // namespace

PreparedSubmission prepare(const Submission& submission, const fs::path& cache,
                           std::chrono::seconds setup_deadline) {
  const std::vector<SubmissionFile> files = list_submission_files(submission);
  PreparedSubmission prepared{.digest = digest_of(files, submission.setup)};
  const fs::path home = cache / "submissions" / prepared.digest.substr(0, 16);
  const fs::path ready = home / "ready", log = home / "setup.log";
  prepared.folder = home / "tree";
  std::error_code failed;
  fs::create_directories(home, failed);
  if (failed) throw HarnessError(fmt::format("cannot make {}: {}", home.string(), failed.message()));
  const FileDescriptor held = lock_file(home / "lock", 15min);

  if (fs::exists(ready)) {
    fs::last_write_time(ready, fs::file_time_type::clock::now(), failed);
    prepared.was_cached = true;
    return prepared;
  }
  fs::remove_all(prepared.folder);
  fs::create_directories(prepared.folder);
  copy_submission_files(files, prepared.folder);
  if (!submission.setup.empty())
    prepared.failure = run_setup(submission, prepared.folder, log, setup_deadline);
  if (!prepared.failure.empty())
    prepared.setup_output = end_of_file(log);
  else
    std::ofstream(ready).close();
  drop_unused(cache / "submissions");
  return prepared;
}

void lay_out_working_folder(const PreparedSubmission& prepared, const Submission& submission,
                            const fs::path& folder) {
  fs::create_directories(folder);
  std::vector<SubmissionFile> own = list_submission_files(submission);
  std::set<fs::path> own_names;  // files, and the folders above them
  for (SubmissionFile& file : own) {
    if (!file.is_link) file.source = prepared.folder / file.name;
    for (fs::path name = file.name; !name.empty(); name = name.parent_path()) own_names.insert(name);
  }
  std::erase_if(own, [](const SubmissionFile& file) { return !file.is_link && !fs::exists(file.source); });
  copy_submission_files(own, folder);
  link_what_setup_made(prepared.folder, folder, {}, own_names);
}

}  // namespace klab
