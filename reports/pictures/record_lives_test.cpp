#include "reports/pictures/record_lives.hpp"

#include <gtest/gtest.h>

#include <fmt/format.h>

#include "checks/history/history_of.hpp"

namespace klab {
namespace {

using namespace std::chrono_literals;

History one_lost_of_two() {
  return HistoryOf("t")
      .sample(2)
      .at(1s)
      .sent("producer-1", 1, {0, 1})
      .at(1200ms)
      .answered(7)
      .stored(1, 7, 0)
      .drained()
      .at(2s)
      .delivered("consumer-1", 1, {7})
      .at(3s)
      .printed("consumer-1", 0)
      .exited("producer-1")
      .exited("consumer-1")
      .overheard("producer-1")
      .overheard("consumer-1");
}

SectionResult section_with(Evidence evidence, PropertyOutcome outcome = PropertyOutcome::fail) {
  return {.properties = {{.outcome = outcome, .evidence = {std::move(evidence)}}}};
}

std::vector<RecordLife> lives_of(const History& history, Evidence evidence) {
  SectionResult section = section_with(std::move(evidence));
  tell_lives(section, history);
  return section.properties[0].lives.at(0);
}

/// "Stage: event | event", or what is missing.
std::string told(const LifeStep& step) {
  std::string text = step.missing;
  for (const LifeEvent& event : step.events)
    text += (text.empty() ? "" : " | ") +
            (event.at ? fmt::format("{} ms ", event.at->count() / 1000) : std::string()) + event.text;
  return text;
}

TEST(RecordLives, TellsEveryStageOfARecordThatASentenceNames) {
  const auto lives = lives_of(one_lost_of_two(), {{}, "it is about " + sample_id(0)});
  ASSERT_EQ(lives.size(), 1u);
  EXPECT_EQ(lives[0].record, "record 1 of the file (id 900000001)");
  ASSERT_EQ(lives[0].steps.size(), 5u);
  EXPECT_EQ(told(lives[0].steps[0]), "1000 ms by producer-1 to partition 1, with 1 more");
  EXPECT_EQ(told(lives[0].steps[1]), "1200 ms to producer-1 as offset 7");
  EXPECT_EQ(told(lives[0].steps[2]), "partition 1 offset 7, committed");
  EXPECT_EQ(told(lives[0].steps[3]), "2000 ms to consumer-1");
  EXPECT_EQ(told(lives[0].steps[4]), "3000 ms by consumer-1, line 1 of stdout");
}

TEST(RecordLives, SaysWhichStagesARecordNeverCameTo) {
  const auto lives = lives_of(one_lost_of_two(), {{}, sample_id(1)});
  ASSERT_EQ(lives.size(), 1u);
  EXPECT_EQ(told(lives[0].steps[1]), "1200 ms to producer-1 as offset 8");
  EXPECT_EQ(told(lives[0].steps[2]), "not in the log");
  EXPECT_EQ(told(lives[0].steps[3]), "never");
  EXPECT_EQ(told(lives[0].steps[4]), "never");
}

TEST(RecordLives, CallsNotKnownWhatNobodyCouldObserve) {
  History history = one_lost_of_two();
  history.overheard.clear();
  history.drained.clear();
  const auto lives = lives_of(history, {{}, sample_id(1)});
  EXPECT_EQ(told(lives.at(0).steps[2]), "not known: the log was not read to its end");
  EXPECT_EQ(told(lives.at(0).steps[3]).find("not known"), 0u);
}

TEST(RecordLives, FindsTheRecordsOnTheLinesThatEvidencePointsAt) {
  const History history = one_lost_of_two();
  EXPECT_EQ(lives_of(history, {{history.logged[0].line}, "a message"}).at(0).record,
            "record 1 of the file (id 900000001)");
  EXPECT_EQ(lives_of(history, {{history.printed[0].line}, "a line"}).size(), 1u);
  EXPECT_EQ(lives_of(history, {{history.sent[0].line}, "a batch"}).at(0).record,
            "record 1 of the file (id 900000001)");
  EXPECT_TRUE(lives_of(history, {{history.programs[0].line}, "a program"}).empty());
  const auto of_both = lives_of(history, {{history.sent[0].line, history.sample[1].line}, "one of a batch"});
  ASSERT_EQ(of_both.size(), 1u);
  EXPECT_EQ(of_both[0].record, "record 2 of the file (id 900000002)");
}

TEST(RecordLives, TellsWhatBecameOfAnAbortedRecordAndOfOneSentTwice) {
  const History history = HistoryOf("t")
                              .sample(1)
                              .sent_in_transaction("producer-1", 0, {0})
                              .sent_again()
                              .stored(0, 0, 0)
                              .in_state(RecordState::aborted)
                              .drained();
  const auto life = lives_of(history, {{}, sample_id(0)}).at(0);
  EXPECT_EQ(life.steps[0].events.size(), 2u);
  EXPECT_EQ(told(life.steps[2]), "partition 0 offset 0, aborted");
}

TEST(RecordLives, StaysSmall) {
  HistoryOf history("t");
  history.sample(1);
  for (int i = 0; i < 100; ++i) history.printed("consumer-1", 0);
  const auto life = lives_of(history, {{}, sample_id(0)}).at(0);
  EXPECT_EQ(life.steps[4].events.size(), 3u);
  EXPECT_EQ(life.steps[4].more, 97u);
  EXPECT_EQ(
      lives_of(HistoryOf("t").sample(3), {{}, sample_id(0) + " " + sample_id(1) + " " + sample_id(2)}).size(),
      2u);
}

TEST(RecordLives, TellsARecordOnceAndOfManyTheFirst) {
  HistoryOf history("t");
  history.sample(40);
  SectionResult section = section_with({{}, sample_id(0)});
  for (std::size_t i = 0; i < 40; ++i) section.properties[0].evidence.push_back({{}, sample_id(i)});
  tell_lives(section, history);
  const PropertyResult& property = section.properties[0];
  ASSERT_EQ(property.lives.size(), 41u);
  EXPECT_EQ(property.lives[0].size(), 1u);
  EXPECT_TRUE(property.lives[1].empty());
  EXPECT_EQ(property.lives[24].size(), 1u);
  EXPECT_TRUE(property.lives[25].empty());
  EXPECT_EQ(property.lives_left_out, 16u);
}

TEST(RecordLives, FollowsNothingForWhatHolds) {
  SectionResult section = section_with({{}, sample_id(0)}, PropertyOutcome::pass);
  tell_lives(section, one_lost_of_two());
  EXPECT_TRUE(section.properties[0].lives.empty());
}

}  // namespace
}  // namespace klab
