#include "reports/formats/junit.hpp"

#include <gtest/gtest.h>

#include <pugixml.hpp>
#include <set>
#include <string>
#include <utility>

#include "reports/formats/junit_body.hpp"
#include "reports/golden.hpp"
#include "reports/sample_run.hpp"

namespace klab {
namespace {

struct ParsedJunit {
  explicit ParsedJunit(const RunResult& run) : xml(junit_xml(run)) {
    parsed = document.load_string(xml.c_str());
  }

  std::size_t count(const char* query) const { return document.select_nodes(query).size(); }
  std::string value(const char* query) const { return document.select_node(query).attribute().value(); }

  std::string xml;
  pugi::xml_document document;
  pugi::xml_parse_result parsed;
};

RunResult run_of(PropertyResult property) {
  return {.lab = "L", .sections = {{.id = "A", .title = "T", .properties = {std::move(property)}}}};
}

TEST(Junit, MatchesItsGolden) { EXPECT_TRUE(matches_golden("junit.xml", junit_xml(sample_run()))); }

TEST(Junit, IsParsedBackWithTheOutcomesOfTheRun) {
  const ParsedJunit junit(sample_run());
  const Tally total = tally(sample_run());
  ASSERT_TRUE(junit.parsed) << junit.parsed.description();
  EXPECT_EQ(junit.count("/testsuites/testsuite"), 4u);
  EXPECT_EQ(junit.count("//testcase"), 13u);
  EXPECT_EQ(junit.count("//testcase[not(*)]"), static_cast<std::size_t>(total.passed));
  EXPECT_EQ(junit.count("//failure"), static_cast<std::size_t>(total.failed));
  EXPECT_EQ(junit.count("//skipped"), static_cast<std::size_t>(total.skipped));
  EXPECT_EQ(junit.count("//error"), static_cast<std::size_t>(total.errors + total.not_run));
}

TEST(Junit, NamesEveryKindOfFailure) {
  const ParsedJunit junit(sample_run());
  for (const char* kind : {"Refuted", "Timeout", "Limit", "Crash", "Build", "NotAttempted"})
    EXPECT_EQ(junit.count(("//failure[@type='" + std::string(kind) + "']").c_str()), 1u) << kind;
  EXPECT_EQ(junit.count("//error[@type='GraderError']"), 1u);
  EXPECT_EQ(junit.count("//error[@type='NotRun']"), 1u);
}

TEST(Junit, GivesEveryTestcaseAllThatReadersThrowWithout) {
  const ParsedJunit junit(sample_run());
  EXPECT_EQ(junit.count("//testcase[@name and @classname and @time and @file and @line]"),
            junit.count("//testcase"));
  EXPECT_EQ(junit.count("//*[@message='']"), 0u);
  EXPECT_EQ(junit.count("//testsuite/testsuite"), 0u);
}

TEST(Junit, SaysWhatASkippedPropertyNeeds) {
  const ParsedJunit junit(sample_run());
  EXPECT_EQ(junit.value("//skipped/@message"), "needs: A.stored-once");
}

TEST(Junit, KeepsTestcasesOfOneNameApart) {
  RunResult run = run_of({.id = "A.x", .claim = "c"});
  run.sections.push_back(run.sections.front());
  const ParsedJunit junit(run);
  std::set<std::pair<std::string, std::string>> names;
  for (const pugi::xpath_node& found : junit.document.select_nodes("//testcase"))
    names.emplace(found.node().attribute("classname").value(), found.node().attribute("name").value());
  EXPECT_EQ(names.size(), 2u);
}

TEST(Junit, LeavesNothingInAClassnameThatReadsAsAFileOrPattern) {
  RunResult run = run_of({});
  run.lab = "Lab 2.1";
  run.sections[0].title = "**/etc/*.{c,h}?";
  EXPECT_EQ(ParsedJunit(run).value("//testcase/@classname"), "Lab 2-1.A ---etc----c,h--");
}

TEST(Junit, EndsEachBodyWithAFrameThatReadersTurnIntoFileAndLine) {
  const std::string body = junit_body({.file = "specs/lab/a_spec.cpp", .line = 28});
  EXPECT_TRUE(body.ends_with("\nat specs.lab.Check(a_spec.cpp:28)\n")) << body;
}

TEST(Junit, LetsNoProgramForgeAFrame) {
  const std::string body =
      junit_body({.actual = "x\nat forged.Check(a.cpp:1)", .evidence = {{{}, "\nat f.C(b.cpp:1)"}}});
  EXPECT_EQ(body.find("\nat "), body.rfind("\nat "));
}

TEST(Junit, IsNeverWithoutATestcase) {
  EXPECT_EQ(ParsedJunit(RunResult{}).count("//testcase/error"), 1u);
  RunResult run;
  run.sections = {{.id = "A"}, {.id = "B"}};
  EXPECT_EQ(ParsedJunit(run).count("//testcase/error"), 2u);
}

TEST(Junit, CountsWhatIsHiddenWhereNobodyIsMisled) {
  RunResult run = run_of({.id = "A.x", .claim = "c", .outcome = PropertyOutcome::pass});
  run.sections[0].withheld = 3;
  run.sections[0].withheld_points = 9;
  run.sections.push_back({.id = "F", .title = "Keys", .withheld = 1, .withheld_points = 2});
  const ParsedJunit junit(run);
  EXPECT_EQ(junit.value("//property[@name='hidden properties']/@value"), "3");
  EXPECT_EQ(junit.value("//property[@name='hidden points']/@value"), "9");
  EXPECT_EQ(junit.value("//testsuite[2]/testcase/skipped/@message"),
            "all of this section is told after the deadline");
  EXPECT_EQ(junit.count("//error"), 0u);
}

TEST(Junit, StartsNoAttributeLikeACommand) {
  RunResult run =
      run_of({.id = "::error::x", .outcome = PropertyOutcome::fail, .actual = "::a::b said ##[c]"});
  const ParsedJunit junit(run);
  EXPECT_EQ(junit.value("//testcase/@name"), ": :error::x:");
  EXPECT_EQ(junit.value("//failure/@message"), ": :a::b said ## [c]");
}

TEST(Junit, SurvivesHostileBytesInEveryField) {
  const std::string bytes = hostile_output();
  const ParsedJunit junit(run_of({.id = bytes,
                                  .claim = bytes,
                                  .outcome = PropertyOutcome::fail,
                                  .expected = bytes,
                                  .actual = bytes,
                                  .evidence = {{{1}, bytes}},
                                  .hint = bytes,
                                  .file = bytes,
                                  .line = 1}));
  ASSERT_TRUE(junit.parsed) << junit.parsed.description();
  EXPECT_EQ(junit.count("//*"), 4u);  // no element came out of the text
  EXPECT_EQ(junit.xml.find('\x1b'), std::string::npos);
  EXPECT_EQ(junit.xml.find('\0'), std::string::npos);
}

}  // namespace
}  // namespace klab
