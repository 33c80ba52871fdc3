// Two reports in the words of this repository that say what two real ones said, line by line: which lines say
// something was written down by reading, and is all that may be marked.

#include "claims/verified_report.hpp"

#include <fmt/format.h>
#include <gtest/gtest.h>

#include <nlohmann/json.hpp>
#include <pugixml.hpp>

#include "claims/report_file.hpp"
#include "claims/verified_formats.hpp"

namespace klab {
namespace {

const std::filesystem::path kFolder = std::filesystem::path(KLAB_SOURCE_DIR) / "claims";

const Catalogue& catalogue() {
  static const Catalogue kCatalogue = load_catalogue(kFolder);
  return kCatalogue;
}

const Measurements kMeasured{
    {"acks.default",
     {.values = {{.value = "all", .where = {{"client", "java"}}, .evidence = "java.jsonl"},
                 {.value = "1", .where = {{"client", "kafka-python"}}}}}},
    {"order.partition", {.values = {{.value = "yes"}}}}};

VerifiedReport verified(const std::string& text, const Measurements& measured = kMeasured) {
  return verify_report(text, "report.md", catalogue(), measured);
}

std::string marked_lines(const std::string& report) {
  std::string lines;
  for (const VerifiedStatement& statement :
       verified(load_report(kFolder / "test_reports" / report)).statements)
    lines += fmt::format("{} {}\n", statement.line, statement.claim);
  return lines;
}

TEST(VerifiedReports, MarkAnAssignmentWhereItSaysSomething) {
  EXPECT_EQ(marked_lines("assignment.md"),
            "11 nokey.partitioner\n14 group.split\n15 group.idle_takeover\n15 group.split\n20 linger\n22 "
            "acks.default\n"
            "22 acks.zero\n24 acks.all\n27 batch.size\n32 group.split\n");
}

TEST(VerifiedReports, MarkNotesWhereTheySaySomething) {
  EXPECT_EQ(
      marked_lines("notes.md"),
      "6 order.partition\n7 keys.unbalanced\n8 failover\n12 key.partition\n12 nokey.partitioner\n"
      "25 compression.where\n27 acks.all\n32 offsets.topic\n33 offsets.auto\n36 offsets.reset_first\n"
      "40 offsets.meaning\n40 offsets.topic\n44 group.id_required\n45 group.one_owner\n46 group.leader\n"
      "47 group.pause\n52 registry.topic\n57 connect.rest\n58 connect.rest\n62 acks.default\n");
}

TEST(VerifiedReports, CountWhatTheyLeaveAlone) {
  const VerifiedReport report =
      verified("The default of acks is 0. It rains. Order is kept within a partition.");
  EXPECT_EQ(report.sentences, 3u);
  EXPECT_EQ(report.left_alone, 1u);
  EXPECT_EQ(summary_of(report), "2 statements in 3 sentences: 1 confirmed, 1 refuted; 1 sentence left alone");
}

TEST(VerifiedReports, HaveAnExitCode) {
  EXPECT_EQ(exit_code(verified("Order is kept within a partition.")), 0);
  EXPECT_EQ(exit_code(verified("The default of acks is all.")), 0);  // for one client
  EXPECT_EQ(exit_code(verified("The default of acks is 0. Kafka needs ZooKeeper.")), 1);
  EXPECT_EQ(exit_code(verified("Kafka needs ZooKeeper.")), 2);
  EXPECT_EQ(exit_code(verified("[claim: no.such = thing]")), 2);
  EXPECT_EQ(exit_code(verified("It rains.")), 0);
}

TEST(VerifiedReports, SayALineAStatementInATerminal) {
  const std::string text = verified_terminal(verified("# A\n\nThe default of acks is 0."), {.width = 200});
  EXPECT_EQ(text,
            "report.md:3: acks.default: says the default of acks is 0; measured: all (java); 1 "
            "(kafka-python): refuted\n\n"
            "1 statement in 1 sentence: 1 refuted; 0 sentences left alone.\n");
}

TEST(VerifiedReports, AreJson) {
  const auto json =
      nlohmann::json::parse(verified_json(verified("The default of acks is 0. \xff It rains.")));
  EXPECT_EQ(json["counts"]["refuted"], 1);
  EXPECT_EQ(json["statements"][0]["line"], 1);
  EXPECT_EQ(json["statements"][0]["mark"], "refuted");
  EXPECT_EQ(json["statements"][0]["evidence"][0], "java.jsonl");
}

TEST(VerifiedReports, AreJunit) {
  pugi::xml_document document;
  ASSERT_TRUE(document.load_string(
      verified_junit(verified("The default of acks is 0. Kafka needs ZooKeeper. The default of acks is 0."))
          .c_str()));
  EXPECT_EQ(document.select_nodes("//testcase").size(), 3u);
  EXPECT_EQ(document.select_nodes("//failure").size(), 2u);
  EXPECT_EQ(document.select_nodes("//error").size(), 1u);
  EXPECT_EQ(document.select_nodes("//testcase[@file='report.md'][@line='1']").size(), 3u);
  ASSERT_TRUE(document.load_string(verified_junit(verified("It rains.")).c_str()));
  EXPECT_EQ(document.select_nodes("//testcase").size(), 1u);
}

struct ParsedHtml {
  explicit ParsedHtml(const VerifiedReport& report) : html(verified_html(report)) {
    document.load_string(html.c_str());
  }
  std::size_t count(const std::string& query) const { return document.select_nodes(query.c_str()).size(); }

  std::string html;
  pugi::xml_document document;
};

TEST(VerifiedReports, ShowTheirTextWithMarksBesideIt) {
  const ParsedHtml page(verified("First. The default of acks is 0.\nOrder is kept within a partition.\n"));
  EXPECT_EQ(page.count("//div[@class='report']/span"), 2u);
  EXPECT_EQ(page.count("//div[@class='report']/span[text()='The default of acks is 0.']"), 1u);
  EXPECT_EQ(page.count("//div[@class='report']/a[text()='REFUTED']"), 1u);
  EXPECT_EQ(page.count("//div[@class='report']/a[text()='CONFIRMED']"), 1u);
  for (const pugi::xpath_node& link : page.document.select_nodes("//a")) {
    const std::string target = link.node().attribute("href").value();
    EXPECT_EQ(page.count("//*[@id='" + target.substr(1) + "']"), 1u) << target;
  }
}

TEST(VerifiedReports, TakeHostileTextAsText) {
  const std::string hostile =
      "<script>x</script> The default of acks is 0 & \"<b>\" \x01\x1b[31m\xff </div>. [claim: <i> = <u>]";
  const ParsedHtml page(verified(hostile)),
      harmless(verified("word The default of acks is 0 and so on. [claim: a = b]"));
  EXPECT_EQ(page.count("//script | //i | //u"), 0u);
  EXPECT_EQ(page.count("//*"), harmless.count("//*"));
  for (char c : page.html) ASSERT_TRUE(static_cast<unsigned char>(c) >= 0x20 || c == '\n');
}

}  // namespace
}  // namespace klab
