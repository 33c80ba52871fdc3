#include "runners/wire/frame_decoder.hpp"

#include <fmt/format.h>

#include "runners/wire/api_key.hpp"
#include "runners/wire/header_version.hpp"

namespace klab {
namespace {

DecodeError unknown(int api_key, int api_version) {
  return {fmt::format("api {} version {} is not known", api_key, api_version)};
}

/// The rest of the frame as one message and nothing else. On failure the reader is spent, so it is a copy.
Decoded<Struct> read_rest(const MessageSpec& spec, int version, ByteReader reader) {
  Decoded<Struct> body = read_message(spec, version, reader);
  if (body && reader.remaining() > 0)
    return DecodeError{fmt::format("{} bytes too many", reader.remaining()), reader.position()};
  return body;
}

/// A broker reads a request and passes over what is left of its frame: librdkafka sends some bytes too many
/// when it asks for the metadata of all topics.
Decoded<Struct> read_start(const MessageSpec& spec, int version, ByteReader reader) {
  return read_message(spec, version, reader);
}

/// A client begins with the newest ApiVersions that it knows itself, and may know one more than its broker,
/// which then says so (KIP-511). What it tells of itself comes first in every version.
bool is_newer_introduction(const MessageSpec& spec, int api_version) {
  return spec.api_key == kApiVersionsKey && api_version > spec.valid.highest;
}

void set_body(Spoken& spoken, Decoded<Struct> body, int version) {
  if (!body) {
    spoken.why_opaque = body.error();
    return;
  }
  spoken.body = std::move(*body);
  spoken.body_version = version;
}

}  // namespace

Spoken decode_request(std::string_view frame) {
  Spoken request{.direction = Direction::to_broker, .frame = frame};
  ByteReader start(frame);
  const int api_key = start.read_int16(), api_version = start.read_int16();
  const std::int32_t correlation_id = start.read_int32();
  if (start.failed()) {
    request.why_opaque = start.error();
    return request;
  }
  request.api_key = api_key;
  request.api_version = api_version;
  request.correlation_id = correlation_id;
  const MessageSpec* spec = find_request(api_key);
  const bool is_introduction = spec != nullptr && is_newer_introduction(*spec, api_version);
  if (spec == nullptr || (!spec->valid.contains(api_version) && !is_introduction)) {
    request.why_opaque = unknown(api_key, api_version);
    return request;
  }
  ByteReader reader(frame);
  static const MessageSpec& header_spec = *find_message("RequestHeader");
  const int version = is_introduction ? spec->valid.highest : api_version;
  const Decoded<Struct> header = read_message(header_spec, request_header_version(*spec, version), reader);
  if (!header) {
    request.why_opaque = header.error();
    return request;
  }
  if (const Value& client_id = (*header)["ClientId"]; !client_id.is_null())
    request.client_id = client_id.text();
  Decoded<Struct> body =
      is_introduction ? read_newer_message(*spec, reader) : read_start(*spec, version, reader);
  if (is_introduction && !body) body = unknown(api_key, api_version);
  set_body(request, std::move(body), version);
  return request;
}

Spoken decode_response(std::string_view frame, int api_key, int api_version) {
  Spoken response{
      .direction = Direction::to_client, .frame = frame, .api_key = api_key, .api_version = api_version};
  const MessageSpec* spec = find_response(api_key);
  const bool is_known = spec != nullptr && spec->valid.contains(api_version);
  ByteReader reader(frame);
  static const MessageSpec& header_spec = *find_message("ResponseHeader");
  const int header_version = is_known ? response_header_version(*spec, api_version) : 0;
  const Decoded<Struct> header = read_message(header_spec, header_version, reader);
  if (!header) {
    response.why_opaque = header.error();
    return response;
  }
  response.correlation_id = static_cast<std::int32_t>((*header)["CorrelationId"].integer());
  if (is_known)
    set_body(response, read_rest(*spec, api_version, reader), api_version);
  else
    response.why_opaque = unknown(api_key, api_version);
  // A broker that does not know the version answers in version 0 (ApiVersionsResponse.parse).
  if (!response.body && api_key == kApiVersionsKey)
    if (Decoded<Struct> oldest = read_rest(*spec, 0, reader)) set_body(response, std::move(oldest), 0);
  return response;
}

}  // namespace klab
