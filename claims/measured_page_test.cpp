#include "claims/measured_page.hpp"

#include <gtest/gtest.h>

#include <filesystem>
#include <pugixml.hpp>

namespace klab {
namespace {

const Catalogue& catalogue() {
  static const Catalogue kCatalogue = load_catalogue(std::filesystem::path(KLAB_SOURCE_DIR) / "claims");
  return kCatalogue;
}

const Measurements kMeasured{
    {"acks.default",
     {.versions = {{"kafka", "4.3.0"}},
      .controls = {{"acks=1 is heard", true}},
      .values = {{.value = "all",
                  .where = {{"client", "java"}},
                  .evidence = "java/history.jsonl",
                  .note = "<b>"}}}},
    {"acks.all", {.controls = {{"a follower is paused", false}}, .values = {{.value = "leader"}}}}};

const std::vector<ExperimentAccount> kAccounts{
    {.evidence = "java/history.jsonl", .name = "java", .hypothesis = "Java asks for all."}};

pugi::xml_document parsed(const std::string& page) {
  pugi::xml_document document;
  const std::size_t begin = page.find("<body"), end = page.find("</html>");
  EXPECT_TRUE(document.load_string(page.substr(begin, end - begin).c_str(),
                                   pugi::parse_default | pugi::parse_ws_pcdata));
  return document;
}

std::string claim_text(const pugi::xml_document& page, const std::string& id) {
  std::string text;
  for (pugi::xml_node node = page.select_node(("//h3[@id='" + id + "']").c_str()).node().next_sibling();
       node && std::string(node.name()).front() != 'h'; node = node.next_sibling())
    for (const pugi::xpath_node& part : node.select_nodes(".//text()"))
      if (const std::string one = part.node().value(); one.front() != '\n') text += one + "|";
  return text;
}

TEST(MeasuredPage, SaysOfAClaimWhatWasMeasuredUnderWhat) {
  const auto page = parsed(measured_html(catalogue(), kMeasured, kAccounts));
  EXPECT_EQ(claim_text(page, "acks.default"),
            "Value|Under|It means|Seen|all|java|the default of acks is all|<b>|"
            "Controls: acks=1 is heard. With Kafka 4.3.0.|Evidence:| |java|");
}

TEST(MeasuredPage, SaysWhyAClaimIsUndecided) {
  const auto page = parsed(measured_html(catalogue(), kMeasured, kAccounts));
  EXPECT_EQ(claim_text(page, "acks.all"), "Undecided: the control \"a follower is paused\" did not hold|");
  EXPECT_EQ(claim_text(page, "zookeeper"), "Undecided: not measured yet|");
}

TEST(MeasuredPage, LinksToTheExperiment) {
  const auto page = parsed(measured_html(catalogue(), kMeasured, kAccounts));
  const auto link = page.select_node("//a[.='java']").node();
  const std::string target = std::string(link.attribute("href").value()).substr(1);
  EXPECT_EQ(std::string(page.select_node(("//*[@id='" + target + "']").c_str()).node().child_value()),
            "Expected: Java asks for all.");
}

TEST(MeasuredPage, IsMarkdownToo) {
  const std::string page = measured_markdown(catalogue(), kMeasured);
  EXPECT_NE(page.find("1 of 68 questions are settled by experiment."), std::string::npos);
  EXPECT_NE(page.find("| all | java | &lt;b&gt; |\n\nWith Kafka 4.3.0.\n"), std::string::npos)
      << page.substr(page.find("acks.default"), 300);
}

}  // namespace
}  // namespace klab
