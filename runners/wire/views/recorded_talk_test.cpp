// What the views say of conversations between real clients and Kafka 4.3.0: see golden_pieces().

#include <gtest/gtest.h>

#include <algorithm>

#include "runners/wire/golden/golden_talk.hpp"
#include "runners/wire/views/api_versions.hpp"
#include "runners/wire/views/fetch.hpp"
#include "runners/wire/views/find_coordinator.hpp"
#include "runners/wire/views/group.hpp"
#include "runners/wire/views/membership.hpp"
#include "runners/wire/views/metadata.hpp"
#include "runners/wire/views/offsets.hpp"
#include "runners/wire/views/produce.hpp"
#include "runners/wire/views/topic_changes.hpp"
#include "runners/wire/views/transactions.hpp"

namespace klab {
namespace {

using Texts = std::vector<std::string>;

TEST(RecordedTalk, TellsTheClientLibrary) {
  EXPECT_EQ(views_of("java-txn", "ApiVersionsRequest", read_api_versions_request).at(0).software_name,
            "apache-kafka-java");
  const auto kcat = views_of("kcat-gzip", "ApiVersionsRequest", read_api_versions_request).at(0);
  EXPECT_EQ(kcat.software_name, "librdkafka");
  EXPECT_EQ(kcat.software_version.substr(0, 5), "2.0.2");
  // Produce is offered from version 0 on purpose (KAFKA-18659).
  const auto offered = views_of("kcat-gzip", "ApiVersionsResponse", read_api_versions_response).at(0);
  const auto produce = std::ranges::find(offered.apis, 0, &ApiVersionsResponse::Api::key);
  ASSERT_NE(produce, offered.apis.end());
  EXPECT_EQ(produce->lowest, 0);
  EXPECT_EQ(produce->highest, 13);
}

TEST(RecordedTalk, TellsWhatAProducerAskedFor) {
  EXPECT_EQ(views_of("java-acks-0", "ProduceRequest", read_produce_request).at(0).acks, 0);
  EXPECT_EQ(views_of("kcat-acks-0", "ProduceRequest", read_produce_request).at(0).acks, 0);
  EXPECT_TRUE(views_of("kcat-acks-0", "ProduceResponse", read_produce_response).empty());
  const auto request = views_of("kcat-zstd", "ProduceRequest", read_produce_request).at(0);
  EXPECT_EQ(request.acks, -1);
  EXPECT_EQ(request.transactional_id, std::nullopt);
  EXPECT_EQ(request.partitions.at(0).to, (TopicPartition{{.name = "rides"}, 0}));
  EXPECT_EQ(
      views_of("kcat-zstd", "ProduceResponse", read_produce_response).at(0).partitions.at(0).base_offset,
      180);
  EXPECT_EQ(views_of("kcat-txn", "ProduceRequest", read_produce_request).at(0).transactional_id, "ktx");
}

// Since version 13 a Produce has no names; Metadata leads from the ids to them.
TEST(RecordedTalk, LeadsFromTopicIdsToNames) {
  const TopicRef produced =
      views_of("java-gzip", "ProduceRequest", read_produce_request).at(0).partitions.at(0).to.topic;
  EXPECT_EQ(produced.name, "");
  bool is_named = false;
  for (const auto& metadata : views_of("java-gzip", "MetadataResponse", read_metadata_response))
    for (const auto& topic : metadata.topics) is_named |= topic.topic == TopicRef{"rides", produced.id};
  EXPECT_TRUE(is_named);
}

TEST(RecordedTalk, TellsTheIsolationOfAConsumer) {
  EXPECT_EQ(views_of("java-classic", "FetchRequest", read_fetch_request).at(0).isolation,
            IsolationLevel::read_committed);
  EXPECT_EQ(views_of("java-new", "FetchRequest", read_fetch_request).at(0).isolation,
            IsolationLevel::read_uncommitted);
  EXPECT_EQ(views_of("kcat-group", "FetchRequest", read_fetch_request).at(0).isolation,
            IsolationLevel::read_committed);
}

TEST(RecordedTalk, TellsWhichTransactionsWereAborted) {
  std::size_t aborted = 0;
  for (const auto& response : views_of("java-classic", "FetchResponse", read_fetch_response))
    for (const auto& partition : response.partitions) aborted += partition.aborted.size();
  EXPECT_GT(aborted, 0u);
}

TEST(RecordedTalk, TellsAClassicGroupsAssignment) {
  const auto java = views_of("java-classic", "JoinGroupRequest", read_join_group_request).at(1);
  EXPECT_EQ(java.group, "classic");
  ASSERT_EQ(java.protocols.size(), 2u);
  EXPECT_EQ(java.protocols[0].name, "range");
  ASSERT_TRUE(java.protocols[0].subscription.has_value());
  EXPECT_EQ(java.protocols[0].subscription->version, 3);
  EXPECT_EQ(java.protocols[0].subscription->topics, Texts{"rides"});
  const auto kcat = views_of("kcat-group", "SyncGroupResponse", read_sync_group_response).at(0);
  ASSERT_TRUE(kcat.assignment.has_value());
  EXPECT_EQ(kcat.assignment->partitions,
            (std::vector<TopicPartition>{{{.name = "rides"}, 0}, {{.name = "rides"}, 1}}));
}

TEST(RecordedTalk, TellsTheLeaderOfAGroup) {
  const auto joined = views_of("kcat-group", "JoinGroupResponse", read_join_group_response);
  EXPECT_EQ(joined.at(0).error, 79) << "MEMBER_ID_REQUIRED";
  EXPECT_EQ(joined.at(1).leader, joined.at(1).member);
  EXPECT_EQ(joined.at(1).members.at(0).subscription->topics, Texts{"rides"});
  const auto left = views_of("kcat-group", "LeaveGroupRequest", read_leave_group_request).at(0);
  EXPECT_EQ(left.members.at(0).member, joined.at(1).member);
}

TEST(RecordedTalk, TellsANewGroupsAssignment) {
  const auto first =
      views_of("java-new", "ConsumerGroupHeartbeatRequest", read_consumer_group_heartbeat_request).at(0);
  EXPECT_EQ(first.epoch, 0);
  EXPECT_EQ(first.topics, Texts{"rides"});
  const auto answers =
      views_of("java-new", "ConsumerGroupHeartbeatResponse", read_consumer_group_heartbeat_response);
  EXPECT_TRUE(std::ranges::any_of(answers, [](const auto& answer) {
    return answer.assigned.has_value() && answer.assigned->size() == 2;
  }));
}

TEST(RecordedTalk, TellsWhatAGroupCommitted) {
  const auto commits = views_of("kcat-group", "OffsetCommitRequest", read_offset_commit_request);
  EXPECT_EQ(commits.back().group, "kgroup");
  EXPECT_EQ(commits.back().positions.at(0).of, (TopicPartition{{.name = "rides"}, 0}));
  EXPECT_EQ(commits.back().positions.at(0).next, 155);
  const auto answers = views_of("kcat-group", "OffsetCommitResponse", read_offset_commit_response);
  EXPECT_EQ(answers.back().at(0).error, 0);
  const auto fetched = views_of("java-classic", "OffsetFetchResponse", read_offset_fetch_response);
  ASSERT_EQ(fetched.at(0).groups.size(), 1u);
  EXPECT_EQ(fetched.at(0).groups[0].positions.at(0).next, -1);
}

TEST(RecordedTalk, TellsHowTransactionsEnded) {
  const auto ends = views_of("java-txn", "EndTxnRequest", read_end_txn_request);
  ASSERT_EQ(ends.size(), 2u);
  EXPECT_TRUE(ends[0].is_commit);
  EXPECT_FALSE(ends[1].is_commit);
  EXPECT_EQ(ends[0].transactional_id, "tx");
  // KIP-890: each end raises the epoch.
  EXPECT_EQ(ends[1].producer, views_of("java-txn", "EndTxnResponse", read_end_txn_response).at(0).producer);
  EXPECT_EQ(ends[1].producer.epoch, ends[0].producer.epoch + 1);
  const auto offsets = views_of("java-txn", "TxnOffsetCommitRequest", read_txn_offset_commit_request).at(0);
  EXPECT_EQ(offsets.transactional_id, "tx");
  EXPECT_EQ(offsets.commit.group, "classic");
  EXPECT_EQ(offsets.commit.positions.size(), 2u);
}

TEST(RecordedTalk, TellsTheProducerOfAnOlderTransaction) {
  const auto given = views_of("kcat-txn", "InitProducerIdResponse", read_init_producer_id_response).back();
  const auto added =
      views_of("kcat-txn", "AddPartitionsToTxnRequest", read_add_partitions_to_txn_request).at(0);
  ASSERT_EQ(added.transactions.size(), 1u);
  EXPECT_EQ(added.transactions[0].transactional_id, "ktx");
  EXPECT_EQ(added.transactions[0].producer, given.producer);
  EXPECT_EQ(added.transactions[0].partitions, (std::vector<TopicPartition>{{{.name = "rides"}, 1}}));
  const auto answer =
      views_of("kcat-txn", "AddPartitionsToTxnResponse", read_add_partitions_to_txn_response).at(0);
  EXPECT_EQ(answer.partitions.at(0).error, 0);
  EXPECT_EQ(views_of("kcat-txn", "FindCoordinatorRequest", read_find_coordinator_request).at(0).keys,
            Texts{"ktx"});
}

}  // namespace
}  // namespace klab
