// What is concluded of producers that nothing was set for, from what was heard and what they said of
// themselves.

#include <gtest/gtest.h>

#include "experiments/plays/concluded.hpp"

namespace klab {
namespace {

using nlohmann::ordered_json;

/// Batches of a client's at its defaults, and of one that was told otherwise.
struct Heard {
  int acks = -1, acks_told = 1;
  std::int64_t producer_id = 7, producer_id_told = -1;
  std::vector<std::string> codecs{"none"}, codecs_told{"gzip"};
};

void hear(ToldHistory& story, const std::string& program, int acks, std::int64_t producer_id,
          const std::vector<std::string>& codecs) {
  for (const std::string& codec : codecs) {
    SentBatch& batch = story.sent(program, {"a record"});
    batch.acks = acks;
    batch.producer_id = producer_id;
    batch.codec = codec;
  }
}

ToldHistory heard(const Heard& how) {
  ToldHistory story;
  hear(story, "untouched", how.acks, how.producer_id, how.codecs);
  hear(story, "told-otherwise", how.acks_told, how.producer_id_told, how.codecs_told);
  return story;
}

std::string by_default(const std::string& claim, const Heard& how) {
  return concluded(claim, heard(how).history, "defaults-java");
}

TEST(DefaultsPlay, HearsWhatAClientAsksFor) {
  EXPECT_EQ(by_default("acks.default", {}), "all");
  EXPECT_EQ(by_default("acks.default", {.acks = 1}), "1");
  EXPECT_EQ(by_default("idempotence.default", {}), "on");
  EXPECT_EQ(by_default("idempotence.default", {.producer_id = -1}), "off");
  EXPECT_EQ(by_default("compression.default", {}), "none");
}

TEST(DefaultsPlay, HearsACodecAlsoWhereTheFirstBatchWasNotWorthIt) {
  EXPECT_EQ(by_default("compression.default", {.codecs = {"none", "snappy"}}), "snappy");
}

TEST(DefaultsPlay, IsUndecidedWhenAClientThatIsToldOtherwiseSoundsTheSame) {
  EXPECT_EQ(by_default("acks.default", {.acks_told = -1}), "undecided");
  EXPECT_EQ(by_default("idempotence.default", {.producer_id_told = 8}), "undecided");
  EXPECT_EQ(by_default("compression.default", {.codecs_told = {"none"}}), "undecided");
}

TEST(DefaultsPlay, IsUndecidedWhenAClientWasNotHeard) {
  EXPECT_EQ(by_default("acks.default", {.codecs = {}}), "undecided");
  EXPECT_EQ(by_default("acks.default", {.codecs_told = {}}), "undecided");
}

const ordered_json kOfJava{{"acks", "all"},
                           {"linger.ms", "5"},
                           {"batch.size", "16384"},
                           {"delivery.timeout.ms", "120000"},
                           {"retries", "2147483647"}};

/// What a client says of itself, and after how long it gave up a record that was not acknowledged.
std::string said(const std::string& claim, ordered_json defaults, double gave_up_ms = 3100,
                 const std::string& client = "java") {
  ToldHistory story = heard({});
  story.sent("unanswered", {"a record"});
  story.tell("unanswered", {{"failed", "a record"}, {"ms", gave_up_ms}});
  story.tell("asked", {{"defaults", std::move(defaults)}});
  return concluded(claim, story.history, "defaults-" + client);
}

ordered_json java_but(const std::string& name, const ordered_json& value) {
  ordered_json defaults = kOfJava;
  defaults[name] = value;
  return defaults;
}

TEST(DefaultsPlay, TakesWhatAClientSaysOfItself) {
  EXPECT_EQ(said("linger", kOfJava), "default: 5 ms");
  EXPECT_EQ(said("linger", java_but("linger.ms", "0")), "default: 0 ms");
  EXPECT_EQ(said("batch.size", kOfJava), "default: 16384 bytes");
  EXPECT_EQ(said("retries.limit", kOfJava), "120000 ms; count: unlimited");
  EXPECT_EQ(said("retries.limit", java_but("retries", "5")), "120000 ms");
  EXPECT_EQ(said("retries.limit", java_but("delivery.timeout.ms", "unlimited"), 20'000, "franz-go"),
            "count: unlimited");
}

TEST(DefaultsPlay, IsUndecidedWhenAClientDoesNotSaySo) {
  EXPECT_EQ(said("linger", java_but("linger.ms", nullptr)), "undecided");
  EXPECT_EQ(said("retries.limit", java_but("delivery.timeout.ms", nullptr)), "undecided");
}

TEST(DefaultsPlay, IsUndecidedWhenAClientSaysOtherThanWhatIsHeard) {
  EXPECT_EQ(said("linger", java_but("acks", "1")), "undecided");
  EXPECT_EQ(said("linger", java_but("acks", "-1")), "default: 5 ms") << "librdkafka's name for all";
}

TEST(DefaultsPlay, IsUndecidedAboutRetriesWhenAShorterTimeoutMakesNoDifference) {
  EXPECT_EQ(said("retries.limit", kOfJava, 120'000), "undecided");
  EXPECT_EQ(said("retries.limit", kOfJava, 10), "undecided");
}

}  // namespace
}  // namespace klab
