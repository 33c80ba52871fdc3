#pragma once

#include <optional>
#include <string>
#include <vector>

#include "runners/wire/value.hpp"
#include "runners/wire/views/topic_partition.hpp"

namespace klab {

struct ProduceRequest {
  struct Partition {
    TopicPartition to = {};
    std::string_view records = {};  ///< for read_record_set(); a view into the frame
  };

  std::optional<std::string> transactional_id = std::nullopt;
  std::int16_t acks = 0;  ///< 0, 1, or -1 for all; 0 has no response
  std::int32_t timeout_ms = 0;
  std::vector<Partition> partitions = {};
};

struct ProduceResponse {
  struct Partition {
    TopicPartition to = {};
    std::int16_t error = 0;
    std::int64_t base_offset = 0;
    std::int64_t log_append_time_ms = -1;
    std::optional<std::string> error_message = std::nullopt;
  };

  std::vector<Partition> partitions = {};
};

ProduceRequest read_produce_request(const Struct& body);
ProduceResponse read_produce_response(const Struct& body);

}  // namespace klab
