#include "runners/wire/fuzz/talk_seeds.hpp"

#include <map>

#include "runners/wire/frame_cutter.hpp"
#include "runners/wire/fuzz/talk_script.hpp"
#include "runners/wire/golden/golden_file.hpp"
#include "runners/wire/header_version.hpp"

namespace klab {
namespace {

constexpr std::size_t kCorrelationId = 7;
constexpr std::string_view kClientId("\0\2me", 4);

std::string request_frame(const MessageSpec& spec, const GoldenMessage& golden) {
  const auto api_and_version = static_cast<std::size_t>(spec.api_key << 16 | golden.version);
  return int32_bytes(api_and_version) + int32_bytes(kCorrelationId) + std::string(kClientId) +
         std::string(request_header_version(spec, golden.version) == 2 ? 1 : 0, '\0') + golden.bytes;
}

std::string response_frame(const MessageSpec& spec, const GoldenMessage& golden) {
  return int32_bytes(kCorrelationId) +
         std::string(response_header_version(spec, golden.version) == 1 ? 1 : 0, '\0') + golden.bytes;
}

/// Each golden request with one of the golden responses of its API and version.
void add_messages(std::vector<std::string>& scripts) {
  std::map<std::pair<int, int>, std::vector<const GoldenMessage*>> requests, responses;
  for (const GoldenMessage& golden : golden_messages()) {
    const MessageSpec& spec = *find_message(golden.name);
    if (spec.kind == MessageKind::request) requests[{spec.api_key, golden.version}].push_back(&golden);
    if (spec.kind == MessageKind::response) responses[{spec.api_key, golden.version}].push_back(&golden);
  }
  for (const auto& [api, asked] : requests)
    for (std::size_t i = 0; i < asked.size(); ++i) {
      std::vector<Utterance> talk{{.bytes = request_frame(*find_request(api.first), *asked[i])}};
      if (const auto& answers = responses[api]; !answers.empty())
        talk.push_back({.direction = Direction::to_client,
                        .bytes = response_frame(*find_response(api.first), *answers[i % answers.size()])});
      scripts.push_back(write_script(talk));
    }
}

void add_connections(std::vector<std::string>& scripts) {
  std::map<int, std::vector<Utterance>> talks;
  std::map<std::pair<int, bool>, FrameCutter> cutters;
  for (const GoldenPiece& piece : golden_pieces())
    cutters[{piece.connection, piece.is_to_broker}].feed(piece.bytes, [&](std::string_view frame) {
      talks[piece.connection].push_back(
          {.direction = piece.is_to_broker ? Direction::to_broker : Direction::to_client,
           .bytes = std::string(frame)});
    });
  for (const auto& [connection, talk] : talks) scripts.push_back(write_script(talk));
}

}  // namespace

std::vector<std::string> talk_seeds() {
  std::vector<std::string> scripts;
  add_connections(scripts);
  add_messages(scripts);
  return scripts;
}

}  // namespace klab
