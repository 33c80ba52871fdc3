#include <fmt/format.h>

#include <algorithm>
#include <optional>
#include <set>
#include <utility>

#include "checks/facts/ownership.hpp"
#include "experiments/frame_notes.hpp"
#include "experiments/plays/rebalances.hpp"
#include "experiments/told.hpp"

namespace klab {
namespace {

using namespace std::chrono_literals;
using nlohmann::json;

constexpr std::size_t kEnough = 8;   // records that come to the first member's partitions meanwhile
constexpr Moment kSettling = 300ms;  // what is told this soon after a beginning may have happened before it

/// When the first member was in a rebalance.
struct Meanwhile {
  Moment from = {}, to = {};
  bool holds(Moment moment) const { return from < moment && moment < to; }
};

std::optional<Moment> comes(const History& history, const RebalancePlayed& played) {
  return noted_at(history, "second comes: " + played.name);
}
std::optional<Moment> shared(const History& history, const RebalancePlayed& played) {
  return noted_at(history, "shared: " + played.name);
}

std::optional<Moment> first_frame(const History& history, const std::string& member,
                                  const std::string& direction, const std::string& api, Moment after) {
  for (const Told& one : told(history, "wire", direction))
    if (one.at > after && one.what["of"] == member && one.what[direction] == api) return one.at;
  return std::nullopt;
}

/// From its JoinGroup to what SyncGroup gives it; in the newer protocol, which has neither, from when the
/// second member joins to when both have their share.
std::optional<Meanwhile> meanwhile(const History& history, const RebalancePlayed& played) {
  const auto begin = comes(history, played), end = shared(history, played);
  if (!begin || !end) return std::nullopt;
  const auto from = played.is_newer()
                        ? first_frame(history, played.second(), "request", "ConsumerGroupHeartbeat", *begin)
                        : first_frame(history, played.first(), "request", "JoinGroup", *begin);
  if (!from) return std::nullopt;
  const auto to =
      played.is_newer() ? end : first_frame(history, played.first(), "response", "SyncGroup", *from);
  if (!to) return std::nullopt;
  return Meanwhile{*from, *to};
}

using RecordPlace = std::pair<int, std::int64_t>;  // partition and offset

/// What was told of records at that time, in partitions that the first member had before and after.
std::set<RecordPlace> records(const History& history, const RebalancePlayed& played,
                              const std::string& program, const std::string& kind, const Meanwhile& time) {
  const auto before = partitions_of(history, played.first(), *comes(history, played)),
             after = partitions_of(history, played.first(), *shared(history, played));
  std::set<RecordPlace> places;
  for (const Told& one : told(history, program, kind)) {
    const PartitionName partition{kRebalancedTopic, one.what["partition"]};
    if (time.holds(one.at) && before.contains(partition) && after.contains(partition))
      places.emplace(partition.partition, one.what["offset"].get<std::int64_t>());
  }
  return places;
}

std::map<std::string, std::string> where(const RebalancePlayed& played, const std::string& client) {
  return {{"client", client}, {"rebalance protocol", played.name}};
}

std::string named(const RebalancePlayed& played, const std::string& client, const std::string& what) {
  return fmt::format("{}, {}: {}", client, played.name, what);
}

/// The assignments that SyncGroup frames of both members have, as bytes.
std::set<std::string> sent_by_members(const History& history, const RebalancePlayed& played) {
  std::set<std::string> sent;
  for (const std::string& member : {played.first(), played.second()})
    for (const json& frame : noted_frames(history, member, "request", "SyncGroup"))
      for (const json& one : frame["body"]["assignments"]) sent.insert(one["assignment"].get<std::string>());
  return sent;
}

std::set<std::string> given_to_members(const History& history, const RebalancePlayed& played) {
  std::set<std::string> given;
  for (const std::string& member : {played.first(), played.second()})
    for (const json& frame : noted_frames(history, member, "response", "SyncGroup"))
      if (frame["body"]["errorCode"] == 0) given.insert(frame["body"]["assignment"].get<std::string>());
  return given;
}

void conclude_classic_leader(const History& history, const RebalancePlayed& played, const std::string& client,
                             Conclusions& conclusions) {
  const auto sent = sent_by_members(history, played), given = given_to_members(history, played);
  const auto followed = noted_frames(history, played.second(), "request", "SyncGroup");
  conclusions.control("group.leader",
                      named(played, client, "a member that does not lead sends no assignment"),
                      !followed.empty() && std::ranges::all_of(followed, [](const json& frame) {
                        return frame["body"]["assignments"].empty();
                      }));
  if (given.empty())
    return conclusions.undecided("group.leader", named(played, client, "no assignment was heard"));
  const auto known = std::ranges::count_if(given, [&](const auto& one) { return sent.contains(one); });
  conclusions.value("group.leader",
                    {.value = known == std::ssize(given) ? "member" : "broker",
                     .where = where(played, client),
                     .note = fmt::format("of {} assignments in SyncGroup responses {} were, byte by byte, in "
                                         "SyncGroup requests of the member that leads",
                                         given.size(), known)});
}

/// The topics that a heartbeat of the newer protocol has partitions of: those that the member says it has, or
/// that it is given.
bool has_partitions(const json& body, const std::string& direction) {
  const json holder = direction == "request" ? body : body.value("assignment", json());
  const json topics = holder.is_object() ? holder.value("topicPartitions", json()) : json();
  return topics.is_array() &&
         std::ranges::any_of(topics, [](const json& topic) { return !topic["partitions"].empty(); });
}

/// When the second member was first given partitions, or first said that it has some.
std::optional<Moment> first_heartbeat(const History& history, const RebalancePlayed& played,
                                      const std::string& direction) {
  for (const Told& one : told(history, "wire", direction))
    if (one.what["of"] == played.second() && one.what[direction] == "ConsumerGroupHeartbeat" &&
        has_partitions(one.what["body"], direction))
      return one.at;
  return std::nullopt;
}

void conclude_newer_leader(const History& history, const RebalancePlayed& played, const std::string& client,
                           Conclusions& conclusions) {
  const auto given = first_heartbeat(history, played, "response"),
             said = first_heartbeat(history, played, "request");
  conclusions.control("group.leader",
                      named(played, client, "a member says what it has after it was given it"),
                      given && said && *given < *said);
  if (!given) return conclusions.undecided("group.leader", named(played, client, "no assignment was heard"));
  const auto sent = sent_by_members(history, played).size();
  conclusions.value(
      "group.leader",
      {.value = sent == 0 ? "broker" : "member",
       .where = where(played, client),
       .note = fmt::format("heartbeat responses give partitions; members sent {} assignments", sent)});
}

/// What members of the groups took to be theirs until a moment. Nobody vanishes before that, so that an
/// ownership ends when its member knows, and not already when the group has given the partition to another:
/// that would never show two.
std::vector<Ownership> owned_in(const History& history, const std::set<std::string>& groups, Moment until) {
  std::vector<Ownership> owned = ownerships(history);
  std::erase_if(owned, [&](const Ownership& one) { return !groups.contains(one.group) || one.from > until; });
  for (Ownership& one : owned) one.to = one.noticed;
  return owned;
}

/// How often two members owned a partition at once.
std::size_t overlaps(const std::vector<Ownership>& owned) {
  std::size_t count = 0;
  for (std::size_t i = 0; i < owned.size(); ++i)
    for (std::size_t j = i + 1; j < owned.size(); ++j) count += overlap(owned[i], owned[j]) ? 1 : 0;
  return count;
}

/// How many partitions had one member after another.
std::size_t moved(const std::vector<Ownership>& owned) {
  std::map<PartitionName, std::set<std::string>> members;
  for (const Ownership& one : owned) members[one.partition].insert(one.member);
  return static_cast<std::size_t>(
      std::ranges::count_if(members, [](const auto& one) { return one.second.size() > 1; }));
}

}  // namespace

void conclude_pause(const History& history, const RebalancePlayed& played, const std::string& client,
                    Conclusions& conclusions) {
  const auto time = meanwhile(history, played);
  if (!time) return conclusions.undecided("group.pause", named(played, client, "no rebalance was heard"));
  const Meanwhile settled{time->from + kSettling, time->to};
  const auto came = records(history, played, "sender", "acked", settled);
  const auto after =
      records(history, played, played.first(), "received", {*shared(history, played), Moment::max()});
  auto given = records(history, played, played.first(), "received", *time);
  std::erase_if(given, [&](const RecordPlace& place) { return !came.contains(place); });
  conclusions.control("group.pause", named(played, client, "records come to its partitions meanwhile"),
                      came.size() >= kEnough);
  conclusions.control("group.pause", named(played, client, "records are given to it afterwards"),
                      !after.empty());
  const std::string note = fmt::format(
      "in a rebalance of {:.1f} s {} records came to partitions that the member "
      "had before and after; of these it was given {} meanwhile",
      std::chrono::duration<double>(time->to - time->from).count(), came.size(), given.size());
  if (!given.empty() && given.size() < came.size() / 2)
    return conclusions.undecided("group.pause", named(played, client, note));
  conclusions.value("group.pause",
                    {.value = given.empty() ? "yes" : "no", .where = where(played, client), .note = note});
}

void conclude_leader(const History& history, const RebalancePlayed& played, const std::string& client,
                     Conclusions& conclusions) {
  if (played.is_newer())
    conclude_newer_leader(history, played, client, conclusions);
  else
    conclude_classic_leader(history, played, client, conclusions);
}

void conclude_one_owner(const History& history, const RebalancePlayed& played, const std::string& client,
                        const std::vector<std::string>& groups, Conclusions& conclusions) {
  const Moment until = shared(history, played).value_or(Moment{});
  const auto owned = owned_in(history, {played.name}, until);
  auto across = owned_in(history, {groups.begin(), groups.end()}, Moment::max());
  for (Ownership& one : across) one.group = "";
  conclusions.control("group.one_owner", named(played, client, "partitions go from one member to another"),
                      moved(owned) > 0);
  conclusions.control("group.one_owner",
                      named(played, client, "members of two groups are seen to own a partition at once"),
                      overlaps(across) > 0);
  for (const std::string& member : {played.first(), played.second()})
    conclusions.control("group.one_owner", named(played, client, member + " is heard in full"),
                        is_heard_in_full(history, member));
  const std::size_t twice = overlaps(owned);
  if (owned.empty())
    return conclusions.undecided("group.one_owner", named(played, client, "nobody owned anything"));
  conclusions.value(
      "group.one_owner",
      {.value = twice == 0 ? "one" : "several",
       .where = where(played, client),
       .note = fmt::format("{} times a member owned a partition, {} partitions moved, {} times two "
                           "members owned one at once",
                           owned.size(), moved(owned), twice)});
}

}  // namespace klab
