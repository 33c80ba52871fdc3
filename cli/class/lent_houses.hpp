#pragma once

#include <memory>
#include <vector>

#include "cli/broker/own_house.hpp"

namespace klab {

/// Houses for the brokers of a class. Each is one submission's at a time, and goes on to another after that,
/// which finds loaded and compiled what the first had to wait for.
class LentHouses {
 public:
  /// What the JVMs say goes to the end of `log`.
  LentHouses(BrokerChoice choice, Installation installation, std::filesystem::path log)
      : choice_(std::move(choice)), installation_(std::move(installation)), log_(std::move(log)) {}

  /// One in which nobody lives. Throws as BrokerHouse does.
  std::unique_ptr<OwnHouse> lend();

  /// Takes it back from a submission whose grading came to an ordinary end.
  void take_back(std::unique_ptr<OwnHouse> house);

 private:
  BrokerChoice choice_;
  Installation installation_;
  std::filesystem::path log_;
  std::vector<std::unique_ptr<OwnHouse>> free_ = {};
};

}  // namespace klab
