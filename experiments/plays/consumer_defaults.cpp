// Defaults of consumers. A topic has old records; consumers of new groups begin to read, then a new record is
// written, and all wait for commits. One consumer nothing was set for; two were told otherwise, in opposite
// ways, as controls. Two more have no group.id.

#include <fmt/format.h>
#include <fmt/ranges.h>

#include <algorithm>
#include <optional>

#include "experiments/client_names.hpp"
#include "experiments/frame_notes.hpp"
#include "experiments/plays.hpp"
#include "experiments/sender.hpp"
#include "experiments/told.hpp"
#include "runners/wire/api_key.hpp"

namespace klab {
namespace {

using namespace std::chrono_literals;
using nlohmann::json;
using nlohmann::ordered_json;

constexpr const char* kOld = "old";
constexpr const char* kNew = "new";
const std::vector<std::string> kMembers{"untouched", "from-the-start", "from-now"};
const std::vector<std::string> kClaims{"offsets.auto", "offsets.new_group", "txn.default_isolation",
                                       "group.default_protocol", "group.id_required"};

ordered_json plan(const std::string& program) {
  ordered_json made{{"do", "consume"}, {"topics", {"defaults"}}, {"settings", ordered_json::object()}};
  if (program == "from-the-start")
    made["settings"] = {{"auto.offset.reset", "earliest"},
                        {"enable.auto.commit", "false"},
                        {"isolation.level", "read_committed"}};
  if (program == "from-now")
    made["settings"] = {{"auto.offset.reset", "latest"},
                        {"enable.auto.commit", "true"},
                        {"isolation.level", "read_uncommitted"}};
  if (program.starts_with("alone")) {
    made["settings"] = {{"auto.offset.reset", "earliest"}};
  } else {
    made["group"] = "group-" + program;
  }
  if (program == "alone-assigned") made["partitions"] = {0};
  return made;
}

std::optional<FetchStarted> start_of(const History& history, const std::string& program) {
  const auto found = std::ranges::find(history.fetch_started, program, &FetchStarted::program);
  return found == history.fetch_started.end() ? std::nullopt : std::optional(*found);
}

std::size_t commits_of(const History& history, const std::string& program) {
  return static_cast<std::size_t>(std::ranges::count_if(history.commits, [&](const CommitAnswered& commit) {
    return commit.program == program && commit.error.empty() && !commit.transactional_id;
  }));
}

/// It reads, or was told why it may not.
bool is_settled(const History& history, const std::string& program) {
  return start_of(history, program) || !told(history, program, "error").empty() ||
         !told(history, program, "unsupported").empty();
}

void play(Trial& trial, const std::string& client) {
  const Topic topic = trial.create_topic("defaults", 1);
  Sender sender(trial, "sender");
  sender.send_all(topic, {{.value = kOld}, {.value = kOld}});
  std::vector<Program*> programs;
  const auto begin = [&](const std::string& name) {
    programs.push_back(
        &trial.start(name, client, plan(name),
                     std::make_shared<FrameNotes>(trial.recorder(), std::set<int>{kJoinGroupKey})));
  };
  for (const std::string& name : kMembers) begin(name);
  for (const std::string name : {"alone", "alone-assigned"}) begin(name);
  trial.wait_until(40s, [](const History& history) {
    return std::ranges::all_of(kMembers,
                               [&](const auto& name) { return start_of(history, name).has_value(); }) &&
           is_settled(history, "alone") && is_settled(history, "alone-assigned");
  });
  sender.send_all(topic, {{.value = kNew}});
  // Who was told to commit does so after an interval; the other began at the same time, or nearly.
  trial.wait_until(20s, [](const History& history) { return commits_of(history, "from-now") > 0; });
  trial.wait_until(4s, [](const History& history) { return commits_of(history, "untouched") > 0; });
  for (Program* program : programs) trial.stop(*program);
  if (can_be_asked(client)) trial.run("asked", client, ask_for_defaults({"auto.commit.interval.ms"}));
}

/// "earliest", "latest"; empty when it read nothing of it.
std::string reading(const History& history, const std::string& program) {
  const auto values = told_texts(history, program, "received");
  if (values.empty()) return "";
  return values.front() == kNew ? "latest" : "earliest";
}

/// Kafka's clients spell them in several ways: "roundrobin", "RoundRobinAssigner".
std::string assignor_called(const std::string& name) {
  const std::map<std::string, std::string> known{{"range", "range"},
                                                 {"roundrobin", "round robin"},
                                                 {"RoundRobinAssigner", "round robin"},
                                                 {"cooperative-sticky", "cooperative sticky"},
                                                 {"sticky", "sticky"}};
  const auto found = known.find(name);
  return found == known.end() ? "" : found->second;
}

std::vector<std::string> assignors_offered(const History& history, const std::string& program) {
  std::vector<std::string> names;
  const auto requests = noted_frames(history, program, "request", "JoinGroup");
  if (requests.empty()) return names;
  for (const json& protocol : requests.back()["body"].value("protocols", json::array()))
    names.push_back(protocol.value("name", ""));
  return names;
}

/// What the brokers chose of it for a group of this one member.
std::string assignor_chosen(const History& history, const std::string& program) {
  std::string chosen;
  for (const json& response : noted_frames(history, program, "response", "JoinGroup"))
    if (response["body"].value("errorCode", -1) == 0) chosen = response["body"].value("protocolName", "");
  return chosen;
}

void conclude_reading(const History& history, const std::string& client, Conclusions& conclusions) {
  const std::string value = reading(history, "untouched");
  conclusions.control("offsets.new_group", client + " with earliest reads from the beginning",
                      reading(history, "from-the-start") == "earliest");
  conclusions.control("offsets.new_group", client + " with latest reads only what is new",
                      reading(history, "from-now") == "latest");
  const auto start = start_of(history, "untouched");
  if (value.empty() || !start)
    return conclusions.undecided("offsets.new_group", client + " did not read what was to be read");
  conclusions.value(
      "offsets.new_group",
      {.value = value,
       .where = {{"client", client}},
       .note = fmt::format("its first fetch was from offset {}, where the topic ended at 2", start->offset)});
}

void conclude_commits(const History& history, const std::string& client, Conclusions& conclusions) {
  conclusions.control("offsets.auto", client + " with enable.auto.commit=true is heard to commit",
                      commits_of(history, "from-now") > 0);
  conclusions.control("offsets.auto", client + " with enable.auto.commit=false is not",
                      commits_of(history, "from-the-start") == 0 && start_of(history, "from-the-start"));
  if (!is_heard_in_full(history, "untouched") || reading(history, "untouched").empty())
    return conclusions.undecided("offsets.auto", client + " did not read what was to be read");
  const std::size_t commits = commits_of(history, "untouched");
  conclusions.value(
      "offsets.auto",
      {.value = commits > 0 ? "on" : "off",
       .where = {{"client", client}},
       .note = fmt::format("{} commits were heard while it read; the program asked for none", commits)});
  const auto said = defaults_told(history, "asked");
  if (const auto interval = said.find("auto.commit.interval.ms"); interval != said.end())
    conclusions.value("offsets.auto", {.aspect = "interval",
                                       .value = interval->second + " ms",
                                       .where = {{"client", client}},
                                       .note = "its own code says so"});
}

void conclude_isolation(const History& history, const std::string& client, Conclusions& conclusions) {
  const auto untouched = start_of(history, "untouched"), committed = start_of(history, "from-the-start"),
             uncommitted = start_of(history, "from-now");
  conclusions.control("txn.default_isolation", client + " told to read committed records asks for them",
                      committed && committed->is_read_committed);
  conclusions.control("txn.default_isolation", client + " told to read uncommitted ones asks for those",
                      uncommitted && !uncommitted->is_read_committed);
  if (!untouched) return conclusions.undecided("txn.default_isolation", client + " was not heard to fetch");
  conclusions.value(
      "txn.default_isolation",
      {.value = untouched->is_read_committed ? "read_committed" : "read_uncommitted",
       .where = {{"client", client}},
       .note = fmt::format("FetchRequest with isolation level {}", untouched->is_read_committed ? 1 : 0)});
}

void conclude_protocol(const History& history, const std::string& client, Conclusions& conclusions) {
  const auto joined = std::ranges::find(history.joined, "untouched", &Joined::program);
  conclusions.control("group.default_protocol", client + " is given its partition and reads",
                      !reading(history, "untouched").empty());
  if (joined == history.joined.end())
    return conclusions.undecided("group.default_protocol", client + " was not heard to join its group");
  conclusions.value(
      "group.default_protocol",
      {.aspect = "protocol",
       .value = joined->protocol,
       .where = {{"client", client}},
       .note = fmt::format("it joins by {}",
                           joined->protocol == "classic" ? "JoinGroup" : "ConsumerGroupHeartbeat")});
  const std::string chosen = assignor_chosen(history, "untouched");
  if (assignor_called(chosen).empty()) return;
  const auto offered = assignors_offered(history, "untouched");
  conclusions.control("group.default_protocol", "what is chosen for " + client + " is among what it offers",
                      std::ranges::find(offered, chosen) != offered.end());
  conclusions.value("group.default_protocol",
                    {.aspect = "assignor",
                     .value = assignor_called(chosen),
                     .where = {{"client", client}},
                     .note = fmt::format("it offers {}; {} is chosen", fmt::join(offered, ", "), chosen)});
}

/// What it said of its missing group; another error says nothing about that.
std::string refusal_told(const History& history, const std::string& program) {
  for (const std::string& error : told_texts(history, program, "error"))
    if (error.find("group") != std::string::npos) return error;
  return "";
}

void conclude_need(const History& history, const std::string& client, Conclusions& conclusions) {
  conclusions.control("group.id_required", client + " reads with a group.id",
                      reading(history, "from-the-start") == "earliest");
  bool is_any = false;
  for (const auto& [program, api] :
       {std::pair{"alone", "subscribe"}, std::pair{"alone-assigned", "assign"}}) {
    const bool reads = !told(history, program, "received").empty();
    const std::string refusal = refusal_told(history, program);
    if (!reads && refusal.empty()) continue;
    is_any = true;
    conclusions.value("group.id_required",
                      {.value = reads ? "no" : "yes",
                       .where = {{"client", client}, {"api", api}},
                       .note = reads ? "without group.id it reads" : "without: " + refusal});
  }
  if (!is_any)
    conclusions.undecided("group.id_required", client + " neither read without a group.id nor said why not");
}

Conclusions conclude(const History& history, const std::string& client) {
  Conclusions conclusions;
  conclude_reading(history, client, conclusions);
  conclude_commits(history, client, conclusions);
  conclude_isolation(history, client, conclusions);
  conclude_protocol(history, client, conclusions);
  conclude_need(history, client, conclusions);
  return conclusions;
}

}  // namespace

std::vector<Experiment> consumer_default_experiments() {
  std::vector<Experiment> all;
  for (const std::string& client : kClients)
    all.push_back({.name = "consumer-defaults-" + client,
                   .claims = kClaims,
                   .hypothesis = fmt::format("{} reads as its documentation says.", client),
                   .play = [=](Trial& trial) { play(trial, client); },
                   .conclude = [=](const History& history) { return conclude(history, client); }});
  return all;
}

}  // namespace klab
