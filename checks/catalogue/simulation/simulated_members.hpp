#pragma once

#include <map>
#include <string>
#include <vector>

#include "checks/catalogue/simulation/simulated_log.hpp"
#include "checks/catalogue/simulation/telling.hpp"

namespace klab {

/// Groups whose members come and go in every way, and readers that assign partitions to themselves.
class SimulatedMembers {
 public:
  SimulatedMembers(Telling& telling, SimulatedLog& log) : telling_(telling), log_(log) {}

  /// Some groups, and members in them that share the partitions out.
  void make(ResetPolicy reset);

  // Each is of some member that lives.
  void poll() { poll(live_member()); }
  void commit() { commit(live_member()); }
  void seek();
  /// Somebody joins, leaves, vanishes or is thought to be dead; or partitions move for no such reason.
  void change_group();
  /// A reader assigns a partition to itself, from anywhere on; with or without a word of it.
  void read_alone();
  /// A reader is given everything.
  void drain();

 private:
  struct Member {
    std::string name = {};
    int group = -1;  ///< -1: assigns to itself
    bool is_committed_reader = false;
    bool is_live = true;
    std::map<int, std::int64_t> positions = {};
  };
  struct Group {
    std::string name = {};
    bool is_cooperative = false;
    bool is_committed_reader = false;
    std::map<int, std::int64_t> committed = {};
  };

  History& history() { return telling_.legal.history; }
  Group& group(int index) { return groups_[static_cast<std::size_t>(index)]; }
  std::string group_of(const Member& member) { return member.group < 0 ? "" : group(member.group).name; }
  Member& live_member();
  int some_group() { return static_cast<int>(telling_.below(groups_.size())); }
  int some_partition() {
    return static_cast<int>(telling_.below(static_cast<std::size_t>(log_.partitions())));
  }
  std::int64_t some_offset(int partition);

  void name(const Member& member, auto& event);
  void tell_assigned(const Member& member, const std::vector<int>& partitions, bool is_incremental);
  void tell_revoked(const Member& member, const std::vector<int>& partitions, OwnershipEnd end);

  void join(int group);
  void rebalance(int group);
  void give_up(Member& member, const std::vector<int>& keeps, bool is_cooperative);
  void take_over(Member& member, const std::vector<int>& partitions, bool is_cooperative);
  std::int64_t first_position(const Member& member, int partition);

  void poll(Member& member, std::size_t most = 6);
  void read(Poll& event, const Member& member, int partition, std::int64_t& next, std::size_t most);
  void commit(Member& member);
  void commit_partition(const Member& member, int partition);
  void refuse_commit(const Member& member, int partition);

  void close(Member& member);
  void vanish(Member& member);
  void outlive_its_session(Member& member);

  Telling& telling_;
  SimulatedLog& log_;
  ResetPolicy reset_ = ResetPolicy::earliest;
  std::vector<Group> groups_ = {};
  std::vector<Member> members_ = {};
};

}  // namespace klab
