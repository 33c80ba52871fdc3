// The klab command: reads the flags, runs one command, turns what happened into an exit code.

#include <fmt/format.h>

#include <CLI/CLI.hpp>

#include "checks/errors.hpp"
#include "cli/broker_command.hpp"
#include "cli/check_command.hpp"
#include "cli/github_job.hpp"
#include "cli/installation.hpp"
#include "cli/judge_command.hpp"
#include "cli/recheck_command.hpp"
#include "cli/selftest_command.hpp"
#include "runners/interruption.hpp"

namespace klab {
namespace {

constexpr int kGraderFellShort = 2;
constexpr int kUsage = 64;

/// Enough to write a small history and a policy, and to read what comes of them.
constexpr const char* kJudgeHelp =
    R"(A history is a header and then one event a line; times are microseconds of one clock:
  {"klab":"history","version":1}
  {"event":"send","producer":"p1","id":"a","topic":"t","partition":0,"offset":0,"begin_us":1,"end_us":5,"outcome":"acked"}
  {"event":"assigned","group":"g","member":"c1","at_us":6,"partitions":[{"topic":"t","partition":0}]}
  {"event":"poll","group":"g","member":"c1","at_us":9,"records":[{"topic":"t","partition":0,"offset":0,"id":"a"}]}
  {"event":"commit","group":"g","member":"c1","at_us":10,"topic":"t","partition":0,"offset":1}
Other events: joined, revoked, left, seek, transaction, flush, topic, drained, logged. Lines of one producer or
member stand in its own order; those of different ones in any.

A policy says what the recorded system promised; every field may be left out:
  {"idempotent":true, "max_in_flight":1, "retries":0, "isolation":"read_committed", "at_most_once":true,
   "clean_handover":true, "reset":"earliest", "fixed_partitioning":true, "compacted":true, "clock_error_us":1000,
   "stable_us":60000000, "lag_us":1000000, "require":["sends","reads"], "classes":{"stale":"off","skip":"info"}}

Each check is said to hold, to be refuted, or to be undecided, and why. Findings of class info cost nothing.
Exit codes: 0 nothing is refuted, and what the policy requires is there (undecided checks do not count against it);
1 something is refuted; 2 nothing is refuted, but the history lacks what the policy requires, or gives nothing to
judge; 64 a file is malformed. docs/history.md has every field and every check.)";

void add_broker_choice(CLI::App& command, std::string& broker) {
  command.add_option("--broker", broker, "where the broker runs")
      ->check(CLI::IsMember({"auto", "process", "container"}))
      ->capture_default_str();
}

/// What is printed may be read by a student, unless somebody says otherwise.
void add_view(CLI::App& command, View& view) {
  view = View::student;
  command
      .add_option_function<std::string>(
          "--view",
          [&view](const std::string& name) { view = name == "staff" ? View::staff : View::student; },
          "student: without the properties that lab.json hides; staff: all of them")
      ->check(CLI::IsMember({"student", "staff"}))
      ->default_str("student");
}

void add_github(CLI::App& command, GithubJob& github) {
  github.choice = GithubChoice::automatic;
  command
      .add_option_function<std::string>(
          "--github",
          [&github](const std::string& name) {
            github.choice = name == "on"    ? GithubChoice::on
                            : name == "off" ? GithubChoice::off
                                            : GithubChoice::automatic;
          },
          "annotations, step summary and outputs of a job of GitHub Actions; auto: in such a job")
      ->check(CLI::IsMember({"auto", "on", "off"}))
      ->default_str("auto");
  command.add_flag("--classroom", github.tells_points,
                   "in such a job, tell GitHub Classroom the points: in one step of it only");
}

void add_check(CLI::App& app, CheckOptions& options) {
  CLI::App* command = app.add_subcommand("check", "Grade a submission");
  command->add_option("DIR", options.submission, "the submission: a folder with submission.json")
      ->capture_default_str();
  command->add_option("--section", options.sections, "only this section, such as A; may be repeated")
      ->take_all()
      ->allow_extra_args(false);
  add_broker_choice(*command, options.broker);
  command->add_option("--sandbox", options.sandbox, "what keeps the programs from all but their broker")
      ->check(CLI::IsMember({"auto", "namespace", "none"}))
      ->capture_default_str();
  command->add_option("--out", options.out, "the folder for the run; default klab-runs/LAB-TIME");
  command->footer("docs/submission.md describes submission.json, docs/students.md how to read the report.");
  command->add_option("--seed", options.seed, "makes the sample data of an earlier run again");
  add_view(*command, options.view);
  command->add_option("--gradescope", options.gradescope,
                      "write the results there too, as Gradescope reads them: results/results.json");
  add_github(*command, options.github);
}

void add_recheck(CLI::App& app, RecheckOptions& options) {
  CLI::App* command = app.add_subcommand(
      "recheck", "Judge a saved run again, without Kafka and without the submission; changes nothing in it");
  command
      ->add_option("RUN", options.run, "the run directory, such as klab-runs/data_transport-20261121-042903")
      ->required();
  command->add_flag("--diff", options.only_changes,
                    "only say which properties are judged otherwise than they were");
  add_view(*command, options.view);
  command->add_option("--out", options.out, "a new folder for the reports of that view");
}

void add_selftest(CLI::App& app, SelftestOptions& options) {
  CLI::App* command =
      app.add_subcommand("selftest", "Grade klab's own submissions: each must fail just where it is broken");
  command->add_option("NAME", options.names, "only these, such as broken/drops-last-record");
  add_broker_choice(*command, options.broker);
  command->add_flag("--list", options.only_list, "say what there is, and do nothing");
}

void add_judge(CLI::App& app, JudgeOptions& options) {
  CLI::App* command = app.add_subcommand("judge", "Judge a history that any system recorded; prints JSON");
  command
      ->add_option("HISTORY", options.history, "the history: JSON lines, as docs/history.md describes them")
      ->required();
  command->add_option("--policy", options.policy, "what the recorded system promised: a JSON file");
  command->footer(kJudgeHelp);
}

void add_broker(CLI::App& app, BrokerOptions& options) {
  CLI::App* command = app.add_subcommand("broker", "Start a broker to develop against; Ctrl-C ends it");
  command->add_option("--port", options.port, "where it is on 127.0.0.1; 0 for any port that is free")
      ->check(CLI::Range(0, 65535))
      ->capture_default_str();
  command->add_flag("--watch", options.watch, "show what programs say on the wire, decoded");
  add_broker_choice(*command, options.broker);
  command
      ->add_option("--topic", options.topics,
                   "a topic to create, with one partition or as many as said: breadcrumbs:6; may be repeated")
      ->take_all()
      ->allow_extra_args(false);
  command->footer(
      "As when klab grades, a topic has to be created, by --topic or by a program: it does not come into "
      "being by\n"
      "being used.");
}

int run(int argc, char** argv) {
  CLI::App app("klab grades Kafka labs against a real broker.", "klab");
  app.set_version_flag("--version", fmt::format("klab {}, Kafka {}", kVersion, kKafkaVersion));
  app.require_subcommand(1);
  app.footer(
      "The launcher ./klab also knows: test [--preset NAME], bench [NAME], build.\n\n"
      "Exit codes: 0 every property holds; 1 something failed; 2 nothing failed, but the grader fell short;\n"
      "64 klab was not used right.");
  CheckOptions check_options;
  RecheckOptions recheck_options;
  SelftestOptions selftest_options;
  BrokerOptions broker_options;
  JudgeOptions judge_options;
  add_check(app, check_options);
  add_recheck(app, recheck_options);
  add_selftest(app, selftest_options);
  add_broker(app, broker_options);
  add_judge(app, judge_options);
  try {
    app.parse(argc, argv);
  } catch (const CLI::ParseError& error) {
    if (error.get_exit_code() == 0) return app.exit(error);
    const bool is_unknown = argc > 1 && argv[1][0] != '-' && app.get_subcommands().empty();
    fmt::print(stderr, "klab: {}; see klab --help\n",
               is_unknown ? fmt::format("{}: no such command", argv[1]) : error.what());
    return kUsage;
  }
  StoppedCommands commands(app.got_subcommand("check") || app.got_subcommand("recheck"));
  check_options.github.commands = &commands;
  catch_interruptions();
  if (app.got_subcommand("judge")) return judge(judge_options);
  if (app.got_subcommand("broker")) return run_broker(broker_options);
  if (app.got_subcommand("recheck")) return exit_code(recheck(recheck_options));
  return app.got_subcommand("check") ? exit_code(check(check_options)) : selftest(selftest_options);
}

}  // namespace
}  // namespace klab

int main(int argc, char** argv) {
  try {
    return klab::run(argc, argv);
  } catch (const klab::BadInput& error) {
    fmt::print(stderr, "klab: {}\n", error.what());
    return klab::kUsage;
  } catch (const std::exception& error) {
    fmt::print(stderr, "klab: {}\n", error.what());
    return klab::kGraderFellShort;
  }
}
