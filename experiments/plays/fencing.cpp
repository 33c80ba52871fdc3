// Fencing. A producer comes that has the transactional id of one that is still there; both write.

#include <fmt/format.h>

#include <algorithm>

#include "experiments/plays.hpp"
#include "experiments/sender.hpp"
#include "experiments/told.hpp"

namespace klab {
namespace {

constexpr const char* kClaim = "txn.fencing";

void write_in_transaction(Sender& sender, const Topic& topic, const std::string& value) {
  sender.begin();
  sender.send_all(topic, {{.value = value, .partition = 0}});
  sender.commit();
}

void play(Trial& trial) {
  const Topic topic = trial.create_topic("fenced", 1);
  Sender old_one(trial, "old-one", {{"transactional.id", "shared"}}),
      stranger(trial, "stranger", {{"transactional.id", "its own"}});
  for (Sender* sender : {&old_one, &stranger}) {
    sender->init_transactions();
    write_in_transaction(*sender, topic, sender->name() + " before");
  }
  Sender new_one(trial, "new-one", {{"transactional.id", "shared"}});
  new_one.init_transactions();
  for (Sender* sender : {&old_one, &stranger, &new_one})
    write_in_transaction(*sender, topic, sender->name() + " after");
  trial.read_back(topic);
}

std::string error_of_last(const History& history, const std::string& sender) {
  const auto commits = told(history, sender, "committed");
  return commits.empty() ? "" : commits.back().what.value("error", "");
}

/// Other errors may have other reasons, such as a broker that does not answer.
bool is_fencing(const std::string& error) {
  return error.find("FENCED") != std::string::npos || error == "INVALID_PRODUCER_EPOCH";
}

Conclusions conclude(const History& history) {
  Conclusions conclusions;
  const auto is_stored = [&](const std::string& value) {
    return std::ranges::any_of(log_of(history, "fenced"),
                               [&](const LoggedRecord* record) { return record->value == value; });
  };
  conclusions.control(kClaim, "the old producer writes while it is alone", is_stored("old-one before"));
  conclusions.control(kClaim, "a producer with an id of its own goes on", is_stored("stranger after"));
  conclusions.control(kClaim, "the new producer writes", is_stored("new-one after"));
  const std::string error = error_of_last(history, "old-one");
  if (is_stored("old-one after"))
    conclusions.value(kClaim, {.value = "both", .note = "the old producer's later transaction is stored"});
  else if (is_fencing(error))
    conclusions.value(
        kClaim, {.value = "fenced",
                 .note = fmt::format("the old producer's next transaction ended with {}; nothing of it is "
                                     "stored",
                                     error)});
  else
    conclusions.undecided(kClaim, fmt::format("the old producer stored nothing, and was told: {}",
                                              error.empty() ? "nothing" : error));
  return conclusions;
}

}  // namespace

std::vector<Experiment> fencing_experiments() {
  return {{.name = "fencing",
           .claims = {kClaim},
           .hypothesis = "A producer with a transactional id ends what another can do that had it before.",
           .play = play,
           .conclude = conclude}};
}

}  // namespace klab
