#pragma once

#include <map>
#include <optional>
#include <set>
#include <string>
#include <vector>

#include "checks/history/wire_events.hpp"
#include "runners/wire/views/group.hpp"
#include "runners/wire/views/membership.hpp"
#include "runners/witness/notebook.hpp"

namespace klab {

/// A member's part in its group, and what of it was recorded.
struct Member {
  std::string program = {};
  std::string group = {};
  std::string id = {};
  std::optional<std::string> instance = {};
  int generation = -1;
  std::set<PartitionName> owned = {};
};

/// Writes down what becomes of members. Both group protocols end here, so that nothing above needs to know
/// which of them a client speaks.
class MemberBook {
 public:
  explicit MemberBook(Notebook& notebook) : notebook_(notebook) {}

  /// One that was taken into its group, now or before.
  Member& member(const std::string& program, const std::string& group, const std::string& id);

  /// Null where nobody of that id was taken in.
  Member* find(const std::string& group, const std::string& id);

  /// The same by group.instance.id alone.
  Member* find_instance(const std::string& group, const std::string& instance);

  /// Another of the same group.instance.id has come in its place; nobody tells the one before.
  void replace_instance_of(const Member& member, Moment at);

  /// It is given these. What it owned besides stays its own until it says that it has let go.
  void assign(Member& member, Moment at, std::set<PartitionName> partitions);
  /// It has given up all but these.
  void keep(Member& member, Moment at, const std::set<PartitionName>& kept);
  void leave(Member& member, Moment at);

  /// A program that is over; its members vanish without a word.
  void forget(const std::string& program);

  std::set<PartitionName> named(const std::vector<TopicPartition>& partitions) const;

  Notebook& notebook() { return notebook_; }

 private:
  Notebook& notebook_;
  std::map<std::pair<std::string, std::string>, Member> members_ = {};  // by group and id
};

/// The classic protocol: JoinGroup, SyncGroup, Heartbeat, LeaveGroup.
class ClassicMembership {
 public:
  explicit ClassicMembership(MemberBook& book) : book_(book) {}

  void hear(const Heard& heard);
  void close(int connection);

 private:
  void hear_join(const Heard& heard);
  void hear_sync(const Heard& heard);
  void hear_heartbeat(const Heard& heard);
  void hear_leave(const Heard& heard);

  MemberBook& book_;
  Unanswered<JoinGroupRequest> joins_ = {};
  Unanswered<SyncGroupRequest> syncs_ = {};
  Unanswered<HeartbeatRequest> heartbeats_ = {};
};

/// The new protocol: ConsumerGroupHeartbeat (KIP-848).
class HeartbeatMembership {
 public:
  explicit HeartbeatMembership(MemberBook& book) : book_(book) {}

  void hear(const Heard& heard);
  void close(int connection) { beats_.close(connection); }

 private:
  void hear_request(const Heard& heard);
  void hear_response(const Heard& heard);

  MemberBook& book_;
  Unanswered<ConsumerGroupHeartbeatRequest> beats_ = {};
};

}  // namespace klab
