#include "runners/wire/views/produce.hpp"

#include "runners/wire/views/fields.hpp"

namespace klab {

ProduceRequest read_produce_request(const Struct& body) {
  return {.transactional_id = text_or_null(body, "TransactionalId"),
          .acks = number<std::int16_t>(body, "Acks"),
          .timeout_ms = number<std::int32_t>(body, "TimeoutMs"),
          .partitions =
              map_partitions(body, "TopicData", "PartitionData", [](TopicRef topic, const Struct& partition) {
                return ProduceRequest::Partition{
                    .to = {std::move(topic), number<std::int32_t>(partition, "Index")},
                    .records = bytes(partition, "Records")};
              })};
}

ProduceResponse read_produce_response(const Struct& body) {
  return {
      map_partitions(body, "Responses", "PartitionResponses", [](TopicRef topic, const Struct& partition) {
        return ProduceResponse::Partition{
            .to = {std::move(topic), number<std::int32_t>(partition, "Index")},
            .error = number<std::int16_t>(partition, "ErrorCode"),
            .base_offset = number<std::int64_t>(partition, "BaseOffset"),
            .log_append_time_ms = number<std::int64_t>(partition, "LogAppendTimeMs"),
            .error_message = text_or_null(partition, "ErrorMessage")};
      })};
}

}  // namespace klab
