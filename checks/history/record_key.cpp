#include "checks/history/record_key.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <cstdint>

namespace klab {
namespace {

bool is_integer(const std::string& key) {
  if (key.size() == 1) return static_cast<unsigned char>(key.front()) < ' ';
  return (key.size() == 2 || key.size() == 4 || key.size() == 8) && key.find('\0') != std::string::npos;
}

std::int64_t integer_in(const std::string& key) {
  std::uint64_t number = 0;
  for (const char byte : key) number = number << 8 | static_cast<unsigned char>(byte);
  const std::size_t unused = 64 - 8 * key.size();
  return static_cast<std::int64_t>(number << unused) >> unused;  // with its sign
}

bool is_printable(const std::string& text) {
  return std::ranges::all_of(text, [](unsigned char byte) { return byte >= ' ' && byte < 0x7f; });
}

}  // namespace

std::string key_text(const std::optional<std::string>& key) {
  if (!key) return {};
  return is_integer(*key) ? std::to_string(integer_in(*key)) : *key;
}

std::string describe_key(const std::optional<std::string>& key) {
  if (!key) return "none";
  const std::string text = key_text(key);
  if (is_printable(text)) return fmt::format("\"{}\"", text);
  std::string bytes;
  for (const unsigned char byte : text) bytes += fmt::format("{:02x}", byte);
  return "0x" + bytes;
}

}  // namespace klab
