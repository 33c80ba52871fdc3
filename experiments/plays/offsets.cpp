// Committed offsets. A member reads some records of a partition, commits and leaves. What has the group then
// committed, where was it written, and where do those read on who come after it?

#include <fmt/format.h>

#include <algorithm>
#include <thread>

#include "experiments/plays.hpp"
#include "experiments/receiver.hpp"
#include "experiments/sender.hpp"
#include "experiments/told.hpp"
#include "runners/client/log_reader.hpp"

namespace klab {
namespace {

using namespace std::chrono_literals;

constexpr auto kTopic = "numbers", kGroup = "commits-some", kInternal = "__consumer_offsets";
constexpr int kRecords = 20, kRead = 7;
const std::vector<std::string> kPolicies{"earliest", "latest"};

std::int64_t end_of_internal(Trial& trial) { return trial.cluster().log_bounds(kInternal, 1).front().end; }

/// Records of the internal topic from an offset on that name the group and the topic.
std::size_t commits_written_since(Trial& trial, std::int64_t offset) {
  std::size_t count = 0;
  Recorder reader = Recorder::telling([&](const AnyEvent& event) {
    const auto* const record = std::get_if<LoggedRecord>(&event);
    if (record == nullptr || record->offset < offset || !record->key) return;
    if (record->key->find(kGroup) != std::string::npos && record->key->find(kTopic) != std::string::npos)
      ++count;
  });
  read_log(trial.grader_address(), kInternal, 1, reader);
  return count;
}

rdkafka::Settings member_of(const std::string& group, const std::string& policy) {
  return {{"group.id", group}, {"auto.offset.reset", policy}, {"enable.auto.commit", "false"}};
}

void commit_some(Trial& trial, const Topic& topic) {
  Receiver first(trial, "first", member_of(kGroup, "earliest"));
  first.subscribe({topic});
  first.take(kRead);
  const std::int64_t before = end_of_internal(trial);
  std::this_thread::sleep_for(500ms);  // not polled, so that it reads no more
  const std::int64_t idle = end_of_internal(trial);
  first.commit();
  const std::int64_t after = end_of_internal(trial);
  trial.note("written while nothing was committed", std::to_string(idle - before));
  trial.note("written by a commit", std::to_string(after - idle));
  trial.note("of these for the group", std::to_string(commits_written_since(trial, idle)));
  first.close();
}

/// Where a program began to read; nothing when it did not.
std::optional<std::int64_t> began(const History& history, const std::string& program) {
  const auto found = std::ranges::find(history.fetch_started, program, &FetchStarted::program);
  if (found == history.fetch_started.end()) return std::nullopt;
  return found->offset;
}

/// Offsets that it was given, in order.
std::vector<std::int64_t> given(const History& history, const std::string& program) {
  std::vector<std::int64_t> offsets;
  for (const Told& one : told(history, program, "received")) offsets.push_back(one.what["offset"]);
  return offsets;
}

/// Joins, begins to read, and leaves without a commit. Waits for a record where there are any to come.
void look_in(Trial& trial, const Topic& topic, const std::string& name, const std::string& group,
             const std::string& policy, bool has_records) {
  Receiver member(trial, name, member_of(group, policy));
  member.subscribe({topic});
  member.poll_until([&] {
    return trial.recorder().look([&](const History& history) {
      return began(history, name) && (!has_records || !given(history, name).empty());
    });
  });
  member.close();
}

void play(Trial& trial) {
  const Topic topic = trial.create_topic(kTopic, 1);
  Sender sender(trial, "sender");
  std::vector<Outgoing> records;
  for (int i = 0; i < kRecords; ++i) records.push_back({.value = std::to_string(i), .partition = 0});
  sender.send_all(topic, records);
  commit_some(trial, topic);
  for (const std::string& policy : kPolicies) {
    look_in(trial, topic, "again-" + policy, kGroup, policy, true);
    look_in(trial, topic, "new-" + policy, "new-" + policy, policy, policy == "earliest");
  }
  trial.note("offsets.retention.minutes", trial.cluster().broker_settings(1)["offsets.retention.minutes"]);
  trial.read_back(topic);
}

std::optional<std::int64_t> committed(const History& history) {
  const auto found = std::ranges::find(history.committed, kGroup, &CommittedOffset::group);
  if (found == history.committed.end()) return std::nullopt;
  return found->offset;
}

void conclude_meaning(const History& history, Conclusions& conclusions) {
  const auto read = given(history, "first"), again = given(history, "again-earliest");
  const auto offset = committed(history);
  conclusions.control("offsets.meaning", "some records are read, and some are left", read.size() == kRead);
  conclusions.control("offsets.meaning", "who has committed nothing begins with the first record",
                      began(history, "new-earliest") == 0);
  if (!offset || read.empty() || again.empty())
    return conclusions.undecided("offsets.meaning", "nothing was committed, or nothing read after that");
  const std::string note = fmt::format(
      "having read offsets {} to {} the group had committed {}; who came next was first given offset {}",
      read.front(), read.back(), *offset, again.front());
  const std::int64_t last = read.back();
  if (*offset != last && *offset != last + 1) return conclusions.undecided("offsets.meaning", note);
  conclusions.value(
      "offsets.meaning",
      {.value = *offset == last ? "last" : "next", .where = {{"client", "librdkafka"}}, .note = note});
}

int count_noted(const History& history, const std::string& name) {
  const std::string text = noted(history, name);
  return text.empty() ? 0 : std::stoi(text);
}

void conclude_topic(const History& history, Conclusions& conclusions) {
  const int written = count_noted(history, "written by a commit"),
            ours = count_noted(history, "of these for the group");
  conclusions.control("offsets.topic", "nothing is written while nothing is committed",
                      noted(history, "written while nothing was committed") == "0");
  conclusions.control(
      "offsets.topic", "a client that has nothing of its own reads on from there",
      committed(history).has_value() && began(history, "again-earliest") == committed(history));
  if (ours == 0)
    return conclusions.undecided("offsets.topic",
                                 fmt::format("a commit wrote nothing to {} that names its group", kInternal));
  conclusions.value(
      "offsets.topic",
      {.value = "internal topic",
       .note = fmt::format("a commit of one partition wrote {} record to {}, with the group's and the "
                           "topic's name in its key",
                           written, kInternal)});
}

void conclude_reset(const History& history, Conclusions& conclusions) {
  const auto offset = committed(history), earliest = began(history, "again-earliest"),
             latest = began(history, "again-latest");
  conclusions.control("offsets.reset_first", "earliest is seen to matter without a committed offset",
                      began(history, "new-earliest") == 0);
  conclusions.control("offsets.reset_first", "latest is seen to matter without a committed offset",
                      began(history, "new-latest") == kRecords);
  if (!offset || !earliest || !latest)
    return conclusions.undecided("offsets.reset_first", "nobody read on from a committed offset");
  const bool ignores = *earliest == *offset && *latest == *offset;
  conclusions.value(
      "offsets.reset_first",
      {.value = ignores ? "no" : "yes",
       .where = {{"client", "librdkafka"}},
       .note = fmt::format("with offset {} committed, earliest began at {} and latest at {}; without, "
                           "at {} and {}",
                           *offset, *earliest, *latest, began(history, "new-earliest").value_or(-1),
                           began(history, "new-latest").value_or(-1))});
}

void conclude_expiry(const History& history, Conclusions& conclusions) {
  const std::string minutes = noted(history, "offsets.retention.minutes");
  if (minutes.empty()) return conclusions.undecided("offsets.expire", "the broker did not tell its settings");
  conclusions.value(
      "offsets.expire",
      {.aspect = "after",
       .value = minutes + " min",
       .note = fmt::format("offsets.retention.minutes={} of a broker that nothing was set for", minutes)});
}

Conclusions conclude(const History& history) {
  Conclusions conclusions;
  conclude_meaning(history, conclusions);
  conclude_topic(history, conclusions);
  conclude_reset(history, conclusions);
  conclude_expiry(history, conclusions);
  return conclusions;
}

}  // namespace

std::vector<Experiment> offset_experiments() {
  return {{.name = "offsets",
           .claims = {"offsets.meaning", "offsets.topic", "offsets.reset_first", "offsets.expire"},
           .hypothesis =
               "A commit writes the offset of the next record to an internal topic; where there is one, "
               "auto.offset.reset is not asked.",
           .play = play,
           .conclude = conclude}};
}

}  // namespace klab
