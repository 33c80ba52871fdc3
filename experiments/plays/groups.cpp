// Groups. 6, 4 and 10 partitions are shared out to 2, 5 and 2 members, which then read what is sent. The
// first topic is read by a second group as well, and looked at once more when all groups have read and
// committed.

#include <fmt/format.h>
#include <fmt/ranges.h>

#include <algorithm>
#include <numeric>

#include "experiments/plays.hpp"
#include "experiments/receiver.hpp"
#include "experiments/sender.hpp"
#include "experiments/told.hpp"

namespace klab {
namespace {

using Names = std::vector<std::string>;

/// A group whose members are called GROUP-1, GROUP-2, ..
struct Sharing {
  std::string group = {};
  std::string topic = {};
  int partitions = 0;
  int members = 0;

  Names names() const {
    Names names;
    for (int i = 1; i <= members; ++i) names.push_back(fmt::format("{}-{}", group, i));
    return names;
  }
};

const std::vector<Sharing> kSharings{
    {"six-for-two", "six", 6, 2}, {"four-for-five", "four", 4, 5}, {"ten-for-two", "ten", 10, 2}};
const Sharing kOthers{"others", "six", 6, 2};
constexpr int kEach = 10;  // records in each partition

const Sharing kByRange{"two-topics", "", 6, 2};  // three partitions of each of two topics

std::vector<std::size_t> shares(const History& history, const Names& members, Moment at = Moment::max()) {
  std::vector<std::size_t> sizes;
  for (const std::string& member : members) sizes.push_back(partitions_of(history, member, at).size());
  return sizes;
}

Moment settled_at(const History& history, const Sharing& sharing) {
  return noted_at(history, sharing.group).value_or(Moment{});
}

bool are_even(const std::vector<std::size_t>& sizes) {
  const auto [least, most] = std::ranges::minmax(sizes);
  return most - least <= 1;
}

/// Values that a member was given.
std::set<std::string> given_to(const History& history, const std::string& member) {
  const auto texts = told_texts(history, member, "received");
  return {texts.begin(), texts.end()};
}

std::set<std::string> given_to(const History& history, const Names& members) {
  std::set<std::string> all;
  for (const std::string& member : members) all.merge(given_to(history, member));
  return all;
}

std::size_t sent_to(const History& history, const std::string& topic) {
  return static_cast<std::size_t>(
      std::ranges::count_if(told_texts(history, "sender", "acked"),
                            [&](const std::string& value) { return value.starts_with(topic + " "); }));
}

class Members {
 public:
  Members(Trial& trial, const Sharing& sharing, const std::vector<Topic>& topics,
          const rdkafka::Settings& more = {})
      : trial_(trial), names_(sharing.names()) {
    rdkafka::Settings settings{
        {"group.id", sharing.group}, {"heartbeat.interval.ms", "200"}, {"auto.offset.reset", "earliest"}};
    settings.insert(settings.end(), more.begin(), more.end());
    int partitions = 0;
    for (const Topic& topic : topics) partitions += topic.partitions;
    for (const std::string& name : names_) {
      all_.push_back(std::make_unique<Receiver>(trial, name, settings));
      all_.back()->subscribe(topics);
      polled_.push_back(all_.back().get());
    }
    const bool is_settled = poll([&](const History& history) {
      const auto sizes = shares(history, names_);
      return std::accumulate(sizes.begin(), sizes.end(), 0) == partitions;
    });
    trial.note(sharing.group, is_settled ? "settled" : "not settled");
  }

  bool poll(const std::function<bool(const History&)>& condition) {
    return poll_all(polled_, [&] {
      return std::ranges::all_of(polled_, &Receiver::is_assigned) && trial_.recorder().look(condition);
    });
  }

  void take(std::size_t count) {
    poll([&](const History& history) { return given_to(history, names_).size() >= count; });
  }

  void commit() {
    for (Receiver* member : polled_) member->commit();
  }

