#pragma once

#include <optional>
#include <string>
#include <vector>

#include "runners/wire/value.hpp"
#include "runners/wire/views/topic_partition.hpp"

namespace klab {

enum class IsolationLevel : std::int8_t { read_uncommitted, read_committed };

/// In a session, only partitions that change are named (KIP-227): an empty list means "as before".
struct FetchRequest {
  struct Partition {
    TopicPartition from = {};
    std::int64_t offset = 0;
  };

  IsolationLevel isolation = IsolationLevel::read_uncommitted;
  std::int32_t session_id = 0;
  std::int32_t session_epoch = -1;
  std::vector<Partition> partitions = {};
  std::vector<TopicPartition> forgotten = {};
};

struct FetchResponse {
  struct AbortedTransaction {
    std::int64_t producer_id = 0;
    std::int64_t first_offset = 0;
  };
  struct Partition {
    TopicPartition from = {};
    std::int16_t error = 0;
    std::int64_t high_watermark = 0;
    std::int64_t last_stable_offset = -1;
    std::int64_t log_start_offset = -1;
    std::vector<AbortedTransaction> aborted = {};
    std::string_view records = {};  ///< for read_record_set(); a view into the frame
  };

  std::int16_t error = 0;
  std::int32_t session_id = 0;
  std::vector<Partition> partitions = {};
};

FetchRequest read_fetch_request(const Struct& body);
FetchResponse read_fetch_response(const Struct& body);

}  // namespace klab
