// Recognition on sentences as people write them. claims/sentences.jsonl has sentences paraphrased from public
// pages, and what they say; those marked held_out were labelled before the patterns were written and not
// looked at while they were. claims/fresh_sentences.jsonl came from other pages after the patterns were done.

#include "claims/recognition.hpp"

#include <fmt/format.h>
#include <fmt/ranges.h>
#include <gtest/gtest.h>

#include <fstream>
#include <set>

#include "checks/json_fields.hpp"

namespace klab {
namespace {

using Said = std::set<std::string>;

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
        "The default of acks should be all."})
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
  EXPECT_EQ(said_in("RabbitMQ removes messages after consumption."), Said());
}

TEST(Recognition, SaysNothingWhereTwoReadingsDiffer) {
  EXPECT_EQ(said_in("The default of acks is 1, and the default of acks is all."), Said());
}

using Conditions = std::map<std::string, std::string>;

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

TEST(Recognition, SurvivesAnyBytes) {
  for (const std::string text : {"", " ", "()", "?", "\xff\xfe\x80", "\xe2\x80", "((((((", "not not not"})
    said_in(text);
  said_in(std::string(20'000, 'a') + std::string(20'000, '('));
}

}  // namespace
}  // namespace klab
