#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <vector>

#include "checks/history/history.hpp"

namespace klab {

/// Writes a history of client events by hand, for tests:
///
///     const History history = ClientsTold("t").send("p", "a", 0, 0).poll("c", {{0, 0, "a"}});
///
/// Each call appends an event on the next line, from line 3 behind the topic's, two microseconds after the
/// one before it; `at` sets the time. What has a begin and an end takes one. A member is of group "g" once it
/// joins, is assigned something or commits.
class ClientsTold {
 public:
  struct Record {
    int partition = 0;
    std::int64_t offset = 0;
    std::string id = {};
    std::string key = {};
  };

  explicit ClientsTold(std::string topic = "t", int partitions = 2);

  ClientsTold& at(std::int64_t microseconds);  ///< of the next event
  ClientsTold& topic(std::string name);        ///< that the calls after this one are about

  ClientsTold& send(const std::string& producer, const std::string& id, int partition, std::int64_t offset);
  ClientsTold& unknown(const std::string& producer, const std::string& id, int partition);
  ClientsTold& failed(const std::string& producer, const std::string& id, int partition);
  ClientsTold& key(const std::string& key);         ///< of the latest send
  ClientsTold& in(const std::string& transaction);  ///< the latest send, poll or commit
  ClientsTold& n(std::int64_t number);              ///< of the latest send
  ClientsTold& times(std::int64_t begin, std::optional<std::int64_t> end);  ///< of the latest send or flush
  ClientsTold& without_times();  ///< the latest send, or when the latest commit or step was asked for

  ClientsTold& begun(const std::string& transaction);
  ClientsTold& committed(const std::string& transaction);
  ClientsTold& aborted(const std::string& transaction);
  ClientsTold& unknown_end(const std::string& transaction);
  ClientsTold& flush(const std::string& producer);

  ClientsTold& joined(const std::string& member);
  ClientsTold& assigned(const std::string& member, const std::vector<int>& partitions);
  ClientsTold& manual(const std::string& member, const std::vector<int>& partitions);
  ClientsTold& revoked(const std::string& member, const std::vector<int>& partitions,
                       OwnershipEnd end = OwnershipEnd::revoked);
  ClientsTold& left(const std::string& member, OwnershipEnd end = OwnershipEnd::closed);
  ClientsTold& poll(const std::string& member, const std::vector<Record>& records,
                    CallOutcome outcome = CallOutcome::ok);
  ClientsTold& poll_committed(const std::string& member, const std::vector<Record>& records);
  ClientsTold& seek(const std::string& member, int partition, std::optional<std::int64_t> offset);
  ClientsTold& commit(const std::string& member, int partition, std::int64_t next,
                      CallOutcome outcome = CallOutcome::ok);
  ClientsTold& drained(int partition, std::int64_t first, std::int64_t end);

  operator History() const {
    return history_;
  }  // NOLINT(google-explicit-constructor): reads as the sentence above

 private:
  enum class Latest { none, send, poll, commit, step, flush };

  Line next_line() { return ++last_line_; }
  Moment tick();
  Send& add_send(const std::string& producer, const std::string& id, int partition);
  ClientsTold& step(const std::string& transaction, TransactionStep step);
  std::vector<PartitionName> names(const std::vector<int>& partitions) const;

  History history_ = {};
  std::string topic_ = {};
  Line last_line_ = 1;
  std::int64_t now_ = 0;
  Latest latest_ = Latest::none;
};

}  // namespace klab
