#include <gtest/gtest.h>

#include <nlohmann/json.hpp>
#include <random>
#include <set>

#include "runners/wire/golden/golden_file.hpp"
#include "runners/wire/message_json.hpp"
#include "runners/wire/message_reader.hpp"

namespace klab {
namespace {

using nlohmann::json;

Decoded<Struct> decode(const GoldenMessage& golden, std::string_view bytes) {
  return read_message(*find_message(golden.name), golden.version, bytes);
}

std::string title(const GoldenMessage& golden) { return golden.name + " " + std::to_string(golden.version); }

TEST(GoldenMessages, HaveTheValuesThatKafkaGaveThem) {
  for (const GoldenMessage& golden : golden_messages()) {
    ASSERT_NE(find_message(golden.name), nullptr) << golden.name;
    const Decoded<Struct> message = decode(golden, golden.bytes);
    ASSERT_TRUE(message) << title(golden) << ": " << message.error().reason << " at "
                         << message.error().position << " in " << message.error().path;
    EXPECT_EQ(json(to_json(*message)), json::parse(golden.json)) << title(golden);
  }
}

TEST(GoldenMessages, CoverEveryVersionOfEverySpec) {
  std::set<std::pair<std::string_view, int>> covered, wanted;
  for (const GoldenMessage& golden : golden_messages()) covered.emplace(golden.name, golden.version);
  for (const MessageSpec& spec : message_specs())
    for (int version = spec.valid.lowest; version <= spec.valid.highest; ++version)
      wanted.emplace(spec.name, version);
  EXPECT_EQ(covered, wanted);
  EXPECT_GT(wanted.size(), 600u);
}

// A prefix lacks something, so it can be no message; and the error is inside what was given.
TEST(GoldenMessages, AreNoneWhenCutShort) {
  for (std::size_t i = 0; i < golden_messages().size(); i += 5) {
    const GoldenMessage& golden = golden_messages()[i];
    for (std::size_t size = 0; size < golden.bytes.size(); size += 1 + golden.bytes.size() / 100) {
      const std::string prefix = golden.bytes.substr(0, size);  // a copy: AddressSanitizer sees its end
      const Decoded<Struct> message = decode(golden, prefix);
      ASSERT_FALSE(message) << title(golden) << " of " << size << " bytes";
      EXPECT_LE(message.error().position, size) << title(golden);
    }
  }
}

TEST(GoldenMessages, AreNoneWithAByteTooMany) {
  for (const GoldenMessage& golden : golden_messages()) {
    const Decoded<Struct> message = decode(golden, golden.bytes + '\0');
    ASSERT_FALSE(message) << title(golden);
    EXPECT_EQ(message.error().position, golden.bytes.size());
  }
}

// Whatever the bytes are, there is a message or an error. Sanitizers look for the rest.
TEST(GoldenMessages, MayBeBrokenInAnyWay) {
  std::minstd_rand random(1);
  std::size_t refused = 0, tried = 0;
  for (const GoldenMessage& golden : golden_messages()) {
    for (int round = 0; round < 20 && !golden.bytes.empty(); ++round, ++tried) {
      std::string bytes = golden.bytes;
      for (int change = 0; change <= round % 3; ++change)
        bytes[random() % bytes.size()] = static_cast<char>(round % 2 == 0 ? random() : 0xff);
      const Decoded<Struct> message = decode(golden, bytes);
      if (message)
        to_json(*message);
      else
        ++refused;
    }
  }
  EXPECT_GT(refused, tried / 10);
  EXPECT_LT(refused, tried);
}

}  // namespace
}  // namespace klab
