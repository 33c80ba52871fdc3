#include "reports/class/class_page.hpp"

#include <gtest/gtest.h>

#include <pugixml.hpp>

#include "reports/class/class_table.hpp"
#include "reports/class/sample_class.hpp"
#include "reports/golden.hpp"
#include "reports/sample_run.hpp"

namespace klab {
namespace {

struct ParsedClassPage {
  explicit ParsedClassPage(const ClassResult& result) : html(class_page(result)) {
    parsed = document.load_string(html.c_str());
  }

  std::size_t count(const std::string& query) const { return document.select_nodes(query.c_str()).size(); }
  std::string first(const std::string& query) const {
    return document.select_node(query.c_str()).node().text().get();
  }

  std::string html;
  pugi::xml_document document;
  pugi::xml_parse_result parsed;
};

TEST(ClassPage, MatchesItsGolden) { EXPECT_TRUE(matches_golden("class.html", class_page(sample_class()))); }

TEST(ClassPage, LinksToTheReportOfEachThatWasGraded) {
  const ParsedClassPage page(sample_class());
  ASSERT_TRUE(page.parsed) << page.parsed.description();
  EXPECT_EQ(page.count("//div[@class='wide']//a"), 4u);
  EXPECT_EQ(page.count("//a[@href='runs/grace%20hopper/report.html']"),
            3u);  // an error, slow, and one of all
  EXPECT_EQ(page.count("//a[@href='runs/%3Dcmd%7C%27%20/C%20calc%27%21A0/report.html']"), 2u);
}

TEST(ClassPage, NamesFirstWhatFailsMost) {
  const ParsedClassPage page(sample_class());
  EXPECT_EQ(page.first("//table[@class='failing']//th/code"), "D.ran-together");
  EXPECT_EQ(page.first("//table[@class='failing']//td[@class='number']"), "2 of 4");
  EXPECT_EQ(page.count("//table[@class='failing']//th/code"), 3u);
}

TEST(ClassPage, KeepsTheGradersErrorsApart) {
  const ParsedClassPage page(sample_class());
  EXPECT_EQ(page.count("//ol[@class='shortfalls']/li"), 2u);
  EXPECT_EQ(page.count("//ol[@class='refused']/li"), 1u);
}

TEST(ClassPage, IsReadBeforeAnythingIsGraded) {
  ClassResult begun = sample_class();
  for (ClassRow& row : begun.rows) row = {.submission = row.submission};
  const ParsedClassPage page(begun);
  ASSERT_TRUE(page.parsed) << page.parsed.description();
  EXPECT_NE(page.html.find("0 of 7 submissions graded, 7 not graded yet."), std::string::npos);
}

TEST(ClassPage, TakesHostileNamesAsText) {
  ClassResult hostile = sample_class(), harmless = sample_class();
  for (ClassRow& row : hostile.rows) {
    row.submission = row.reason = hostile_output();
    if (!row.run.empty()) row.run = hostile_output();
  }
  hostile.folder = hostile_output();
  const ParsedClassPage expected(harmless), page(hostile);
  ASSERT_TRUE(page.parsed) << page.parsed.description();
  EXPECT_EQ(page.count("//*"), expected.count("//*"));
  EXPECT_EQ(page.count("//script | //img | //link | //iframe | //@src | //@*[starts-with(name(), 'on')]"),
            0u);
}

TEST(ClassPage, HasLandmarksAndNoLevelOfHeadingLeftOut) {
  const ParsedClassPage page(sample_class());
  EXPECT_EQ(page.count("/html[@lang='en']/body[header and main and footer]"), 1u);
  EXPECT_EQ(page.count("//h1"), 1u);
  EXPECT_EQ(page.count("//h3"), 0u);
  EXPECT_EQ(page.count("//th[not(@scope)]"), 0u);
}

TEST(PercentEncoded, KeepsAPathAPathOfThisFolder) {
  EXPECT_EQ(percent_encoded("runs/a b/report.html"), "runs/a%20b/report.html");
  EXPECT_EQ(percent_encoded("runs/#?%\xFF"), "runs/%23%3F%25%FF");
}

}  // namespace
}  // namespace klab
