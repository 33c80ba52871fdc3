#include "checks/printed/word_count_answer.hpp"

#include <gtest/gtest.h>

#include "checks/history/history_of.hpp"

namespace klab {
namespace {

/// A file of 10 lines, 20 words and 300 bytes.
HistoryOf looked_for() {
  HistoryOf history("t");
  return history.submitted({.name = "data.json", .size = WordCount{.lines = 10, .words = 20, .bytes = 300}})
      .submitted({.name = "answers.json"});
}

Verdict judge(const History& history) { return word_count_answer(history, "C.wc", "data.json"); }

Verdict answered(const std::string& text) { return judge(looked_for().answer("C.wc", text)); }

TEST(WordCountAnswer, HoldsForWhatWcPrints) {
  EXPECT_EQ(name_of(answered("10 20 300").outcome), "holds");
  EXPECT_EQ(name_of(answered("  10   20  300 data.json").outcome), "holds");
}

TEST(WordCountAnswer, HoldsForAnObject) {
  EXPECT_EQ(name_of(answered(R"({"lines": 10, "words": "20", "bytes": 300})").outcome), "holds");
}

TEST(WordCountAnswer, HoldsForAnObjectWithNamesAndNumbersOfItsOwn) {
  EXPECT_EQ(name_of(answered(R"({"Bytes": 300, "Lines": 10, "Words": 20})").outcome), "holds");
  EXPECT_EQ(name_of(answered(R"({"newlines": 10, "word_count": "20", "characters": "300"})").outcome),
            "holds");
  EXPECT_EQ(name_of(answered(R"({"lines": 10, "words": 20, "chars": 299, "bytes": 300})").outcome), "holds");
  EXPECT_EQ(name_of(answered(R"({"bytes": 10, "words": 20, "lines": 300})").outcome), "refuted");
  EXPECT_EQ(name_of(answered(R"({"command_line": "wc a b", "words_per_line": 2, "lines": 10, "words": 20,
                                 "bytes": 300})")
                        .outcome),
            "holds")
      << "a field of just that name goes first";
  EXPECT_EQ(
      name_of(
          answered(R"({"command_line": "wc a", "line_count": 10, "word_count": 20, "bytes": 300})").outcome),
      "holds")
      << "and one that has a number";
}

TEST(WordCountAnswer, HoldsForThreeNumbersInAnyWords) {
  EXPECT_EQ(name_of(answered("[10, \"20\", 300]").outcome), "holds");
  EXPECT_EQ(name_of(answered("lines 10, words 20, bytes 300").outcome), "holds");
  const SubmittedFile large{.name = "data.json",
                            .size = WordCount{.lines = 1002, .words = 28002, .bytes = 338451}};
  const History history = HistoryOf("t")
                              .submitted({.name = "answers.json"})
                              .submitted(large)
                              .answer("C.wc", "1,002 28,002 338,451");
  EXPECT_EQ(name_of(judge(history).outcome), "holds");
}

TEST(WordCountAnswer, LetsLinesEndInCrLf) {
  EXPECT_EQ(name_of(answered("10 20 310").outcome), "holds");
  EXPECT_EQ(name_of(answered("10 20 290").outcome), "holds");
}

TEST(WordCountAnswer, RefutesAnotherNumber) {
  const History history = looked_for().answer("C.wc", "10 20 301");
  const Verdict verdict = judge(history);
  EXPECT_EQ(name_of(verdict.outcome), "refuted");
  EXPECT_EQ(verdict.expected, "10 lines, 20 words, 300 bytes");
  EXPECT_EQ(verdict.actual, "10 lines, 20 words, 301 bytes");
  ASSERT_EQ(verdict.evidence.size(), 1u);
  EXPECT_EQ(verdict.evidence[0].lines, lines_of(history.answers[0], history.submitted_files[0]));
  EXPECT_EQ(name_of(answered("11 20 300").outcome), "refuted");
  EXPECT_EQ(name_of(answered("10 21 300").outcome), "refuted");
}

TEST(WordCountAnswer, RefutesWhatHoldsNoThreeNumbers) {
  EXPECT_EQ(answered("many").actual, "\"many\" does not tell three numbers");
  EXPECT_EQ(name_of(answered("10 20").outcome), "refuted");
  EXPECT_EQ(name_of(answered("10 20 300x").outcome), "refuted");
  EXPECT_EQ(name_of(answered(R"({"lines": 10, "words": 20})").outcome), "refuted");
  EXPECT_EQ(name_of(answered(R"({"lines": -10, "words": 20, "bytes": 300})").outcome), "refuted");
}

TEST(WordCountAnswer, RefutesAnAnswerThatIsNotThere) {
  EXPECT_EQ(judge(looked_for()).actual, "answers.json has no answer C.wc");
  EXPECT_EQ(judge(HistoryOf("t")
                      .submitted({.name = "data.json", .size = WordCount{}})
                      .submitted({.name = "answers.json", .problem = "the file is not there"}))
                .actual,
            "answers.json: the file is not there");
}

TEST(WordCountAnswer, RefutesAnAnswerAboutAFileThatIsNotThere) {
  EXPECT_EQ(judge(HistoryOf("t")
                      .submitted({.name = "data.json", .problem = "the file is not there"})
                      .submitted({.name = "answers.json"})
                      .answer("C.wc", "10 20 300"))
                .actual,
            "data.json: the file is not there");
}

TEST(WordCountAnswer, IsUndecidedWhenNobodyLooked) {
  EXPECT_EQ(name_of(judge(HistoryOf("t").answer("C.wc", "10 20 300")).outcome), "undecided");
}

}  // namespace
}  // namespace klab
