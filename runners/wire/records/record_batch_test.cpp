#include "runners/wire/records/record_batch.hpp"

#include <gtest/gtest.h>

#include "runners/wire/golden/golden_file.hpp"
#include "runners/wire/records/crc32c.hpp"

namespace klab {
namespace {

TEST(Crc32c, IsTheOneOfRfc3720) {
  EXPECT_EQ(crc32c("123456789"), 0xE3069283u);
  EXPECT_EQ(crc32c(std::string(32, '\0')), 0x8A9136AAu);
  EXPECT_EQ(crc32c(""), 0u);
}

RecordBatch only_batch(std::string_view name) {
  static std::string bytes;  // outlives the views of the one batch a test looks at
  bytes = golden_batch(name);
  const RecordSet set = read_record_set(bytes);
  EXPECT_FALSE(set.error.has_value());
  EXPECT_EQ(set.batches.size(), 1u);
  EXPECT_EQ(set.truncated_bytes, 0u);
  return set.batches.empty() ? RecordBatch{} : set.batches[0];
}

TEST(RecordBatch, HasTheFieldsThatKafkaGaveIt) {
  const RecordBatch batch = only_batch("gzip");
  EXPECT_EQ(batch.base_offset, 100);
  EXPECT_EQ(batch.partition_leader_epoch, 7);
  EXPECT_TRUE(batch.crc_matches);
  EXPECT_EQ(batch.codec(), Codec::gzip);
  EXPECT_EQ(batch.last_offset_delta, 29);
  EXPECT_EQ(batch.base_timestamp, 1'700'000'000'000);
  EXPECT_EQ(batch.max_timestamp, 1'700'000'000'029);
  EXPECT_EQ(batch.record_count, 30);
  EXPECT_FALSE(batch.is_idempotent() || batch.is_transactional() || batch.is_control());
}

TEST(RecordBatch, SaysWhoSentIt) {
  const RecordBatch idempotent = only_batch("idempotent");
  EXPECT_TRUE(idempotent.is_idempotent());
  EXPECT_EQ(idempotent.producer_id, 4000);
  EXPECT_EQ(idempotent.producer_epoch, 3);
  EXPECT_EQ(idempotent.base_sequence, 17);
  EXPECT_FALSE(idempotent.is_transactional());
  EXPECT_TRUE(only_batch("transactional").is_transactional());
}

TEST(RecordBatch, IsFoundBrokenByItsChecksum) {
  for (const std::size_t place : {21u, 40u, 70u}) {
    std::string bytes = golden_batch("none");
    bytes[place] ^= 1;
    const RecordSet set = read_record_set(bytes);
    ASSERT_EQ(set.batches.size(), 1u);
    EXPECT_FALSE(set.batches[0].crc_matches) << place;
  }
}

// A broker stops where the consumer's limit is, also in the middle of a batch.
TEST(RecordSet, PassesOverATruncatedLastBatch) {
  const std::string first = golden_batch("commit"), second = golden_batch("gzip");
  for (std::size_t size = 0; size < second.size(); ++size) {
    const std::string bytes = first + second.substr(0, size);
    const RecordSet set = read_record_set(bytes);
    ASSERT_FALSE(set.error.has_value()) << size;
    EXPECT_EQ(set.batches.size(), 1u);
    EXPECT_EQ(set.truncated_bytes, size);
  }
  const std::string both = first + second;
  EXPECT_EQ(read_record_set(both).batches.size(), 2u);
}

TEST(RecordSet, MayBeEmpty) {
  const RecordSet set = read_record_set("");
  EXPECT_TRUE(set.batches.empty());
  EXPECT_FALSE(set.error.has_value());
}

TEST(RecordSet, RefusesFormatsOfOldBrokers) {
  std::string bytes = golden_batch("commit") + golden_batch("none");
  bytes[golden_batch("commit").size() + 16] = 1;
  const RecordSet set = read_record_set(bytes);
  EXPECT_EQ(set.batches.size(), 1u) << "what comes before is kept";
  ASSERT_TRUE(set.error.has_value());
  EXPECT_EQ(*set.error, (DecodeError{"a batch of format 1", golden_batch("commit").size() + 16}));
}

TEST(RecordSet, RefusesABatchThatIsTooShortToBeOne) {
  for (const std::string length : {"00000030", "00000000", "ffffffff", "80000000"}) {
    std::string bytes = golden_batch("none");
    bytes.replace(8, 4, from_hex(length));
    const RecordSet set = read_record_set(bytes);
    ASSERT_TRUE(set.error.has_value()) << length;
    EXPECT_EQ(set.error->position, 8u);
  }
}

}  // namespace
}  // namespace klab
