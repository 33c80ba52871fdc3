// Whatever bytes a submission prints, sends or makes the grader quote: each format stays what it is, read by
// a parser that is not ours, and says no more than the same run of harmless words.

#include <gtest/gtest.h>

#include <algorithm>
#include <nlohmann/json.hpp>
#include <pugixml.hpp>
#include <regex>
#include <sstream>
#include <string>

#include "checks/json/utf8.hpp"
#include "reports/formats/annotations.hpp"
#include "reports/formats/classroom.hpp"
#include "reports/formats/gradescope.hpp"
#include "reports/formats/junit.hpp"
#include "reports/formats/summary.hpp"
#include "reports/golden.hpp"
#include "reports/html/html.hpp"
#include "reports/terminal/terminal.hpp"
#include "reports/wide_sample_run.hpp"

namespace klab {
namespace {

using nlohmann::json;

constexpr std::size_t kMuch = 2'000'000;  // bytes: a line of 10 MB must be cut

void expect_only_printable_text(const std::string& text) {
  EXPECT_TRUE(is_utf8(text));
  for (char c : text) ASSERT_TRUE(static_cast<unsigned char>(c) >= 0x20 || c == '\n' || c == '\t');
  for (const char* direction : {"\xE2\x80\xAE", "\xE2\x81\xA6"})
    EXPECT_EQ(text.find(direction), std::string::npos);
  EXPECT_LT(text.size(), kMuch);
}

/// Every text in a JSON value, as one.
std::string texts_in(const json& value) {
  const json flat = value.flatten();
  std::string texts;
  for (const json& text : flat)
    if (text.is_string()) texts += text.get<std::string>() + "\n";
  return texts;
}

TEST(HostileRun, IsTextInJunit) {
  const std::string xml = junit_xml(hostile_run());
  EXPECT_TRUE(matches_golden("junit-hostile.xml", xml));
  expect_only_printable_text(xml);
  pugi::xml_document document;
  ASSERT_TRUE(document.load_string(xml.c_str()));
  EXPECT_EQ(document.select_nodes("//testcase").size(), 6u);
  EXPECT_EQ(xml.find("##["), std::string::npos);               // its readers print it in jobs of their own
  EXPECT_EQ(document.select_nodes("//*").size(), 2u + 6 + 5);  // suites and cases, all but one with a finding
}

TEST(HostileRun, IsTextInHtml) {
  const std::string html = html_report(hostile_run());
  expect_only_printable_text(html);
  pugi::xml_document document;
  ASSERT_TRUE(document.load_string(html.c_str()));
  EXPECT_EQ(document.select_nodes("//script | //img | //a[starts-with(@href, 'javascript')]").size(), 0u);
}

TEST(HostileRun, IsTextInGradescopesResults) {
  const std::string text = gradescope_json(hostile_run());
  expect_only_printable_text(text);
  const json results = json::parse(text);
  expect_only_printable_text(texts_in(results));
  EXPECT_EQ(results["score"], 1);
  EXPECT_EQ(results["tests"].size(), 6u);
  for (const json& test : results["tests"]) EXPECT_LT(test["output"].get<std::string>().size(), 100'000u);
}

TEST(HostileRun, IsTextInClassroomsResult) {
  const std::string text = classroom_json(hostile_run());
  expect_only_printable_text(text);
  const json result = json::parse(text);
  EXPECT_TRUE(matches_golden("classroom-hostile.json", text + "\n"));
  expect_only_printable_text(texts_in(result));
  EXPECT_EQ(result["tests"].size(), 6u);
  EXPECT_EQ(texts_in(result).find("##["), std::string::npos);  // its reader prints some of them
}

/// As the runner takes a line apart: actions/runner, src/Runner.Common/ActionCommand.cs.
struct ObeyedCommand {
  explicit ObeyedCommand(const std::string& line) {
    const std::size_t end = line.find("::", 2);
    if (!line.starts_with("::") || end == std::string::npos) return;
    info = line.substr(2, end - 2);
    data = line.substr(end + 2);
  }
  std::string info = {}, data = {};
};

TEST(HostileRun, StartsNoWorkflowCommandButOurs) {
  const std::string commands = annotations(hostile_run()) + classroom_notices(hostile_run());
  expect_only_printable_text(commands);
  const std::regex ours("(error|warning|notice) title=[^,:]*");
  std::istringstream lines(commands);
  int count = 0;
  for (std::string line; std::getline(lines, line); ++count)
    EXPECT_TRUE(std::regex_match(ObeyedCommand(line).info, ours)) << line;
  EXPECT_EQ(count, 2 + 2 + 1 + 2);  // failures, what was not judged, the sum, Classroom's two
}

bool starts_like_ours(const std::string& line) {
  for (const char* start : {"## ", "### ", "| ", "- ", "**", "Note: ", "Grader ", "1 of 6 ", "2 points are"})
    if (line.starts_with(start)) return true;
  return false;
}

TEST(HostileRun, IsTextInTheSummary) {
  const std::string summary = job_summary(hostile_run());
  EXPECT_TRUE(matches_golden("summary-hostile.md", summary));
  expect_only_printable_text(summary);
  EXPECT_EQ(summary.find('<'), std::string::npos);
  EXPECT_EQ(summary.find("](javascript"), std::string::npos);
  // A line is a heading, a row, an item or words of ours: no text of the run begins one.
  std::istringstream lines(summary);
  for (std::string line; std::getline(lines, line);)
    EXPECT_TRUE(line.empty() || starts_like_ours(line)) << line;
}

TEST(HostileRun, HasTheCellsOfATableOnly) {
  std::istringstream lines(job_summary(hostile_run()));
  int rows = 0;
  for (std::string line; std::getline(lines, line);)
    if (line.starts_with("| ") && line.find("---") == std::string::npos) {
      const std::string cells = std::regex_replace(line, std::regex(R"(\\.)"), "");
      const auto bars = std::ranges::count(cells, '|');
      EXPECT_TRUE(bars == 4 || bars == 5) << line;
      ++rows;
    }
  EXPECT_EQ(rows, 2 + 1 + 6);
}

TEST(HostileRun, IsTextInTheTerminal) { expect_only_printable_text(terminal_report(hostile_run(), {})); }

}  // namespace
}  // namespace klab
