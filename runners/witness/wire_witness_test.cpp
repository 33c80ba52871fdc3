// What the witness makes of recorded conversations between real clients and Kafka 4.3.0: see golden_pieces().

#include "runners/witness/wire_witness.hpp"

#include <fmt/format.h>
#include <gtest/gtest.h>

#include <algorithm>
#include <set>

#include "runners/wire/golden/golden_talk.hpp"

namespace klab {
namespace {

/// Each client id of the recording is a program.
std::map<int, std::string> programs_by_connection() {
  std::map<int, std::string> programs;
  std::map<int, std::unique_ptr<Conversation>> connections;
  for (const GoldenPiece& piece : golden_pieces()) {
    auto& conversation = connections[piece.connection];
    if (!conversation)
      conversation =
          std::make_unique<Conversation>([&programs, number = piece.connection](const Spoken& spoken) {
            if (spoken.client_id) programs.try_emplace(number, *spoken.client_id);
          });
    conversation->feed(piece.is_to_broker ? Direction::to_broker : Direction::to_client, piece.bytes);
  }
  return programs;
}

History heard_history() {
  Recorder recorder({.lab = "l", .section = "s"});
  WireWitness witness(recorder, [](std::string_view message) {
    return std::vector<std::string>{std::string(message.substr(0, 12))};
  });
  const auto start = std::chrono::steady_clock::now();
  const auto programs = programs_by_connection();
  for (const auto& [number, program] : programs) witness.opened(number, program);
  for (const GoldenPiece& piece : golden_pieces())
    witness.said(piece.connection, piece.is_to_broker ? Direction::to_broker : Direction::to_client, start,
                 piece.bytes);
  for (const auto& [number, program] : programs) witness.closed(number, start);
  std::set<std::string> names;
  for (const auto& [number, program] : programs) names.insert(program);
  for (const std::string& program : names) witness.program_ended(program);
  return recorder.history();
}

/// What a history says of a program's events of one kind, each in a few words.
template <typename Event, typename Words>
std::vector<std::string> told(const std::vector<Event>& events, const std::string& program, Words words) {
  std::vector<std::string> told;
  for (const Event& event : events)
    if (event.program == program) told.push_back(words(event));
  return told;
}

std::string words(const SentBatch& sent) {
  return fmt::format("{} {} acks {} of producer {}", sent.messages, sent.codec, sent.acks, sent.producer_id);
}
std::string words(const Answered& answered) {
  return fmt::format("{} at {}{}", answered.partition, answered.base_offset, answered.error);
}
std::string words(const Delivered& delivered) {
  return fmt::format("{}: {} to {}, {}", delivered.partition, delivered.offsets.front(),
                     delivered.offsets.back(), delivered.offsets.size());
}
std::string words(const FetchStarted& started) {
  return fmt::format("{} from {}{}", started.partition, started.offset,
                     started.is_read_committed ? " committed" : "");
}
std::string words(const TransactionStepped& stepped) {
  return fmt::format("{} {} of {} epoch {}", stepped.transactional_id, name_of(stepped.step),
                     stepped.producer_id, stepped.producer_epoch);
}
std::string words(const CommitAnswered& commit) {
  return fmt::format("{} {}@{}{} {}", commit.group, commit.partition, commit.offset, commit.error,
                     commit.transactional_id.value_or("alone"));
}

bool is_java(const std::string& client_id) {
  return client_id.starts_with("java") || client_id.starts_with("adminclient");
}

class HeardTalk : public testing::Test {
 protected:
  static void SetUpTestSuite() { history_ = new History(heard_history()); }
  static void TearDownTestSuite() { delete history_; }

  template <typename Event>
  static std::vector<std::string> told_of(std::vector<Event> History::*events, const std::string& program) {
    return told(history_->*events, program, [](const Event& event) { return words(event); });
  }

