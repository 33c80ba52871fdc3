#pragma once

#include <optional>
#include <string>

namespace klab {

/// A record's key as the lab speaks of it. Text stays as it is. What is no text, as it holds a zero byte and
/// has 2, 4 or 8 bytes, or is one control character, is a number that a serializer for integers wrote
/// (big-endian): "1" for 00 00 00 01. Any other key stays as it is; none is "".
std::string key_text(const std::optional<std::string>& key);

/// The same for people: a key that cannot be printed in hexadecimal, a missing one as "none".
std::string describe_key(const std::optional<std::string>& key);

}  // namespace klab
