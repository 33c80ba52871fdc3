#include "reports/class/class_csv.hpp"

#include <gtest/gtest.h>

#include <vector>

#include "reports/class/sample_class.hpp"
#include "reports/golden.hpp"
#include "reports/sample_run.hpp"

namespace klab {
namespace {

/// Cells as RFC 4180 has them, read by rules and not by our own writer.
std::vector<std::vector<std::string>> lines_of(const std::string& csv) {
  std::vector<std::vector<std::string>> lines(1, {""});
  bool quoted = false;
  for (std::size_t i = 0; i < csv.size(); ++i) {
    std::string& cell = lines.back().back();
    if (quoted && csv.substr(i, 2) == "\"\"")
      cell += csv[i++];
    else if (csv[i] == '"')
      quoted = !quoted;
    else if (!quoted && csv[i] == ',')
      lines.back().emplace_back();
    else if (!quoted && csv.substr(i, 2) == "\r\n")
      lines.push_back({""}), ++i;
    else
      cell += csv[i];
  }
  EXPECT_FALSE(quoted);
  EXPECT_EQ(lines.back(), std::vector<std::string>{""});  // the last line is ended too
  lines.pop_back();
  return lines;
}

TEST(ClassCsv, MatchesItsGolden) { EXPECT_TRUE(matches_golden("class.csv", class_csv(sample_class()))); }

TEST(ClassCsv, HasAsManyCellsInEveryLine) {
  const auto lines = lines_of(class_csv(sample_class()));
  ASSERT_EQ(lines.size(), 1 + sample_class().rows.size());
  for (const auto& line : lines) EXPECT_EQ(line.size(), lines[0].size()) << line[0];
}

TEST(ClassCsv, GivesNoPointsToWhatWasNotGraded) {
  const auto lines = lines_of(class_csv(sample_class()));
  EXPECT_EQ(lines[1][2], "4.5");
  EXPECT_EQ(lines[5][1], "cannot be graded");
  EXPECT_EQ(lines[5][2], "");
}

TEST(ClassCsv, QuotesWhatWouldEndACell) {
  EXPECT_EQ(csv_cell("plain text"), "plain text");
  EXPECT_EQ(csv_cell("a,b"), "\"a,b\"");
  EXPECT_EQ(csv_cell("say \"no\""), "\"say \"\"no\"\"\"");
  EXPECT_EQ(csv_cell("two\r\nlines"), "two lines");
}

TEST(ClassCsv, IsNoFormula) {
  for (const char* attack : {"=1+1", "+1", "-1", "@SUM(A1)", "\t=1", "\r\n=1", "  =1", "\x1b[0m=1",
                             "\xEF\xBC\x9D"
                             "1"}) {
    const std::string cell = csv_cell(attack);
    EXPECT_EQ(cell.substr(0, 2), "\"'") << attack;
  }
  EXPECT_EQ(csv_cell("=HYPERLINK(\"http://x\",\"y\")"), "\"'=HYPERLINK(\"\"http://x\"\",\"\"y\"\")\"");
}

TEST(ClassCsv, StaysATableWhateverAFolderIsCalled) {
  ClassResult hostile = sample_class();
  hostile.rows[0].submission = hostile.rows[1].reason = hostile_output();
  hostile.rows[2].submission = "\x01";
  const auto lines = lines_of(class_csv(hostile));
  ASSERT_EQ(lines.size(), 1 + hostile.rows.size());
  for (const auto& line : lines) EXPECT_EQ(line.size(), lines[0].size());
}

}  // namespace
}  // namespace klab
