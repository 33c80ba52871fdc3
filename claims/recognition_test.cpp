// Recognition on sentences as people write them. claims/sentences.jsonl has sentences paraphrased from public
// pages, and what they say; those marked held_out were labelled before the patterns were written and not
// looked at while they were. claims/fresh_sentences.jsonl came from other pages after the patterns were done.
// claims/blind_sentences.jsonl was labelled by who knew the catalogue's questions only; the held-out part of
// it was not learnt from.

#include "claims/recognition.hpp"

#include <fmt/format.h>
#include <fmt/ranges.h>
#include <gtest/gtest.h>

#include <fstream>
#include <set>

#include "checks/json/json_fields.hpp"

namespace klab {
namespace {

using Said = std::set<std::string>;
using Conditions = std::map<std::string, std::string>;

const std::filesystem::path kFolder = std::filesystem::path(KLAB_SOURCE_DIR) / "claims";

const Catalogue& catalogue() {
  static const Catalogue kCatalogue = load_catalogue(kFolder);
  return kCatalogue;
}

Said said_in(const std::string& sentence) {
  Said said;
  for (const Statement& statement : recognise(sentence, catalogue())) said.insert(text_of(statement));
  return said;
}

std::map<std::string, std::string> conditions_in_the(const std::string& sentence) {
  const std::vector<Statement> statements = recognise(sentence, catalogue());
  EXPECT_EQ(statements.size(), 1u) << sentence;
  return statements.empty() ? std::map<std::string, std::string>() : statements[0].conditions;
}

struct Score {
  std::size_t right = 0, wrong = 0, missed = 0;
  std::string errors = {};

