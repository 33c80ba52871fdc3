#include "bench/tap/decoding_observer.hpp"

#include "runners/wire/api_key.hpp"
#include "runners/wire/records/record.hpp"
#include "runners/wire/views/fetch.hpp"
#include "runners/wire/views/produce.hpp"

namespace klab {

void DecodingObserver::opened(ConnectionId connection, const std::string&, Clock::time_point) {
  conversations_.try_emplace(connection, [this](const Spoken& spoken) { hear(spoken); });
}

void DecodingObserver::bytes(ConnectionId connection, Direction direction, Clock::time_point,
                             std::string_view bytes) {
  conversations_.at(connection).feed(direction, bytes);
}

void DecodingObserver::closed(ConnectionId connection, const Closing&, Clock::time_point) {
  conversations_.erase(connection);
}

void DecodingObserver::hear(const Spoken& spoken) {
  if (!spoken.body) {
    ++not_decoded_;
  } else if (spoken.api_key == kProduceKey && spoken.direction == Direction::to_broker) {
    for (const auto& partition : read_produce_request(*spoken.body).partitions)
      produced_ += count_records(partition.records);
  } else if (spoken.api_key == kFetchKey && spoken.direction == Direction::to_client) {
    for (const auto& partition : read_fetch_response(*spoken.body).partitions)
      fetched_ += count_records(partition.records);
  }
}

std::size_t DecodingObserver::count_records(std::string_view record_set) {
  std::size_t count = 0;
  for (const RecordBatch& batch : read_record_set(record_set).batches) {
    const auto error = for_each_record(batch, [&count](const RecordView&) { ++count; });
    if (error || !batch.crc_matches) ++not_decoded_;
  }
  return count;
}

}  // namespace klab
