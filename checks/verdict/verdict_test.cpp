#include "checks/verdict/verdict.hpp"

#include <gtest/gtest.h>

namespace klab {
namespace {

TEST(Verdict, HasAPlainNameForEachOutcome) {
  EXPECT_EQ(name_of(Outcome::holds), "holds");
  EXPECT_EQ(name_of(Outcome::refuted), "refuted");
  EXPECT_EQ(name_of(Outcome::undecided), "undecided");
}

TEST(Verdict, ShowsEightPiecesOfEvidenceAndCountsTheRest) {
  Verdict verdict;
  for (std::size_t line = 2; line < 12; ++line) add_evidence(verdict, {.lines = {line}});
  ASSERT_EQ(verdict.evidence.size(), 8u);
  EXPECT_EQ(verdict.evidence[0].lines, (std::vector<std::size_t>{2}));
  EXPECT_EQ(verdict.evidence[7].lines, (std::vector<std::size_t>{9}));
  EXPECT_EQ(verdict.evidence_left_out, 2u);
  EXPECT_EQ(evidence_count(verdict), 10u);
}

TEST(Verdict, KeepsWhatWasFoundWhenItIsDecided) {
  Verdict found{.claim = "c", .judged = "3 records"};
  add_evidence(found, {.lines = {4}, .note = "n"});
  const Verdict verdict = refuted(found, "a", "h");
  EXPECT_EQ(verdict.outcome, Outcome::refuted);
  EXPECT_EQ(verdict.claim, "c");
  EXPECT_EQ(verdict.judged, "3 records");
  EXPECT_EQ(verdict.actual, "a");
  EXPECT_EQ(verdict.hint, "h");
  EXPECT_EQ(evidence_count(verdict), 1u);
}

TEST(Verdict, IsDecidedInThreeWays) {
  EXPECT_EQ(holds({}, "all").outcome, Outcome::holds);
  EXPECT_EQ(holds({.hint = "left over"}, "all").hint, "");
  EXPECT_EQ(refuted({}, "some").outcome, Outcome::refuted);
  EXPECT_EQ(undecided({}, "why", "h").outcome, Outcome::undecided);
  EXPECT_EQ(undecided({}, "why", "h").actual, "why");
  EXPECT_EQ(undecided({}, "why", "h").hint, "h");
}

TEST(RenderText, SaysEverythingThatTheVerdictSays) {
  const Verdict verdict{.claim = "each message is one record",
                        .outcome = Outcome::refuted,
                        .judged = "20 messages",
                        .expected = "one record",
                        .actual = "10 hold more",
                        .evidence = {{{4}, "the first"}, {{5, 7}, "the second"}},
                        .evidence_left_out = 8,
                        .hint = "parse the file"};
  EXPECT_EQ(render_text(verdict),
            "Claim    each message is one record\n"
            "Verdict  refuted: 10 hold more\n"
            "Expected one record\n"
            "Judged   20 messages\n"
            "         the first [lines 4]\n"
            "         the second [lines 5, 7]\n"
            "         and 8 more\n"
            "Hint     parse the file\n");
}

TEST(RenderText, LeavesOutWhatIsEmpty) {
  EXPECT_EQ(render_text(undecided({.claim = "c"}, "nothing was read")),
            "Claim    c\nVerdict  undecided: nothing was read\n");
}

}  // namespace
}  // namespace klab
