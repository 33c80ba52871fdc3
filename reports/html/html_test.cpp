#include "reports/html/html.hpp"

#include <gtest/gtest.h>

#include <pugixml.hpp>
#include <string>
#include <string_view>
#include <utility>

#include "reports/golden.hpp"
#include "reports/markup/html_pieces.hpp"
#include "reports/markup/html_style.hpp"
#include "reports/sample_run.hpp"

namespace klab {
namespace {

// The page is well-formed XML too, so that a strict parser can say what is in it.
struct ParsedPage {
  explicit ParsedPage(const RunResult& run) : html(html_report(run)) {
    parsed = document.load_string(html.c_str());
  }

  std::size_t count(const std::string& query) const { return document.select_nodes(query.c_str()).size(); }

  std::string html;
  pugi::xml_document document;
  pugi::xml_parse_result parsed;
};

RunResult run_with(const std::string& text) {
  PropertyResult property{
      .id = text,
      .claim = text,
      .witness = text,
      .needs = {text},
      .roles = {text},
      .outcome = PropertyOutcome::fail,
      .kind = FailKind::crash,
      .expected = text,
      .actual = text,
      .judged = text,
      .evidence = {{{1}, text}},
      .lives = {{{.record = text, .steps = {{.events = {{Moment(1), text}}, .more = 1}, {.missing = text}}}}},
      .hint = text,
      .file = text,
      .line = 1};
  SectionResult section{
      .id = text,
      .title = text,
      .folder = text,
      .notes = {text},
      .disagreements = {{{1}, text}},
      .programs = {{text, text, text, text, text, {{.printed = text}, {.heard = text}}}},
      .timelines = {{.title = text,
                     .caption = text,
                     .end = Moment(9),
                     .legend = {{Hue::one, text}},
                     .lanes = {{text, {{Moment(1), Moment(2), Hue::life, text, text}}}}}},
      .offset_charts = {{.title = text,
                         .caption = text,
                         .end = Moment(9),
                         .series = {{.name = text}},
                         .panels = {{.title = text, .end = 1, .marks = {{{Moment(1), 0}}}}}}},
      .properties = {std::move(property)}};
  return {.lab = text,
          .submission = text,
          .started_at = text,
          .seed = text,
          .tool_version = text,
          .broker = text,
          .sandbox = text,
          .notes = {text},
          .sections = {std::move(section)}};
}

TEST(Html, MatchesItsGolden) { EXPECT_TRUE(matches_golden("report.html", html_report(sample_run()))); }

TEST(Html, IsWellFormed) {
  const ParsedPage page(sample_run());
  EXPECT_TRUE(page.parsed) << page.parsed.description() << " at " << page.parsed.offset;
}

TEST(Html, ShowsEveryPropertyWithItsOutcomeInWords) {
  const ParsedPage page(sample_run());
  EXPECT_EQ(page.count("//details[contains(@class,'property')]"), 13u);
  for (const char* word : {"PASS", "FAIL", "SKIP", "ERROR", "NOT RUN"})
    EXPECT_GE(page.count("//summary/span[text()='" + std::string(word) + "']"), 1u) << word;
}

TEST(Html, OpensWhatWentWrongAndFoldsTheRest) {
  const ParsedPage page(sample_run());
  EXPECT_EQ(page.count("//details[contains(@class,'property')][@open]"),
            7u);  // 6 failures and the grader's error
  EXPECT_EQ(page.count("//details[contains(@class,'property pass')][@open]"), 0u);
}

TEST(Html, OpensTheProgramsThatExplainAFailure) {
  const ParsedPage page(sample_run());
  EXPECT_EQ(page.count("//section[@id='section-D']//details[@class='program'][@open]"), 2u);
  EXPECT_EQ(page.count("//section[@id='section-A']//details[@class='program'][@open]"), 0u);
}

TEST(Html, LinksOnlyToWhatIsThere) {
  const ParsedPage page(sample_run());
  EXPECT_EQ(page.count("//a"), 1u + 8u + 4u);  // past the score, the findings and the sections
  for (const pugi::xpath_node& link : page.document.select_nodes("//a")) {
    const std::string target = link.node().attribute("href").value();
    EXPECT_EQ(page.count("//*[@id='" + target.substr(1) + "']"), 1u) << target;
  }
}

TEST(Html, FoldsASkippedPropertyIntoWhatItNeeds) {
  const ParsedPage page(sample_run());
  EXPECT_EQ(page.count("//li[p[@class='folded'][contains(., 'A.unchanged')]]"), 1u);
  EXPECT_EQ(page.count("//li[contains(@class,'skipped')]"), 0u);
}

TEST(Html, ShowsASkippedPropertyThatNoOtherExplains) {
  RunResult run = run_with("x");
  run.sections[0].properties[0].outcome = PropertyOutcome::skipped;
  run.sections[0].properties[0].needs = {};
  EXPECT_EQ(ParsedPage(run).count("//li[contains(@class,'skipped')]"), 1u);
}

TEST(Html, SkipsNoLevelOfHeading) {
  int level = 0;
  const ParsedPage page(sample_run());
  for (const pugi::xpath_node& found : page.document.select_nodes("//h1 | //h2 | //h3 | //h4")) {
    const int next = found.node().name()[1] - '0';
    EXPECT_LE(next, level + 1) << found.node().text().get();
    level = next;
  }
  EXPECT_EQ(page.count("//h1"), 1u);
}

TEST(Html, HasLandmarksAndALanguage) {
  const ParsedPage page(sample_run());
  EXPECT_EQ(page.count("/html[@lang='en']/body[header and main and footer]/main//nav"), 1u);
  EXPECT_EQ(page.count("//th[not(@scope)]"), 0u);
}

TEST(Html, LoadsAndRunsNothing) {
  const ParsedPage page(sample_run());
  EXPECT_EQ(
      page.count(
          "//script | //img | //link | //iframe | //object | //form | //image | //use | //foreignObject"),
      0u);
  EXPECT_EQ(page.count("//@src | //@*[starts-with(name(), 'on')]"), 0u);
  EXPECT_EQ(html_style().find("url("), std::string_view::npos);
  EXPECT_EQ(html_style().find_first_of("<&"), std::string_view::npos);
}

TEST(Html, TakesHostileBytesInEveryFieldAsText) {
  const ParsedPage harmless(run_with("word")), hostile(run_with(hostile_output()));
  ASSERT_TRUE(hostile.parsed) << hostile.parsed.description();
  EXPECT_EQ(hostile.count("//*"), harmless.count("//*"));  // no element came out of the text
  EXPECT_EQ(hostile.count("//@*"), harmless.count("//@*"));
  for (char c : hostile.html) ASSERT_TRUE(static_cast<unsigned char>(c) >= 0x20 || c == '\n');
}

TEST(Html, SpellsOutWhatAProgramPrintedThatCannotBeSeen) {
  const std::string html = html_report(sample_run());
  EXPECT_NE(html.find("NUL \\x00 bell \\x07"), std::string::npos);
  EXPECT_NE(html.find("right to left \\u202e"), std::string::npos);
}

TEST(Html, SaysSoWhenNothingFailed) {
  RunResult run = run_with("x");
  run.sections[0].properties[0].outcome = PropertyOutcome::pass;
  EXPECT_NE(html_report(run).find("Nothing: every property holds."), std::string::npos);
  EXPECT_EQ(html_report(RunResult{}).find("every property holds"), std::string::npos);
}

TEST(Html, TellsTheLifeOfARecordBelowTheEvidenceThatNamesIt) {
  const ParsedPage page(sample_run());
  EXPECT_EQ(page.count("//ol[@class='evidence']/li/details[@class='life']"), 2u);
  EXPECT_EQ(page.count("//details[@class='life'][@open]"), 1u);
  EXPECT_EQ(page.count("(//details[@class='life'])[1]/ol/li"), 5u);
  EXPECT_EQ(page.count("(//details[@class='life'])[1]/ol/li[@class='missing']"), 3u);
}

TEST(Html, PutsWhatAProgramPrintedBesideWhatTheWireSaw) {
  const ParsedPage page(sample_run());
  EXPECT_EQ(page.count("//table[@class='account']/tr"), 6u);
  EXPECT_EQ(page.count("//table[@class='account']//th[@scope='col']"), 3u);
  EXPECT_EQ(page.count("//td[@colspan='2'][text()='12 lines left out here']"), 1u);
}

TEST(Html, NamesAndDescribesEveryPicture) {
  const ParsedPage page(sample_run());
  EXPECT_EQ(page.count("//svg[@role='img']"), 2u);
  EXPECT_EQ(page.count("//svg[@role='img'][@aria-label][desc]"), 2u);
  EXPECT_EQ(page.count("//svg[not(@role='img')][not(@aria-hidden='true')]"), 0u);
  EXPECT_EQ(page.count("//*[@class='picture'][not(@tabindex='0')]"), 0u);
}

TEST(Html, BeginsWithAWayPastTheScore) {
  const ParsedPage page(sample_run());
  EXPECT_EQ(page.count("/html/body/*[1][self::a][@href='#findings']"), 1u);
}

TEST(Html, WritesTimesForPeople) {
  EXPECT_EQ(seconds_text(0.42), "0.4 s");
  EXPECT_EQ(seconds_text(125.2), "2 min 5 s");
}

}  // namespace
}  // namespace klab
