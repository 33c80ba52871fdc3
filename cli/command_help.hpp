#pragma once

// What follows the flags in each command's --help: enough to need no other page.

namespace klab {

inline constexpr const char* kHelp =
    R"(klab COMMAND --help says all about one command. To begin with, in a folder with your programs:
  klab init                      looks at them and writes submission.json
  klab check                     grades them; the report is named at the end
  klab broker --watch            a broker to try them against, and what they say to it

The launcher ./klab also knows: test [--preset NAME], bench [NAME], build.

Exit codes: 0 every property holds; 1 something failed; 2 nothing failed, but the grader fell short;
64 klab was not used right, and nothing was graded.)";

inline constexpr const char* kCheckHelp =
    R"(Examples:
  klab check                                 the folder you are in
  klab check ana --section A --section F     two sections of the submission in ana/
  klab check ana --json >outcome.json        for scripts: points, and each property's outcome
  klab check ana --seed 3253427775           with the sample of an earlier run

submission.json names the programs by role, as shell commands with placeholders that klab fills in:
  {"setup": "python3 -m venv .venv && .venv/bin/pip install -r requirements.txt",
   "programs": {"producer": ".venv/bin/python producer.py -f {config} -t {topic} -d {data}",
                "consumer": ".venv/bin/python consumer.py -f {config} -t {topic} -g {group}"}}
{config} is a properties file, {bootstrap} the broker's address, {data} the JSON array of records to send; also
{topic2}, {key}, {records}. klab init writes one from what it finds in the folder. setup runs once in a copy of
the folder. Programs run in a sandbox, in which they reach nothing but their broker.

What comes out: a live line a section on stderr, the report on stdout, and the run directory with report.html,
junit.xml, run.json and sections/*/ with all that was recorded. klab recheck judges it again.
Exit codes: 0 every property holds; 1 something failed; 2 nothing failed, but not everything could be judged;
64 the manifest or the command line is wrong, and nothing was graded.
More: docs/submission.md has submission.json in full, docs/students.md how to read the report.)";

inline constexpr const char* kRecheckHelp =
    R"(Examples:
  klab recheck klab-runs/data_transport-20261121-042903
  klab recheck --diff runs/ana               after klab or a rule has changed: what changes for ana?

All that is needed is in the run directory, so it may be another machine's. Exit codes are those of klab check.)";

inline constexpr const char* kInitHelp =
    R"(Examples:
  klab init                                  the folder you are in
  klab init ana --force                      writes ana/submission.json anew

It goes by names: producer.py, Producer.java, cmd/producer/main.go and the like for the role producer, topic_clean,
TopicClean or clean-topic for topic_clean, and so on. Build files (requirements.txt, package.json, pom.xml,
build.gradle, go.mod, CMakeLists.txt, Makefile, *.csproj) make the setup, the programs' sources tell which flags they
take. It says what it guessed from what, what it is not sure of, and which sections are not attempted then; it runs
nothing. Look the result through: docs/submission.md has all roles and placeholders.
Exit codes: 0 it is written; 64 it is not: one is there already, or no program was found.)";

inline constexpr const char* kSelftestHelp =
    R"(Examples:
  klab selftest --list                       the names, one a line
  klab selftest reference/python             one of them

The references and the twins hold every property, each broken one fails exactly those that its expected.json names.
Exit codes: 0 all is as expected; 1 something is not.)";

inline constexpr const char* kClassHelp =
    R"(Examples:
  klab class submissions --section A         run again after it was stopped or killed, it goes on
  klab class submissions --plan slurm        a job array; its tasks are klab class --only N

Exit codes: 0 every folder was graded; 1 some cannot be, by their own fault; 2 the grader fell short in some,
or was stopped; 64 klab was not used right. docs/instructors.md has more.)";

inline constexpr const char* kClaimsHelp =
    R"(Examples:
  klab claims list                           what there is to ask
  klab claims run                            settle what is not settled yet, by experiment
  klab claims verify report.pdf --out marks  the report's text with a mark beside each sentence that is known)";

inline constexpr const char* kClaimsListHelp =
    R"(Examples:
  klab claims list)";

inline constexpr const char* kClaimsRunHelp =
    R"(Examples:
  klab claims run                            all that have not been settled with this Kafka
  klab claims run acks.default linger        these
  klab claims run --again --times 5          all, five times each

Needs Java 17 and, for claims about clients, their languages: ./klab installs them. What is measured is kept in
klab's cache, with the history of each experiment; Ctrl-C loses only what is running.

Exit codes: 0 each of the claims has a value; 2 one has not; 64 klab was not used right.)";

inline constexpr const char* kClaimsPageHelp =
    R"(Examples:
  klab claims page --out kafka               after klab claims run: kafka/measured.html, to be read by itself)";

inline constexpr const char* kClaimsVerifyHelp =
    R"(Examples:
  klab claims verify report.md
  klab claims verify report.pdf --out marks  writes marks/verified.html

Runs the experiments that settle what the report says, where that was not done before.
Exit codes: 0 nothing is refuted; 1 something is; 2 nothing is, but something that was recognised could not be
settled; 64 klab was not used right. docs/claims.md says what is recognised, and what the marks mean.)";

inline constexpr const char* kBrokerHelp =
    R"(Examples:
  klab broker --topic breadcrumbs:6 --watch
  klab broker --port 0                       prints where it is

As when klab grades, a topic has to be created, by --topic or by a program: it does not come into being by
being used. Without --color, what --watch shows is coloured on a terminal. Nothing is left behind.)";

inline constexpr const char* kCompletionHelp =
    R"(Examples:
  source <(klab completion bash)             for this shell; into ~/.bashrc for all
  klab completion zsh >~/.zfunc/_klab        with ~/.zfunc in $fpath
  klab completion fish >~/.config/fish/completions/klab.fish

Completes commands, flags and their values, sections, submissions' folders and the names of klab selftest.)";

/// Enough to write a small history and a policy, and to read what comes of them.
inline constexpr const char* kJudgeHelp =
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

}  // namespace klab
