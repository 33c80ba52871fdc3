#pragma once

#include <librdkafka/rdkafka.h>

#include <chrono>
#include <memory>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

namespace klab::rdkafka {

/// Owners for librdkafka's handles.
template <auto Destroy>
struct Deleter {
  template <typename T>
  void operator()(T* handle) const {
    Destroy(handle);
  }
};
using Handle = std::unique_ptr<rd_kafka_t, Deleter<rd_kafka_destroy>>;
using Queue = std::unique_ptr<rd_kafka_queue_t, Deleter<rd_kafka_queue_destroy>>;
using Event = std::unique_ptr<rd_kafka_event_t, Deleter<rd_kafka_event_destroy>>;
using AdminOptions = std::unique_ptr<rd_kafka_AdminOptions_t, Deleter<rd_kafka_AdminOptions_destroy>>;
using PartitionList =
    std::unique_ptr<rd_kafka_topic_partition_list_t, Deleter<rd_kafka_topic_partition_list_destroy>>;
using Message = std::unique_ptr<rd_kafka_message_t, Deleter<rd_kafka_message_destroy>>;
using Error = std::unique_ptr<rd_kafka_error_t, Deleter<rd_kafka_error_destroy>>;

using Settings = std::vector<std::pair<std::string, std::string>>;

/// Whom a client tells; `opaque` is the last argument of each call, for the caller's own use.
struct Callbacks {
  /// What became of each message that a producer sent.
  void (*on_delivery)(rd_kafka_t*, const rd_kafka_message_t*, void* opaque) = nullptr;
  /// Partitions that a consumer is given or loses; the callback has to assign them.
  void (*on_rebalance)(rd_kafka_t*, rd_kafka_resp_err_t, rd_kafka_topic_partition_list_t*,
                       void* opaque) = nullptr;
  void* opaque = nullptr;
};

/// A client of the grader's own; what librdkafka logs is dropped. Throws HarnessError for a wrong setting.
Handle make_client(rd_kafka_type_t type, const std::string& bootstrap, const Settings& settings,
                   const Callbacks& callbacks = {});

/// "librdkafka 2.0.2"
std::string client_version();

int milliseconds(std::chrono::steady_clock::duration duration);

}  // namespace klab::rdkafka
