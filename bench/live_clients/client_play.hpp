#pragma once

#include "bench/live_clients/comparison.hpp"
#include "fixtures/brokers/broker.hpp"
#include "fixtures/wiretap.hpp"
#include "runners/client/cluster.hpp"

namespace klab {

/// What came of one client.
struct ClientResult {
  std::string software = {};  ///< as the wire names it; where it does not, the client id
  std::size_t frames = 0, opaque = 0, sent = 0, logged = 0, delivered = 0, consumer_runs = 0, rebalances = 0;
  Problems problems = {};
};

/// Has a client's program do all it can, through the tap, and compares.
class ClientPlay {
 public:
  /// A broker with two listeners for programs.
  ClientPlay(const Broker& broker, const ClientPlan& client, std::filesystem::path folder);

  ClientResult run();

 private:
  std::string output_of(const std::string& program, const std::string& arguments);
  std::string listen(const std::string& program, std::size_t listener);
  std::string shell_line(const std::string& program, const std::string& arguments) const;
  void produce();
  Positions committed(const std::string& group);
  void consume(const std::string& program, const std::string& group, const std::string& mode,
               bool is_read_committed, bool reads_all);
  void consume_in_turn(const std::string& mode);
  void rebalance(const std::string& mode);
  ClientResult result();

  const Broker& broker_;
  const ClientPlan& client_;
  const std::filesystem::path folder_;
  const std::string topic_;
  Cluster cluster_;
  Recorder recorder_;
  Wiretap wiretap_;
  std::vector<ConsumerRun> runs_ = {};
  std::size_t rebalances_ = 0;
  Problems problems_ = {};
};

}  // namespace klab
