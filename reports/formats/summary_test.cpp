#include "reports/formats/summary.hpp"

#include <gtest/gtest.h>

#include <string>

#include "reports/golden.hpp"
#include "reports/sample_run.hpp"
#include "reports/view.hpp"
#include "reports/wide_sample_run.hpp"

namespace klab {
namespace {

RunResult run_of_long_failures(int count) {
  RunResult run{.lab = "L", .sections = {{.id = "A", .title = "T"}}};
  for (int i = 0; i < count; ++i)
    run.sections[0].properties.push_back({.id = "A." + std::to_string(i),
                                          .outcome = PropertyOutcome::fail,
                                          .actual = std::string(3000, '<'),
                                          .hint = std::string(3000, '|')});
  return run;
}

TEST(Summary, MatchesItsGolden) { EXPECT_TRUE(matches_golden("summary.md", job_summary(wide_sample_run()))); }

TEST(Summary, MatchesItsGoldenForTheStudent) {
  EXPECT_TRUE(matches_golden("summary-student.md", job_summary(viewed(wide_sample_run(), View::student))));
}

TEST(Summary, BeginsWithTheScoreAndSaysWhatIsOpen) {
  const std::string summary = job_summary(sample_run());
  EXPECT_TRUE(summary.starts_with("## Data Transport: 4.5 of 22 points\n")) << summary.substr(0, 100);
  EXPECT_NE(summary.find("3 points are open"), std::string::npos);
}

TEST(Summary, StaysBelowTheLimitAndCountsWhatIsCut) {
  const std::string summary = job_summary(run_of_long_failures(400));
  EXPECT_LE(summary.size(), kLongestSummary);
  EXPECT_GT(summary.size(), kLongestSummary * 9 / 10);
  EXPECT_NE(summary.find("Cut here: "), std::string::npos);
}

TEST(Summary, IsCutWhereverTheLimitIs) {
  const RunResult run = sample_run();
  const std::size_t whole = job_summary(run).size();
  for (std::size_t most = 0; most <= whole; most += 97) {
    const std::string summary = job_summary(run, most);
    ASSERT_LE(summary.size(), most);
    ASSERT_TRUE(most < 200 ? summary.empty() : summary.find("Cut here: ") != std::string::npos) << most;
  }
  EXPECT_EQ(job_summary(run, whole).size(), whole);
}

}  // namespace
}  // namespace klab
