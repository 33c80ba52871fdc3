#include "runners/wire/conversation.hpp"

#include <fmt/format.h>
#include <gtest/gtest.h>

#include <vector>

#include "runners/wire/golden/golden_file.hpp"

namespace klab {
namespace {

constexpr int kProduce = 0, kHeartbeat = 12, kSaslHandshake = 17, kApiVersions = 18;

const GoldenMessage& golden(std::string_view name, int version) {
  for (const GoldenMessage& message : golden_messages())
    if (message.name == name && message.version == version) return message;
  throw std::logic_error("no such golden message");
}

std::string int32(std::int64_t value) {
  return from_hex(fmt::format("{:08x}", static_cast<std::uint32_t>(value)));
}
std::string int16(int value) { return from_hex(fmt::format("{:04x}", static_cast<std::uint16_t>(value))); }
std::string framed(const std::string& bytes) {
  return int32(static_cast<std::int64_t>(bytes.size())) + bytes;
}

std::string request(int api, int version, int correlation_id, bool is_flexible, const std::string& body) {
  return framed(int16(api) + int16(version) + int32(correlation_id) + int16(2) + "me" +
                std::string(is_flexible ? 1 : 0, '\0') + body);
}

std::string response(int correlation_id, bool is_flexible, const std::string& body) {
  return framed(int32(correlation_id) + std::string(is_flexible ? 1 : 0, '\0') + body);
}

std::string one_line(const Spoken& spoken) {
  return fmt::format("{} {} v{} #{} {}", spoken.direction == Direction::to_broker ? "request" : "response",
                     name_of_api(spoken.api_key), spoken.api_version, spoken.correlation_id,
                     spoken.body ? "decoded" : spoken.why_opaque.reason);
}

struct ConversationTest : testing::Test {
  using Lines = std::vector<std::string>;

  void ask(const std::string& bytes) { conversation.feed(Direction::to_broker, bytes); }
  void answer(const std::string& bytes) { conversation.feed(Direction::to_client, bytes); }

