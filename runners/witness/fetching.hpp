#pragma once

#include <algorithm>
#include <map>
#include <memory>
#include <string>
#include <utility>

#include "checks/history/wire_events.hpp"
#include "runners/wire/views/fetch.hpp"
#include "runners/witness/notebook.hpp"

namespace klab {

/// Hears Fetch: from where programs read, and what their clients get to see of the answers.
class Fetching {
 public:
  explicit Fetching(Notebook& notebook) : notebook_(notebook) {}

  void hear(const Heard& heard);
  void close(int connection);
  void forget(const std::string& program);

 private:
  struct Position {
    std::int64_t asked = 0;   ///< by the latest request that named the partition
    std::int64_t shown = -1;  ///< behind the last message that was delivered; -1: nothing was
    std::int64_t next = -1;   ///< behind that and what is not shown: markers, aborted messages

    /// Neither is anything shown again, nor passed over.
    bool goes_on_at(std::int64_t offset) const {
      return next < 0 ? offset == asked : offset >= std::max(shown, asked) && offset <= next;
    }
  };
  using Positions = std::map<PartitionName, Position>;

  /// The partitions that a client reads from a broker. In a session later requests name only what changes
  /// (KIP-227).
  struct Reading {
    Positions positions = {};
    Positions former = {};  ///< of partitions that are no longer read

    bool knows(const PartitionName& name) const { return positions.contains(name) || former.contains(name); }
  };

  void hear_request(const Heard& heard);
  void hear_response(const Heard& heard);
  std::shared_ptr<Reading> reading_of(const Heard& heard, const FetchRequest& request);
  void ask_for(const Heard& heard, Reading& reading, const FetchRequest& request);
  void begin_session(const std::pair<std::string, std::int32_t>& session,
                     const std::shared_ptr<Reading>& reading);
  PartitionName name_of(const TopicPartition& partition) const;

  struct Asked {
    std::shared_ptr<Reading> reading = {};
    bool is_read_committed = false;
    Moment at = {};
  };
  void deliver(const Heard& heard, const Asked& asked, Position& position,
               const FetchResponse::Partition& partition, std::size_t& left);

  Notebook& notebook_;
  Unanswered<Asked> unanswered_ = {};
  std::map<int, std::shared_ptr<Reading>> by_connection_ = {};
  std::map<std::pair<std::string, std::int32_t>, std::shared_ptr<Reading>> by_session_ = {};
};

}  // namespace klab
