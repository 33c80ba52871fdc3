#pragma once

#include <atomic>
#include <map>
#include <optional>
#include <string>

#include "experiments/trial.hpp"
#include "runners/client/rdkafka.hpp"

namespace klab {

/// What is sent.
struct Outgoing {
  std::string value = {};
  std::optional<std::string> key = {};
  int partition = -1;             ///< -1: the client's own partitioner
  std::int64_t timestamp_ms = 0;  ///< 0: the client's own clock
  std::map<std::string, std::string> headers = {};
  std::size_t padded_to = 0;  ///< bytes that the value is filled up to; what is told of it goes without them
  bool is_tombstone = false;  ///< sent without a value; `value` is what it is told by
};

/// A librdkafka producer in klab's hands, behind the tap: for plays that need it step by step. Told of it are
/// "acked" and "failed" as of the programs in experiments/clients. What can fail returns Kafka's name of the
/// error, empty when there was none.
class Sender {
 public:
  /// At librdkafka's own defaults but for `settings`. `name` is unique in the trial.
  Sender(Trial& trial, std::string name, const rdkafka::Settings& settings = {},
         std::shared_ptr<Gate> gate = nullptr);

  /// Says nothing more: what is still in its queues is lost.
  ~Sender();

  std::string send(const Topic& topic, const Outgoing& outgoing);

  /// Sends each of them, and waits for what becomes of them.
  std::string send_all(const Topic& topic, const std::vector<Outgoing>& outgoing);

  std::string flush(Clock::duration within = std::chrono::seconds(30));

  /// Of its transactional.id.
  std::string init_transactions();
  std::string begin();
  std::string commit(Clock::duration within = std::chrono::seconds(30));
  std::string abort();

  const std::string& name() const { return name_; }

 private:
  struct Underway;
  static void on_delivery(rd_kafka_t*, const rd_kafka_message_t* message, void* self);
  std::string told(const std::string& what, rd_kafka_error_t* error);

  Trial& trial_;
  const std::string name_;
  rdkafka::Handle client_;
};

}  // namespace klab
