#include "checks/printed/sample_file.hpp"

#include <gtest/gtest.h>

#include "checks/history/history_of.hpp"

namespace klab {
namespace {

const std::vector<std::string> kFields{"OPD_DATE", "METERS"};

Verdict judge(SubmittedFile file) {
  file.name = "bcsample.json";
  return sample_file(HistoryOf("t").submitted(std::move(file)), "bcsample.json", 3, kFields);
}

TEST(SampleFile, HoldsForTheRightNumberOfRecordsWithAllFields) {
  const Verdict verdict = judge({.records = 3, .shapes = {{{"METERS", "OPD_DATE"}, 3, 1}}});
  EXPECT_EQ(name_of(verdict.outcome), "holds");
  EXPECT_EQ(verdict.claim, "the submission's own bcsample.json holds 3 records");
  EXPECT_EQ(verdict.expected, "3 records with the 2 fields");
  EXPECT_EQ(verdict.actual, "3 records with all fields");
  EXPECT_EQ(verdict.judged, "3 records");
}

TEST(SampleFile, LetsFurtherFieldsPass) {
  const Verdict verdict =
      judge({.records = 3,
             .shapes = {{{"METERS", "OPD_DATE"}, 2, 1}, {{"A", "METERS", "NOTE", "OPD_DATE"}, 1, 3}}});
  EXPECT_EQ(name_of(verdict.outcome), "holds");
}

TEST(SampleFile, RefutesOneRecordTooFewAndOneTooMany) {
  for (const std::size_t records : {2u, 4u}) {
    const Verdict verdict = judge({.records = records, .shapes = {{{"METERS", "OPD_DATE"}, records, 1}}});
    EXPECT_EQ(name_of(verdict.outcome), "refuted");
    EXPECT_EQ(verdict.actual, "bcsample.json holds " + std::to_string(records) + " records");
    EXPECT_NE(verdict.hint.find("one JSON object a line"), std::string::npos);
  }
}

TEST(SampleFile, RefutesARecordThatLacksAField) {
  const History history = HistoryOf("t")
                              .submitted({.name = "other.json"})
                              .submitted({.name = "bcsample.json",
                                          .records = 3,
                                          .shapes = {{{"METERS", "OPD_DATE"}, 2, 1}, {{"METERS"}, 1, 2}}});
  const Verdict verdict = sample_file(history, "bcsample.json", 3, kFields);
  EXPECT_EQ(name_of(verdict.outcome), "refuted");
  EXPECT_EQ(verdict.actual, "fields are missing: 1 record lacks OPD_DATE; the first is record 2 of the file");
  ASSERT_EQ(verdict.evidence.size(), 1u);
  EXPECT_EQ(verdict.evidence[0].lines, lines_of(history.submitted_files[1]));
  EXPECT_NE(verdict.hint.find("empty"), std::string::npos);
}

TEST(SampleFile, NamesEveryMissingFieldInTheOrderAskedFor) {
  const Verdict verdict = judge({.records = 3, .shapes = {{{"VELOCITY"}, 3, 1}}});
  EXPECT_EQ(verdict.actual,
            "fields are missing: 3 records lack OPD_DATE, METERS; the first is record 1 of the file");
}

TEST(SampleFile, TellsOfMissingFieldsAlsoWhereTheNumberIsWrong) {
  const Verdict verdict = judge({.records = 2, .shapes = {{{"METERS"}, 2, 1}}});
  EXPECT_EQ(verdict.actual, "bcsample.json holds 2 records");
  EXPECT_EQ(verdict.evidence.size(), 1u);
}

TEST(SampleFile, RefutesAFileThatCouldNotBeRead) {
  const Verdict verdict = judge({.problem = "there is no such file"});
  EXPECT_EQ(name_of(verdict.outcome), "refuted");
  EXPECT_EQ(verdict.actual, "bcsample.json: there is no such file");
}

TEST(SampleFile, RefutesAFileThatCouldOnlyBeReadInPart) {
  const Verdict verdict = judge(
      {.problem = "not JSON from byte 512 on", .records = 3, .shapes = {{{"METERS", "OPD_DATE"}, 3, 1}}});
  EXPECT_EQ(name_of(verdict.outcome), "refuted");
}

TEST(SampleFile, IsUndecidedWhenNobodyLookedForTheFile) {
  const Verdict verdict =
      sample_file(HistoryOf("t").submitted({.name = "other.json"}), "bcsample.json", 3, kFields);
  EXPECT_EQ(name_of(verdict.outcome), "undecided");
  EXPECT_EQ(verdict.actual, "nobody looked for bcsample.json");
}

}  // namespace
}  // namespace klab