  static inline History* history_ = nullptr;
};

using Texts = std::vector<std::string>;

TEST_F(HeardTalk, IsUnderstoodInFull) {
  ASSERT_EQ(history_->overheard.size(), 21u);
  for (const Overheard& heard : history_->overheard) {
    EXPECT_TRUE(is_heard_in_full(*history_, heard.program)) << heard.program;
    EXPECT_GT(heard.requests, 0u) << heard.program;
  }
}

TEST_F(HeardTalk, TellsTheClient) {
  EXPECT_EQ(history_->connected.size(), history_->disconnected.size());
  for (const Connected& connected : history_->connected) {
    EXPECT_EQ(connected.client_id, connected.program);
    EXPECT_EQ(connected.software,
              is_java(connected.program) ? "apache-kafka-java 4.3.0" : "librdkafka 2.0.2");
  }
}

TEST_F(HeardTalk, TellsBatchesAndTheirAnswers) {
  for (const std::string codec : {"none", "gzip", "snappy", "lz4", "zstd"}) {
    const auto sent = told_of(&History::sent, "kcat-" + codec);
    EXPECT_EQ(sent, Texts{"20 " + codec + " acks -1 of producer -1"});
  }
  EXPECT_EQ(told_of(&History::answered, "kcat-lz4"), Texts{"0 at 160"});
  EXPECT_EQ(history_->sent.front().topic, "rides");
  EXPECT_EQ(history_->sent.front().ids.size(), 20u);
  EXPECT_EQ(told_of(&History::sent, "kcat-idempotent"), Texts{"1 none acks -1 of producer 6"});
}

TEST_F(HeardTalk, TellsOfNoAnswerWhereNoneWasAskedFor) {
  EXPECT_EQ(told_of(&History::sent, "java-acks-0").size(), 3u);
  EXPECT_EQ(told_of(&History::answered, "java-acks-0"), Texts{});
  EXPECT_EQ(told_of(&History::answered, "kcat-acks-0"), Texts{});
}

// Offset 4 of partition 1 is a commit marker, 5 was aborted.
TEST_F(HeardTalk, LeavesOutWhatAReaderOfCommittedMessagesIsNotShown) {
  EXPECT_EQ(told_of(&History::fetch_started, "java-classic"),
            (Texts{"0 from 0 committed", "1 from 0 committed"}));
  EXPECT_EQ(told_of(&History::delivered, "java-classic"),
            (Texts{"0: 0 to 99, 100", "1: 0 to 2, 3", "1: 3 to 3, 1"}));
  EXPECT_EQ(told_of(&History::fetch_started, "java-new"), (Texts{"0 from 0", "1 from 0"}));
  EXPECT_EQ(told_of(&History::delivered, "java-new"), (Texts{"0: 0 to 99, 100", "1: 0 to 5, 5"}));
}

TEST_F(HeardTalk, LeavesOutWhatLiesBeforeThePosition) {
  EXPECT_EQ(told_of(&History::fetch_started, "kcat-group"), Texts{"0 from 5 committed"});
  EXPECT_EQ(told_of(&History::delivered, "kcat-group"), Texts{"0: 5 to 199, 195"});
}

TEST_F(HeardTalk, FollowsMembersOfBothProtocols) {
  for (const auto& [program, protocol] :
       {std::pair("java-classic", "classic"), {"java-new", "consumer"}, {"kcat-group", "classic"}}) {
    const auto joined = std::ranges::find(history_->joined, program, &Joined::program);
    const auto assigned = std::ranges::find(history_->assigned, program, &Assigned::program);
    const auto revoked = std::ranges::find(history_->revoked, program, &Revoked::program);
    const auto left = std::ranges::find(history_->left, program, &Left::program);
    ASSERT_NE(joined, history_->joined.end()) << program;
    ASSERT_NE(assigned, history_->assigned.end()) << program;
    ASSERT_NE(revoked, history_->revoked.end()) << program;
    ASSERT_NE(left, history_->left.end()) << program;
    EXPECT_EQ(joined->protocol, protocol);
    EXPECT_EQ(joined->topics, Texts{"rides"});
    EXPECT_EQ(assigned->partitions, (std::vector<PartitionName>{{"rides", 0}, {"rides", 1}}));
    EXPECT_EQ(revoked->partitions, assigned->partitions);
    EXPECT_EQ(left->member, joined->member);
  }
}

TEST_F(HeardTalk, FollowsTransactionsOfBothClients) {
  // KIP-890: the Java client never says that it begins, and each transaction has an epoch of its own.
  EXPECT_EQ(told_of(&History::transactions, "java-txn"),
            (Texts{"tx begun of 5 epoch 0", "tx committed of 5 epoch 0", "tx begun of 5 epoch 1",
                   "tx aborted of 5 epoch 1"}));
  EXPECT_EQ(told_of(&History::transactions, "kcat-txn"),
            (Texts{"ktx begun of 7 epoch 0", "ktx committed of 7 epoch 0"}));
}

TEST_F(HeardTalk, TellsCommitsAloneAndInATransaction) {
  EXPECT_EQ(told_of(&History::commits, "java-txn"), (Texts{"classic 0@100 tx", "classic 1@3 tx"}));
  EXPECT_EQ(told_of(&History::commits, "kcat-group"), Texts{"kgroup 0@155 alone"});
  EXPECT_EQ(history_->resumed.size(), 4u);
  for (const Resumed& resumed : history_->resumed) EXPECT_EQ(resumed.offset, -1);
}

// Else one that listens for days would grow with every program that comes and goes.
TEST(WireWitness, ForgetsAProgramThatIsOver) {
  std::vector<Overheard> ends;
  Recorder recorder = Recorder::telling([&](const AnyEvent& event) {
    if (const auto* end = std::get_if<Overheard>(&event)) ends.push_back(*end);
  });
  WireWitness witness(recorder, [](std::string_view) { return Texts{}; });
  const auto now = std::chrono::steady_clock::now();
  for (const int connection : {1, 2}) {
    witness.opened(connection, "p");
    witness.said(connection, Direction::to_broker, now, "GET / HTTP/1.1\r\n\r\n");
    witness.closed(connection, now);
    witness.program_ended("p");
  }
  ASSERT_EQ(ends.size(), 2u);
  EXPECT_EQ(ends[1].connections, 1u);
  EXPECT_EQ(ends[1].opaque, ends[0].opaque);
}

TEST(WireWitness, CountsWhatIsNotKafka) {
  Recorder recorder({});
  WireWitness witness(recorder, [](std::string_view) { return Texts{}; });
  const auto now = std::chrono::steady_clock::now();
  witness.opened(1, "p-1");
  witness.said(1, Direction::to_broker, now, "GET / HTTP/1.1\r\n\r\n");
  witness.closed(1, now);
  witness.program_ended("p-1");
  EXPECT_FALSE(is_heard_in_full(recorder.history(), "p-1"));
  EXPECT_TRUE(recorder.history().connected.empty());
}

TEST(WireWitness, SaysThatAProgramKeptSilent) {
  Recorder recorder({});
  WireWitness witness(recorder, [](std::string_view) { return Texts{}; });
  witness.program_ended("p-1");
  ASSERT_EQ(recorder.history().overheard.size(), 1u);
  EXPECT_TRUE(is_heard_in_full(recorder.history(), "p-1"));
  EXPECT_FALSE(is_heard_in_full(recorder.history(), "p-2"));
}

}  // namespace
}  // namespace klab
