#include "runners/process/environment.hpp"

#include <fmt/format.h>
#include <signal.h>
#include <unistd.h>

#include <algorithm>
#include <array>
#include <charconv>
#include <chrono>
#include <fstream>
#include <string_view>
#include <thread>

#include "runners/eventually.hpp"
#include "runners/process/child_process.hpp"
#include "runners/whole_file.hpp"

namespace klab {
namespace {

constexpr std::string_view kToken = "KLAB_PROGRAM=";
constexpr std::chrono::seconds kPatienceWithKilled{10};
constexpr std::chrono::milliseconds kBetweenRounds{2};

// Trailing * matches any rest.
constexpr std::array<std::string_view, 30> kForPrograms{"PATH",
                                                        "HOME",
                                                        "USER",
                                                        "LOGNAME",
                                                        "SHELL",
                                                        "LANG",
                                                        "LANGUAGE",
                                                        "LC_*",
                                                        "TZ",
                                                        "JAVA_HOME",
                                                        "PYENV_ROOT",
                                                        "PYENV_VERSION",
                                                        "NVM_*",
                                                        "NODE_PATH",
                                                        "GOROOT",
                                                        "GOPATH",
                                                        "GOCACHE",
                                                        "GOMODCACHE",
                                                        "GOTOOLCHAIN",
                                                        "CARGO_HOME",
                                                        "RUSTUP_HOME",
                                                        "DOTNET_*",
                                                        "RBENV_ROOT",
                                                        "SDKMAN_DIR",
                                                        "CONDA_*",
                                                        "LD_LIBRARY_PATH",
                                                        "PKG_CONFIG_PATH",
                                                        "CMAKE_PREFIX_PATH",
                                                        "SSL_CERT_FILE",
                                                        "SSL_CERT_DIR"};
constexpr std::array<std::string_view, 14> kForSetup{"PIP_*",
                                                     "UV_*",
                                                     "npm_config_*",
                                                     "NPM_CONFIG_*",
                                                     "GOPROXY",
                                                     "GOFLAGS",
                                                     "GONOSUMDB",
                                                     "GOSUMDB",
                                                     "CARGO_*",
                                                     "MAVEN_*",
                                                     "*_proxy",
                                                     "*_PROXY",
                                                     "REQUESTS_CA_BUNDLE",
                                                     "NODE_EXTRA_CA_CERTS"};

bool matches(std::string_view name, std::string_view pattern) {
  if (pattern.ends_with('*')) return name.starts_with(pattern.substr(0, pattern.size() - 1));
  if (pattern.starts_with('*')) return name.ends_with(pattern.substr(1));
  return name == pattern;
}

/// CARGO_REGISTRY_TOKEN, UV_PUBLISH_PASSWORD, npm_config__authToken: for publishing, which no setup does.
bool is_credential(std::string_view name) {
  for (const std::string_view word : {"TOKEN", "Token", "token", "PASSWORD", "password", "SECRET", "secret"})
    if (name.find(word) != std::string_view::npos) return true;
  return false;
}

template <std::size_t Count>
void add_allowed(std::vector<std::string>& environment, const std::array<std::string_view, Count>& allowed) {
  for (std::string& entry : own_environment()) {
    const std::string_view name = std::string_view(entry).substr(0, entry.find('='));
    if (!is_credential(name) &&
        std::ranges::any_of(allowed, [&](std::string_view pattern) { return matches(name, pattern); }))
      environment.push_back(std::move(entry));
  }
}

// Python imports it at its start. PYTHONUNBUFFERED alone, which is left where a program has a PYTHONPATH of
// its own, has each argument of print() written by itself, and tears the lines of threads and processes that
// print at the same time.
constexpr const char* kPythonStart = R"(import os, sys
for stream in (sys.stdout, sys.stderr):
    try:
        stream.reconfigure(line_buffering=True, write_through=False)
    except Exception:
        pass
own = sys.modules.pop("sitecustomize", None)
folder = os.path.dirname(os.path.abspath(__file__))
sys.path[:] = [path for path in sys.path if os.path.abspath(path) != folder]
try:
    import sitecustomize
except ImportError:
    sys.modules["sitecustomize"] = own
)";

std::filesystem::path python_folder(const std::filesystem::path& temporary_folder) {
  return temporary_folder / ".klab-python";
}

/// What stdbuf(1) sets: line-buffered stdout for programs that use C's streams.
void ask_for_line_buffering(std::vector<std::string>& environment,
                            const std::filesystem::path& temporary_folder) {
  environment.emplace_back("PYTHONUNBUFFERED=1");
  environment.push_back("PYTHONPATH=" + python_folder(temporary_folder).string());
  for (const char* library : {"/usr/libexec/coreutils/libstdbuf.so", "/usr/lib/coreutils/libstdbuf.so"})
    if (access(library, R_OK) == 0) {
      environment.push_back(std::string("LD_PRELOAD=") + library);
      environment.push_back("_STDBUF_O=L");
      // A program built with AddressSanitizer refuses to start behind a preloaded library otherwise.
      environment.push_back("ASAN_OPTIONS=verify_asan_link_order=0");
      return;
    }
}

bool carries(const std::filesystem::path& process, std::string_view entry) {
  return read_whole_file(process / "environ").find(entry) != std::string::npos;
}

/// Whether there were any.
bool kill_all_that_carry(std::string_view entry) {
  bool found = false;
  std::error_code gone;
  for (const auto& process : std::filesystem::directory_iterator("/proc", gone)) {
    const std::string name = process.path().filename();
    pid_t pid = 0;
    if (std::from_chars(name.data(), name.data() + name.size(), pid).ptr != name.data() + name.size())
      continue;
    if (carries(process.path(), entry) && kill(pid, SIGKILL) == 0) found = true;
  }
  return found;
}

}  // namespace

std::vector<std::string> program_environment(const std::string& token,
                                             const std::filesystem::path& temporary_folder) {
  std::vector<std::string> environment{std::string(kToken) + token, "TMPDIR=" + temporary_folder.string()};
  add_allowed(environment, kForPrograms);
  environment.emplace_back("TERM=dumb");  // without any, tput(1) and its like complain
  ask_for_line_buffering(environment, temporary_folder);
  return environment;
}

void lay_out_for_environment(const std::filesystem::path& temporary_folder) {
  const std::filesystem::path folder = python_folder(temporary_folder), file = folder / "sitecustomize.py";
  std::filesystem::create_directories(folder);
  if (std::filesystem::exists(file)) return;
  const std::filesystem::path whole = folder / fmt::format("{}.new", Clock::now().time_since_epoch().count());
  std::ofstream(whole) << kPythonStart;
  std::filesystem::rename(whole, file);
}

std::vector<std::string> setup_environment(const std::string& token) {
  std::vector<std::string> environment{std::string(kToken) + token};
  add_allowed(environment, kForPrograms);
  add_allowed(environment, kForSetup);
  return environment;
}

void kill_marked(const std::string& token) {
  const std::string entry = std::string(kToken) + token;
  const auto given_up = std::chrono::steady_clock::now() + kPatienceWithKilled;
  // A process that is forking while we look has its child found in the next round.
  while (kill_all_that_carry(entry) && std::chrono::steady_clock::now() < given_up)
    std::this_thread::sleep_for(kBetweenRounds);
}

}  // namespace klab
