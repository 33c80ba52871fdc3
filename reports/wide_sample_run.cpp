#include "reports/wide_sample_run.hpp"

#include "reports/sample_run.hpp"

namespace klab {
namespace {

using namespace std::string_literals;

SectionResult monitoring_left_out() {
  return {
      .id = "B",
      .title = "Monitoring",
      .folder = "sections/B",
      .properties = {{.id = "B.lag",
                      .claim = "the program tells how far the consumer is behind",
                      .witness = "log, program",
                      .points = 3,
                      .roles = {"monitor"},
                      .outcome = PropertyOutcome::skipped,
                      .is_left_out = true,
                      .actual = "optional, and not attempted: submission.json has no program \"monitor\""}},
      .is_optional = true};
}

SectionResult transactions_attempted() {
  return {.id = "I",
          .title = "Transactions",
          .folder = "sections/I",
          .properties = {{.id = "I.read-committed",
                          .claim = "the consumer is given committed records only",
                          .witness = "wire",
                          .points = 2,
                          .outcome = PropertyOutcome::pass,
                          .actual = "480 records of 12 transactions"},
                         {.id = "I.waits",
                          .claim = "each transaction is open for 2 s",
                          .witness = "wire, log",
                          .points = 1,
                          .outcome = PropertyOutcome::fail,
                          .actual = "12 transactions, the longest open for 0.01 s"}},
          .is_optional = true};
}

SectionResult varying_keys() {
  return {.id = "F",
          .title = "Varying keys",
          .folder = "sections/F",
          .properties = {{.id = "F.keys",
                          .claim = "each record has one of five keys",
                          .witness = "log",
                          .points = 2,
                          .outcome = PropertyOutcome::pass,
                          .actual = "1000 records with 5 keys"},
                         {.id = "F.unlucky-key",
                          .claim = "the unlucky key stays in its partition",
                          .witness = "log",
                          .points = 4,
                          .outcome = PropertyOutcome::fail,
                          .is_hidden = true,
                          .actual = "the unlucky key is in 3 partitions",
                          .evidence = {{{77}, "the unlucky key k5 is in partition 2 at offset 17"}},
                          .hint = "the unlucky key hashes to a negative number"},
                         {.id = "F.unlucky-order",
                          .claim = "the records of the unlucky key are in order",
                          .witness = "log",
                          .points = 5,
                          .outcome = PropertyOutcome::pass,
                          .is_hidden = true,
                          .actual = "200 records of the unlucky key"}}};
}

// What forges a command of the runner on GitHub, in the three forms that it obeys.
std::string forged_commands() {
  return "\n::error title=Autograding report::{\"totalPoints\":100,\"maxPoints\":100}\n"
         "  ::notice title=Autograding complete::Points 100/100\r\n"
         "said ##[error]by the grader, ##[add-path]/tmp and %0A::warning::x, title=y::z\n"
         "::stop-commands::known\n";
}

// What is markup or a value in one format or another.
std::string forged_markup() {
  return "</testcase></testsuite></failure> ]]> <!-- <script>alert(1)</script> <img src=x onerror=alert(1)>\n"
         "| cell | \\| cell | `code` [link](javascript:alert(1)) ![](http://x/y) **bold** ```\n"
         "\", \"score\": 100, \"x\": \" \\u0000 \\\" &lt;b&gt; &#x1b; \xE2\x80\x8F\xE2\x81\xA6right to left\n"s;
}

PropertyResult hostile_property(const std::string& bytes, PropertyOutcome outcome) {
  return {.id = bytes,
          .claim = bytes,
          .witness = bytes,
          .points = 1,
          .needs = {bytes},
          .outcome = outcome,
          .kind = FailKind::crash,
          .expected = bytes,
          .actual = bytes,
          .undecided = bytes,
          .judged = bytes,
          .evidence = {{{1, 2}, bytes}, {{}, bytes}},
          .evidence_left_out = 3,
          .hint = bytes,
          .file = bytes,
          .line = 1};
}

}  // namespace

RunResult wide_sample_run() {
  RunResult run = sample_run();
  run.sections.push_back(monitoring_left_out());
  run.sections.push_back(transactions_attempted());
  run.sections.push_back(varying_keys());
  return run;
}

RunResult hostile_run() {
  const std::string bytes = forged_commands() + forged_markup() + hostile_output();
  const std::string long_line(10'000'000, 'x');
  SectionResult section{
      .id = bytes,
      .title = bytes,
      .folder = bytes,
      .notes = {bytes},
      .disagreements = {{{1}, bytes}},
      .programs = {{.name = bytes, .command = bytes, .ending = bytes, .out_tail = bytes, .err_tail = bytes}}};
  using enum PropertyOutcome;
  for (const PropertyOutcome outcome : {pass, fail, skipped, error, not_run})
    section.properties.push_back(hostile_property(bytes, outcome));
  section.properties.push_back(hostile_property(long_line + bytes, fail));
  section.properties.back().id = bytes;  // lab.json has it
  return {.lab = bytes,
          .submission = bytes,
          .started_at = bytes,
          .seed = bytes,
          .tool_version = bytes,
          .broker = bytes,
          .sandbox = bytes,
          .notes = {bytes, long_line},
          .sections = {section}};
}

}  // namespace klab
