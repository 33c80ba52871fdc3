#pragma once

#include <filesystem>
#include <map>
#include <memory>
#include <mutex>
#include <nlohmann/json.hpp>
#include <string>
#include <vector>

#include "experiments/experiment.hpp"
#include "experiments/told.hpp"
#include "fixtures/brokers/broker_cluster.hpp"
#include "fixtures/wiretap.hpp"
#include "runners/client/cluster.hpp"
#include "runners/program/program.hpp"
#include "runners/recorder.hpp"

namespace klab {

/// Where experiments take place.
struct TrialPlace {
  JvmHostChoice host = {};
  std::filesystem::path clients = {};  ///< experiments/clients
  std::filesystem::path cache = {};
  std::filesystem::path scratch = {};  ///< for brokers' data; removed after the trial
  std::filesystem::path out = {};      ///< brokers' logs and programs' output
};

/// One run of an experiment: fresh brokers, clients of several languages behind the tap, and librdkafka in
/// klab's own hands (Sender, Receiver). What the witnesses see is recorded. Throws HarnessError for what klab
/// itself cannot do, Interrupted. Everything it started ends with it.
class Trial {
 public:
  /// Starts the brokers. `recorder` outlives it.
  Trial(const TrialPlace& place, const Experiment& experiment, Recorder& recorder);
  ~Trial();

  Recorder& recorder() { return recorder_; }

  /// The brokers by their number, from 1; the first is the controller.
  Broker& broker(int number = 1) { return brokers_->node(number); }
  BrokerCluster& brokers() { return *brokers_; }

  /// klab's own view of the brokers, past the tap.
  Cluster& cluster() { return *cluster_; }
  std::string grader_address() const { return brokers_->grader_addresses(); }

  /// Who has a partition, asked of the controller: klab's own view may ask any broker, which does not answer
  /// while it is paused.
  PartitionReplicas replicas_of(const std::string& topic, int partition = 0);

  /// For files of the play's own; removed after it.
  const std::filesystem::path& scratch() const { return place_.scratch; }

  /// Creates a topic of that name, which is recorded.
  Topic create_topic(const std::string& name, int partitions, const KafkaSettings& settings = {});

  /// The same, each partition on these brokers; the first of them leads.
  Topic create_replicated_topic(const std::string& name, const ReplicaAssignment& assignment,
                                const KafkaSettings& settings = {});

  /// Starts a client's program with a plan as in experiments/clients/README.md, which need not have
  /// "bootstrap". `program` is unique in the trial. At most kPrograms of these, Senders and Receivers at a
  /// time.
  Program& start(const std::string& program, const std::string& client, nlohmann::ordered_json plan,
                 std::shared_ptr<Gate> gate = nullptr);

  /// Waits until it has ended by itself, and until all it said was heard. Throws HarnessError, with its last
  /// words, when it has not within the time.
  void wait_for_end(Program& program, Clock::duration within = std::chrono::seconds(60));

  /// Starts one and waits for its end.
  void run(const std::string& program, const std::string& client, nlohmann::ordered_json plan,
           std::shared_ptr<Gate> gate = nullptr, Clock::duration within = std::chrono::seconds(60));

  /// Ends it as Ctrl-C would, and records its run.
  void stop(Program& program);

  /// Kills it: it says goodbye to nobody.
  void kill(Program& program);

  /// Waits until the history says so; false when it does not within the time.
  bool wait_until(Clock::duration within, const std::function<bool(const History&)>& condition);

  /// Waits until a program has told so many things of a kind.
  bool wait_until_told(const std::string& program, const std::string& kind, std::size_t count,
                       Clock::duration within = std::chrono::seconds(60));

  /// Reads the topic to its end: what is in the log, and what groups have committed.
  void read_back(const Topic& topic);

  /// Keeps what klab saw itself, for the conclusion: noted(history, name).
  void note(const std::string& name, const std::string& value) { tell(kNotes, {{name, value}}); }

  /// Keeps what a program in klab's own process did or was told.
  void tell(const std::string& program, const nlohmann::ordered_json& what) {
    record_told(recorder_, program, what);
  }

  /// Leads a program's connections through the tap, to each broker. Returns its bootstrap address.
  std::string listen(const std::string& program, std::shared_ptr<Gate> gate = nullptr);

  /// librdkafka in klab's own hands takes part, as a program of that name, until `leave`.
  std::string take_part(const std::string& program, std::shared_ptr<Gate> gate = nullptr);
  void leave(const std::string& program);

  /// Ends a program's connections; nothing is recorded of it afterwards.
  void hang_up(const std::string& program);

  /// Asks the gates again about what they hold.
  std::function<void()> reconsider() {
    return [this] { wiretap_.reconsider(); };
  }

  static constexpr int kPrograms = 6;

 private:
  void end(Program& program, Ending ending);

  const TrialPlace& place_;
  Recorder& recorder_;
  std::unique_ptr<JvmHost> host_;
  std::unique_ptr<BrokerCluster> brokers_;
  std::unique_ptr<Cluster> cluster_;
  Wiretap wiretap_;
  std::map<std::string, std::size_t> listeners_ = {};  // in use, by program
  std::map<std::string, Moment> in_klabs_hands_ = {};  // since when, by program
  std::vector<std::unique_ptr<Program>> programs_ = {};
};

}  // namespace klab