  double precision() const { return static_cast<double>(right) / static_cast<double>(right + wrong); }
  double recall() const { return static_cast<double>(right) / static_cast<double>(right + missed); }
};

void add(Score& score, const std::string& sentence, const Said& expected) {
  const Said said = said_in(sentence);
  const std::size_t before = score.right;
  for (const std::string& statement : said) expected.contains(statement) ? ++score.right : ++score.wrong;
  score.missed += expected.size() - (score.right - before);
  if (said != expected)
    score.errors += fmt::format("{}\n  expected {}\n  got {}\n", sentence, fmt::join(expected, "; "),
                                fmt::join(said, "; "));
}

Score score_of(const std::string& file, bool held_out) {
  Score score;
  std::ifstream in(kFolder / file);
  for (std::string line; std::getline(in, line);) {
    const JsonFields json = JsonFields::parse(line, file);
    if (json.has("held_out") != held_out) continue;
    const std::vector<std::string> claims = json.texts("claims");
    add(score, json.text("sentence"), Said(claims.begin(), claims.end()));
  }
  return score;
}

void expect_good(const Score& score, const std::string& name) {
  fmt::print("{}: {} right, {} wrong, {} missed: precision {:.3f}, recall {:.3f}\n", name, score.right,
             score.wrong, score.missed, score.precision(), score.recall());
  EXPECT_GE(score.right, 30u);
  EXPECT_GE(score.precision(), 0.97) << score.errors;
  EXPECT_GE(score.recall(), 0.7) << score.errors;
}

TEST(Recognition, IsGoodOnTheSentencesThePatternsWereWrittenFor) {
  expect_good(score_of("sentences.jsonl", false), "seen sentences");
}

TEST(Recognition, IsGoodOnTheSentencesThatWereHeldOut) {
  expect_good(score_of("sentences.jsonl", true), "held-out sentences");
}

TEST(Recognition, IsGoodOnFreshSentences) {
  expect_good(score_of("fresh_sentences.jsonl", false), "fresh sentences");
}

TEST(Recognition, IsGoodOnSentencesLabelledBlindly) {
  expect_good(score_of("blind_sentences.jsonl", false), "sentences labelled blindly, then learnt from");
  expect_good(score_of("blind_sentences.jsonl", true), "sentences labelled blindly");
}

/// "all" of an example is "acks.default = all", "interval = 5 s" is "offsets.auto/interval = 5 s".
std::string in_full(const Claim& claim, const std::string& says) {
  if (says.starts_with("!=")) return claim.id + " " + says;
  return says.find(" = ") == std::string::npos ? claim.id + " = " + says : claim.id + "/" + says;
}

TEST(Recognition, ReadsTheExamplesOfEveryClaim) {
  for (const Claim& claim : catalogue().claims)
    for (const Example& example : claim.examples) {
      Said expected, said;
      for (const std::string& says : example.says) expected.insert(in_full(claim, says));
      for (const Statement& statement : recognise(example.sentence, catalogue()))
        if (statement.claim == claim.id) said.insert(text_of(statement));
      EXPECT_EQ(said, expected) << example.sentence;
    }
}

TEST(Recognition, LeavesAloneWhatIsNoClaim) {
  for (const std::string sentence :
       {"What is the default of acks, all or 1?", "Is order kept within a partition?",
        "Set acks to all by default.", "Clients may opt to set acks to 0.",
        "Many think that the default of acks is 0.", "It is a myth that the default of acks is 0.",
        "In our setup the default of acks is 0.", "In Redpanda the default of acks is all.",
        "I thought that the default of acks was 1.", "If the default of acks were 0, records would be lost.",
        "The default of acks should be all.", "Demonstrate that order is kept within a partition.",
        "Whether the default of acks is all.", "In our run order was kept within a partition.",
        "Order is kept within a partition when:"})
    EXPECT_EQ(said_in(sentence), Said()) << sentence;
}

TEST(Recognition, TurnsANegationRound) {
  EXPECT_EQ(said_in("The default of acks is not 0."), Said{"acks.default != 0"});
  EXPECT_EQ(said_in("Order is not kept within a partition."), Said{"order.partition = no"});
  EXPECT_EQ(said_in("Kafka does not guarantee that order is kept across partitions."),
            Said{"order.topic = no"});
  EXPECT_EQ(said_in("It isn't the case that the default of acks isn't 1."), Said());
}

TEST(Recognition, ReadsWhatIsSaidOfKafkaBesideAnother) {
  EXPECT_EQ(said_in("Unlike RabbitMQ, Kafka does not remove messages after consumption."),
            Said{"consume.removes = no"});
  EXPECT_EQ(
      said_in("Unlike a queue where messages are removed after consumption, Kafka does not remove messages "
              "after consumption."),
      Said{"consume.removes = no"});
  EXPECT_EQ(said_in("RabbitMQ removes messages after consumption."), Said());
}

TEST(Recognition, SaysNothingWhereTwoReadingsDiffer) {
  EXPECT_EQ(said_in("The default of acks is 1, and the default of acks is all."), Said());
}

TEST(Recognition, ReadsTheParts) {
  EXPECT_EQ(said_in("RabbitMQ pushes, whereas in Kafka order is kept within a partition."),
            Said{"order.partition = yes"});
  EXPECT_EQ(said_in("Set it on the producer: the default of acks is all."), Said{"acks.default = all"});
  EXPECT_EQ(said_in("The default of acks is all; if that is too slow, take another."),
            Said{"acks.default = all"});
  EXPECT_EQ(said_in("Our default of acks is all; we like it."), Said());
  EXPECT_EQ(said_in("If the topic is small: the default of acks is 1."), Said());
  EXPECT_EQ(said_in("If the topic is small, take care; the default of acks is all."),
            Said{"acks.default = all"});
  EXPECT_EQ(conditions_in_the("In librdkafka it is simple: the default of acks is all."),
            (std::map<std::string, std::string>{{"client", "librdkafka"}}));
}

TEST(Recognition, TakesUnlessYouSetItForADefault) {
  EXPECT_EQ(said_in("acks is all unless you set it otherwise."), Said{"acks.default = all"});
  EXPECT_EQ(said_in("The default of acks is all unless the broker is old."), Said());
}

TEST(Recognition, KnowsAQuestionFromAStatementThatBeginsLikeOne) {
  EXPECT_EQ(said_in("What the default of acks is"), Said());
  EXPECT_EQ(said_in("What the producer takes for acks is all by default."), Said{"acks.default = all"});
}

TEST(Recognition, ReadsTheReasonForWhatWasSeen) {
  EXPECT_EQ(said_in("In our run they were sorted, because order is kept within a partition."),
            Said{"order.partition = yes"});
  EXPECT_EQ(said_in("We ran it twice, since the default of acks is all."), Said{"acks.default = all"});
  EXPECT_EQ(said_in("The default of acks is all, therefore our producer waited."),
            Said{"acks.default = all"});
  EXPECT_EQ(said_in("Our teacher said so because in our lab the default of acks is 0."), Said());
}

TEST(Recognition, ReadsTheReasonForAnAdvice) {
  EXPECT_EQ(said_in("Set acks yourself, because the default of acks is 1."), Said{"acks.default = 1"});
  EXPECT_EQ(conditions_in_the("Set acks=all, because order is kept within a partition."), Conditions());
  EXPECT_EQ(said_in("Set acks to 0, not because the default of acks is 1."), Said());
  EXPECT_EQ(said_in("Set acks to 0 because somebody said that the default of acks is 1."), Said());
  EXPECT_EQ(said_in("If it is slow, set acks to 0, because the default of acks is 1."), Said());
}

TEST(Recognition, PassesOverTheAnswerToAnothersQuestion) {
  EXPECT_EQ(said_in("No, the default of acks is not 0."), Said{"acks.default != 0"});
  EXPECT_EQ(said_in("Yes, order is kept within a partition."), Said{"order.partition = yes"});
}

TEST(Recognition, KnowsTheConditionOfASettingThatIsExplained) {
  EXPECT_EQ(said_in("The default of acks is all - if set, another holds."), Said{"acks.default = all"});
  EXPECT_EQ(said_in("The default of acks is all - if the broker is new."), Said());
  EXPECT_EQ(said_in("The default of acks is all - unless the broker is old."), Said());
  EXPECT_EQ(said_in("The default of acks is all (only if the broker is new)."), Said());
}

TEST(Recognition, IsNotLedAstrayByWordsOfTwoSenses) {
  EXPECT_EQ(said_in("Note that the default of acks is all."), Said{"acks.default = all"});
  EXPECT_EQ(said_in("A key is used to choose a partition, and messages with the same key go to the same "
                    "partition."),
            Said{"key.partition = yes"});
  EXPECT_EQ(
      said_in("Deletion of a message by a consumer is nothing that Kafka does; the default of acks is all."),
      Said{"acks.default = all"});
  EXPECT_EQ(said_in("The default of acks used to be 1, they say."), Said());
  EXPECT_EQ(said_in("It is wrong that the default of acks is 1."), Said());
}

TEST(Recognition, KnowsThatWhatIsConcededIsNotWhatIsDenied) {
  EXPECT_EQ(said_in("Any consumer can read a record at once, whether or not the followers have copied it."),
            Said{"hw.visibility = yes"});
  EXPECT_EQ(said_in("Messages are deleted after retention.ms, whether or not they have been read."),
            Said{"retention.time = yes"});
}

TEST(Recognition, KeepsTheConditions) {
  EXPECT_EQ(conditions_in_the("In librdkafka the default of acks is all."),
            (Conditions{{"client", "librdkafka"}}));
  EXPECT_EQ(conditions_in_the("Before Kafka 3.0 the default of acks was 1."),
            (Conditions{{"kafka", "before 3.0"}}));
  EXPECT_EQ(conditions_in_the("Since Kafka 3.0 the default of acks is all."),
            (Conditions{{"kafka", "since 3.0"}}));
  EXPECT_EQ(conditions_in_the("In older versions of Kafka the default of acks was 1."),
            (Conditions{{"kafka", "older"}}));
  EXPECT_EQ(conditions_in_the("Retries can lead to duplicates if idempotence is off."),
            (Conditions{{"enable.idempotence", "false"}}));
}

TEST(Recognition, KnowsVersionsHoweverTheyAreNamed) {
  const auto version_in = [](const std::string& sentence) { return conditions_in_the(sentence)["kafka"]; };
  EXPECT_EQ(version_in("Until 3.0 came along, acks was 1 by default."), "before 3.0");
  EXPECT_EQ(version_in("Up to 2.8 acks is 1 by default."), "up to 2.8");
  EXPECT_EQ(version_in("In 2.8 the default of acks was 1."), "in 2.8");
  EXPECT_EQ(version_in("With 2.x the default of acks is 1."), "in 2.x");
  EXPECT_EQ(version_in("Earlier than 3.0 acks was 1 by default."), "before 3.0");
  EXPECT_EQ(version_in("Kafka 3.x and lower needs ZooKeeper."), "up to 3.x");
  EXPECT_EQ(version_in("In 3.0 and later the default of acks is all."), "since 3.0");
  EXPECT_EQ(version_in("With acks=all the producer is slower than with 1, by 2.5 ms."), "") << "a duration";
}

TEST(Recognition, LeavesThePastAlone) {
  for (const std::string sentence :
       {"Formerly the default of acks was 1.", "Originally, consumers stored their offsets in ZooKeeper.",
        "Prior to KIP-679, the default of acks was 1.", "In the old days acks was 1 by default.",
        "The old consumer stored its offsets in ZooKeeper."})
    EXPECT_EQ(said_in(sentence), Said()) << sentence;
}

TEST(Recognition, SurvivesAnyBytes) {
  for (const std::string text : {"", " ", "()", "?", "\xff\xfe\x80", "\xe2\x80", "((((((", "not not not"})
    said_in(text);
  said_in(std::string(20'000, 'a') + std::string(20'000, '('));
}

}  // namespace
}  // namespace klab
