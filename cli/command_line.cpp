#include "cli/command_line.hpp"

#include <vector>

#include "cli/command_help.hpp"

namespace klab {
namespace {

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

void add_colour(CLI::App& command, std::string& colour) {
  command.add_option("--color", colour, "colours: auto is on a terminal where NO_COLOR is not set")
      ->check(CLI::IsMember({"auto", "always", "never"}))
      ->capture_default_str();
}

/// What `klab check` and `klab class` grade by.
void add_grading(CLI::App& command, std::vector<std::string>& sections, std::string& broker,
                 std::string& sandbox, std::string& lab) {
  command.add_option("--section", sections, "only this section, such as A; may be repeated")
      ->type_name("SECTION")
      ->take_all()
      ->allow_extra_args(false);
  add_broker_choice(command, broker);
  command.add_option("--sandbox", sandbox, "what keeps the programs from all but their broker")
      ->check(CLI::IsMember({"auto", "namespace", "none"}))
      ->capture_default_str();
  command.add_option("--lab", lab, "the lab to grade by")->type_name("LAB")->capture_default_str();
}

void add_check(CLI::App& app, CheckOptions& options, std::string& colour) {
  CLI::App* command = app.add_subcommand("check", "Grade a submission");
  command
      ->add_option("DIR", options.submission,
                   "the submission: a folder with submission.json; without it klab guesses, and says what")
      ->type_name("")
      ->capture_default_str();
  add_grading(*command, options.sections, options.broker, options.sandbox, options.lab);
  command->add_option("--out", options.out, "the folder for the run; default klab-runs/LAB-TIME")
      ->type_name("DIR");
  const auto not_negative = [](const std::string& text) {
    return text.starts_with('-') ? "expected a number from 0 on" : "";
  };
  command->add_option("--seed", options.seed, "makes the sample data of an earlier run again")
      ->type_name("NUMBER")
      ->check(not_negative);
  add_view(*command, options.view);
  command
      ->add_option("--gradescope", options.gradescope,
                   "write the results there too, as Gradescope reads them: results/results.json")
      ->type_name("FILE");
  add_github(*command, options.github);
  command->add_flag("--json", options.json, "print the outcome as JSON on stdout, in place of the report");
  command
      ->add_option(
          "--hide", options.hidden,
          "a folder that sandboxed programs find empty, such as the other submissions; may be repeated")
      ->type_name("DIR")
      ->take_all()
      ->allow_extra_args(false);
  constexpr const char* kInNoHelp = "";  // klab class alone passes it
  command->add_option("--house", options.house, "where the brokers of a class live")
      ->type_name("DIR")
      ->group(kInNoHelp);
  add_colour(*command, colour);
  command->footer(kCheckHelp);
}

void add_class(CLI::App& app, ClassOptions& options, std::string& colour) {
  CLI::App* command =
      app.add_subcommand("class", "Grade a class: every folder in a folder, several at a time");
  command->add_option("DIR", options.submissions, "a folder with one for each submission")
      ->type_name("")
      ->capture_default_str();
  add_grading(*command, options.sections, options.broker, options.sandbox, options.lab);
  CLI::Option* out =
      command
          ->add_option("--out", options.out,
                       "the folder for the class; default klab-class/LAB-TIME, or one that was cut short")
          ->type_name("DIR");
  command->add_option("--jobs", options.jobs, "how many at a time; default: as many as the machine can take")
      ->type_name("NUMBER")
      ->check(CLI::Range(1, 1000));
  CLI::Option* only = command->add_option("--only", options.only, "grade the one with this number, from 1")
                          ->type_name("NUMBER")
                          ->check(CLI::Range(1, 1'000'000))
                          ->needs(out);
  CLI::Option* plan =
      command->add_option("--plan", options.plan, "grade nothing; print a job array or a matrix")
          ->check(CLI::IsMember({"slurm", "matrix"}));
  command->add_flag("--collect", options.collect, "grade nothing; make the table of what there is")
      ->needs(out)
      ->excludes(only)
      ->excludes(plan);
  only->excludes(plan);
  add_colour(*command, colour);
  command->footer(kClassHelp);
}

void add_recheck(CLI::App& app, RecheckOptions& options, std::string& colour) {
  CLI::App* command = app.add_subcommand(
      "recheck", "Judge a saved run again, without Kafka and without the submission; changes nothing in it");
  command
      ->add_option("RUN", options.run, "the run directory, such as klab-runs/data_transport-20261121-042903")
      ->type_name("")
      ->required();
  command->add_flag("--diff", options.only_changes,
                    "only say which properties are judged otherwise than they were");
  add_view(*command, options.view);
  command->add_option("--out", options.out, "a new folder for the reports of that view")->type_name("DIR");
  command->add_flag("--json", options.json, "print the outcome and its changes as JSON on stdout");
  add_colour(*command, colour);
  command->footer(kRecheckHelp);
}

void add_init(CLI::App& app, InitOptions& options) {
  CLI::App* command = app.add_subcommand("init", "Write a submission.json by looking at the folder");
  command->add_option("DIR", options.folder, "the folder with the programs")
      ->type_name("")
      ->capture_default_str();
  command->add_flag("--force", options.force, "write over a submission.json that is there");
  command->footer(kInitHelp);
}

void add_selftest(CLI::App& app, SelftestOptions& options, std::string& colour) {
  CLI::App* command =
      app.add_subcommand("selftest", "Grade klab's own submissions: each must fail just where it is broken");
  command
      ->add_option("NAME", options.names,
                   "only these, such as broken/drops-last-record; all where there is none")
      ->type_name("");
  add_broker_choice(*command, options.broker);
  command->add_flag("--list", options.only_list, "say what there is, and do nothing");
  add_colour(*command, colour);
  command->footer(kSelftestHelp);
}

void add_completion(CLI::App& app, std::string& shell) {
  CLI::App* command = app.add_subcommand("completion", "Print what makes a shell complete klab's commands");
  command->add_option("SHELL", shell, "bash, zsh or fish")
      ->required()
      ->check(CLI::IsMember({"bash", "zsh", "fish"}));
  command->footer(kCompletionHelp);
}

void add_judge(CLI::App& app, JudgeOptions& options) {
  CLI::App* command = app.add_subcommand("judge", "Judge a history that any system recorded; prints JSON");
  command
      ->add_option("HISTORY", options.history, "the history: JSON lines, as docs/history.md describes them")
      ->type_name("")
      ->required();
  command->add_option("--policy", options.policy, "what the recorded system promised: a JSON file")
      ->type_name("FILE");
  command->footer(kJudgeHelp);
}

void add_broker(CLI::App& app, BrokerOptions& options, std::string& colour) {
  CLI::App* command = app.add_subcommand("broker", "Start a broker to develop against; Ctrl-C ends it");
  command->add_option("--port", options.port, "where it is on 127.0.0.1; 0 for any port that is free")
      ->check(CLI::Range(0, 65535))
      ->capture_default_str();
  command->add_flag("--watch", options.watch, "show what programs say on the wire, decoded");
  add_broker_choice(*command, options.broker);
  command
      ->add_option("--topic", options.topics,
                   "a topic to create, with one partition or as many as said: breadcrumbs:6; may be repeated")
      ->type_name("TOPIC")
      ->take_all()
      ->allow_extra_args(false);
  add_colour(*command, colour);
  command->footer(kBrokerHelp);
}

void add_claims(CLI::App& app, CommandLine& line) {
  MeasureOptions& measure = line.measure;
  VerifyOptions& options = line.verify;
  CLI::App* command = app.add_subcommand("claims", "Settle sentences about Kafka by what was measured");
  command->require_subcommand(1);
  command->footer(kClaimsHelp);
  command->add_subcommand("list", "Say what there is to ask")->footer(kClaimsListHelp);
  CLI::App* run =
      command->add_subcommand("run", "Settle claims by experiment, each once for a version of Kafka");
  run->add_option("ID", measure.claims, "claims; default all that have not been settled yet")->type_name("");
  run->add_flag("--again", measure.again, "also what was settled before");
  run->add_option("--times", measure.times, "run each so often; a value that differs settles nothing")
      ->check(CLI::PositiveNumber)
      ->type_name("N");
  run->add_option("-j,--jobs", measure.at_once, "experiments at once; default 4")
      ->check(CLI::PositiveNumber)
      ->type_name("N");
  add_colour(*run, line.colour);
  run->footer(kClaimsRunHelp);
  CLI::App* page = command->add_subcommand("page", "Write a page of all that was measured");
  page->add_option("--out", line.page, "the folder for measured.html and measured.md; default measured")
      ->type_name("DIR");
  page->footer(kClaimsPageHelp);
  CLI::App* verify = command->add_subcommand("verify", "Mark what a report says with what was measured");
  verify->add_option("REPORT", options.report, "plain text, Markdown or PDF")->type_name("")->required();
  verify
      ->add_option("--measured", options.measured,
                   "the file of measurements; default that of klab claims run")
      ->type_name("FILE");
  verify->add_flag("--no-run", options.no_run, "run no experiments: mark by what is measured already");
  verify->add_option("--out", options.out, "the folder for verified.html, verified.json and junit.xml")
      ->type_name("DIR");
  add_colour(*verify, line.colour);
  verify->footer(kClaimsVerifyHelp);
}

}  // namespace

void add_commands(CLI::App& app, CommandLine& line) {
  app.require_subcommand(1);
  app.footer(kHelp);
  add_check(app, line.check, line.colour);
  add_class(app, line.whole_class, line.colour);
  add_init(app, line.init);
  add_recheck(app, line.recheck, line.colour);
  add_selftest(app, line.selftest, line.colour);
  add_broker(app, line.broker, line.colour);
  add_claims(app, line);
  add_completion(app, line.shell);
  add_judge(app, line.judge);
}

}  // namespace klab
