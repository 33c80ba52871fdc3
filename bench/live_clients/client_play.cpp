#include "bench/live_clients/client_play.hpp"

#include <fmt/chrono.h>
#include <fmt/format.h>
#include <fmt/ranges.h>

#include <algorithm>
#include <sstream>

#include "runners/client/log_reader.hpp"
#include "runners/process/run_command.hpp"
#include "runners/submission/command_line.hpp"

namespace klab {
namespace {

using namespace std::chrono_literals;

constexpr int kPartitions = 2;
constexpr auto kForAProgram = 120s;
constexpr std::size_t kFirstHelping = 40;  // of those messages that a group reads in two runs
constexpr std::size_t kWithoutEnd = 1'000'000;

/// The lines "PARTITION OFFSET" of a consumer's output.
PartitionOffsets printed_offsets(const std::string& output) {
  PartitionOffsets offsets;
  std::istringstream lines(output);
  std::int64_t offset = 0;
  for (int partition = 0; lines >> partition >> offset;) offsets[partition].push_back(offset);
  return offsets;
}

const char* isolation(bool is_read_committed) {
  return is_read_committed ? "read_committed" : "read_uncommitted";
}

}  // namespace

ClientPlay::ClientPlay(const Broker& broker, const ClientPlan& client, std::filesystem::path folder)
    : broker_(broker),
      client_(client),
      folder_(std::move(folder)),
      topic_(client.name),
      cluster_(broker.grader_address()),
      recorder_(History{.topics = {{.name = topic_, .partitions = kPartitions}}}),
      wiretap_(recorder_,
               [](std::string_view message) { return std::vector<std::string>{std::string(message)}; }) {
  std::filesystem::create_directories(folder_);
  cluster_.create_topic(topic_, kPartitions);
}

ClientResult ClientPlay::run() {
  produce();
  consume("reads-all", "all", client_.modes.front(), false, true);
  for (const std::string& mode : client_.modes) consume_in_turn(mode);
  for (const std::string& mode : client_.modes)
    if (mode != "static") rebalance(mode);
  return result();
}

std::string ClientPlay::listen(const std::string& program, std::size_t listener) {
  const ProgramListener& at = broker_.program_listeners().at(listener);
  wiretap_.listen(program, listen_on_loopback(at.advertised), at.port);
  return fmt::format("127.0.0.1:{}", at.advertised);
}

std::string ClientPlay::shell_line(const std::string& program, const std::string& arguments) const {
  return fmt::format("exec {} {} 2>{}", client_.command, arguments, shell_word(folder_ / (program + ".err")));
}

/// What a program prints, from its start to its end.
std::string ClientPlay::output_of(const std::string& program, const std::string& arguments) {
  const CommandResult result = run_command({"sh", "-c", shell_line(program, arguments)}, kForAProgram);
  wiretap_.hang_up(program);
  if (result.was_stopped)
    problems_.push_back(fmt::format("{}: did not end within {}", program, kForAProgram));
  else if (!result.status.is_success())
    problems_.push_back(fmt::format("{}: {}: {}", program, describe(result.status),
                                    last_words(folder_ / (program + ".err"))));
  return result.output;
}

void ClientPlay::produce() {
  const std::string bootstrap = listen("producer", 0);
  const std::string endings =
      client_.endings.empty() ? "-" : fmt::format("{}", fmt::join(client_.endings, ","));
  output_of("producer",
            fmt::format("produce {} {} {} {}", bootstrap, topic_, fmt::join(client_.codecs, ","), endings));
  read_log(broker_.grader_address(), topic_, kPartitions, recorder_);
}

Positions ClientPlay::committed(const std::string& group) {
  Positions positions;
  for (const CommittedOffset& committed : cluster_.committed(topic_))
    if (committed.group == group) positions[committed.partition] = committed.offset;
  return positions;
}

void ClientPlay::consume(const std::string& program, const std::string& group, const std::string& mode,
                         bool is_read_committed, bool reads_all) {
  ConsumerRun run{.program = program,
                  .group = fmt::format("{}-{}", client_.name, group),
                  .mode = mode,
                  .is_read_committed = is_read_committed,
                  .reads_all = reads_all};
  run.from = committed(run.group);
  const std::size_t left = count(shown_offsets(recorder_.history(), is_read_committed, run.from));
  if (left == 0) return problems_.push_back(program + ": nothing was left for it to read");
  const std::string bootstrap = listen(program, 0);
  run.printed = printed_offsets(
      output_of(program, fmt::format("consume {} {} {} {} {} {}", bootstrap, topic_, run.group,
                                     isolation(is_read_committed), mode, reads_all ? left : kFirstHelping)));
  run.to = committed(run.group);
  runs_.push_back(std::move(run));
}

void ClientPlay::consume_in_turn(const std::string& mode) {
  consume(mode + "-begins", mode, mode, true, false);
  consume(mode + "-goes-on", mode, mode, true, true);
}

/// A second member comes while the first is there, and goes.
void ClientPlay::rebalance(const std::string& mode) {
  const std::string first = mode + "-stays", second = mode + "-comes";
  const std::string group = fmt::format("{}-{}-together", client_.name, mode);
  const auto arguments = [&](const std::string& bootstrap, std::size_t count) {
    return fmt::format("consume {} {} {} read_committed {} {}", bootstrap, topic_, group, mode, count);
  };
  const auto owns_all = [&] {
    const History history = recorder_.history();
    const auto last =
        std::ranges::find(history.assigned.rbegin(), history.assigned.rend(), group, &Assigned::group);
    return last != history.assigned.rend() && last->program == first && last->partitions.size() == 2;
  };
  ChildProcess stays({.argv = {"sh", "-c", shell_line(first, arguments(listen(first, 0), kWithoutEnd))},
                      .environment = own_environment()});
  if (!eventually(owns_all, kForAProgram)) problems_.push_back(first + ": was not heard to be assigned all");
  output_of(second, arguments(listen(second, 1), 1));
  if (!eventually(owns_all, kForAProgram)) problems_.push_back(first + ": was not heard to get all back");
  stays.finish();
  wiretap_.hang_up(first);
  compare_rebalance(recorder_.history(), group, first, second, problems_);
  ++rebalances_;
}

ClientResult ClientPlay::result() {
  const History history = recorder_.history();
  ClientResult result{
      .logged = history.logged.size(), .consumer_runs = runs_.size(), .rebalances = rebalances_};
  for (const Connected& connected : history.connected)
    if (result.software.empty())
      result.software = connected.software.empty() ? connected.client_id : connected.software;
  for (const Overheard& heard : history.overheard) {
    result.frames += heard.requests + heard.responses;
    result.opaque += heard.opaque;
  }
  for (const SentBatch& sent : history.sent) result.sent += sent.messages;
  for (const Delivered& delivered : history.delivered) result.delivered += delivered.offsets.size();
  compare_understanding(history, problems_);
  compare_sending(history, "producer", client_, problems_);
  compare_transactions(history, "producer", client_, problems_);
  for (const ConsumerRun& run : runs_) {
    compare_reading(history, run, problems_);
    compare_membership(history, run, problems_);
  }
  result.problems = problems_;
  return result;
}

}  // namespace klab
