#include "reports/outcome_json.hpp"

#include <gtest/gtest.h>

#include <nlohmann/json.hpp>

#include "reports/sample_run.hpp"

namespace klab {
namespace {

using nlohmann::json;

TEST(OutcomeJson, HasThePointsAndTheExitCodeOfTheRun) {
  const RunResult run = sample_run();
  const json outcome = json::parse(outcome_json(run, "/runs/1"));
  EXPECT_EQ(outcome["points"], tally(run).points);
  EXPECT_EQ(outcome["points_possible"], tally(run).of);
  EXPECT_EQ(outcome["exit_code"], exit_code(run));
  EXPECT_EQ(outcome["run"], "/runs/1");
  EXPECT_EQ(outcome["format"], 1);
  EXPECT_FALSE(outcome.contains("changes"));
}

TEST(OutcomeJson, HasEachPropertyOnce) {
  const RunResult run = sample_run();
  const json outcome = json::parse(outcome_json(run, ""));
  double points = 0, possible = 0;
  std::map<std::string, int> counts;
  for (std::size_t i = 0; i < run.sections.size(); ++i) {
    const json& properties = outcome["sections"][i]["properties"];
    ASSERT_EQ(properties.size(), run.sections[i].properties.size());
    for (const json& property : properties) {
      points += property["points"].get<double>();
      possible += property["points_possible"].get<double>();
      ++counts[property["outcome"]];
      EXPECT_EQ(property.contains("kind"), property["outcome"] == "fail");
    }
  }
  EXPECT_EQ(points, tally(run).points);
  EXPECT_EQ(possible, tally(run).of);
  for (const auto& [name, count] : outcome["counts"].items()) EXPECT_EQ(count, counts[name]) << name;
}

TEST(OutcomeJson, IsJsonWhateverAProgramPrinted) {
  RunResult run = sample_run();
  run.sections[0].properties[0].actual = hostile_output();
  const std::string text = outcome_json(run, "");
  EXPECT_TRUE(json::accept(text));
  EXPECT_EQ(text.find('\x1b'), std::string::npos);
  EXPECT_EQ(text.find('\0'), std::string::npos);
}

TEST(OutcomeJson, ListsWhatChanged) {
  const std::vector<ChangedOutcome> changes{{"A.stored-once", "pass", "fail"}};
  const json outcome = json::parse(outcome_json(sample_run(), "", &changes));
  EXPECT_EQ(outcome["changes"], json::parse(R"([{"id":"A.stored-once","was":"pass","is":"fail"}])"));
}

}  // namespace
}  // namespace klab
