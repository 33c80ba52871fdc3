#include "cli/selftest_command.hpp"

#include <fmt/format.h>
#include <fmt/ranges.h>

#include <algorithm>
#include <filesystem>
#include <regex>

#include "checks/errors.hpp"
#include "checks/json/json_fields.hpp"
#include "cli/check/check_command.hpp"
#include "cli/installation.hpp"
#include "cli/scratch_folder.hpp"
#include "cli/usage_error.hpp"
#include "reports/exit_code.hpp"
#include "runners/whole_file.hpp"

namespace klab {
namespace {

namespace fs = std::filesystem;

/// What expected.json says; a submission without one is a reference, and passes everything.
struct Expected {
  std::vector<std::string> sections = {};
  std::vector<std::string> fails = {};
  std::vector<std::string> undecided = {};  ///< what nobody can tell, though it is wrong
  std::string message = {};  ///< a regular expression that one of the failures' messages matches
};

Expected load_expected(const fs::path& folder) {
  const fs::path file = folder / "expected.json";
  if (!fs::exists(file)) return {};
  const JsonFields json = JsonFields::parse(read_whole_file(file), file.string());
  return {.sections = {json.text("section")},
          .fails = json.texts("fails"),
          .undecided = json.texts("undecided"),
          .message = json.optional_text("message").value_or("")};
}

fs::path own_submissions() { return find_installation().home / "fixtures" / "submissions"; }

std::vector<std::string> all_names(const fs::path& submissions) {
  std::vector<std::string> names;
  for (const char* kind : {"reference", "broken", "twins"})
    for (const auto& entry : fs::directory_iterator(submissions / kind))
      if (fs::exists(entry.path() / "submission.json"))
        names.push_back(fmt::format("{}/{}", kind, entry.path().filename().string()));
  std::ranges::sort(names);
  return names;
}

std::string message_of(const PropertyResult& property) {
  std::string message = fmt::format("{}\n{}\n", property.actual, property.hint);
  for (const Evidence& evidence : property.evidence) message += evidence.note + '\n';
  return message;
}

bool is_as_expected(const PropertyResult& property, const Expected& expected) {
  const auto is_among = [&](const std::vector<std::string>& ids) {
    return std::ranges::find(ids, property.id) != ids.end();
  };
  if (is_among(expected.fails)) return property.outcome == PropertyOutcome::fail;
  if (is_among(expected.undecided))
    return property.outcome == PropertyOutcome::error && !property.undecided.empty();
  // What cannot be judged because of a failed need is no surprise; the grader's own shortfall always is.
  const bool something_is_wrong = !expected.fails.empty() || !expected.undecided.empty();
  return property.outcome == PropertyOutcome::pass || property.is_left_out ||
         (property.outcome == PropertyOutcome::skipped && something_is_wrong);
}

/// What is not as expected; empty when all is.
std::vector<std::string> surprises(const RunResult& result, const Expected& expected) {
  std::vector<std::string> found;
  std::string messages;
  for (const SectionResult& section : result.sections)
    for (const PropertyResult& property : section.properties) {
      if (property.outcome == PropertyOutcome::fail || !property.undecided.empty())
        messages += message_of(property);
      if (!is_as_expected(property, expected))
        found.push_back(fmt::format("{}: {} ({})", property.id, name_of(property.outcome), property.actual));
    }
  if (!expected.message.empty() && !std::regex_search(messages, std::regex(expected.message)))
    found.push_back(fmt::format("no message matches \"{}\"", expected.message));
  return found;
}

bool passes(const std::string& name, const fs::path& folder, const std::string& broker) {
  const Expected expected = load_expected(folder);
  const ScratchFolder out;
  const RunResult result = check(
      {.submission = folder, .sections = expected.sections, .broker = broker, .out = out.path() / "run"});
  const std::vector<std::string> found = surprises(result, expected);
  if (found.empty())
    fmt::print("selftest {}: fails {}\n", name,
               expected.fails.empty() ? "nothing" : fmt::format("{}", fmt::join(expected.fails, ", ")));
  else
    fmt::print("selftest {}: NOT AS EXPECTED: {}\n", name, fmt::join(found, "; "));
  return found.empty();
}

}  // namespace

std::vector<std::string> selftest_names() { return all_names(own_submissions()); }

int selftest(const SelftestOptions& options) {
  const fs::path submissions = own_submissions();
  const std::vector<std::string> known = all_names(submissions);
  const std::vector<std::string>& names = options.names.empty() ? known : options.names;
  int surprising = 0;
  for (const std::string& name : names) {
    if (std::ranges::find(known, name) == known.end())
      throw BadInput(fmt::format("{}: no such submission{}; klab selftest --list says what there is", name,
                                 did_you_mean(name, known)));
    if (options.only_list)
      fmt::print("{}\n", name);
    else if (!passes(name, submissions / name, options.broker))
      ++surprising;
  }
  return surprising > 0 ? kExitFailed : kExitAllHolds;
}

}  // namespace klab
