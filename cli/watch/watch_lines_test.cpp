#include "cli/watch/watch_lines.hpp"

#include <gtest/gtest.h>

#include <cstdlib>

namespace klab {
namespace {

using namespace std::chrono_literals;

std::string told(const AnyEvent& event) {
  const auto line = watch_line(event);
  return line ? line->verb + ": " + line->text : "nothing";
}

TEST(WatchLines, TellWhoConnects) {
  EXPECT_EQ(told(Connected{.client_id = "rdkafka", .software = "librdkafka 2.0.2"}),
            "connected: librdkafka 2.0.2, client id \"rdkafka\"");
  EXPECT_EQ(told(Connected{.client_id = "old"}),
            "connected: a client that does not say which, client id \"old\"");
  EXPECT_EQ(told(Disconnected{}), "disconnected: ");
}

TEST(WatchLines, TellOfATopicThatIsNotThere) {
  EXPECT_EQ(told(TopicRefused{.topic = "typo", .error = "UNKNOWN_TOPIC_OR_PART"}),
            "refused: topic typo: UNKNOWN_TOPIC_OR_PART");
}

TEST(WatchLines, TellHowABatchIsSent) {
  EXPECT_EQ(told(SentBatch{.topic = "breadcrumbs",
                           .partition = 1,
                           .acks = -1,
                           .codec = "lz4",
                           .messages = 37,
                           .producer_id = 5}),
            "sent: 37 messages to breadcrumbs-1, acks=all, idempotent, lz4");
  EXPECT_EQ(told(SentBatch{.topic = "t", .acks = 0, .codec = "none", .messages = 1}),
            "sent: 1 message to t-0, acks=0, not idempotent, not compressed");
  EXPECT_EQ(told(SentBatch{
                .topic = "t", .codec = "none", .messages = 2, .producer_id = 5, .transactional_id = "tx"}),
            "sent: 2 messages to t-0, acks=all, idempotent, not compressed, in transaction of tx");
}

TEST(WatchLines, TellWhatBecameOfABatch) {
  EXPECT_EQ(told(Answered{.topic = "t", .partition = 1, .base_offset = 120}),
            "acknowledged: t-1 from offset 120");
  EXPECT_EQ(told(Answered{.topic = "t", .error = "NOT_LEADER_OR_FOLLOWER"}),
            "refused: a batch to t-0: NOT_LEADER_OR_FOLLOWER");
  EXPECT_TRUE(watch_line(Answered{.error = "NOT_LEADER_OR_FOLLOWER"})->is_trouble);
}

TEST(WatchLines, TellWhatIsRead) {
  EXPECT_EQ(told(FetchStarted{.topic = "t", .partition = 2, .offset = 7, .is_read_committed = true}),
            "reading: t-2 from offset 7, read_committed");
  EXPECT_EQ(told(FetchStarted{.topic = "t"}), "reading: t-0 from offset 0, read_uncommitted");
  EXPECT_EQ(told(Delivered{.topic = "t", .offsets = {4, 5, 7}}),
            "delivered: 3 messages of t-0, offsets 4 to 7");
  EXPECT_EQ(told(Delivered{.topic = "t", .offsets = {4}}), "delivered: 1 message of t-0, offset 4");
}

TEST(WatchLines, TellOfGroups) {
  EXPECT_EQ(told(Joined{.group = "g",
                        .member = "rdkafka-1",
                        .protocol = "classic",
                        .generation = 2,
                        .topics = {"breadcrumbs"}}),
            "joined: group g as member rdkafka-1 (classic), generation 2; topics breadcrumbs");
  EXPECT_EQ(told(Joined{.group = "g", .member = "m", .instance = "i", .protocol = "consumer"}),
            "joined: group g as member m, instance i (consumer), generation 0; topics none");
  EXPECT_EQ(told(Assigned{.group = "g", .generation = 2, .partitions = {{"t", 0}, {"t", 1}}}),
            "assigned: t-0, t-1 in group g, generation 2");
  EXPECT_EQ(told(Assigned{.group = "g", .generation = 2}), "assigned: no partition in group g, generation 2");
  EXPECT_EQ(told(Revoked{.group = "g", .partitions = {{"t", 0}}}), "revoked: t-0 in group g");
  EXPECT_EQ(told(Left{.group = "g"}), "left: group g");
}

TEST(WatchLines, ListAFewPartitionsAndCountTheRest) {
  Assigned assigned{.group = "g"};
  for (int i = 0; i < 20; ++i) assigned.partitions.push_back({"t", i});
  EXPECT_EQ(told(assigned),
            "assigned: t-0, t-1, t-2, t-3, t-4, t-5, t-6, t-7, t-8, t-9, t-10, t-11 and 8 more in group g, "
            "generation 0");
}

TEST(WatchLines, TellOfPositions) {
  EXPECT_EQ(told(CommitAnswered{.group = "g", .topic = "t", .offset = 157}),
            "committed: t-0 at offset 157 for group g");
  EXPECT_EQ(told(CommitAnswered{.group = "g", .topic = "t", .offset = 157, .error = "ILLEGAL_GENERATION"}),
            "not committed: t-0 at offset 157 for group g: ILLEGAL_GENERATION");
  EXPECT_EQ(told(CommitAnswered{.group = "g", .topic = "t", .offset = 157, .outcome = CallOutcome::unknown}),
            "not answered: t-0 at offset 157 for group g");
  EXPECT_EQ(told(CommitAnswered{.group = "g", .topic = "t", .offset = 1, .transactional_id = "tx"}),
            "committed: t-0 at offset 1 for group g, in transaction of tx");
  EXPECT_EQ(told(Resumed{.group = "g", .topic = "t", .offset = 157}),
            "resumed: t-0 where group g had committed: offset 157");
  EXPECT_EQ(told(Resumed{.group = "g", .topic = "t"}),
            "resumed: t-0: group g has committed nothing, so auto.offset.reset decides");
}

TEST(WatchLines, TellOfTransactions) {
  EXPECT_EQ(told(TransactionStepped{.transactional_id = "tx", .producer_id = 5, .producer_epoch = 1}),
            "transaction: of tx begun (producer 5, epoch 1)");
  const TransactionStepped failed{.transactional_id = "tx",
                                  .producer_id = 5,
                                  .producer_epoch = 1,
                                  .step = TransactionStep::committed,
                                  .error = "PRODUCER_FENCED"};
  EXPECT_EQ(told(failed), "transaction: of tx not committed (producer 5, epoch 1): PRODUCER_FENCED");
  EXPECT_TRUE(watch_line(failed)->is_trouble);
}

TEST(WatchLines, TellWhatWasNotUnderstoodAndNothingElseOfTheSum) {
  EXPECT_EQ(told(Overheard{.requests = 3}), "nothing");
  EXPECT_EQ(told(Overheard{.opaque = 2}),
            "unclear: 2 of its requests, responses and batches could not be understood: is that Kafka's "
            "protocol, without TLS?");
  EXPECT_EQ(told(PrintedLine{}), "nothing");
}

// Client ids, groups and topics are whatever a program says.
TEST(WatchLines, LetNoProgramGovernTheTerminal) {
  const std::string evil = "a\x1b]0;title\x07\nfake line\r\xff\u202e";
  for (const AnyEvent& event :
       {AnyEvent(Connected{.client_id = evil, .software = evil}), AnyEvent(TopicRefused{.topic = evil}),
        AnyEvent(SentBatch{.topic = evil}), AnyEvent(SentBatch{.transactional_id = evil}),
        AnyEvent(Answered{.topic = evil}), AnyEvent(FetchStarted{.topic = evil}),
        AnyEvent(Delivered{.topic = evil}),
        AnyEvent(Joined{.group = evil, .member = evil, .instance = evil, .topics = {evil}}),
        AnyEvent(Assigned{.group = evil, .partitions = {{evil, 0}}}),
        AnyEvent(Revoked{.group = evil, .partitions = {{evil, 0}}}), AnyEvent(Left{.group = evil}),
        AnyEvent(CommitAnswered{.group = evil, .topic = evil}),
        AnyEvent(Resumed{.group = evil, .topic = evil}),
        AnyEvent(TransactionStepped{.transactional_id = evil})}) {
    const std::string text = told(event);
    for (const char c : text) EXPECT_GE(static_cast<unsigned char>(c), 0x20) << text;
    EXPECT_EQ(text.find("\xff"), std::string::npos);
    EXPECT_EQ(text.find("\u202e"), std::string::npos) << text;
  }
  EXPECT_LT(told(Connected{.client_id = std::string(32'000, 'x')}).size(), 250u);
}

TEST(WatchLines, AreShownWithTheirTime) {
  setenv("TZ", "UTC", 1);
  tzset();
  const WatchLine line{.program = "#3", .verb = "sent", .text = "1 message"};
  const auto when = std::chrono::system_clock::time_point(12h + 3min + 4s + 7'900us);
  EXPECT_EQ(shown_line(line, when, false), "12:03:04.007    #3 sent          1 message");
  EXPECT_EQ(shown_line({.program = "#12", .verb = "disconnected"}, when, false),
            "12:03:04.007   #12 disconnected");
}

TEST(WatchLines, AreColouredOnlyWhereThatIsWanted) {
  const WatchLine trouble{.program = "#3", .verb = "refused", .text = "t-0", .is_trouble = true};
  EXPECT_NE(shown_line(trouble, {}, true).find("\033[31mrefused"), std::string::npos);
  EXPECT_EQ(shown_line(trouble, {}, false).find('\033'), std::string::npos);
}

}  // namespace
}  // namespace klab
