#pragma once

#include <memory>
#include <nlohmann/json.hpp>
#include <set>
#include <string>
#include <tuple>
#include <vector>

#include "checks/history/history.hpp"
#include "runners/recorder.hpp"
#include "runners/tap/gate.hpp"

namespace klab {

/// Has requests and responses of some APIs recorded as they are, for what no event of a history tells: which
/// assignors a member offers, who sends an assignment. Rules as another gate does, if it is given one.
class FrameNotes : public Gate {
 public:
  /// `recorder` outlives it.
  FrameNotes(Recorder& recorder, std::set<int> api_keys, std::shared_ptr<Gate> then = nullptr)
      : recorder_(recorder), api_keys_(std::move(api_keys)), then_(std::move(then)) {}

  bool wants_contents(const Frame& frame) const override;
  Ruling rule(const Frame& frame, Clock::time_point now) override;

 private:
  void note(const Frame& frame);

  Recorder& recorder_;
  const std::set<int> api_keys_;
  const std::shared_ptr<Gate> then_;
  std::set<std::tuple<ConnectionId, std::int32_t, Direction>> noted_ =
      {};  // a frame may be asked about twice
};

/// A frame that was noted: {"request": "JoinGroup", "of": "member-1", "version": 9, "body": {..}}, and
/// "response" in the same way. `body` is as Kafka's own JSON converters write it.
std::vector<nlohmann::json> noted_frames(const History& history, std::string_view program,
                                         std::string_view direction, std::string_view api);

}  // namespace klab
