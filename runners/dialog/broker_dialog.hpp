#pragma once

#include <cstdint>
#include <functional>
#include <string>
#include <string_view>

#include "runners/file_descriptor.hpp"
#include "runners/wire/value.hpp"

namespace klab {

/// The body of a request, written field by field in Kafka's encoding.
class RequestBody {
 public:
  RequestBody& int8(std::int8_t value) { return number(value, 1); }
  RequestBody& int32(std::int32_t value) { return number(value, 4); }
  RequestBody& compact_length(std::size_t elements);  ///< of a compact array, string or bytes (KIP-482)
  RequestBody& bytes(std::string_view bytes);
  RequestBody& no_tags() { return int8(0); }

  const std::string& encoded() const { return encoded_; }

 private:
  RequestBody& number(std::int64_t value, int size);

  std::string encoded_;
};

/// A connection on which the grader asks a broker what librdkafka has no call for.
class BrokerDialog {
 public:
  /// `bootstrap` is "127.0.0.1:PORT". Throws HarnessError when nobody listens there.
  explicit BrokerDialog(const std::string& bootstrap);

  /// Sends a request and hands its response to `take` (whose views are good during that call). Throws
  /// HarnessError when there is none within 15 s or it cannot be decoded.
  void ask(int api_key, int api_version, const RequestBody& body,
           const std::function<void(const Struct&)>& take);

 private:
  void send(std::string_view bytes) const;
  std::string receive() const;  ///< what there is; at least a byte

  FileDescriptor socket_;
  std::int32_t last_correlation_id_ = 0;
};

}  // namespace klab
