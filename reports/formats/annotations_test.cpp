#include "reports/formats/annotations.hpp"

#include <fmt/format.h>
#include <gtest/gtest.h>

#include <algorithm>
#include <sstream>
#include <string>
#include <vector>

#include "reports/golden.hpp"
#include "reports/view.hpp"
#include "reports/wide_sample_run.hpp"

namespace klab {
namespace {

std::vector<std::string> lines_of(const RunResult& run) {
  std::vector<std::string> lines;
  std::istringstream text(annotations(run));
  for (std::string line; std::getline(text, line);) lines.push_back(line);
  return lines;
}

std::ptrdiff_t count_of(const std::vector<std::string>& lines, const std::string& start) {
  return std::ranges::count_if(lines, [&](const std::string& line) { return line.starts_with(start); });
}

RunResult run_with(int failures, int errors) {
  SectionResult section{.id = "A"};
  for (int i = 0; i < failures; ++i)
    section.properties.push_back(
        {.id = fmt::format("A.f{}", i), .points = 1.0 + i, .outcome = PropertyOutcome::fail});
  for (int i = 0; i < errors; ++i)
    section.properties.push_back(
        {.id = fmt::format("A.e{}", i), .points = 1, .outcome = PropertyOutcome::error});
  return {.lab = "L", .sections = {section}};
}

TEST(Annotations, MatchTheirGolden) {
  EXPECT_TRUE(matches_golden("annotations.txt", annotations(viewed(wide_sample_run(), View::student))));
}

TEST(Annotations, TellAFailureAnErrorOfTheGraderAndTheSum) {
  const std::vector<std::string> lines = lines_of(run_with(1, 1));
  ASSERT_EQ(lines.size(), 3u);
  EXPECT_EQ(lines[0], "::error title=A.f0 (1 point)::actual: does not hold");
  EXPECT_EQ(lines[1],
            "::warning title=not your fault%3A A.e0 could not be judged::actual: the grader fell short and "
            "recorded no reason");
  EXPECT_EQ(
      lines[2],
      "::notice title=L::0 of 2 properties hold, 1 failed, 1 error of the grader; 0 of 2 points%0A1 point "
      "is open: 1 property could not be judged, which is not the submission's fault");
}

TEST(Annotations, ShowTenOfAKindWorstFirst) {
  const std::vector<std::string> lines = lines_of(run_with(10, 0));
  EXPECT_EQ(count_of(lines, "::error "), 10);
  EXPECT_TRUE(lines[0].starts_with("::error title=A.f9 (10 points)::")) << lines[0];
}

TEST(Annotations, CountWhatGitHubWouldNotShow) {
  const std::vector<std::string> lines = lines_of(run_with(12, 30));
  EXPECT_EQ(count_of(lines, "::error "), 10);
  EXPECT_EQ(count_of(lines, "::warning "), 10);
  EXPECT_TRUE(lines[9].starts_with("::error title=and 3 more (6 points)::")) << lines[9];
}

TEST(Annotations, HaveOneLineEvenForARunOfPasses) { EXPECT_EQ(lines_of(run_with(0, 0)).size(), 1u); }

}  // namespace
}  // namespace klab
