#include "runners/wire/conversation.hpp"

#include "runners/wire/api_key.hpp"
#include "runners/wire/byte_reader.hpp"
#include "runners/wire/frame_decoder.hpp"

namespace klab {
namespace {

bool wants_no_response(const Spoken& request) {
  return request.api_key == kProduceKey && request.body && (*request.body)["Acks"].integer() == 0;
}

Spoken raw_token(Direction direction, std::string_view frame) {
  return {.direction = direction, .frame = frame, .why_opaque = {.reason = "a SASL token"}};
}

}  // namespace

void Conversation::feed(Direction direction, std::string_view bytes) {
  cutters_[static_cast<std::size_t>(direction)].feed(bytes, [&](std::string_view frame) {
    direction == Direction::to_broker ? hear_request(frame) : hear_response(frame);
  });
}

// Tokens that follow SaslHandshake 0 have no header, and nothing says which is the last. The first frame that
// is a whole, valid request ends them: no token looks like one.
void Conversation::hear_request(std::string_view frame) {
  Spoken request = decode_request(frame);
  if (expects_raw_tokens_ && !request.body) {
    pending_.add({.is_raw_token = true});
    hand_over(raw_token(Direction::to_broker, frame));
    return;
  }
  expects_raw_tokens_ = request.api_key == kSaslHandshakeKey && request.api_version == 0;
  if (request.api_key >= 0 && !wants_no_response(request))
    pending_.add({.api_key = request.api_key,
                  .api_version = request.api_version,
                  .correlation_id = request.correlation_id,
                  .client_id = request.client_id});
  hand_over(request);
}

void Conversation::hear_response(std::string_view frame) {
  if (pending_.take_token()) {
    hand_over(raw_token(Direction::to_client, frame));
    return;
  }
  ByteReader reader(frame);
  const std::int32_t correlation_id = reader.read_int32();
  const std::optional<PendingRequest> asked = reader.failed() ? std::nullopt : pending_.take(correlation_id);
  if (!asked) {
    hand_over({.direction = Direction::to_client,
               .frame = frame,
               .why_opaque = {.reason = "a response to no request"}});
    return;
  }
  Spoken response = decode_response(frame, asked->api_key, asked->api_version);
  response.client_id = asked->client_id;
  response.correlation_id = correlation_id;
  hand_over(response);
}

Conversation::Counts Conversation::counts() const {
  Counts counts = counts_;
  counts.unanswered = pending_.unanswered();
  return counts;
}

void Conversation::hand_over(const Spoken& spoken) {
  ++(spoken.direction == Direction::to_broker ? counts_.requests : counts_.responses);
  if (!spoken.body) ++counts_.opaque;
  on_spoken_(spoken);
}

}  // namespace klab
