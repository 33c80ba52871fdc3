#include "runners/guess/folder_files.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <array>
#include <cctype>
#include <fstream>
#include <string_view>

#include "checks/errors.hpp"

namespace klab {
namespace {

namespace fs = std::filesystem;

constexpr std::size_t kMostFiles = 5000;
constexpr int kDeepest = 10;
constexpr std::size_t kReadBytes = 256 * 1024;

constexpr std::array<std::string_view, 11> kMadeByTools{
    "node_modules", "__pycache__", "venv",      "env",    "target",       "build",
    "obj",          "classes",     "klab-runs", "vendor", "site-packages"};

/// Well-formed UTF-8 without control characters, and without the braces of placeholders.
bool can_be_named(const std::string& name) {
  int to_come = 0;
  for (const char c : name) {
    const auto byte = static_cast<unsigned char>(c);
    if (to_come > 0) {
      if ((byte & 0xc0) != 0x80) return false;
      --to_come;
    } else if (byte >= 0x80) {
      to_come = (byte & 0xe0) == 0xc0 ? 1 : (byte & 0xf0) == 0xe0 ? 2 : (byte & 0xf8) == 0xf0 ? 3 : -1;
      if (to_come < 0) return false;
    } else if (byte < 0x20 || byte == 0x7f || c == '{' || c == '}') {
      return false;
    }
  }
  return to_come == 0;
}

bool is_made_by_a_tool(const std::string& name) {
  return name.starts_with('.') || std::ranges::find(kMadeByTools, name) != kMadeByTools.end();
}

/// std::regex takes stack for each character that a \s* matches.
std::string with_short_gaps(const std::string& text) {
  constexpr std::size_t kLongestGap = 16;
  std::string shorter;
  std::size_t gap = 0;
  for (const char c : text) {
    gap = std::isspace(static_cast<unsigned char>(c)) ? gap + 1 : 0;
    if (gap <= kLongestGap) shorter += c;
  }
  return shorter;
}

}  // namespace

FolderFiles::FolderFiles(fs::path folder) : folder_(std::move(folder)) {
  std::error_code failed;
  const fs::file_status status = fs::status(folder_, failed);
  if (status.type() == fs::file_type::not_found)
    throw BadInput(fmt::format("{}: no such folder; expected a submission", folder_.string()));
  if (status.type() != fs::file_type::none && !fs::is_directory(status))
    throw BadInput(fmt::format("{}: not a folder; expected a submission", folder_.string()));
  if (!failed) fs::directory_iterator(folder_, failed);
  if (failed) throw BadInput(fmt::format("{}: cannot be read: {}", folder_.string(), failed.message()));
  walk({}, 0);
  std::ranges::sort(names_);
}

void FolderFiles::walk(const fs::path& name, int depth) {
  std::error_code failed;
  for (fs::directory_iterator entry(folder_ / name, failed), end; !failed && entry != end;
       entry.increment(failed)) {
    const std::string entry_name = entry->path().filename().string();
    if (is_made_by_a_tool(entry_name)) continue;
    if (!can_be_named(entry_name)) {
      doubts_.push_back(
          "a file was passed over: its name is not UTF-8, or holds a brace or a control character");
      continue;
    }
    std::error_code ignored;
    if (entry->is_directory(ignored) && !entry->is_symlink(ignored) && depth < kDeepest) {
      walk(name / entry_name, depth + 1);
    } else if (entry->is_regular_file(ignored)) {
      if (names_.size() == kMostFiles) {
        if (doubts_.empty() || !doubts_.back().starts_with("only"))
          doubts_.push_back(fmt::format("only {} of its files were looked at", kMostFiles));
        return;
      }
      names_.push_back(name / entry_name);
    }
  }
  if (failed) doubts_.push_back(fmt::format("{}: cannot be read: {}", name.string(), failed.message()));
}

bool FolderFiles::has(const fs::path& name) const { return std::ranges::binary_search(names_, name); }

std::string FolderFiles::text(const fs::path& name) const {
  std::ifstream in(folder_ / name, std::ios::binary);
  std::string text(kReadBytes, '\0');
  in.read(text.data(), static_cast<std::streamsize>(text.size()));
  text.resize(static_cast<std::size_t>(std::max<std::streamsize>(in.gcount(), 0)));
  return with_short_gaps(text);
}

fs::path FolderFiles::nearest(fs::path from, const std::vector<std::string>& names) const {
  for (;; from = from.parent_path()) {
    for (const std::string& name : names)
      if (has(from / name)) return from / name;
    if (from.empty()) return {};
  }
}

}  // namespace klab