 private:
  Trial& trial_;
  const Names names_;
  std::vector<std::unique_ptr<Receiver>> all_ = {};
  std::vector<Receiver*> polled_ = {};
};

void fill(Sender& sender, const Topic& topic) {
  std::vector<Outgoing> records;
  for (int i = 0; i < topic.partitions * kEach; ++i)
    records.push_back({.value = topic.name + " " + std::to_string(i), .partition = i % topic.partitions});
  sender.send_all(topic, records);
}

void play(Trial& trial) {
  Sender sender(trial, "sender");
  for (const Sharing& sharing : kSharings) {
    const Topic topic = trial.create_topic(sharing.topic, sharing.partitions);
    const auto count = static_cast<std::size_t>(topic.partitions * kEach);
    Members members(trial, sharing, {topic});
    std::optional<Members> others;
    if (topic.name == kOthers.topic) others.emplace(trial, kOthers, std::vector{topic});
    fill(sender, topic);
    members.take(count);
    members.commit();
    if (others) others->take(count), others->commit();
  }
  const std::vector<Topic> two{trial.create_topic("left", 3), trial.create_topic("right", 3)};
  Members(trial, kByRange, two, {{"partition.assignment.strategy", "range"}});

  const Topic shortened = trial.create_topic("shortened", 1);
  fill(sender, shortened);
  trial.cluster().delete_records(shortened.name, 0, kEach / 2);
  trial.read_back(Topic{.name = "six", .partitions = 6});
  trial.read_back(shortened);
}

void conclude_split(const History& history, Conclusions& conclusions) {
  std::vector<std::string> notes;
  bool is_even = true, is_settled = true, is_all_read = true, is_busy = true;
  for (const Sharing& sharing : kSharings) {
    const auto sizes = shares(history, sharing.names(), settled_at(history, sharing));
    is_settled = is_settled && noted(history, sharing.group) == "settled";
    is_even = is_even && are_even(sizes);
    is_all_read = is_all_read && given_to(history, sharing.names()).size() == sent_to(history, sharing.topic);
    if (sharing.members <= sharing.partitions)
      is_busy = is_busy && std::ranges::find(sizes, 0u) == sizes.end();
    notes.push_back(fmt::format("{} partitions for {} members: {}", sharing.partitions, sharing.members,
                                fmt::join(sizes, ", ")));
  }
  const auto by_topic = shares(history, kByRange.names(), settled_at(history, kByRange));
  conclusions.control("group.split", "each partition has a member, and each record is read",
                      is_settled && is_all_read && sent_to(history, "ten") > 0);
  conclusions.control("group.split",
                      "with range, which shares out each topic by itself, 3 partitions of each of "
                      "2 topics are seen to be shared unevenly",
                      !are_even(by_topic));
  conclusions.control("group.split", "with fewer members than partitions none is idle", is_busy);
  conclusions.value("group.split",
                    {.value = is_even ? "evenly" : "unevenly",
                     .where = {{"client", "librdkafka"}},
                     .note = fmt::format("{}; of 2 topics with 3 partitions each, range gives {}",
                                         fmt::join(notes, "; "), fmt::join(by_topic, " and "))});
}

void conclude_idle(const History& history, Conclusions& conclusions) {
  const Sharing& crowd = kSharings[1];
  const Moment settled = settled_at(history, crowd);
  std::size_t without = 0, given = 0;
  for (const std::string& member : crowd.names())
    if (partitions_of(history, member, settled).empty()) ++without, given += given_to(history, member).size();
  if (without == 0 && given_to(history, crowd.names()).empty()) return;
  conclusions.value(
      "group.split",
      {.aspect = "idle",
       .value = without > 0 && given == 0 ? "idle" : "busy",
       .where = {{"client", "librdkafka"}},
       .note = fmt::format("of {} members for {} partitions {} had none and were "
                           "given {} of {} records",
                           crowd.members, crowd.partitions, without, given, sent_to(history, crowd.topic))});
}

void conclude_independent(const History& history, Conclusions& conclusions) {
  const Names ours = kSharings[0].names(), theirs = kOthers.names();
  const auto first = given_to(history, ours), second = given_to(history, theirs);
  const std::size_t sent = sent_to(history, kOthers.topic);
  conclusions.control("group.independent", "records were sent", sent > 0);
  conclusions.control("group.independent",
                      "inside a group, where members share the records, it is seen that no "
                      "member is given all",
                      std::ranges::none_of(ours, [&](const std::string& member) {
                        return given_to(history, member).size() >= sent;
                      }));
  const std::string note =
      fmt::format("of {} records one group was given {}, another {}", sent, first.size(), second.size());
  if (first.size() == sent && second.size() == sent)
    conclusions.value("group.independent", {.value = "yes", .note = note});
  else if (first.size() + second.size() == sent)
    conclusions.value("group.independent", {.value = "no", .note = note});
  else
    conclusions.undecided("group.independent", note);
}

std::size_t in_log(const History& history, const std::string& topic) {
  return static_cast<std::size_t>(std::ranges::count(history.logged, topic, &LoggedRecord::topic));
}

void conclude_removal(const History& history, Conclusions& conclusions) {
  const std::size_t sent = sent_to(history, "six"), consumed = given_to(history, kSharings[0].names()).size();
  const std::size_t left = in_log(history, "six");
  conclusions.control("consume.removes", "all records were consumed", sent > 0 && consumed == sent);
  conclusions.control("consume.removes", "groups have committed that they consumed them",
                      std::ranges::any_of(history.committed, [](const CommittedOffset& one) {
                        return one.topic == "six" && one.offset == kEach;
                      }));
  conclusions.control("consume.removes", "records that were deleted are seen to be gone",
                      sent_to(history, "shortened") == kEach && in_log(history, "shortened") == kEach / 2);
  if (left != sent && left != 0)
    return conclusions.undecided("consume.removes",
                                 fmt::format("of {} consumed records {} were left", sent, left));
  conclusions.value(
      "consume.removes",
      {.value = left == 0 ? "yes" : "no",
       .note = fmt::format("of {} records {} were still in the log when two groups had consumed "
                           "them and committed",
                           sent, left)});
}

Conclusions conclude(const History& history) {
  Conclusions conclusions;
  conclude_split(history, conclusions);
  conclude_idle(history, conclusions);
  conclude_independent(history, conclusions);
  conclude_removal(history, conclusions);
  return conclusions;
}

}  // namespace

std::vector<Experiment> group_experiments() {
  return {{.name = "groups",
           .claims = {"group.split", "group.independent", "consume.removes"},
           .hypothesis =
               "Members of a group share the partitions evenly, those that are too many are idle; each "
               "group reads everything, and nothing is removed by that.",
           .play = play,
           .conclude = conclude}};
}

}  // namespace klab
