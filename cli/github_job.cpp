#include "cli/github_job.hpp"

#include <fmt/format.h>
#include <openssl/evp.h>

#include <cctype>
#include <cstdio>
#include <cstdlib>
#include <filesystem>
#include <fstream>
#include <random>
#include <string_view>

#include "cli/say.hpp"
#include "reports/formats/annotations.hpp"
#include "reports/formats/classroom.hpp"
#include "reports/formats/summary.hpp"
#include "reports/formats/workflow_command.hpp"
#include "reports/printable.hpp"

namespace klab {
namespace {

namespace fs = std::filesystem;

std::string_view from_environment(const char* name) {
  const char* value = std::getenv(name);
  return value == nullptr ? std::string_view() : value;
}

bool is_in_job() { return from_environment("GITHUB_ACTIONS") == "true"; }

std::string fresh_token() {
  std::random_device random;
  return fmt::format("klab-{:08x}{:08x}{:08x}{:08x}", random(), random(), random(), random());
}

std::string base64(const std::string& text) {
  std::string encoded(4 * ((text.size() + 2) / 3) + 1, '\0');  // and a NUL, which OpenSSL writes
  const int length =
      EVP_EncodeBlock(reinterpret_cast<unsigned char*>(encoded.data()),
                      reinterpret_cast<const unsigned char*>(text.data()), static_cast<int>(text.size()));
  encoded.resize(static_cast<std::size_t>(length));
  return encoded;
}

/// To the file that an environment variable names; nothing where it names none.
void append(const char* variable, const std::string& text) {
  const fs::path file(from_environment(variable));
  if (file.empty() || text.empty()) return;
  std::ofstream out(file, std::ios::app | std::ios::binary);
  if (!(out << text << std::flush)) say("{}: {}: cannot be written\n", variable, file.string());
}

/// GitHub drops the summary of a step that is too long, and an earlier command may have written to it.
std::size_t room_in_summary() {
  std::error_code none;
  const std::uintmax_t taken = fs::file_size(fs::path(from_environment("GITHUB_STEP_SUMMARY")), none);
  if (none) return kLongestSummary;
  return taken < kLongestSummary ? kLongestSummary - taken : 0;
}

/// The name of an output has letters, digits, - and _ only.
std::string output_name(const std::string& section) {
  std::string name = "result_" + section;
  for (char& c : name)
    if (std::isalnum(static_cast<unsigned char>(c)) == 0) c = '_';
  return name;
}

std::string step_outputs(const RunResult& run) {
  std::string outputs = fmt::format("result={}\n", base64(classroom_json(run)));
  for (const SectionResult& section : run.sections)
    outputs += fmt::format("{}={}\n", output_name(section.id), base64(classroom_json(section)));
  return outputs;
}

}  // namespace

StoppedCommands::StoppedCommands(bool on_stdout_too, bool is_told_of_job)
    : is_in_job_(is_in_job() || is_told_of_job), stream_(on_stdout_too ? stdout : stderr) {
  if (!is_in_job_) return;
  token_ = fresh_token();
  stop_on(stderr);
  // The runner, which does not keep the order between the streams, takes the second stop for text.
  if (on_stdout_too) stop_on(stdout);
}

StoppedCommands::~StoppedCommands() { resume(); }

// Where a stream is gone, nobody obeys what it says.
void StoppedCommands::stop_on(std::FILE* stream) {
  std::fputs(fmt::format("::stop-commands::{}\n", token_).c_str(), stream);
  std::fflush(stream);
}

void StoppedCommands::resume() {
  if (!is_in_job_) return;
  std::fflush(stderr);
  std::fputs(fmt::format("::{}::\n", token_).c_str(), stream_);
  std::fflush(stream_);
}

// All on one stream: a stop on stderr might overtake the commands.
void StoppedCommands::print(const std::string& commands) {
  resume();
  std::fputs(commands.c_str(), stream_);
  token_ = fresh_token();
  if (is_in_job_) stop_on(stream_);
  std::fflush(stream_);
}

std::string harmless_message(const std::string& text) {
  const std::string visible = visible_text(text);
  return is_in_job() ? without_bracket_commands(one_line(visible)) : visible;
}

void GithubJob::tell(const RunResult& run) const {
  if (choice == GithubChoice::off || (choice == GithubChoice::automatic && !is_in_job())) return;
  if (commands != nullptr) commands->print(annotations(run) + (tells_points ? classroom_notices(run) : ""));
  append("GITHUB_STEP_SUMMARY", job_summary(run, room_in_summary()));
  append("GITHUB_OUTPUT", step_outputs(run));
}

}  // namespace klab
