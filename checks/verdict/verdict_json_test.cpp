#include "checks/verdict/verdict_json.hpp"

#include <gtest/gtest.h>

#include "checks/errors.hpp"

namespace klab {
namespace {

const JudgedTest kRefuted{.test = "Initialization.StoresEveryRecordOnce",
                          .file = "specs/data_transport/initialization_spec.cpp",
                          .line = 28,
                          .seconds = 0.25,
                          .verdict = {.claim = "c",
                                      .outcome = Outcome::refuted,
                                      .judged = "j",
                                      .expected = "e",
                                      .actual = "\"a\"\n\xC3\xA9",
                                      .evidence = {{{4, 17}, "n"}, {{}, "m"}},
                                      .evidence_left_out = 3,
                                      .hint = "h",
                                      .is_shortfall = true}};
const std::string kRefutedLine =
    R"({"test":"Initialization.StoresEveryRecordOnce","file":"specs/data_transport/initialization_spec.cpp",)"
    R"("line":28,"seconds":0.25,"verdict":{"claim":"c","outcome":"refuted","judged":"j","expected":"e",)"
    "\"actual\":\"\\\"a\\\"\\n\xC3\xA9\","
    R"("evidence":[{"lines":[4,17],"note":"n"},{"lines":[],"note":"m"}],"evidence_left_out":3,"hint":"h","is_shortfall":true}})";
const std::string kErrorLine =
    R"({"test":"A.B","file":"f","line":1,"seconds":2.0,"harness_error":"no broker"})";

std::string error_of(const std::string& text) {
  try {
    read_judged_tests(text, "verdicts.jsonl");
  } catch (const BadInput& error) {
    return error.what();
  }
  return "no error";
}

std::string with(const std::string& from, const std::string& to) {
  std::string line = kRefutedLine;
  return line.replace(line.find(from), from.size(), to) + "\n";
}

TEST(VerdictJson, WritesOneLine) { EXPECT_EQ(to_json_line(kRefuted), kRefutedLine); }

TEST(VerdictJson, ReadsWhatItWrote) {
  const auto read = read_judged_tests(kRefutedLine + "\n", "verdicts.jsonl");
  ASSERT_EQ(read.size(), 1u);
  EXPECT_EQ(read[0].test, kRefuted.test);
  EXPECT_EQ(read[0].file, kRefuted.file);
  EXPECT_EQ(read[0].line, 28);
  EXPECT_EQ(read[0].seconds, 0.25);
  EXPECT_EQ(read[0].harness_error, "");
  const Verdict& verdict = read[0].verdict;
  EXPECT_EQ(verdict.outcome, Outcome::refuted);
  EXPECT_EQ(render_text(verdict), render_text(kRefuted.verdict));
  EXPECT_EQ(verdict.evidence[0].lines, (std::vector<std::size_t>{4, 17}));
  EXPECT_EQ(verdict.evidence_left_out, 3u);
  EXPECT_TRUE(verdict.is_shortfall);
}

TEST(VerdictJson, RoundTripsEachOutcome) {
  for (const Outcome outcome : {Outcome::holds, Outcome::refuted, Outcome::undecided}) {
    const JudgedTest judged{.verdict = {.outcome = outcome}};
    const auto read = read_judged_tests(to_json_line(judged) + "\n", "verdicts.jsonl");
    EXPECT_EQ(read.at(0).verdict.outcome, outcome);
    EXPECT_EQ(to_json_line(read.at(0)), to_json_line(judged));
  }
}

TEST(VerdictJson, KeepsAHarnessErrorInsteadOfAVerdict) {
  const auto read = read_judged_tests(kErrorLine + "\n", "verdicts.jsonl");
  EXPECT_EQ(read.at(0).harness_error, "no broker");
  EXPECT_EQ(to_json_line(read.at(0)), kErrorLine);
}

TEST(VerdictJson, ReplacesBytesThatAreNotUtf8) {
  const auto read = read_judged_tests(to_json_line({.harness_error = "bad \xFF"}) + "\n", "verdicts.jsonl");
  EXPECT_EQ(read.at(0).harness_error, "bad \xEF\xBF\xBD");
}

TEST(VerdictJson, ReadsEveryLine) {
  const auto read = read_judged_tests(kRefutedLine + "\n" + kErrorLine + "\n", "verdicts.jsonl");
  ASSERT_EQ(read.size(), 2u);
  EXPECT_EQ(read[1].test, "A.B");
  EXPECT_TRUE(read_judged_tests("", "verdicts.jsonl").empty());
}

TEST(VerdictJson, PassesOverALastLineThatWasCutOff) {
  for (std::size_t length = 0; length < kErrorLine.size(); ++length)
    EXPECT_EQ(read_judged_tests(kRefutedLine + "\n" + kErrorLine.substr(0, length), "verdicts.jsonl").size(),
              1u);
}

TEST(VerdictJson, NamesLineAndFieldOfAnythingElseMalformed) {
  EXPECT_EQ(error_of(kRefutedLine + "\n{\"test\":\n"), "verdicts.jsonl:2: not JSON, at byte 9");
  EXPECT_EQ(error_of(kRefutedLine + "\n\n"), "verdicts.jsonl:2: not JSON, at byte 1");
  EXPECT_EQ(error_of("[]\n"), "verdicts.jsonl:1: expected an object, got []");
  EXPECT_EQ(error_of("{}\n"), "verdicts.jsonl:1: field \"test\" is missing");
  EXPECT_EQ(
      error_of(with("\"refuted\"", "\"maybe\"")),
      "verdicts.jsonl:1: verdict: field \"outcome\": expected holds, refuted or undecided, got \"maybe\"");
  EXPECT_EQ(
      error_of(with("[4,17]", "[4,-1]")),
      "verdicts.jsonl:1: verdict: evidence[0]: field \"lines\": expected a list of numbers, got [4,-1]");
  EXPECT_EQ(error_of(with("0.25", "\"fast\"")),
            "verdicts.jsonl:1: field \"seconds\": expected a number, got \"fast\"");
  EXPECT_EQ(error_of(with("\"verdict\"", "\"result\"")), "verdicts.jsonl:1: field \"verdict\" is missing");
}

}  // namespace
}  // namespace klab
