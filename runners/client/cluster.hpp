#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <vector>

#include "checks/history.hpp"
#include "runners/client/rdkafka.hpp"
#include "runners/eventually.hpp"

namespace klab {

/// The grader's view of a cluster: topics, log ends and consumer groups. Everything throws HarnessError when
/// the broker does not answer in time: the broker is the grader's own.
class Cluster {
 public:
  explicit Cluster(const std::string& bootstrap, Isolation isolation = Isolation::read_uncommitted);

  /// Creates a topic and waits until every partition is served.
  void create_topic(const std::string& name, int partitions);

  void delete_topic(const std::string& name);

  /// What each partition's log holds, up to where the isolation level says that it ends.
  std::vector<LogBounds> log_bounds(const std::string& topic, int partitions);

  /// The same; nothing while the broker does not serve each of them, as for a moment after a topic was made.
  std::optional<std::vector<LogBounds>> served_log_bounds(const std::string& topic, int partitions);

  /// Commits, for a group without members, the offset of the next record to be read in a partition.
  void commit(const CommittedOffset& offset);

  struct Group {
    std::string name = {};
    bool is_stable = false;  ///< has members, and all of them know their partitions
  };
  std::vector<Group> groups();

  /// What all groups have committed for the topic.
  std::vector<CommittedOffset> committed(const std::string& topic);

 private:
  std::vector<CommittedOffset> committed_by(const std::string& group, const std::string& topic);
  void wait_until_led(const std::string& topic, int partitions);
  rd_kafka_resp_err_t find_bounds(const std::string& topic, int partitions, std::vector<LogBounds>& all);

  rdkafka::Handle client_;
};

/// Waits until a broker answers all that a program may ask of it at once: Metadata, a group coordinator,
/// InitProducerId. A port that is open means none of that. False when it did not within the time, or when
/// `still_alive` says that there is nothing to wait for. Throws Interrupted.
bool wait_until_ready(const std::string& bootstrap, Clock::duration within,
                      const std::function<bool()>& still_alive);

/// Commits a transaction on a topic, then reads it back in a group from the start: what a client of every
/// kind can ask of a broker, so that internal topics exist afterwards. The topic must exist. Throws
/// HarnessError.
void commit_and_read_in_group(const std::string& bootstrap, const std::string& topic,
                              const std::string& group);

}  // namespace klab
