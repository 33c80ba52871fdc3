#include "cli/class_directory.hpp"

#include <fcntl.h>
#include <fmt/chrono.h>
#include <fmt/format.h>
#include <sys/file.h>

#include <algorithm>
#include <ctime>
#include <nlohmann/json.hpp>
#include <optional>

#include "checks/errors.hpp"
#include "checks/json/json_fields.hpp"
#include "cli/dated_folder.hpp"
#include "cli/installation.hpp"
#include "runners/whole_file.hpp"

namespace klab {
namespace {

namespace fs = std::filesystem;

constexpr const char* kClasses = "klab-class";

JsonFields read_class_json(const fs::path& folder) {
  const fs::path file = folder / "class.json";
  return JsonFields::parse(read_whole_file(file), file.string());
}

ClassChoices choices_in(const JsonFields& json) {
  return {.lab = json.text("lab"),
          .sections = json.texts("sections"),
          .broker = json.text("broker"),
          .sandbox = json.text("sandbox")};
}

bool was_cut_short(const fs::path& folder, const fs::path& submissions, const ClassChoices& choices) {
  try {
    const JsonFields json = read_class_json(folder);
    return !json.flag("finished") && json.text("folder") == submissions.string() &&
           choices_in(json) == choices;
  } catch (const BadInput&) {
    return false;
  }
}

/// Names hold the time, so the youngest is the last.
std::optional<fs::path> youngest_cut_short(const fs::path& submissions, const ClassChoices& choices) {
  std::optional<fs::path> youngest;
  std::error_code ignored;
  for (const auto& entry : fs::directory_iterator(fs::current_path() / kClasses, ignored))
    if ((!youngest || entry.path() > *youngest) && was_cut_short(entry.path(), submissions, choices))
      youngest = entry.path();
  return youngest;
}

void make(const fs::path& folder) {
  std::error_code failed;
  fs::create_directories(folder, failed);
  if (failed) throw BadInput(fmt::format("{}: cannot be made: {}", folder.string(), failed.message()));
}

bool holds_something(const fs::path& folder) {
  std::error_code ignored;
  return fs::exists(folder, ignored) && !fs::is_empty(folder, ignored);
}

}  // namespace

ClassDirectory::ClassDirectory(const fs::path& asked, const fs::path& submissions,
                               const ClassChoices& choices)
    : path_(asked.empty() ? youngest_cut_short(submissions, choices)
                                .value_or(dated_folder(fs::current_path() / kClasses, choices.lab))
                          : fs::absolute(asked)),
      submissions_(submissions),
      choices_(choices) {
  if (!fs::exists(path_ / "class.json")) {
    begin(submissions);
    return;
  }
  load(submissions);
  if (choices_ != choices)
    throw BadInput(
        fmt::format("{}: was begun with another lab, --section, --broker or --sandbox; expected the same, or "
                    "the name of another folder",
                    path_.string()));
}

ClassDirectory::ClassDirectory(const fs::path& there, const fs::path& submissions)
    : path_(fs::absolute(there)), submissions_(submissions) {
  if (!fs::exists(path_ / "class.json"))
    throw BadInput(fmt::format("{}: is not there; expected the folder of a class, as --out names it",
                               (path_ / "class.json").string()));
  load(submissions);
}

void ClassDirectory::begin(const fs::path& submissions) {
  if (holds_something(path_))
    throw BadInput(fmt::format("{}: holds something else; expected a new or empty folder, or that of a class",
                               path_.string()));
  make(path_);
  submissions_ = submissions;
  started_at_ = fmt::format("{:%Y-%m-%dT%H:%M:%SZ}", fmt::gmtime(std::time(nullptr)));
  write_finished(false);
  make(path_ / "runs");
  make(attempts());
}

void ClassDirectory::load(const fs::path& submissions) {
  const JsonFields json = read_class_json(path_);
  choices_ = choices_in(json);
  started_at_ = json.text("started_at");
  submissions_ = submissions;
  was_there_ = true;
  make(path_ / "runs");
  make(attempts());
}

void ClassDirectory::lock(int how) {
  const fs::path file = path_ / "lock";
  lock_ = FileDescriptor(open(file.c_str(), O_CREAT | O_RDWR | O_CLOEXEC, 0644));
  if (!lock_) throw BadInput(fmt::format("{}: cannot be written", file.string()));
  if (flock(lock_.get(), how | LOCK_NB) != 0)
    throw BadInput(fmt::format("{}: another klab is grading this class", path_.string()));
}

void ClassDirectory::join() { lock(LOCK_SH); }

void ClassDirectory::own() {
  lock(LOCK_EX);
  std::error_code ignored;
  for (const auto& entry : fs::directory_iterator(attempts(), ignored)) fs::remove_all(entry.path(), ignored);
}

void ClassDirectory::write_finished(bool is_finished) const {
  const nlohmann::ordered_json json{{"klab", kVersion},
                                    {"lab", choices_.lab},
                                    {"folder", submissions_.string()},
                                    {"sections", choices_.sections},
                                    {"broker", choices_.broker},
                                    {"sandbox", choices_.sandbox},
                                    {"started_at", started_at_},
                                    {"finished", is_finished}};
  replace_whole_file(path_ / "class.json",
                     json.dump(2, ' ', false, nlohmann::ordered_json::error_handler_t::replace) + "\n");
}

std::vector<std::string> left_out_of_class(const fs::path& submissions) {
  std::vector<std::string> names;
  std::error_code ignored;
  for (const auto& entry : fs::directory_iterator(submissions, ignored))
    if (const std::string name = entry.path().filename().string();
        !entry.is_directory(ignored) && !name.starts_with('.'))
      names.push_back(name);
  std::ranges::sort(names);
  return names;
}

std::vector<std::string> list_class(const fs::path& submissions, const fs::path& out) {
  if (!fs::is_directory(submissions))
    throw BadInput(fmt::format("{}: is no folder; expected one with a folder for each submission",
                               submissions.string()));
  if (fs::exists(submissions / "submission.json"))
    throw BadInput(fmt::format("{}: is a submission itself; expected a folder of submissions, or klab check",
                               submissions.string()));
  std::vector<std::string> names;
  std::error_code ignored;
  for (const auto& entry :
       fs::directory_iterator(submissions, fs::directory_options::skip_permission_denied)) {
    const std::string name = entry.path().filename().string();
    if (entry.is_directory(ignored) && !fs::equivalent(entry.path(), out, ignored) &&
        !name.starts_with('.') && name != kClasses && name != "klab-runs")
      names.push_back(name);
  }
  if (names.empty())
    throw BadInput(
        fmt::format("{}: has no folder in it; expected one for each submission", submissions.string()));
  std::ranges::sort(names);
  return names;
}

}  // namespace klab
