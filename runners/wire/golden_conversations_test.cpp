#include <fmt/format.h>
#include <gtest/gtest.h>

#include <map>
#include <random>
#include <set>

#include "runners/wire/golden/golden_talk.hpp"
#include "runners/wire/records/record.hpp"
#include "runners/wire/views/produce.hpp"

namespace klab {
namespace {

/// Calls a function with the client id and a batch, for each batch that was produced.
template <typename Function>
void for_each_sent_batch(Function function) {
  hear(golden_pieces(), [&](const Spoken& spoken) {
    if (spoken.direction != Direction::to_broker || spoken.api_key != 0 || !spoken.body) return;
    for (const auto& partition : read_produce_request(*spoken.body).partitions)
      for (const RecordBatch& batch : read_record_set(partition.records).batches)
        function(*spoken.client_id, batch);
  });
}

TEST(GoldenConversations, AreUnderstoodToTheLastFrame) {
  std::set<std::string> opaque, spoken_apis;
  const auto counts = hear(golden_pieces(), [&](const Spoken& spoken) {
    if (!spoken.body)
      opaque.insert(fmt::format("{} v{}: {}", name_of_api(spoken.api_key), spoken.api_version,
                                spoken.why_opaque.reason));
    spoken_apis.insert(fmt::format("{} v{}", name_of_api(spoken.api_key), spoken.api_version));
  });
  EXPECT_EQ(opaque, std::set<std::string>{});
  EXPECT_EQ(counts.opaque, 0u);
  EXPECT_EQ(counts.unanswered, 0u);
  EXPECT_EQ(counts.requests, 141u);
  EXPECT_EQ(counts.responses, 136u) << "four Produce wanted none, and a client left before its last";
  EXPECT_EQ(spoken_apis.size(), 36u);
  for (const char* api : {"ConsumerGroupHeartbeat v1", "TxnOffsetCommit v5", "Produce v7", "Produce v13"})
    EXPECT_TRUE(spoken_apis.contains(api)) << api;
}

TEST(GoldenConversations, AreTheSameHoweverTheyAreCut) {
  const auto all = [](std::size_t cut) {
    std::vector<std::string> lines;
    hear(
        golden_pieces(),
        [&](const Spoken& spoken) {
          lines.push_back(
              fmt::format("{} {} {}", spoken.api_key, spoken.correlation_id, spoken.frame.size()));
        },
        cut);
    return lines;
  };
  EXPECT_EQ(all(1), all(1 << 20));
  EXPECT_EQ(all(7), all(1 << 20));
}

TEST(GoldenConversations, CarryTheRecordsOfBothClientsInEachCodec) {
  std::map<std::string, std::size_t> records_of;
  for_each_sent_batch([&](const std::string& client, const RecordBatch& batch) {
    EXPECT_TRUE(batch.crc_matches) << client;
    const auto records = read_records(batch);
    ASSERT_TRUE(records) << client << ": " << records.error().reason;
    records_of[fmt::format("{} {}", client, name_of(batch.codec()))] += records->size();
  });
  const std::map<std::string, std::size_t> expected{
      {"java-none none", 20}, {"java-gzip gzip", 20},      {"java-snappy snappy", 20},
      {"java-lz4 lz4", 20},   {"java-zstd zstd", 20},      {"kcat-none none", 20},
      {"kcat-gzip gzip", 20}, {"kcat-snappy snappy", 20},  {"kcat-lz4 lz4", 20},
      {"kcat-zstd zstd", 20}, {"java-acks-0 none", 3},     {"kcat-acks-0 none", 1},
      {"java-txn none", 2},   {"kcat-idempotent none", 1}, {"kcat-txn none", 1}};
  EXPECT_EQ(records_of, expected);
}

TEST(GoldenConversations, ShowWhichBatchesAreOfATransaction) {
  std::set<std::string> transactional, idempotent;
  for_each_sent_batch([&](const std::string& client, const RecordBatch& batch) {
    if (batch.is_transactional()) transactional.insert(client);
    if (batch.is_idempotent()) idempotent.insert(client);
  });
  EXPECT_EQ(transactional, (std::set<std::string>{"java-txn", "kcat-txn"}));
  EXPECT_TRUE(idempotent.contains("kcat-idempotent") && idempotent.contains("java-gzip"));
  EXPECT_FALSE(idempotent.contains("kcat-gzip") || idempotent.contains("java-acks-0"));
}

// Whatever the bytes are, nothing but opaque frames may come of it. Sanitizers look for the rest.
TEST(GoldenConversations, MayBeBrokenInAnyWay) {
  std::minstd_rand random(1);
  for (int round = 0; round < 10; ++round) {
    std::vector<GoldenPiece> pieces = golden_pieces();
    for (GoldenPiece& piece : pieces)
      if (random() % 4 == 0) piece.bytes[random() % piece.bytes.size()] = static_cast<char>(random());
    std::size_t heard = 0;
    const auto counts = hear(pieces, [&](const Spoken&) { ++heard; });
    EXPECT_EQ(heard, counts.requests + counts.responses);
  }
}

}  // namespace
}  // namespace klab
