#include "reports/formats/gradescope.hpp"

#include <gtest/gtest.h>

#include <nlohmann/json.hpp>
#include <set>
#include <string>

#include "reports/golden.hpp"
#include "reports/sample_run.hpp"
#include "reports/wide_sample_run.hpp"

namespace klab {
namespace {

using nlohmann::json;

json parsed(const RunResult& run) { return json::parse(gradescope_json(run)); }

json test_named(const json& results, const std::string& id) {
  for (const json& test : results["tests"])
    if (test["extra_data"]["id"] == id) return test;
  return {};
}

double sum_of(const json& results, const std::string& field) {
  double sum = 0;
  for (const json& test : results["tests"]) sum += test.value(field, 0.0);
  return sum;
}

/// The same run after which nothing was judged.
RunResult before_it_ran(RunResult run) {
  for (SectionResult& section : run.sections)
    for (PropertyResult& property : section.properties) {
      property.outcome = PropertyOutcome::not_run;
      property.is_left_out = false;
    }
  return run;
}

TEST(Gradescope, MatchesItsGolden) {
  EXPECT_TRUE(matches_golden("results.json", gradescope_json(wide_sample_run())));
}

TEST(Gradescope, GivesAsScoreTheSumOfTheTests) {
  const json results = parsed(wide_sample_run());
  EXPECT_EQ(results["score"], 13.5);
  EXPECT_EQ(sum_of(results, "score"), 13.5);
}

TEST(Gradescope, HasTheSameTotalWhateverCameOfTheRun) {
  const RunResult run = wide_sample_run();
  EXPECT_EQ(sum_of(parsed(run), "max_score"), required_points(run));
  EXPECT_EQ(sum_of(parsed(before_it_ran(run)), "max_score"), required_points(run));
  EXPECT_EQ(required_points(run), 33);
}

TEST(Gradescope, TellsPassFromFail) {
  const json results = parsed(sample_run());
  EXPECT_EQ(test_named(results, "A.sample-file")["status"], "passed");
  EXPECT_EQ(test_named(results, "A.stored-once")["status"], "failed");
  EXPECT_EQ(test_named(results, "A.unchanged")["status"], "failed");
  const std::string output = test_named(results, "A.unchanged")["output"];
  EXPECT_EQ(output.substr(0, output.find('\n')), "needs: A.stored-once");
}

TEST(Gradescope, TagsEveryKindOfFailure) {
  const json results = parsed(sample_run());
  std::set<std::string> tags;
  for (const json& test : results["tests"])
    for (const json& tag : test["tags"]) tags.insert(tag);
  for (const char* kind : {"timeout", "limit", "crash", "build", "not attempted"})
    EXPECT_TRUE(tags.contains(kind)) << kind;
}

TEST(Gradescope, CallsNothingFailedThatWasNotJudged) {
  const json results = parsed(sample_run());
  for (const char* id : {"G.paced", "G.soon"}) {
    const json test = test_named(results, id);
    EXPECT_FALSE(test.contains("status")) << id;
    EXPECT_TRUE(test["output"].get<std::string>().starts_with("not judged, which is not your fault")) << id;
  }
  EXPECT_NE(results["output"].get<std::string>().find("3 points are open"), std::string::npos);
}

TEST(Gradescope, LeavesAnOptionalPropertyOutOfTheTotal) {
  const json results = parsed(wide_sample_run());
  const json left_out = test_named(results, "B.lag"), attempted = test_named(results, "I.read-committed");
  EXPECT_FALSE(left_out.contains("score"));
  EXPECT_FALSE(left_out.contains("max_score"));
  EXPECT_EQ(attempted["score"], 2);
  EXPECT_EQ(attempted["max_score"], 0);
}

TEST(Gradescope, HidesWhatIsHiddenFromTheTextThatAllRead) {
  const json results = parsed(wide_sample_run());
  EXPECT_EQ(test_named(results, "F.unlucky-key")["visibility"], "after_due_date");
  EXPECT_EQ(test_named(results, "F.keys")["visibility"], "visible");
  const std::string output = results["output"];
  EXPECT_EQ(output.find("unlucky"), std::string::npos);
  EXPECT_NE(output.find("2 hidden properties worth 9 are told after the deadline"), std::string::npos)
      << output;
}

TEST(Gradescope, CutsVisiblyBelowWhatGradescopeCuts) {
  PropertyResult property{.id = "A.x", .outcome = PropertyOutcome::fail};
  property.evidence.resize(200, {{1}, std::string(5000, 'x')});
  const std::string output = parsed({.sections = {{.properties = {property}}}})["tests"][0]["output"];
  EXPECT_LT(output.size(), 100'000u);
  EXPECT_NE(output.find("bytes left out"), std::string::npos);
}

}  // namespace
}  // namespace klab
