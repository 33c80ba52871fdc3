#pragma once

#include <string>
#include <vector>

#include "experiments/trial.hpp"
#include "runners/client/rdkafka.hpp"

namespace klab {

/// A librdkafka consumer in klab's hands, behind the tap. Told of it are "received", "assigned", "revoked"
/// and "error" as of the programs in experiments/clients.
class Receiver {
 public:
  /// At librdkafka's own defaults but for `settings`, which have "group.id" where there is one; a group that
  /// nobody uses stands in for it otherwise. `name` is unique in the trial.
  Receiver(Trial& trial, std::string name, rdkafka::Settings settings = {},
           std::shared_ptr<Gate> gate = nullptr);

  /// Vanishes, unless it was closed: its group is not told.
  ~Receiver();

  void subscribe(const std::vector<Topic>& topics);

  /// Reads all partitions of these from the beginning, in no group's name.
  void assign(const std::vector<Topic>& topics);
  void assign(const Topic& topic) { assign(std::vector<Topic>{topic}); }

  /// Polls once, for a moment. How many records came: one or none.
  std::size_t poll();

  /// Polls until so many records have come, or the time is over. Returns how many came.
  std::size_t take(std::size_t count, Clock::duration within = std::chrono::seconds(30));

  /// Polls until the condition holds, whatever comes; false when the time is over.
  bool poll_until(const std::function<bool()>& condition, Clock::duration within = std::chrono::seconds(30));

  /// Commits what was taken. Kafka's name of the error, empty when there was none.
  std::string commit();

  void close();

  const std::string& name() const { return name_; }
  bool is_assigned() const { return is_assigned_; }

 private:
  static void on_rebalance(rd_kafka_t*, rd_kafka_resp_err_t, rd_kafka_topic_partition_list_t*, void* self);
  void rebalance(rd_kafka_resp_err_t why, rd_kafka_topic_partition_list_t* partitions);

  Trial& trial_;
  const std::string name_;
  bool is_assigned_ = false;
  rdkafka::Handle client_;
};

/// Polls them by turns, each until no record is left, until the condition holds, whatever comes; false when
/// the time is over.
bool poll_all(const std::vector<Receiver*>& receivers, const std::function<bool()>& condition,
              Clock::duration within = std::chrono::seconds(30));

}  // namespace klab
