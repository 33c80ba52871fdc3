#pragma once

#include <functional>
#include <map>
#include <string>
#include <vector>

#include "checks/history/history.hpp"
#include "experiments/conclusions.hpp"

namespace klab {

class Trial;

/// What settles claims about Kafka: a play that makes Kafka show what it does, and what can be concluded from
/// the history of it. In the style of a spec: the play knows brokers and clients, the conclusion is a pure
/// function of the history, so it can be drawn again from the file and tested with one written by hand.
struct Experiment {
  std::string name = {};                 ///< unique; also its folder: "defaults-java"
  std::vector<std::string> claims = {};  ///< ids of those that it settles, or helps to settle
  std::string hypothesis = {};           ///< what is expected, in a sentence
  int brokers = 1;                       ///< 0 where none is needed; more than one replicate for each other
  std::map<std::string, std::string> settings = {};  ///< of the brokers, beside klab's own
  std::function<void(Trial&)> play = {};
  std::function<Conclusions(const History&)> conclude = {};
};

/// Every experiment; those that wait longest first, so that the others are done meanwhile.
std::vector<Experiment> all_experiments();

/// Those that settle any of the claims.
std::vector<Experiment> experiments_on(const std::vector<std::string>& claims);

}  // namespace klab
