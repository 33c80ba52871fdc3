#pragma once

#include <cstdint>
#include <map>
#include <optional>
#include <set>
#include <string>
#include <vector>

#include "checks/history/history.hpp"
#include "runners/client/rdkafka.hpp"
#include "runners/eventually.hpp"

namespace klab {

using KafkaSettings = std::map<std::string, std::string>;

/// For each partition the node.ids of its brokers; the first is its preferred leader.
using ReplicaAssignment = std::vector<std::vector<int>>;

/// Who has a partition.
struct PartitionReplicas {
  std::optional<int> leader = {};  ///< none while there is none
  std::vector<int> assigned = {};  ///< the first is the preferred leader
  std::vector<int> in_sync = {};   ///< in order
};

/// The grader's view of a cluster: topics, log ends and consumer groups. Everything throws HarnessError when
/// the broker does not answer in time: the broker is the grader's own.
class Cluster {
 public:
  explicit Cluster(const std::string& bootstrap, Isolation isolation = Isolation::read_uncommitted);

  /// Creates a topic and waits until every partition is served. Its settings are those of
  /// https://kafka.apache.org/documentation/#topicconfigs.
  void create_topic(const std::string& name, int partitions, const KafkaSettings& settings = {});

  /// The same, and says which brokers have each partition.
  void create_topic(const std::string& name, const ReplicaAssignment& assignment,
                    const KafkaSettings& settings = {});

  void delete_topic(const std::string& name);

  /// Gives a topic these settings and no others: what is not among them goes back to its default.
  void alter_topic(const std::string& name, const KafkaSettings& settings);

  /// Adds partitions until there are `total`, and waits until every one is served.
  void add_partitions(const std::string& topic, int total);

  /// Lets the log of a partition begin at an offset.
  void delete_records(const std::string& topic, int partition, std::int64_t before);

  /// All settings that are in force, except those whose values brokers keep secret. A change may take a
  /// moment to be told: brokers hear of it after its answer.
  KafkaSettings topic_settings(const std::string& topic);
  KafkaSettings broker_settings(int node);

  /// The names of all topics. Asking creates none, as asking for one by name may.
  std::set<std::string> topics();

  /// The node.id of each broker that is not fenced, in order, as one of those in `bootstrap` tells it.
  std::vector<int> brokers();

  /// As brokers tell it, which may be a moment late. A topic that is not there is a HarnessError.
  PartitionReplicas replicas_of(const std::string& topic, int partition);
  std::optional<int> leader_of(const std::string& topic, int partition) {
    return replicas_of(topic, partition).leader;
  }
  std::vector<int> in_sync_replicas(const std::string& topic, int partition) {
    return replicas_of(topic, partition).in_sync;
  }

  /// What each partition's log holds, up to where the isolation level says that it ends.
  std::vector<LogBounds> log_bounds(const std::string& topic, int partitions);

  /// The same; nothing while the broker does not serve each of them, as for a moment after a topic was made.
  std::optional<std::vector<LogBounds>> served_log_bounds(const std::string& topic, int partitions);

  /// Commits, for a group without members, the offset of the next record to be read in a partition.
  void commit(const CommittedOffset& offset);

  struct Group {
    std::string name = {};
    bool is_stable = false;  ///< has members, and all of them know their partitions
    bool is_empty = false;   ///< has committed, and has no members
  };
  std::vector<Group> groups();

  /// What all groups have committed for the topic.
  std::vector<CommittedOffset> committed(const std::string& topic);

 private:
  std::vector<CommittedOffset> committed_by(const std::string& group, const std::string& topic);
  void wait_until_led(const std::string& topic, int partitions);
  rd_kafka_resp_err_t find_bounds(const std::string& topic, int partitions, std::vector<LogBounds>& all);

  std::string bootstrap_;
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
