#pragma once

namespace klab {

/// The APIs that klab asks about by their number (kafka ApiKeys.java); for all others name_of_api() does.
enum ApiKey : int {
  kProduceKey = 0,
  kFetchKey = 1,
  kMetadataKey = 3,
  kOffsetCommitKey = 8,
  kOffsetFetchKey = 9,
  kJoinGroupKey = 11,
  kHeartbeatKey = 12,
  kLeaveGroupKey = 13,
  kSyncGroupKey = 14,
  kSaslHandshakeKey = 17,
  kApiVersionsKey = 18,
  kCreateTopicsKey = 19,
  kInitProducerIdKey = 22,
  kAddPartitionsToTxnKey = 24,
  kAddOffsetsToTxnKey = 25,
  kEndTxnKey = 26,
  kTxnOffsetCommitKey = 28,
  kAlterConfigsKey = 33,
  kDescribeLogDirsKey = 35,
  kIncrementalAlterConfigsKey = 44,
  kConsumerGroupHeartbeatKey = 68,
  kShareFetchKey = 78,
  kStreamsGroupHeartbeatKey = 88,
};

}  // namespace klab
