#include "runners/wire/views/fetch.hpp"

#include "runners/wire/views/fields.hpp"

namespace klab {
namespace {

FetchResponse::AbortedTransaction read_aborted(const Struct& aborted) {
  return {number<std::int64_t>(aborted, "ProducerId"), number<std::int64_t>(aborted, "FirstOffset")};
}

FetchResponse::Partition read_partition(TopicRef topic, const Struct& partition) {
  return {.from = {std::move(topic), number<std::int32_t>(partition, "PartitionIndex")},
          .error = number<std::int16_t>(partition, "ErrorCode"),
          .high_watermark = number<std::int64_t>(partition, "HighWatermark"),
          .last_stable_offset = number<std::int64_t>(partition, "LastStableOffset"),
          .log_start_offset = number<std::int64_t>(partition, "LogStartOffset"),
          .aborted = map_elements(partition, "AbortedTransactions", read_aborted),
          .records = bytes(partition, "Records")};
}

}  // namespace

FetchRequest read_fetch_request(const Struct& body) {
  return {.isolation = number<int>(body, "IsolationLevel") == 1 ? IsolationLevel::read_committed
                                                                : IsolationLevel::read_uncommitted,
          .session_id = number<std::int32_t>(body, "SessionId"),
          .session_epoch = number<std::int32_t>(body, "SessionEpoch"),
          .partitions = map_partitions(body, "Topics", "Partitions",
                                       [](TopicRef topic, const Struct& partition) {
                                         return FetchRequest::Partition{
                                             {std::move(topic), number<std::int32_t>(partition, "Partition")},
                                             number<std::int64_t>(partition, "FetchOffset")};
                                       }),
          .forgotten = topic_partitions(body, "ForgottenTopicsData", "Partitions")};
}

FetchResponse read_fetch_response(const Struct& body) {
  return {.error = number<std::int16_t>(body, "ErrorCode"),
          .session_id = number<std::int32_t>(body, "SessionId"),
          .partitions = map_partitions(body, "Responses", "Partitions", read_partition)};
}

}  // namespace klab
