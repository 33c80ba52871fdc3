#include "cli/outcome.hpp"

#include <gtest/gtest.h>

namespace klab {
namespace {

const PlannedSection kSection{
    .id = "A",
    .title = "Initialization",
    .properties = {
        {.id = "A.stored", .test = "T.Stores", .roles = {"producer"}, .points = 2},
        {.id = "A.printed", .test = "T.Prints", .roles = {"consumer"}, .needs = {"A.stored"}, .points = 1}}};
const Submission kSubmission{.programs = {{"producer", "p"}, {"consumer", "c"}}};

JudgedTest judged(const std::string& test, Outcome outcome, bool is_shortfall = false) {
  return {
      .test = test,
      .file = "specs/t.cpp",
      .line = 7,
      .verdict = {.outcome = outcome, .actual = "as found", .hint = "a hint", .is_shortfall = is_shortfall}};
}

SectionResult decided(const SectionFacts& facts, const Submission& submission = kSubmission) {
  SectionResult result = planned_result(kSection);
  decide_outcomes(result, kSection, submission, facts);
  RunResult run{.sections = {result}};
  settle_undecided(run);
  result = run.sections[0];
  return result;
}

TEST(DecideOutcomes, PlansEveryPropertyAsNotRun) {
  const SectionResult result = planned_result(kSection);
  ASSERT_EQ(result.properties.size(), 2u);
  for (const PropertyResult& property : result.properties)
    EXPECT_EQ(property.outcome, PropertyOutcome::not_run);
}

TEST(DecideOutcomes, LeavesWhatWasNotJudgedAsNotRun) {
  const SectionResult result = decided({.tests = {judged("T.Stores", Outcome::holds)}});
  EXPECT_EQ(result.properties[0].outcome, PropertyOutcome::pass);
  EXPECT_EQ(result.properties[1].outcome, PropertyOutcome::not_run);
}

TEST(DecideOutcomes, TakesOverWhatARefutedVerdictSays) {
  const PropertyResult property = decided({.tests = {judged("T.Stores", Outcome::refuted)}}).properties[0];
  EXPECT_EQ(property.outcome, PropertyOutcome::fail);
  EXPECT_EQ(property.kind, FailKind::refuted);
  EXPECT_EQ(property.actual, "as found");
  EXPECT_EQ(property.hint, "a hint");
  EXPECT_EQ(property.file, "specs/t.cpp");
  EXPECT_EQ(property.line, 7);
}

TEST(DecideOutcomes, LeavesOutAnOptionalSectionThatWasNotAttempted) {
  PlannedSection optional = kSection;
  optional.is_optional = true;
  RunResult run{.sections = {planned_result(optional)}};
  decide_outcomes(run.sections[0], optional, {.programs = {{"producer", "p"}}},
                  {.tests = {judged("T.Stores", Outcome::holds)}});
  const PropertyResult& property = run.sections[0].properties[1];
  EXPECT_EQ(property.outcome, PropertyOutcome::skipped);
  EXPECT_EQ(property.actual,
            "optional, and not attempted: submission.json has no program \"consumer\"; it has: producer");
  EXPECT_EQ(tally(run).of, 2);
  EXPECT_EQ(exit_code(run), 0);
}

TEST(DecideOutcomes, SkipsAnUndecidedPropertyWhoseNeedFailed) {
  const SectionResult result =
      decided({.tests = {judged("T.Stores", Outcome::refuted), judged("T.Prints", Outcome::undecided)}});
  EXPECT_EQ(result.properties[1].outcome, PropertyOutcome::skipped);
  EXPECT_EQ(result.properties[1].actual, "needs A.stored: as found");
}

TEST(SettleUndecided, SaysWhichPropertyOfAnotherSectionAnUndecidedOneWaitedFor) {
  const auto second_run = [](PropertyOutcome of_need) {
    RunResult run{
        .sections = {{.properties = {{.id = "A.stored", .outcome = of_need}}},
                     {.properties = {{.id = "C.second", .needs = {"A.stored"}, .undecided = "given nothing"},
                                     {.id = "C.kept", .needs = {"A.stored"}}}}}};
    settle_undecided(run);
    EXPECT_EQ(run.sections[1].properties[1].outcome, PropertyOutcome::not_run) << "nothing is known of it";
    return run.sections[1].properties[0];
  };
  EXPECT_EQ(second_run(PropertyOutcome::fail).outcome, PropertyOutcome::skipped);
  EXPECT_EQ(second_run(PropertyOutcome::fail).actual, "needs A.stored: given nothing");
  EXPECT_EQ(second_run(PropertyOutcome::pass).outcome, PropertyOutcome::error);
  EXPECT_EQ(second_run(PropertyOutcome::pass).actual, "undecided: given nothing");
}

TEST(DecideOutcomes, FailsARefutedPropertyAlsoWhenItsNeedFailed) {
  const SectionResult result =
      decided({.tests = {judged("T.Stores", Outcome::refuted), judged("T.Prints", Outcome::refuted)}});
  EXPECT_EQ(result.properties[1].outcome, PropertyOutcome::fail);
}

TEST(DecideOutcomes, MakesAnUndecidedPropertyTheGradersErrorWhenNothingExplainsIt) {
  const SectionResult result =
      decided({.tests = {judged("T.Stores", Outcome::holds), judged("T.Prints", Outcome::undecided)}});
  EXPECT_EQ(result.properties[1].outcome, PropertyOutcome::error);
  EXPECT_EQ(result.properties[1].actual, "undecided: as found");
}

TEST(DecideOutcomes, TellsOfAnUndecidedPropertyHowItsProgramEnded) {
  const PropertyResult property =
      decided({.tests = {judged("T.Stores", Outcome::holds), judged("T.Prints", Outcome::undecided)},
               .programs = {{.program = "consumer-1",
                             .role = "consumer",
                             .ending = Ending::exited,
                             .exit_code = 127,
                             .last_words = "no such file"}}})
          .properties[1];
  EXPECT_EQ(property.outcome, PropertyOutcome::error);
  ASSERT_EQ(property.evidence.size(), 1u);
  EXPECT_EQ(property.evidence[0].note,
            "consumer-1 exited with 127 after 0.0 s; its last words: no such file");
  EXPECT_NE(property.hint.find("run its command by hand"), std::string::npos);
}

TEST(DecideOutcomes, TellsOfTheProgramThatTheVerdictSpeaksOf) {
  const auto crashed = [](const std::string& program) {
    return ProgramRun{.program = program, .role = "consumer", .ending = Ending::exited, .exit_code = 1};
  };
  JudgedTest test = judged("T.Prints", Outcome::refuted);
  test.verdict.is_shortfall = true;
  const auto first_evidence = [&](const std::string& actual) {
    test.verdict.actual = actual;
    return decided({.tests = {judged("T.Stores", Outcome::holds), test},
                    .programs = {crashed("consumer-1"), crashed("consumer-2")}})
        .properties[1]
        .evidence.at(0)
        .note;
  };
  EXPECT_TRUE(first_evidence("consumer-2 exited with 1").starts_with("consumer-2 "));
  EXPECT_TRUE(first_evidence("998 records printed").starts_with("consumer-1 "));
}

TEST(DecideOutcomes, MakesAHarnessErrorNobodysFault) {
  const PropertyResult property =
      decided({.tests = {{.test = "T.Stores", .harness_error = "no broker"}}}).properties[0];
  EXPECT_EQ(property.outcome, PropertyOutcome::error);
  EXPECT_EQ(property.actual, "no broker");
}

TEST(DecideOutcomes, KeepsWhatWasJudgedWhenTheSpecDiedAfterwards) {
  const SectionResult result = decided(
      {.tests = {judged("T.Stores", Outcome::holds)}, .spec_failure = "the spec ended with signal 11"});
  EXPECT_EQ(result.properties[0].outcome, PropertyOutcome::pass);
  EXPECT_EQ(result.properties[1].outcome, PropertyOutcome::error);
  EXPECT_EQ(result.properties[1].actual, "the spec ended with signal 11");
}

TEST(DecideOutcomes, FailsAMissingRoleAsNotAttemptedWhateverTheVerdict) {
  const SectionResult result =
      decided({.tests = {judged("T.Stores", Outcome::holds), judged("T.Prints", Outcome::holds)}},
              {.programs = {{"producer", "p"}}});
  EXPECT_EQ(result.properties[0].outcome, PropertyOutcome::pass);
  EXPECT_EQ(result.properties[1].outcome, PropertyOutcome::fail);
  EXPECT_EQ(result.properties[1].kind, FailKind::not_attempted);
  EXPECT_EQ(result.properties[1].actual, "submission.json has no program \"consumer\"; it has: producer");
}

TEST(DecideOutcomes, FailsWhatNeedsAProgramWhenSetupFailed) {
  const SectionResult result =
      decided({.setup_failure = "setup ended with exit code 1: make", .setup_output = "no rule"});
  for (const PropertyResult& property : result.properties) {
    EXPECT_EQ(property.outcome, PropertyOutcome::fail);
    EXPECT_EQ(property.kind, FailKind::build);
  }
  EXPECT_EQ(result.properties[0].evidence.at(0).note, "setup printed: no rule");
  EXPECT_TRUE(result.properties[1].evidence.empty()) << "what setup printed is told once";
}

struct Explained {
  Ending ending;
  std::optional<int> exit_code;
  FailKind kind;
};

class ExplainedByTheEnding : public testing::TestWithParam<Explained> {};

TEST_P(ExplainedByTheEnding, GivesAShortfallItsKind) {
  const ProgramRun run{.line = 5,
                       .program = "producer-1",
                       .role = "producer",
                       .ending = GetParam().ending,
                       .exit_code = GetParam().exit_code,
                       .last_words = "Traceback\n"};
  const SectionFacts facts{.tests = {judged("T.Stores", Outcome::refuted, true)}, .programs = {run}};
  const PropertyResult property = decided(facts).properties[0];
  EXPECT_EQ(property.kind, GetParam().kind);
  const bool is_explained = GetParam().kind != FailKind::refuted;
  ASSERT_EQ(property.evidence.size(), is_explained ? 1u : 0u);
  if (is_explained) {
    EXPECT_NE(property.evidence[0].note.find("its last words: Traceback"), std::string::npos);
    EXPECT_EQ(property.evidence[0].lines, std::vector<Line>{5});
  }
}

INSTANTIATE_TEST_SUITE_P(Endings, ExplainedByTheEnding,
                         testing::Values(Explained{Ending::exited, 0, FailKind::refuted},
                                         Explained{Ending::exited, 1, FailKind::crash},
                                         Explained{Ending::exited, {}, FailKind::crash},
                                         Explained{Ending::stopped, 130, FailKind::refuted},
                                         Explained{Ending::deadline, {}, FailKind::timeout},
                                         Explained{Ending::flooded, {}, FailKind::limit},
                                         Explained{Ending::limit, {}, FailKind::limit}));

TEST(DecideOutcomes, SaysWhatALimitWasFor) {
  const auto hint_of = [](Ending ending) {
    const ProgramRun run{.role = "producer", .ending = ending};
    const SectionFacts facts{.tests = {judged("T.Stores", Outcome::refuted, true)}, .programs = {run}};
    return decided(facts).properties[0].hint;
  };
  EXPECT_NE(hint_of(Ending::limit).find("memory"), std::string::npos);
  EXPECT_NE(hint_of(Ending::flooded).find("printed or sent"), std::string::npos);
}

TEST(DecideOutcomes, DoesNotBlameACrashForWhatIsWrongRatherThanMissing) {
  const ProgramRun run{.role = "producer", .exit_code = 1};
  const SectionFacts facts{.tests = {judged("T.Stores", Outcome::refuted)}, .programs = {run}};
  EXPECT_EQ(decided(facts).properties[0].kind, FailKind::refuted);
}

TEST(DecideOutcomes, DoesNotBlameAProgramOfAnotherRole) {
  const ProgramRun run{.role = "consumer", .exit_code = 1};
  const SectionFacts facts{.tests = {judged("T.Stores", Outcome::refuted, true)}, .programs = {run}};
  EXPECT_EQ(decided(facts).properties[0].kind, FailKind::refuted);
}

}  // namespace
}  // namespace klab
