#include "claims/mark.hpp"

#include <gtest/gtest.h>

namespace klab {
namespace {

const Claim kAcks{.id = "acks.default",
                  .answers = {{.value = "all", .says = "the default of acks is all"},
                              {.value = "1", .says = "the default of acks is 1"},
                              {.value = "0", .says = "the default of acks is 0"}}};
const Claim kRetention{
    .id = "retention.default",
    .answers = {{.says = "records are kept for {value} by default", .quantity = Quantity::duration}}};
const Claim kDuplicates{.id = "retries.duplicates",
                        .answers = {{.value = "yes", .says = "retries make duplicates"},
                                    {.value = "no", .says = "retries make none"}}};

/// What klab is meant to measure: a default that clients differ in, a quantity, and an effect of a setting.
const Measurements kMeasured{
    {"acks.default",
     {.versions = {{"kafka", "4.3.0"}},
      .controls = {{"acks=1 is seen", true}},
      .values = {{.value = "all", .where = {{"client", "java"}}, .evidence = "java.jsonl"},
                 {.value = "all", .where = {{"client", "librdkafka"}}, .evidence = "librdkafka.jsonl"},
                 {.value = "1", .where = {{"client", "kafka-python"}}, .evidence = "python.jsonl"}}}},
    {"retention.default", {.versions = {{"kafka", "4.3.0"}}, .values = {{.value = "168 hours"}}}},
    {"retries.duplicates",
     {.versions = {{"kafka", "4.3.0"}},
      .values = {{.value = "yes", .where = {{"enable.idempotence", "false"}}},
                 {.value = "no", .where = {{"enable.idempotence", "true"}}}}}}};

Statement acks_are(const std::string& value, std::map<std::string, std::string> conditions = {}) {
  return {.claim = "acks.default", .value = value, .conditions = std::move(conditions)};
}

MarkKind kind_of(const Statement& statement, const Claim& claim = kAcks) {
  return mark_of(statement, claim, kMeasured).kind;
}

TEST(Marks, AreRefutedWhereNothingMeasuredAgrees) {
  const Mark mark = mark_of(acks_are("0"), kAcks, kMeasured);
  EXPECT_EQ(mark.kind, MarkKind::refuted);
  EXPECT_EQ(mark.says, "the default of acks is 0");
  EXPECT_EQ(mark.measured, "all (java; librdkafka); 1 (kafka-python)");
  EXPECT_EQ(mark.evidence.size(), 3u);
}

TEST(Marks, AreConditionalWhereClientsDiffer) {
  const Mark mark = mark_of(acks_are("all"), kAcks, kMeasured);
  EXPECT_EQ(mark.kind, MarkKind::conditional);
  EXPECT_NE(mark.measured.find("True: java; librdkafka; not true: kafka-python"), std::string::npos)
      << mark.measured;
}

TEST(Marks, FollowTheClientThatIsSpokenOf) {
  EXPECT_EQ(kind_of(acks_are("1", {{"client", "kafka-python"}})), MarkKind::confirmed);
  EXPECT_EQ(kind_of(acks_are("1", {{"client", "java"}})), MarkKind::refuted);
  EXPECT_EQ(kind_of(acks_are("1", {{"client", "sarama"}})), MarkKind::not_measurable);
}

TEST(Marks, OfTheBrokerHoldForEveryClient) {
  const Statement statement{
      .claim = "retention.default", .value = "7 days", .conditions = {{"client", "java"}}};
  EXPECT_EQ(kind_of(statement, kRetention), MarkKind::confirmed);
}

TEST(Marks, CompareQuantitiesInAnyUnit) {
  EXPECT_EQ(kind_of({.claim = "retention.default", .value = "7 days"}, kRetention), MarkKind::confirmed);
  EXPECT_EQ(kind_of({.claim = "retention.default", .value = "1 day"}, kRetention), MarkKind::refuted);
}

TEST(Marks, FollowTheSettingThatIsSpokenOf) {
  const auto duplicates = [](const std::string& value, std::map<std::string, std::string> conditions) {
    return Statement{.claim = "retries.duplicates", .value = value, .conditions = std::move(conditions)};
  };
  EXPECT_EQ(kind_of(duplicates("yes", {}), kDuplicates), MarkKind::conditional);
  EXPECT_EQ(kind_of(duplicates("yes", {{"enable.idempotence", "false"}}), kDuplicates), MarkKind::confirmed);
  EXPECT_EQ(kind_of(duplicates("yes", {{"enable.idempotence", "true"}}), kDuplicates), MarkKind::refuted);
  EXPECT_EQ(kind_of(duplicates("yes", {{"max.in.flight", "1"}}), kDuplicates), MarkKind::not_measurable);
}

TEST(Marks, AreNeverRefutedForAKafkaThatWasNotMeasured) {
  EXPECT_EQ(kind_of(acks_are("0", {{"kafka", "before 3.0"}})), MarkKind::not_measurable);
  EXPECT_EQ(kind_of(acks_are("0", {{"kafka", "in 2.4"}})), MarkKind::not_measurable);
  EXPECT_EQ(kind_of(acks_are("0", {{"kafka", "up to 2.8"}})), MarkKind::not_measurable);
  EXPECT_EQ(kind_of(acks_are("0", {{"kafka", "in 2.x"}})), MarkKind::not_measurable);
  EXPECT_EQ(kind_of(acks_are("0", {{"kafka", "since 5.0"}})), MarkKind::not_measurable);
  EXPECT_EQ(kind_of(acks_are("0", {{"kafka", "older"}})), MarkKind::not_measurable);
  EXPECT_EQ(kind_of(acks_are("0", {{"kafka", "since 3.0"}})), MarkKind::refuted);
  EXPECT_EQ(kind_of(acks_are("0", {{"kafka", "in 4.0"}})), MarkKind::refuted);
}

TEST(Marks, TurnANegationRound) {
  Statement statement = acks_are("0");
  statement.is_negated = true;
  EXPECT_EQ(mark_of(statement, kAcks, kMeasured).kind, MarkKind::confirmed);
  EXPECT_EQ(mark_of(statement, kAcks, kMeasured).says, "not so: the default of acks is 0");
  statement.value = "1";
  EXPECT_EQ(kind_of(statement), MarkKind::conditional);
}

TEST(Marks, SayWhatIsSoByDefaultAndWhatOtherwise) {
  Measurements measured = kMeasured;
  measured["acks.default"].values = {{.value = "1"},
                                     {.value = "all", .where = {{"enable.idempotence", "true"}}}};
  EXPECT_EQ(
      mark_of(acks_are("all"), kAcks, measured).measured,
      "1 (by default); all (enable.idempotence=true). True: enable.idempotence=true; not true: by default");
}

TEST(Marks, GuessNothingThatWasNotMeasured) {
  const Mark mark = mark_of(acks_are("all"), kAcks, {});
  EXPECT_EQ(mark.kind, MarkKind::not_measured);
  EXPECT_EQ(mark.measured, "not measured yet: klab claims run acks.default");
}

TEST(Marks, BelieveNoExperimentWhoseControlFailed) {
  Measurements measured = kMeasured;
  measured["acks.default"].controls = {{"acks=1 is seen", false}};
  EXPECT_EQ(mark_of(acks_are("0"), kAcks, measured).measured, "the control \"acks=1 is seen\" did not hold");
  EXPECT_EQ(mark_of(acks_are("0"), kAcks, measured).kind, MarkKind::not_measurable);
  measured["acks.default"].undecided = "no broker came up";
  EXPECT_EQ(mark_of(acks_are("0"), kAcks, measured).measured, "no broker came up");
}

TEST(Marks, LookAtTheAspectThatIsSpokenOf) {
  Statement statement = acks_are("0");
  statement.aspect = "other";
  EXPECT_EQ(kind_of(statement), MarkKind::not_measurable);
}

}  // namespace
}  // namespace klab