  Lines lines;
  std::vector<int> body_versions;
  std::vector<std::optional<std::string>> client_ids;
  Conversation conversation{[this](const Spoken& spoken) {
    lines.push_back(one_line(spoken));
    body_versions.push_back(spoken.body_version);
    client_ids.push_back(spoken.client_id);
  }};
};

const std::string kHeartbeatRequest = from_hex("0001 67 00000005 0001 6d"), kHeartbeatResponse = int16(0);

TEST_F(ConversationTest, PairsResponsesWithTheirRequests) {
  ask(request(kHeartbeat, 0, 7, false, kHeartbeatRequest));
  ask(request(kHeartbeat, 4, 8, true, from_hex("0267 00000005 026d 00 00")));
  answer(response(7, false, kHeartbeatResponse));
  answer(response(8, true, from_hex("00000000 0000 00")));
  EXPECT_EQ(lines, (Lines{"request Heartbeat v0 #7 decoded", "request Heartbeat v4 #8 decoded",
                          "response Heartbeat v0 #7 decoded", "response Heartbeat v4 #8 decoded"}));
  EXPECT_EQ(client_ids, (std::vector<std::optional<std::string>>(4, "me")));
  EXPECT_EQ(conversation.counts().requests, 2u);
  EXPECT_EQ(conversation.counts().responses, 2u);
  EXPECT_EQ(conversation.counts().opaque, 0u);
}

std::string produce(int version, int correlation_id, int acks) {
  const bool is_flexible = version >= 9;
  return request(kProduce, version, correlation_id, is_flexible,
                 from_hex(is_flexible ? "00" : "ffff") + int16(acks) + int32(1000) +
                     from_hex(is_flexible ? "0100" : "00000000"));
}

TEST_F(ConversationTest, AwaitsNoResponseToAProduceWithoutAcks) {
  for (const int version : {3, 8, 9, 13}) {
    lines.clear();
    ask(produce(version, 1, 0));
    ask(request(kHeartbeat, 0, 1, false,
                kHeartbeatRequest));  // the same id: a pending Produce would take the response
    answer(response(1, false, kHeartbeatResponse));
    EXPECT_EQ(lines, (Lines{fmt::format("request Produce v{} #1 decoded", version),
                            "request Heartbeat v0 #1 decoded", "response Heartbeat v0 #1 decoded"}));
  }
  EXPECT_EQ(conversation.counts().unanswered, 0u);
}

TEST_F(ConversationTest, AwaitsAResponseToAProduceWithAcks) {
  ask(produce(9, 1, -1));
  answer(response(1, true, from_hex("01 00000000 00")));
  EXPECT_EQ(lines.back(), "response Produce v9 #1 decoded");
}

TEST_F(ConversationTest, CountsRequestsThatTheBrokerWentPast) {
  ask(request(kProduce, 99, 1, false, "?"));  // perhaps without acks
  ask(request(kHeartbeat, 0, 2, false, kHeartbeatRequest));
  answer(response(2, false, kHeartbeatResponse));
  EXPECT_EQ(lines.back(), "response Heartbeat v0 #2 decoded");
  EXPECT_EQ(conversation.counts().unanswered, 1u);
}

// KIP-511: the header is the old one although the body is flexible.
TEST_F(ConversationTest, ReadsApiVersionsBehindAnOldHeader) {
  ask(request(kApiVersions, 3, 1, true, golden("ApiVersionsRequest", 3).bytes));
  answer(response(1, false, golden("ApiVersionsResponse", 3).bytes));
  EXPECT_EQ(lines.back(), "response ApiVersions v3 #1 decoded");
}

TEST_F(ConversationTest, ReadsTheOldestApiVersionsFromABrokerThatKnowsNoNewer) {
  const std::string oldest = from_hex("0023 00000001 0012 0000 0003");
  ask(request(kApiVersions, 3, 1, true, golden("ApiVersionsRequest", 3).bytes));
  answer(response(1, false, oldest));
  ask(request(kApiVersions, 99, 2, true, "?"));
  answer(response(2, false, oldest));
  EXPECT_EQ(lines, (Lines{"request ApiVersions v3 #1 decoded", "response ApiVersions v3 #1 decoded",
                          "request ApiVersions v99 #2 api 18 version 99 is not known",
                          "response ApiVersions v99 #2 decoded"}));
  EXPECT_EQ(body_versions, (std::vector<int>{3, 0, -1, 0}));
}

// KIP-1242: version 5 goes on with the cluster's id and the node's. franz-go 1.22 sends it to Kafka 4.3,
// which does not know it.
TEST_F(ConversationTest, ReadsWhoAClientIsFromAnApiVersionsThatIsTooNew) {
  const std::string client = from_hex("04 6b676f 08") + "v1.22.2";
  for (const char* rest : {"00 ffffffff 00", "05 61626364 00000001 00"})
    ask(request(kApiVersions, 5, 1, true, client + from_hex(rest)));
  EXPECT_EQ(lines, Lines(2, "request ApiVersions v5 #1 decoded"));
  EXPECT_EQ(body_versions, std::vector<int>(2, 4));
  EXPECT_EQ(conversation.counts().opaque, 0u);
}

TEST_F(ConversationTest, PassesOverTokensThatFollowTheOldSaslHandshake) {
  ask(request(kSaslHandshake, 0, 1, false, from_hex("0005") + "PLAIN"));
  answer(response(1, false, from_hex("0000 00000001 0005") + "PLAIN"));
  for (const std::string& token : {std::string("\0user\0secret", 12), std::string("n,,n=user,r=abc")}) {
    ask(framed(token));
    answer(framed(""));
  }
  ask(request(kHeartbeat, 0, 2, false, kHeartbeatRequest));
  answer(response(2, false, kHeartbeatResponse));
  EXPECT_EQ(lines, (Lines{"request SaslHandshake v0 #1 decoded", "response SaslHandshake v0 #1 decoded",
                          "request  v-1 #-1 a SASL token", "response  v-1 #-1 a SASL token",
                          "request  v-1 #-1 a SASL token", "response  v-1 #-1 a SASL token",
                          "request Heartbeat v0 #2 decoded", "response Heartbeat v0 #2 decoded"}));
}

TEST_F(ConversationTest, IsOpaqueWhereItKnowsNoApiOrNoVersion) {
  ask(request(999, 0, 1, false, "what?"));
  answer(response(1, false, "that"));
  ask(request(kHeartbeat, 99, 2, true, "what?"));
  answer(response(2, true, "that"));
  EXPECT_EQ(lines, (Lines{"request  v0 #1 api 999 version 0 is not known",
                          "response  v0 #1 api 999 version 0 is not known",
                          "request Heartbeat v99 #2 api 12 version 99 is not known",
                          "response Heartbeat v99 #2 api 12 version 99 is not known"}));
  EXPECT_EQ(conversation.counts().opaque, 4u);
}

TEST_F(ConversationTest, IsOpaqueWhereAMessageIsBroken) {
  ask(request(kHeartbeat, 0, 1, false, kHeartbeatRequest.substr(1)));
  answer(response(1, false, ""));
  ASSERT_EQ(lines.size(), 2u);
  EXPECT_EQ(conversation.counts().opaque, 2u);
  EXPECT_EQ(lines[1], "response Heartbeat v0 #1 needs 2 bytes, has 0");
}

TEST_F(ConversationTest, PassesOverWhatIsLeftOfARequestAsBrokersDo) {
  ask(request(kHeartbeat, 0, 1, false, kHeartbeatRequest + "!"));
  answer(response(1, false, kHeartbeatResponse + "!"));
  EXPECT_EQ(conversation.counts().opaque, 1u);
  ASSERT_EQ(lines.size(), 2u);
  EXPECT_EQ(lines[1], "response Heartbeat v0 #1 1 bytes too many");
}

TEST_F(ConversationTest, IsOpaqueWhereNobodyAsked) {
  answer(response(5, false, kHeartbeatResponse));
  answer(framed("abc"));
  ask(framed("abc"));
  EXPECT_EQ(lines,
            (Lines{"response  v-1 #-1 a response to no request", "response  v-1 #-1 a response to no request",
                   "request  v-1 #-1 needs 2 bytes, has 1"}));
}

TEST_F(ConversationTest, LosesOneDirectionOnly) {
  ask(request(kHeartbeat, 0, 1, false, kHeartbeatRequest));
  ask("GET / HTTP/1.1\r\n\r\n");
  EXPECT_TRUE(conversation.is_lost(Direction::to_broker));
  answer(response(1, false, kHeartbeatResponse));
  EXPECT_EQ(lines.back(), "response Heartbeat v0 #1 decoded");
  EXPECT_FALSE(conversation.is_lost(Direction::to_client));
}

}  // namespace
}  // namespace klab
