#pragma once

#include <librdkafka/rdkafka.h>

#include <chrono>
#include <initializer_list>
#include <memory>
#include <string>
#include <string_view>
#include <utility>

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

using Settings = std::initializer_list<std::pair<const char*, std::string>>;

/// Told what became of each message that a producer sent; the last argument is the caller's own.
using OnDelivery = void (*)(rd_kafka_t*, const rd_kafka_message_t*, void*);

/// A client of the grader's own; what librdkafka logs is dropped. Throws HarnessError for a wrong setting.
Handle make_client(rd_kafka_type_t type, const std::string& bootstrap, Settings settings,
                   OnDelivery on_delivery = nullptr, void* opaque = nullptr);

/// "librdkafka 2.0.2"
std::string client_version();

int milliseconds(std::chrono::steady_clock::duration duration);

}  // namespace klab::rdkafka
