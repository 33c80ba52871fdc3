// The klab command: reads the command line, runs one command, turns what happened into an exit code.

#include <fmt/format.h>
#include <sys/resource.h>

#include <algorithm>
#include <cerrno>
#include <cstdio>
#include <cstring>

#include "checks/errors.hpp"
#include "cli/check/word_sources.hpp"
#include "cli/command_line.hpp"
#include "cli/completion.hpp"
#include "cli/github_job.hpp"
#include "cli/installation.hpp"
#include "cli/say.hpp"
#include "cli/terminal_style.hpp"
#include "cli/usage_error.hpp"
#include "reports/exit_code.hpp"
#include "reports/printable.hpp"
#include "runners/interruption.hpp"

namespace klab {
namespace {

/// A program's connection costs the tap two descriptors, and some open one for each record that they send.
void allow_many_connections() {
  constexpr rlim_t kEnough = 16'384;
  rlimit descriptors{};
  if (getrlimit(RLIMIT_NOFILE, &descriptors) != 0) return;
  descriptors.rlim_cur = std::max(descriptors.rlim_cur, std::min(descriptors.rlim_max, kEnough));
  setrlimit(RLIMIT_NOFILE, &descriptors);
}

/// `klab complete -- WORD..`, as the completion scripts ask.
int answer_shell(const CLI::App& app, std::vector<std::string> words) {
  if (!words.empty() && words.front() == "--") words.erase(words.begin());
  fmt::print("{}", completion_lines(complete(app, words, word_sources())));
  return 0;
}

int obey_claims(const CLI::App& claims, const CommandLine& line) {
  if (claims.got_subcommand("list")) return list_claims();
  if (claims.got_subcommand("run")) return measure_claims(line.measure);
  if (claims.got_subcommand("page")) return write_measured_page(line.page);
  return verify_claims(line.verify);
}

/// The command that `app` was asked for.
int obey(const CLI::App& app, CommandLine& line) {
  // These print what submissions wrote.
  const bool quotes =
      app.got_subcommand("check") || app.got_subcommand("recheck") || app.got_subcommand("claims");
  StoppedCommands commands(quotes && !line.check.json && !line.recheck.json,
                           line.check.github.choice == GithubChoice::on);
  line.check.github.commands = &commands;
  choose_colour(line.colour);
  catch_interruptions();
  allow_many_connections();
  if (app.got_subcommand("completion")) {
    fmt::print("{}", completion_script(line.shell));
    return 0;
  }
  if (app.got_subcommand("init")) {
    init(line.init);
    return 0;
  }
  if (app.got_subcommand("class")) return grade_class(line.whole_class);
  if (app.got_subcommand("claims")) return obey_claims(*app.get_subcommand("claims"), line);
  if (app.got_subcommand("judge")) return judge(line.judge);
  if (app.got_subcommand("broker")) return run_broker(line.broker);
  if (app.got_subcommand("recheck")) return exit_code(recheck(line.recheck));
  return app.got_subcommand("check") ? exit_code(check(line.check)) : selftest(line.selftest);
}

int run(int argc, char** argv) {
  CLI::App app("klab grades Kafka labs against a real broker.", "klab");
  app.set_version_flag("--version", fmt::format("klab {}, Kafka {}", kVersion, kKafkaVersion));
  CommandLine line;
  add_commands(app, line);
  if (argc > 1 && std::string_view(argv[1]) == "complete") return answer_shell(app, {argv + 2, argv + argc});
  try {
    app.parse(argc, argv);
  } catch (const CLI::ParseError& error) {
    if (error.get_exit_code() == 0) return app.exit(error);
    say("klab: {}\n", usage_error(app, error));
    return kExitBadInput;
  }
  return obey(app, line);
}

/// What is still in the buffer may not fit on a full disk.
int flushed(int exit_code) {
  if (std::fflush(stdout) != 0 || std::ferror(stdout) != 0)
    throw HarnessError(fmt::format("cannot write to stdout: {}", std::strerror(errno)));
  return exit_code;
}

}  // namespace
}  // namespace klab

int main(int argc, char** argv) {
  try {
    return klab::flushed(klab::run(argc, argv));
  } catch (const klab::BadInput& error) {
    klab::say("klab: {}\n", klab::harmless_message(klab::one_line(error.what())));
    return klab::kExitBadInput;
  } catch (const std::exception& error) {
    klab::say("klab: {}\n", klab::harmless_message(error.what()));
    return klab::kExitFellShort;
  }
}
