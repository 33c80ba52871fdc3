#include "experiments/frame_notes.hpp"

#include "experiments/told.hpp"
#include "runners/wire/frame_decoder.hpp"
#include "runners/wire/message_json.hpp"
#include "runners/wire/message_spec.hpp"

namespace klab {
namespace {

constexpr const char* kWire = "wire";

}  // namespace

bool FrameNotes::wants_contents(const Frame& frame) const {
  return api_keys_.contains(frame.api_key) || (then_ != nullptr && then_->wants_contents(frame));
}

Ruling FrameNotes::rule(const Frame& frame, Clock::time_point now) {
  if (api_keys_.contains(frame.api_key) &&
      noted_.emplace(frame.connection, frame.correlation_id, frame.direction).second)
    note(frame);
  return then_ == nullptr ? Ruling::pass() : then_->rule(frame, now);
}

void FrameNotes::note(const Frame& frame) {
  const bool is_request = frame.direction == Direction::to_broker;
  const Spoken spoken = is_request ? decode_request(frame.contents)
                                   : decode_response(frame.contents, frame.api_key, frame.api_version);
  if (!spoken.body) return;
  const nlohmann::ordered_json told{{is_request ? "request" : "response", name_of_api(frame.api_key)},
                                    {"of", frame.program},
                                    {"version", frame.api_version},
                                    {"body", to_json(*spoken.body)}};
  record_told(recorder_, kWire, told);
}

std::vector<nlohmann::json> noted_frames(const History& history, std::string_view program,
                                         std::string_view direction, std::string_view api) {
  std::vector<nlohmann::json> frames;
  for (Told& one : told(history, kWire, direction))
    if (one.what["of"] == program && one.what[std::string(direction)] == api)
      frames.push_back(std::move(one.what));
  return frames;
}

}  // namespace klab
