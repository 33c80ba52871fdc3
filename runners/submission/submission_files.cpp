#include "runners/submission/submission_files.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <limits>

#include "checks/errors.hpp"
#include "runners/submission/content_digest.hpp"

namespace klab {
namespace {

namespace fs = std::filesystem;

// Each program gets a copy. Holes count as bytes: a copy has none.
constexpr std::uintmax_t kMostBytes = 2'000'000'000;

/// Into which links are followed.
fs::path work_tree_of(const fs::path& folder, Links links) {
  for (fs::path at = folder;; at = at.parent_path()) {
    const bool is_root_of_git = links == Links::into_work_tree && fs::exists(at / ".git");
    if (is_root_of_git || fs::exists(at / ".klab-submissions")) return at;
    if (at == at.root_path()) return folder;
  }
}

bool is_inside(const fs::path& path, const fs::path& folder) {
  return std::mismatch(folder.begin(), folder.end(), path.begin(), path.end()).first == folder.end();
}

class Lister {
 public:
  Lister(const fs::path& folder, Links links) : work_tree_(work_tree_of(folder, links)) {
    walk(folder, {}, 0);
  }

  std::vector<SubmissionFile> files;
  std::uintmax_t bytes = 0;

 private:
  static constexpr int kDeepest = 64;  // links can lead round in a circle

  void walk(const fs::path& folder, const fs::path& name, int depth) {
    if (depth > kDeepest)
      throw BadInput(fmt::format("{}: nested more than {} folders deep", folder.string(), kDeepest));
    for (const auto& entry : fs::directory_iterator(folder)) {
      const fs::path entry_name = entry.path().filename();
      if (entry_name == ".git" || entry_name == "klab-runs") continue;
      add(entry, name / entry_name, depth);
    }
  }

  void add(const fs::directory_entry& entry, const fs::path& name, int depth) {
    fs::path source = entry.path();
    if (entry.is_symlink()) {
      std::error_code broken;
      const fs::path target = fs::canonical(source, broken);
      if (broken || !is_inside(target, work_tree_)) {
        files.push_back({name, fs::read_symlink(source), true});
        return;
      }
      source = target;
    }
    if (fs::is_directory(source)) {
      walk(source, name, depth + 1);
    } else if (fs::is_regular_file(source)) {
      files.push_back({name, source, false});
      bytes += fs::file_size(source);
    }
  }

  fs::path work_tree_;
};

}  // namespace

bool leads_out(const fs::path& link, const fs::path& folder, Links links) {
  std::error_code broken;
  const fs::path target = fs::canonical(link, broken);
  return broken || !is_inside(target, work_tree_of(fs::canonical(folder), links));
}

std::vector<SubmissionFile> list_submission_files(const Submission& submission) {
  const fs::path& folder = submission.folder;
  Lister lister(fs::canonical(folder), submission.links);
  if (lister.bytes > kMostBytes)
    throw BadInput(fmt::format("{}: its files have {} MB together; expected at most {}", folder.string(),
                               lister.bytes / 1'000'000, kMostBytes / 1'000'000));
  std::vector<SubmissionFile> files = std::move(lister.files);
  std::ranges::sort(files, {}, &SubmissionFile::name);
  return files;
}

fs::path least_deep_file(const Submission& submission, const std::string& name) {
  fs::path found = submission.folder / name;
  std::ptrdiff_t least_deep = std::numeric_limits<std::ptrdiff_t>::max();
  for (const SubmissionFile& file : list_submission_files(submission))
    if (const auto depth = std::distance(file.name.begin(), file.name.end());
        file.name.filename() == name && !file.is_link && depth < least_deep) {
      found = file.source;
      least_deep = depth;
    }
  return found;
}

void copy_submission_files(const std::vector<SubmissionFile>& files, const fs::path& to) {
  try {
    for (const SubmissionFile& file : files) {
      fs::create_directories((to / file.name).parent_path());
      if (file.is_link) {
        fs::create_symlink(file.source, to / file.name);
        continue;
      }
      fs::copy_file(file.source, to / file.name);
      // make and its like build what is older than its sources.
      fs::last_write_time(to / file.name, fs::last_write_time(file.source));
    }
  } catch (const fs::filesystem_error& error) {
    throw HarnessError(fmt::format("cannot copy the submission: {}", error.what()));
  }
}

std::string digest_of(const std::vector<SubmissionFile>& files, const std::string& setup) {
  ContentDigest digest;
  digest.add(setup);
  for (const SubmissionFile& file : files) {
    digest.add(file.name.string());
    if (file.is_link) {
      digest.add("link");
      digest.add(file.source.string());
    } else {
      digest.add(fmt::format("{:o}", static_cast<unsigned>(fs::status(file.source).permissions())));
      digest.add_file(file.source);
    }
  }
  return digest.finish();
}

}  // namespace klab
