#pragma once

#include <cstdint>
#include <functional>
#include <memory>
#include <string>

#include "runners/tap/gate.hpp"

namespace klab {

/// Big-endian, as on the wire.
template <typename Number>
std::string on_the_wire(Number number) {
  std::string bytes;
  for (int shift = 8 * (static_cast<int>(sizeof number) - 1); shift >= 0; shift -= 8)
    bytes += static_cast<char>(static_cast<std::uint64_t>(number) >> shift);
  return bytes;
}

inline std::string with_length(const std::string& bytes) {
  return on_the_wire(static_cast<std::int32_t>(bytes.size())) + bytes;
}

/// Nobody here looks further than the head.
inline std::string request(int api_key, std::int32_t correlation_id, const std::string& body = "body",
                           int version = 9) {
  return with_length(on_the_wire(static_cast<std::int16_t>(api_key)) +
                     on_the_wire(static_cast<std::int16_t>(version)) + on_the_wire(correlation_id) + body);
}
inline std::string response(std::int32_t correlation_id, const std::string& body = "answer") {
  return with_length(on_the_wire(correlation_id) + body);
}

/// Does what a function says.
class FunctionGate : public Gate {
 public:
  using Rule = std::function<Ruling(const Frame&)>;

  explicit FunctionGate(Rule rule, bool wants_contents = false)
      : rule_(std::move(rule)), wants_contents_(wants_contents) {}

  Ruling rule(const Frame& frame, Clock::time_point) override { return rule_(frame); }
  bool wants_contents(const Frame&) const override { return wants_contents_; }

 private:
  Rule rule_;
  bool wants_contents_;
};

inline std::shared_ptr<Gate> gate_of(FunctionGate::Rule rule, bool wants_contents = false) {
  return std::make_shared<FunctionGate>(std::move(rule), wants_contents);
}

}  // namespace klab
