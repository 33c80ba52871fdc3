#pragma once

#include <filesystem>
#include <string>
#include <vector>

#include "runners/submission/submission.hpp"

namespace klab {

/// A file or link of a submission. Links that lead to a place inside the same git work tree (or inside the
/// folder itself, where there is none) stand for what they lead to, so that submissions can share files; a
/// file .klab-submissions marks a folder of submissions in the same way. Others stay links, so that copying a
/// submission never opens what its author could not.
struct SubmissionFile {
  std::filesystem::path name = {};    ///< relative to the submission's folder
  std::filesystem::path source = {};  ///< the file itself, links resolved
  bool is_link = false;               ///< stays a link, to `source`
};

/// All of a submission's files by name, without .git and klab's own runs. Throws BadInput where they have
/// more than 2 GB together.
std::vector<SubmissionFile> list_submission_files(const Submission& submission);

/// Whether a link in a submission's folder leads to where links are not followed, or nowhere.
bool leads_out(const std::filesystem::path& link, const std::filesystem::path& folder, Links links);

/// The file of that name that lies least deep in the folder; where there is none, where it should be.
std::filesystem::path least_deep_file(const Submission& submission, const std::string& name);

/// Copies them below `to`, modes kept. Throws HarnessError when that fails.
void copy_submission_files(const std::vector<SubmissionFile>& files, const std::filesystem::path& to);

/// SHA-256 over names, modes and contents.
std::string digest_of(const std::vector<SubmissionFile>& files, const std::string& setup);

}  // namespace klab
