#include "experiments/trial.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <fstream>

#include "checks/errors.hpp"
#include "fixtures/brokers/broker_template.hpp"
#include "runners/client/log_reader.hpp"
#include "runners/submission/command_line.hpp"
#include "runners/submission/prepared_submission.hpp"
#include "runners/submission/submission.hpp"

namespace klab {
namespace {

namespace fs = std::filesystem;
using namespace std::chrono_literals;

// Nothing here is a student's: what a client says in a record's value is all that its life is followed by.
// Plays about size send megabytes, which no history has to keep.
std::vector<std::string> ids_in(std::string_view message) { return {std::string(message.substr(0, 256))}; }

fs::path prepared_folder(const Submission& client, const fs::path& cache) {
  const PreparedSubmission prepared = prepare(client, cache);
  if (!prepared.failure.empty())
    throw HarnessError(fmt::format("the client {} could not be set up: {}", client.folder.filename().string(),
                                   prepared.failure));
  return prepared.folder;
}

}  // namespace

Trial::Trial(const TrialPlace& place, const Experiment& experiment, Recorder& recorder)
    : place_(place), recorder_(recorder), host_(make_process_host(place.host)), wiretap_(recorder, ids_in) {
  fs::create_directories(place.out);
  if (experiment.brokers == 0) return;
  const auto pick = [] { return pick_tapped_ports(kPrograms); };
  brokers_ = std::make_unique<BrokerCluster>(
      start_broker_cluster(*host_, broker_template(*host_, place.cache), place.scratch, place.out,
                           experiment.settings, pick, experiment.brokers));
  cluster_ = std::make_unique<Cluster>(grader_address());
}

Trial::~Trial() = default;

Topic Trial::create_topic(const std::string& name, int partitions, const KafkaSettings& settings) {
  return create_replicated_topic(name, ReplicaAssignment(static_cast<std::size_t>(partitions), {1}),
                                 settings);
}

Topic Trial::create_replicated_topic(const std::string& name, const ReplicaAssignment& assignment,
                                     const KafkaSettings& settings) {
  const Topic topic{.name = name, .partitions = static_cast<int>(assignment.size())};
  cluster_->create_topic(name, assignment, settings);
  recorder_.record(topic);
  return topic;
}

// A client that knows no other broker yet.
PartitionReplicas Trial::replicas_of(const std::string& topic, int partition) {
  return Cluster(broker(1).grader_address()).replicas_of(topic, partition);
}

std::string Trial::listen(const std::string& program, std::shared_ptr<Gate> gate) {
  std::size_t free = 0;
  while (std::ranges::any_of(listeners_, [=](const auto& used) { return used.second == free; })) ++free;
  if (free >= kPrograms) throw HarnessError(fmt::format("more than {} clients at a time", kPrograms));
  listeners_[program] = free;
  std::string bootstrap;
  for (int number = 1; number <= brokers_->size(); ++number) {
    const ProgramListener& at = broker(number).program_listeners().at(free);
    wiretap_.listen(program, listen_on_loopback(at.advertised), at.port, gate);
    bootstrap += fmt::format("{}127.0.0.1:{}", bootstrap.empty() ? "" : ",", at.advertised);
  }
  return bootstrap;
}

void Trial::hang_up(const std::string& program) {
  wiretap_.hang_up(program);
  listeners_.erase(program);
}

std::string Trial::take_part(const std::string& program, std::shared_ptr<Gate> gate) {
  in_klabs_hands_[program] = recorder_.now();
  tell(program, {{"client", "librdkafka"}, {"version", rd_kafka_version_str()}});
  return listen(program, std::move(gate));
}

void Trial::leave(const std::string& program) {
  hang_up(program);
  const Moment ended = recorder_.now();
  recorder_.record(ProgramRun{.program = program,
                              .role = "librdkafka",
                              .command = "librdkafka, step by step",
                              .started = in_klabs_hands_[program],
                              .told_to_stop = ended,
                              .ended = ended,
                              .exit_code = 0});
}

Program& Trial::start(const std::string& program, const std::string& client, nlohmann::ordered_json plan,
                      std::shared_ptr<Gate> gate) {
  const Submission submission = load_submission(place_.clients / client);
  const fs::path folder = prepared_folder(submission, place_.cache);
  if (!plan.contains("bootstrap")) plan["bootstrap"] = brokers_ ? listen(program, std::move(gate)) : "";
  const fs::path file = place_.out / (program + ".plan.json");
  std::ofstream(file) << plan.dump(1) << '\n';
  programs_.push_back(std::make_unique<Program>(
      ProgramPlan{.name = program,
                  .role = client,
                  .command = fill_in(submission.programs.at("client"), {{"plan", file.string()}}),
                  .group = plan.value("group", ""),
                  .folder = folder,
                  .temporary_folder = place_.scratch,
                  .output_folder = place_.out,
                  .records_in = [](std::string_view) { return std::vector<std::size_t>(); }},
      recorder_));
  return *programs_.back();
}

void Trial::end(Program& program, Ending ending) {
  const std::string name = program.name();
  program.stop(ending);
  hang_up(name);
  std::erase_if(programs_, [&](const auto& one) { return one.get() == &program; });
}

void Trial::wait_for_end(Program& program, Clock::duration within) {
  const std::string name = program.name();
  const bool has_ended = program.wait(within);
  end(program, Ending::deadline);
  if (!has_ended)
    throw HarnessError(fmt::format("{} had not ended after {} s", name,
                                   std::chrono::duration_cast<std::chrono::seconds>(within).count()));
}

void Trial::run(const std::string& program, const std::string& client, nlohmann::ordered_json plan,
                std::shared_ptr<Gate> gate, Clock::duration within) {
  wait_for_end(start(program, client, std::move(plan), std::move(gate)), within);
}

void Trial::stop(Program& program) { end(program, Ending::stopped); }

void Trial::kill(Program& program) {
  program.kill();
  end(program, Ending::stopped);
}

bool Trial::wait_until(Clock::duration within, const std::function<bool(const History&)>& condition) {
  return eventually([&] { return recorder_.look(condition); }, within);
}

bool Trial::wait_until_told(const std::string& program, const std::string& kind, std::size_t count,
                            Clock::duration within) {
  return wait_until(within,
                    [&](const History& history) { return told(history, program, kind).size() >= count; });
}

void Trial::read_back(const Topic& topic) {
  read_log(grader_address(), topic.name, topic.partitions, recorder_);
  for (const CommittedOffset& offset : cluster_->committed(topic.name)) recorder_.record(offset);
}

}  // namespace klab
