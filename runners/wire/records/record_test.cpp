#include "runners/wire/records/record.hpp"

#include <gtest/gtest.h>

#include <random>

#include "runners/wire/golden/golden_file.hpp"

namespace klab {
namespace {

using Records = std::vector<Record>;

constexpr std::int64_t kNow = 1'700'000'000'000;

Decoded<Records> records_in(const std::string& bytes, std::size_t limit = kMaxDecompressed) {
  const RecordSet set = read_record_set(bytes);
  if (set.batches.size() != 1) return DecodeError{"not one batch"};
  return read_records(set.batches[0], limit);
}

/// What MakeBatches.thirty() wrote.
Records thirty() {
  Records records;
  for (int i = 0; i < 30; ++i) {
    Record record{.offset = 100 + i,
                  .timestamp = kNow + i,
                  .value = "a value that is much like the others, " + std::to_string(i)};
    if (i % 7 != 3) record.key = "key " + std::to_string(i);
    if (i % 10 == 0) record.headers = {{"trace", "t" + std::to_string(i)}, {"none", std::nullopt}};
    records.push_back(record);
  }
  return records;
}

/// A batch of no codec around records written by hand.
std::string batch_of(int count, const std::string& records_hex) {
  const std::string records = from_hex(records_hex);
  std::string bytes = golden_batch("none").substr(0, 61);
  bytes[60] = static_cast<char>(count);
  bytes[11] = static_cast<char>(49 + records.size());
  bytes[10] = 0;
  return bytes + records;
}

TEST(Records, AreTheSameInEveryCodec) {
  for (const char* codec : {"none", "gzip", "snappy", "lz4", "zstd"}) {
    const auto records = records_in(golden_batch(codec));
    ASSERT_TRUE(records) << codec << ": " << records.error().reason;
    EXPECT_EQ(*records, thirty()) << codec;
  }
}

TEST(Records, MayFillManyBlocksOfXerialSnappy) {
  const auto records = records_in(golden_batch("snappy-of-many-blocks"));
  ASSERT_TRUE(records) << records.error().reason;
  EXPECT_EQ(records->at(0).value, std::string(100'000, 'x'));
}

TEST(Records, HaveTheBrokersTimeWhereTheTopicSaysSo) {
  const auto records = records_in(golden_batch("log-append-time"));
  ASSERT_TRUE(records);
  const std::string bytes = golden_batch("log-append-time");
  EXPECT_EQ(records->at(0).timestamp, read_record_set(bytes).batches[0].max_timestamp);
}

TEST(Records, MayLackKeyAndValue) {
  const auto records = records_in(golden_batch("everything-null"));
  ASSERT_TRUE(records);
  EXPECT_EQ(*records, (Records{{.offset = 0, .timestamp = kNow}}));
}

TEST(Records, MarkTheEndOfATransaction) {
  const auto commit = records_in(golden_batch("commit")), abort = records_in(golden_batch("abort"));
  ASSERT_TRUE(commit && abort);
  EXPECT_EQ(*read_control_record(commit->at(0)), (ControlRecord{ControlRecord::Kind::commit, 9}));
  EXPECT_EQ(*read_control_record(abort->at(0)), (ControlRecord{ControlRecord::Kind::abort, 9}));
}

TEST(Records, AreNoMarkersWhenTheyAreTooShort) {
  EXPECT_FALSE(read_control_record({.key = std::string("\0\0\0", 3), .value = std::string(6, '\0')}));
  EXPECT_FALSE(read_control_record({.key = std::string(4, '\0'), .value = std::nullopt}));
  EXPECT_FALSE(read_control_record({}));
  EXPECT_EQ(read_control_record({.key = std::string("\0\0\0\4", 4)})->kind, ControlRecord::Kind::other);
}

TEST(Records, AreReadFromBytesWrittenByHand) {
  // length 7, attributes, timestamp +1, offset +0, key "k", no value, no headers
  const auto records = records_in(batch_of(1, "0e 00 02 00 02 6b 01 00"));
  ASSERT_TRUE(records) << records.error().reason;
  EXPECT_EQ(*records, (Records{{.offset = 100, .timestamp = kNow + 1, .key = "k"}}));
}

TEST(Records, AreRefusedWhereTheirLengthsDoNotFit) {
  const auto reason = [](int count, const std::string& hex) {
    const auto records = records_in(batch_of(count, hex));
    return records ? "none" : records.error().reason;
  };
  EXPECT_EQ(reason(1, "10 00 02 00 02 6b 01 00"), "a record of 7 bytes says 8");
  EXPECT_EQ(reason(2, "0e 00 02 00 02 6b 01 00"), "needs 1 bytes, has 0");
  EXPECT_EQ(reason(0, "0e 00 02 00 02 6b 01 00"), "8 bytes after the last record");
  EXPECT_EQ(reason(1, "0e 00 02 00 03 6b 01 00"), "a length of -2");
  EXPECT_EQ(reason(1, "0e 00 02 00 02 6b 01 01"), "-1 headers");
  EXPECT_EQ(reason(1, "12 00 02 00 02 6b 01 02 01 01"), "a header without a key");
}

TEST(Records, AreNotDecompressedBeyondTheLimit) {
  for (const char* codec : {"none", "gzip", "snappy", "lz4", "zstd"}) {
    const auto records = records_in(golden_batch(codec), 1000);
    ASSERT_FALSE(records) << codec;
    EXPECT_EQ(records.error().reason, "decompresses to more than 1000 bytes") << codec;
  }
}

// As objects they take many times the memory of their bytes, and these may be compressed.
TEST(Records, AreRefusedWhereTheyAreTooMany) {
  const auto reason = [](std::int32_t records, const std::string& bytes) {
    const RecordBatch batch{.record_count = records, .stored_records = bytes};
    const auto read = read_records(batch);
    return read ? "none" : read.error().reason;
  };
  std::string bare, headers = from_hex("98ea30 00 00 00 01 01 84b518");  // one of 200,002 headers
  const std::string record = from_hex("0c 00 00 00 01 01 00");
  for (std::size_t i = 0; i <= kMaxRecords; ++i) bare += record;
  headers += std::string(2 * (kMaxRecords + 2), '\0');
  EXPECT_EQ(reason(kMaxRecords, bare.substr(0, 7 * kMaxRecords)), "none");
  EXPECT_EQ(reason(kMaxRecords + 1, bare), "more than 200000 records and headers");
  EXPECT_EQ(reason(1, headers), "more than 200000 records and headers");
  EXPECT_EQ(reason(0x7fffffff, bare.substr(0, 70)), "needs 1 bytes, has 0") << "as many as there are";
}

TEST(Records, OfManyBatchesHaveOneLimit) {
  const std::string bytes = golden_batch("gzip");
  const RecordBatch batch = read_record_set(bytes).batches.at(0);
  const std::size_t size = decompress(Codec::gzip, batch.stored_records, kMaxDecompressed)->size();
  std::size_t left = 2 * size + 1;
  EXPECT_TRUE(read_records_within(left, batch));
  EXPECT_TRUE(read_records_within(left, batch));
  EXPECT_EQ(left, 1u);
  EXPECT_EQ(read_records_within(left, batch).error().reason, "decompresses to more than 1 bytes");
  EXPECT_EQ(left, 0u);
}

TEST(Records, AreRefusedInACodecThatDoesNotExist) {
  std::string bytes = golden_batch("none");
  bytes[22] = 5;
  EXPECT_EQ(records_in(bytes).error().reason, "codec 5 is unknown");
}

TEST(Records, AreRefusedWhereTheCompressedBytesEndEarly) {
  for (const char* codec : {"gzip", "snappy", "lz4", "zstd"}) {
    const std::string whole = golden_batch(codec);
    for (std::size_t size = 61; size < whole.size(); size += 5) {
      RecordBatch batch = read_record_set(whole).batches.at(0);
      const std::string compressed = whole.substr(61, size - 61);
      batch.stored_records = compressed;
      EXPECT_FALSE(read_records(batch)) << codec << " of " << size << " bytes";
    }
  }
}

// Whatever the bytes are, there are records or an error. Sanitizers look for the rest.
TEST(Records, MayBeBrokenInAnyWay) {
  std::minstd_rand random(1);
  for (const char* name :
       {"none", "gzip", "snappy", "lz4", "zstd", "snappy-of-many-blocks", "commit", "idempotent"}) {
    const std::string whole = golden_batch(name);
    for (int round = 0; round < 500; ++round) {
      std::string bytes = whole;
      for (int change = 0; change <= round % 3; ++change)
        bytes[random() % bytes.size()] = static_cast<char>(random());
      for (const RecordBatch& batch : read_record_set(bytes).batches)
        if (const auto records = read_records(batch, 1'000'000))
          for (const Record& record : *records) read_control_record(record);
    }
  }
}

}  // namespace
}  // namespace klab
