// What is concluded of records that are sent again.

#include <fmt/format.h>
#include <gtest/gtest.h>

#include "experiments/plays/concluded.hpp"

namespace klab {
namespace {

constexpr const char* kRecord = "a record that matters";

/// How many copies are stored of what was sent twice, and how that came about.
struct Resent {
  int plain = 2, idempotent = 1, restarted = 2, repeated = 2, said_once = 1;
  std::string refused = "";  ///< the error that Java without idempotence was told
  std::string told_after = "acked";
  bool answer_was_lost = true;
  std::int64_t producer_id = 7;
};

void store(ToldHistory& story, const std::string& topic, int copies) {
  for (int i = 0; i < copies; ++i) story.stored(topic, kRecord);
}

void send_again(ToldHistory& story, const std::string& program, const std::string& refused, int copies) {
  story.sent(program, {kRecord});
  if (!refused.empty()) story.answered(program, refused);
  story.sent(program, {kRecord});
  store(story.answered(program), program, copies);
}

ToldHistory resent(const Resent& how = {}) {
  ToldHistory story;
  for (const std::string client : {"librdkafka", "java"}) {
    send_again(story, client + "-idempotence-false", client == "java" ? how.refused : "", how.plain);
    send_again(story, client + "-idempotence-true", "", how.idempotent);
  }
  story.sent("before-restart", {kRecord}).producer_id = how.producer_id;
  if (how.answer_was_lost) story.note("answer lost", "before-restart");
  story.sent("after-restart", {kRecord}).producer_id = how.producer_id + 1;
  story.tell("after-restart", {{how.told_after, kRecord}});
  store(story, "restarted", how.restarted);
  story.tell("repeating", {{"acked", "said once"}});
  for (int i = 0; i < how.said_once; ++i) story.stored("repeated", "said once");
  for (int i = 0; i < 2; ++i) {
    story.sent("repeating", {kRecord}).producer_id = 9;
    story.tell("repeating", {{"acked", kRecord}});
  }
  store(story, "repeated", how.repeated);
  return story;
}

std::string duplicates(const Resent& how) { return concluded("retries.duplicates", resent(how).history); }
std::string scope(const Resent& how) { return concluded("idempotence.scope", resent(how).history); }

TEST(RetriesPlay, FindsDuplicatesWhereTheyAreStored) {
  EXPECT_EQ(duplicates({}), "yes; no; yes; no");
  EXPECT_EQ(duplicates({.plain = 1}), "no; no; no; no");
  EXPECT_EQ(duplicates({.idempotent = 2}), "yes; yes; yes; yes");
}

TEST(RetriesPlay, IsUndecidedWhenCopiesAreNotFoundAsTheyWereSent) {
  EXPECT_EQ(duplicates({.repeated = 1}), "undecided");
  EXPECT_EQ(duplicates({.said_once = 2}), "undecided");
}

TEST(RetriesPlay, IsUndecidedWhenTheFirstWasRefusedAndNotItsAnswerLost) {
  EXPECT_EQ(duplicates({.plain = 1, .refused = "NOT_LEADER_OR_FOLLOWER"}), "undecided");
}

TEST(RetriesPlay, IsUndecidedWhenNothingWasSentAgain) {
  ToldHistory story = resent();
  std::erase_if(story.history.sent, [](const SentBatch& batch) {
    return batch.program == "java-idempotence-true" && batch.request % 2 == 0;
  });
  EXPECT_EQ(concluded("retries.duplicates", story.history), "undecided");
}

TEST(IdempotencePlay, SeesHowFarItReaches) {
  EXPECT_EQ(scope({}), "no; resend: no");
  EXPECT_EQ(scope({.restarted = 1}), "yes; resend: no");
  EXPECT_EQ(scope({.repeated = 1}), "no; resend: yes");
}

TEST(IdempotencePlay, IsUndecidedWhenTheBrokerMayHaveHadTheRecordOnceOnly) {
  EXPECT_EQ(scope({.restarted = 1, .answer_was_lost = false}), "undecided");
  EXPECT_EQ(scope({.restarted = 1, .told_after = "failed"}), "undecided");
}

TEST(IdempotencePlay, IsUndecidedWhenAProducerIsNotIdempotent) {
  EXPECT_EQ(scope({.producer_id = -1}), "undecided");
}

TEST(IdempotencePlay, IsUndecidedWhenItIsOfNoUseWithinASession) {
  EXPECT_EQ(scope({.idempotent = 2}), "undecided");
  EXPECT_EQ(scope({.said_once = 2}), "undecided");
}

TEST(IdempotencePlay, IsUndecidedWhenNothingIsStored) {
  EXPECT_EQ(scope({.restarted = 0}), "undecided");
  EXPECT_EQ(scope({.repeated = 0}), "undecided");
}

using Values = std::vector<std::string>;

/// What is stored in the end with each kind of producer, and how that of librdkafka without idempotence came.
struct Reordered {
  Values plain{"opening", "second", "first"}, idempotent{"opening", "first", "second"},
      waiting{"opening", "first", "second"};
  std::string refused = "first";
  bool is_late = false;  ///< the second is sent only when the first has been refused
  std::string told_second = "";
};

std::string full(const std::string& word) { return word + std::string(100, '.'); }

void refuse(ToldHistory& story, const std::string& program, const Values& stored, const Reordered& how) {
  const bool waits = how.is_late || program.ends_with("max.in.flight-1");
  const std::string first = full(how.refused), second = full(how.refused == "first" ? "second" : "first");
  story.sent(program, {full("opening")});
  story.answered(program);
  story.sent(program, {first});
  if (!waits) story.sent(program, {second});
  story.answered(program, "NOT_ENOUGH_REPLICAS", first);
  if (waits) story.sent(program, {second});
  story.answered(program, how.told_second, second).sent(program, {first});
  story.answered(program, "", first);
  for (const std::string& value : stored) story.stored(program, full(value));
}

std::string order(const Reordered& how) {
  ToldHistory story;
  for (const std::string client : {"librdkafka", "java"}) {
    const std::string idempotence = client + "-enable.idempotence-";
    refuse(story, idempotence + "false", how.plain, client == "java" ? Reordered{} : how);
    refuse(story, idempotence + "true", how.idempotent, {.told_second = "OUT_OF_ORDER_SEQUENCE_NUMBER"});
    refuse(story, idempotence + "false-max.in.flight-1", how.waiting, {});
  }
  return concluded("retries.order", story.history);
}

TEST(RetryOrderPlay, SeesWhereARecordLosesItsPlace) {
  EXPECT_EQ(order({}), "yes; no; no; yes; no; no");
  EXPECT_EQ(order({.plain = {"opening", "first", "second"}}), of_each(6, "no"));
  EXPECT_EQ(order({.idempotent = {"opening", "second", "first"}}), "yes; yes; no; yes; yes; no");
}

TEST(RetryOrderPlay, IsUndecidedWhenAnotherThanTheFirstWasRefused) {
  EXPECT_EQ(order({.plain = {"opening", "first", "second"}, .refused = "second"}), "undecided");
}

TEST(RetryOrderPlay, IsUndecidedWhenTheSecondWasNotTakenMeanwhile) {
  EXPECT_EQ(order({.is_late = true}), "undecided");
  EXPECT_EQ(order({.plain = {"opening", "first", "second"}, .told_second = "NOT_ENOUGH_REPLICAS"}),
            "undecided");
}

TEST(RetryOrderPlay, IsUndecidedWhenARecordIsMissingOrTheOpeningIsOutOfPlace) {
  EXPECT_EQ(order({.plain = {"opening", "second"}}), "undecided");
  EXPECT_EQ(order({.plain = {"second", "opening", "first"}}), "undecided");
}

}  // namespace
}  // namespace klab
