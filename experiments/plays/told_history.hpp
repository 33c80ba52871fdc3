#pragma once

#include <algorithm>
#include <nlohmann/json.hpp>
#include <string>
#include <vector>

#include "checks/history/history.hpp"
#include "experiments/told.hpp"

namespace klab {

/// Writes by hand what programs and klab told during a play, what the tap heard and what the logs hold, for
/// tests of conclusions. Each thing is told or heard a second after the one before.
class ToldHistory {
 public:
  ToldHistory& tell(const std::string& program, const nlohmann::ordered_json& what) {
    history.printed.push_back({.program = program, .at = now_, .matched = true, .value = what.dump()});
    return pass();
  }
  ToldHistory& note(const std::string& name, const nlohmann::ordered_json& value = "now") {
    return tell(kNotes, {{name, value}});
  }

  /// A batch is heard, to which more may be said. Each has a request of its own.
  SentBatch& sent(const std::string& program, const std::vector<std::string>& records) {
    history.sent.push_back({.program = program,
                            .connection = 1,
                            .request = static_cast<int>(history.sent.size()),
                            .at = now_,
                            .codec = "none",
                            .messages = records.size(),
                            .ids = records});
    pass();
    return history.sent.back();
  }
  /// So is the answer to the latest batch of a program that begins with a record, or begins anyhow.
  ToldHistory& answered(const std::string& program, const std::string& error = "",
                        const std::string& record = "") {
    const auto batch = std::find_if(history.sent.rbegin(), history.sent.rend(), [&](const SentBatch& one) {
      return one.program == program && (record.empty() || one.ids.at(0) == record);
    });
    history.answered.push_back({.program = program,
                                .connection = batch->connection,
                                .request = batch->request,
                                .at = now_,
                                .error = error});
    return pass();
  }

  ToldHistory& stored(const std::string& topic, const std::string& value, int partition = 0) {
    const auto offset = std::ranges::count(history.logged, topic, &LoggedRecord::topic);
    history.logged.push_back({.topic = topic, .partition = partition, .offset = offset, .value = value});
    return *this;
  }
  /// The topic was read to its end.
  ToldHistory& drained(const std::string& topic, int partitions = 1) {
    history.topics.push_back({.name = topic, .partitions = partitions});
    for (int partition = 0; partition < partitions; ++partition)
      history.drained.push_back({.topic = topic, .partition = partition});
    return *this;
  }

  Moment now() const { return now_; }

  History history = {};

 private:
  ToldHistory& pass() {
    now_ += std::chrono::seconds(1);
    return *this;
  }

  Moment now_ = std::chrono::seconds(1);
};

}  // namespace klab
