#include "claims/sentences.hpp"

#include <fmt/format.h>
#include <gtest/gtest.h>

namespace klab {
namespace {

std::vector<std::string> texts_of(const std::string& report) {
  std::vector<std::string> texts;
  for (const Sentence& sentence : sentences_of(report).sentences)
    texts.push_back(fmt::format("{}:{} {}", sentence.line, sentence.column, sentence.text));
  return texts;
}

using Texts = std::vector<std::string>;

TEST(Sentences, GoOverLinesAndKnowWhereTheyBegin) {
  EXPECT_EQ(texts_of("One two\n  three. Four\nfive.\n\nSix"),
            (Texts{"1:1 One two three.", "2:10 Four five.", "5:1 Six"}));
}

TEST(Sentences, DoNotEndAtADotInAName) {
  EXPECT_EQ(texts_of("Set linger.ms, e.g. to 5. acks stays."),
            (Texts{"1:1 Set linger.ms, e.g. to 5.", "1:27 acks stays."}));
}

TEST(Sentences, AreItemsOfAList) {
  EXPECT_EQ(texts_of("- one\n  goes on\n    - two\n2. three"),
            (Texts{"1:3 one goes on", "3:7 two", "4:4 three"}));
}

TEST(Sentences, ComeWithoutMarkdown) {
  EXPECT_EQ(texts_of("The `acks` **setting**, see [here](http://x.org/a.b)."),
            (Texts{"1:1 The acks setting, see here."}));
}

TEST(Sentences, AreNeitherHeadingsNorCodeNorQuotes) {
  EXPECT_EQ(texts_of("# Head.\n```\ncode.\n```\n> quoted.\n---\ntext."), (Texts{"7:1 text."}));
}

TEST(Sentences, PutTogetherWhatALineDivided) {
  EXPECT_EQ(texts_of("The parti-\ntion of round-robin"), (Texts{"1:1 The partition of round-robin"}));
}

TEST(Sentences, ReadRowsWithTheirHeads) {
  EXPECT_EQ(texts_of("| Setting | Default |\n|---|---|\n| `acks` | 1 |"),
            (Texts{"3:1 Setting acks, Default 1"}));
}

TEST(Sentences, KnowWhatTheyStandUnder) {
  const ReportSentences found = sentences_of("## Connect\n- one. two.\n\nQ: What is it?\n\nA: This.");
  ASSERT_EQ(found.sentences.size(), 4u);
  EXPECT_EQ(found.sentences[1].context, "Connect.  one. ");
  EXPECT_EQ(found.sentences[3].context, "What is it?.  ");
  EXPECT_EQ(found.sentences[3].text, "This.");
}

TEST(Sentences, GiveMarksApart) {
  const std::string report = "So it is [claim: acks.default = all].";
  const ReportSentences found = sentences_of(report);
  ASSERT_EQ(found.marks.size(), 1u);
  EXPECT_EQ(found.marks[0].text, " acks.default = all");
  EXPECT_EQ(report.substr(found.marks[0].begin, found.marks[0].end - found.marks[0].begin),
            "[claim: acks.default = all]");
  EXPECT_EQ(found.sentences[0].text, "So it is .");
}

TEST(Sentences, CoverTheirBytesOfTheReport) {
  const std::string report = "\r\n* An `acks` of\r\n  one. Next\f2nd page";
  for (const Sentence& sentence : sentences_of(report).sentences) {
    EXPECT_LT(sentence.begin, sentence.end);
    EXPECT_LE(sentence.end, report.size());
    EXPECT_EQ(report[sentence.begin], sentence.text[0]);
  }
}

TEST(Sentences, SurviveAnyBytes) {
  for (const std::string report :
       {"", "\n\n", "[claim:", "](", "|", "||", "|a|\n|", "```", "\xff\xfe", "# ", "- ", "A:", "Q:"})
    sentences_of(report);
}

}  // namespace
}  // namespace klab
