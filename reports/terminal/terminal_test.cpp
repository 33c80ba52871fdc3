#include "reports/terminal/terminal.hpp"

#include <gtest/gtest.h>

#include <sstream>
#include <string>
#include <utility>

#include "checks/json/utf8.hpp"
#include "reports/golden.hpp"
#include "reports/printable.hpp"
#include "reports/sample_run.hpp"

namespace klab {
namespace {

int widest_line(const std::string& text) {
  std::istringstream lines(text);
  int widest = 0;
  for (std::string line; std::getline(lines, line);) widest = std::max(widest, display_width(line));
  return widest;
}

RunResult run_of(PropertyResult property) {
  return {.lab = "L", .sections = {{.id = "A", .title = "T", .properties = {std::move(property)}}}};
}

TEST(Terminal, MatchesItsGolden) {
  EXPECT_TRUE(matches_golden("terminal.txt", terminal_report(sample_run(), {.colour = false, .width = 100})));
}

TEST(Terminal, EndsWithOneLineThatSumsUp) {
  const RunResult run = run_of({.id = "A.x", .claim = "c", .points = 2, .outcome = PropertyOutcome::pass});
  EXPECT_TRUE(terminal_report(run, {}).ends_with("\n1 of 1 property holds; 2 of 2 points\n"));
}

TEST(Terminal, StaysWithinItsWidth) {
  for (int width : {40, 60, 100, 200})
    EXPECT_LE(widest_line(terminal_report(sample_run(), {.colour = false, .width = width})), width) << width;
}

TEST(Terminal, TakesATinyWidthAsForty) {
  EXPECT_EQ(terminal_report(sample_run(), {.width = 0}), terminal_report(sample_run(), {.width = 40}));
}

TEST(Terminal, SaysTheSameWithAndWithoutColour) {
  const std::string coloured = terminal_report(sample_run(), {.colour = true, .width = 80});
  EXPECT_NE(coloured.find("\x1b[31mFAIL\x1b[0m"), std::string::npos);
  EXPECT_EQ(without_ansi(coloured), terminal_report(sample_run(), {.colour = false, .width = 80}));
}

TEST(Terminal, SpellsOutControlCharactersOfAnyField) {
  const std::string bytes = hostile_output();
  const std::string report = terminal_report(run_of({.id = bytes,
                                                     .claim = bytes,
                                                     .outcome = PropertyOutcome::fail,
                                                     .expected = bytes,
                                                     .actual = bytes,
                                                     .evidence = {{{1}, bytes}},
                                                     .hint = bytes}),
                                             {});
  EXPECT_NE(report.find("\\x1b[32m"), std::string::npos);
  for (char c : report) ASSERT_TRUE(static_cast<unsigned char>(c) >= 0x20 || c == '\n');
  EXPECT_EQ(report, visible_text(report));
}

TEST(Terminal, BoundsWhatAStudentMadeHuge) {
  const RunResult run = run_of({.outcome = PropertyOutcome::fail, .actual = std::string(5'000'000, 'x')});
  EXPECT_LT(terminal_report(run, {}).size(), 10'000u);
}

TEST(Terminal, PutsTextOnALineOfItsOwnAfterAnIdThatIsTooLong) {
  const std::string report =
      terminal_report(run_of({.id = std::string(60, 'i'), .claim = "holds"}), {.width = 60});
  EXPECT_NE(report.find("iii\n"), std::string::npos);
  EXPECT_NE(report.find(" holds\n"), std::string::npos);
}

}  // namespace
}  // namespace klab
