#pragma once

#include <nlohmann/json.hpp>
#include <string>
#include <vector>

#include "checks/history/history.hpp"
#include "runners/recorder.hpp"
#include "runners/tap/gate.hpp"

namespace klab {

/// Has the batches that a program sends or is given recorded as they are on the wire: their codec, and their
/// records field by field. For plays with few and short records.
class BatchNotes : public Gate {
 public:
  /// `recorder` outlives it.
  explicit BatchNotes(Recorder& recorder) : recorder_(recorder) {}

  bool wants_contents(const Frame& frame) const override;
  Ruling rule(const Frame& frame, Clock::time_point now) override;

 private:
  void note(const Frame& frame, const char* direction, std::string_view records);

  Recorder& recorder_;
};

/// The batches that a program sent ("sent") or was given ("given"): {"sent": "gzip", "by": "sender",
/// "records": [{"key": "k", "value": "v", "timestamp": .., "headers": {"h": "x"}}, ..]}; a key or a value
/// that is not there is null.
std::vector<nlohmann::json> noted_batches(const History& history, std::string_view program,
                                          std::string_view direction);

}  // namespace klab
