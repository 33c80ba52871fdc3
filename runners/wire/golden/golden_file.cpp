#include "runners/wire/golden/golden_file.hpp"

#include <zlib.h>

#include <array>
#include <charconv>
#include <fstream>
#include <sstream>
#include <stdexcept>

namespace klab {
namespace {

std::string unzip(const std::string& file) {
  const gzFile in = gzopen(file.c_str(), "rb");
  if (in == nullptr) throw std::runtime_error("cannot read " + file);
  std::string text;
  std::array<char, 65536> buffer;
  int count = 0;
  while ((count = gzread(in, buffer.data(), buffer.size())) > 0)
    text.append(buffer.data(), static_cast<std::size_t>(count));
  if (gzclose(in) != Z_OK || count < 0) throw std::runtime_error("cannot read all of " + file);
  return text;
}

std::vector<GoldenMessage> read_messages() {
  std::istringstream lines(unzip(KLAB_SOURCE_DIR "/runners/wire/golden/messages.txt.gz"));
  std::vector<GoldenMessage> messages;
  GoldenMessage message;
  for (std::string rest; lines >> message.name >> message.version && std::getline(lines, rest);) {
    const std::size_t space = rest.find(' ', 1);  // the hex of an empty message is empty
    message.bytes = from_hex(std::string_view(rest).substr(0, space));
    message.json = rest.substr(space + 1);
    messages.push_back(message);
  }
  return messages;
}

std::vector<GoldenPiece> read_pieces() {
  std::istringstream lines(unzip(KLAB_SOURCE_DIR "/runners/wire/golden/conversations.txt.gz"));
  std::vector<GoldenPiece> pieces;
  std::string arrow, hex;
  for (int connection = 0; lines >> connection >> arrow >> hex;)
    pieces.push_back({connection, arrow == ">", from_hex(hex)});
  return pieces;
}

}  // namespace

const std::vector<GoldenMessage>& golden_messages() {
  static const std::vector<GoldenMessage> messages = read_messages();
  return messages;
}

std::string golden_batch(std::string_view name) {
  std::ifstream lines(KLAB_SOURCE_DIR "/runners/wire/golden/batches.txt");
  for (std::string found, hex; lines >> found >> hex;)
    if (found == name) return from_hex(hex);
  throw std::runtime_error("no golden batch " + std::string(name));
}

std::vector<std::string> golden_batches() {
  std::ifstream lines(KLAB_SOURCE_DIR "/runners/wire/golden/batches.txt");
  std::vector<std::string> batches;
  for (std::string name, hex; lines >> name >> hex;) batches.push_back(from_hex(hex));
  return batches;
}

const std::vector<GoldenPiece>& golden_pieces() {
  static const std::vector<GoldenPiece> pieces = read_pieces();
  return pieces;
}

std::string from_hex(std::string_view hex) {
  std::string digits, bytes;
  for (const char c : hex)
    if (c != ' ' && c != '\n') digits += c;
  if (digits.size() % 2 != 0) throw std::invalid_argument("half a byte of hex");
  for (std::size_t i = 0; i < digits.size(); i += 2) {
    unsigned byte = 0;
    const char* end = digits.data() + i + 2;
    if (std::from_chars(digits.data() + i, end, byte, 16).ptr != end) throw std::invalid_argument("no hex");
    bytes += static_cast<char>(byte);
  }
  return bytes;
}

}  // namespace klab
