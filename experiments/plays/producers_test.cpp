// What is concluded of how producers send: flush, acks=0, batches and compression.

#include <fmt/format.h>
#include <gtest/gtest.h>

#include "experiments/plays/concluded.hpp"

namespace klab {
namespace {

ToldHistory& tell_each(ToldHistory& story, const std::string& program, const std::string& kind, int count) {
  for (int i = 0; i < count; ++i) story.tell(program, {{kind, std::to_string(i)}, {"ms", 1}});
  return story;
}

struct Flushing {
  bool waits = true, is_held = true, is_flushed = true;
  int ms = 1600, acked = 20, living_on_sent = 20, living_on = 20, exiting = 10, flushed_first = 500;
};

void flush(ToldHistory& story, const Flushing& how) {
  const auto flushed = [&](bool now) {
    if (now && how.is_flushed) story.tell("flushing", {{"flushed", true}, {"ms", how.ms}});
  };
  story.sent("flushing", {"record 1"});
  if (!how.is_held) story.answered("flushing");
  flushed(!how.waits);
  story.note("released");
  if (how.is_held) story.answered("flushing");
  tell_each(story, "flushing", "acked", how.acked);
  flushed(how.waits);
}

std::string flushing(const std::string& claim, const Flushing& how) {
  ToldHistory story;
  flush(story, how);
  tell_each(story, "living-on", "sent", how.living_on_sent);
  tell_each(story, "exiting", "sent", 500);
  for (const auto& [topic, count] :
       {std::pair("flushing", 20), std::pair("living-on", how.living_on),
        std::pair("flushed-first", how.flushed_first), std::pair("exiting", how.exiting)})
    for (int i = 0; i < count; ++i) story.stored(topic, std::to_string(i));
  return concluded(claim, story.history, "flush-java");
}

TEST(FlushPlay, SeesWhetherAFlushWaits) {
  EXPECT_EQ(flushing("flush.blocks", {}), "yes");
  EXPECT_EQ(flushing("flush.blocks", {.waits = false}), "no");
}

TEST(FlushPlay, IsUndecidedWhereThereWasNothingToWaitFor) {
  EXPECT_EQ(flushing("flush.blocks", {.waits = false, .is_held = false}), "undecided");
  EXPECT_EQ(flushing("flush.blocks", {.is_held = false}), "undecided");
  EXPECT_EQ(flushing("flush.blocks", {.ms = 20}), "undecided");
  EXPECT_EQ(flushing("flush.blocks", {.is_flushed = false}), "undecided");
  EXPECT_EQ(flushing("flush.blocks", {.acked = 19}), "undecided") << "it may wait for ever";
}

TEST(FlushPlay, SeesWhatBecomesOfRecordsWithoutAFlush) {
  EXPECT_EQ(flushing("flush.needed", {}), "yes; exit: lost");
  EXPECT_EQ(flushing("flush.needed", {.living_on = 0}), "no; exit: lost");
  EXPECT_EQ(flushing("flush.needed", {.exiting = 500}), "yes; exit: kept");
}

TEST(FlushPlay, IsUndecidedWhenNotAllWasSentOrWhatWasFlushedIsLost) {
  EXPECT_EQ(flushing("flush.needed", {.living_on_sent = 10, .living_on = 10}), "undecided");
  EXPECT_EQ(flushing("flush.needed", {.flushed_first = 499}), "undecided");
}

struct Unheard {
  int acks = 0;
  bool is_answered = false, is_answered_with_acks = true;
  std::string told = "acked", told_with_acks = "failed";
  bool keeps_small = true, keeps_large = false;
};

std::string acks_zero(const Unheard& how) {
  const std::string small = "a small record", large(5000, '.');
  ToldHistory story;
  for (const std::string client : {"java", "librdkafka"})
    for (const std::string& value : {small, large}) {
      const std::string zero = client + "-acks-0", one = client + "-acks-1";
      story.sent(zero, {value}).acks = how.acks;
      story.sent(one, {value}).acks = 1;
      if (how.is_answered) story.answered(zero, value == large ? "MSG_SIZE_TOO_LARGE" : "");
      if (how.is_answered_with_acks) story.answered(one, value == large ? "MSG_SIZE_TOO_LARGE" : "");
      story.tell(zero, {{value == large ? how.told : "acked", value}});
      story.tell(one, {{value == large ? how.told_with_acks : "acked", value}});
      if (value == large ? how.keeps_large : how.keeps_small) story.stored(zero, value);
    }
  return concluded("acks.zero", story.history);
}

TEST(AcksZeroPlay, SeesWhetherALossIsNoticed) {
  EXPECT_EQ(acks_zero({}), "no; no");
  EXPECT_EQ(acks_zero({.is_answered = true, .told = "failed"}), "yes; yes");
}

TEST(AcksZeroPlay, IsUndecidedWhenWireAndProgramDisagree) {
  EXPECT_EQ(acks_zero({.is_answered = true}), "undecided");
  EXPECT_EQ(acks_zero({.told = "failed"}), "undecided");
}

TEST(AcksZeroPlay, IsUndecidedWhenTheProducerAskedForAnAcknowledgement) {
  EXPECT_EQ(acks_zero({.acks = 1, .is_answered = true, .told = "failed"}), "undecided");
}

TEST(AcksZeroPlay, IsUndecidedWhenTheLossIsNotSeenAsOne) {
  EXPECT_EQ(acks_zero({.keeps_large = true}), "undecided");
  EXPECT_EQ(acks_zero({.keeps_small = false}), "undecided");
  EXPECT_EQ(acks_zero({.told_with_acks = "acked"}), "undecided");
  EXPECT_EQ(acks_zero({.is_answered_with_acks = false}), "undecided");
}

/// A program has all its records acknowledged after some time, in batches of so many.
void send_in_batches(ToldHistory& story, const std::string& program, int records, int in_a_batch,
                     double ms = 1) {
  for (int i = 0; i < records; ++i) story.tell(program, {{"acked", std::to_string(i)}, {"ms", ms}});
  for (int left = records; in_a_batch > 0 && left > 0; left -= in_a_batch)
    story.sent(program, std::vector<std::string>(static_cast<std::size_t>(std::min(left, in_a_batch))));
}

std::string linger(int none, int some, int much, double ms, int records = 100) {
  ToldHistory story;
  send_in_batches(story, "linger-0", 100, none);
  send_in_batches(story, "linger-5", 100, some);
  send_in_batches(story, "linger-100", records, much, ms);
  return concluded("linger", story.history, "batches-java");
}

TEST(LingerPlay, SeesLargerBatchesThatWaitLonger) {
  EXPECT_EQ(linger(1, 2, 10, 60), "larger batches");
  EXPECT_EQ(linger(1, 1, 1, 1), "no effect");
}

TEST(LingerPlay, IsUndecidedWhereBatchesAreLargerOrRecordsWaitButNotBoth) {
  EXPECT_EQ(linger(1, 2, 10, 1), "undecided");
  EXPECT_EQ(linger(1, 1, 1, 60), "undecided");
  EXPECT_EQ(linger(1, 2, 2, 60), "undecided");
}

TEST(LingerPlay, IsUndecidedWhereBatchesAreLargeAnyhowOrWereNotHeard) {
  EXPECT_EQ(linger(2, 10, 20, 60), "undecided");
  EXPECT_EQ(linger(0, 0, 0, 60), "undecided");
  EXPECT_EQ(linger(1, 2, 10, 60, 99), "undecided") << "one was not stored";
}

TEST(LingerPlay, IsUndecidedWhereAllWasSentBeforeTheFirstRecordWasAcknowledged) {
  for (const std::string early : {"linger-0", "linger-100"}) {
    ToldHistory story;
    for (const std::string program : {"linger-0", "linger-5", "linger-100"}) {
      if (program == early) story.sent(program, std::vector<std::string>(100));
      send_in_batches(story, program, 100, program == early ? 0 : 1, program == "linger-100" ? 60 : 1);
    }
    EXPECT_EQ(concluded("linger", story.history, "batches-java"), "undecided") << early;
  }
}

std::string batch_size(int small, int large, int unbounded) {
  ToldHistory story;
  send_in_batches(story, "small", 1500, small);
  send_in_batches(story, "large", 1500, large);
  send_in_batches(story, "free", 1500, unbounded);
  return concluded("batch.size", story.history, "batches-java");
}

TEST(BatchSizePlay, SeesWhetherBytesOrRecordsAreCounted) {
  EXPECT_EQ(batch_size(28, 2, 40), "bounds a batch");
  EXPECT_EQ(batch_size(1200, 1200, 1500), "counts records");
}

TEST(BatchSizePlay, IsUndecidedWhereNeitherIsSeenOrBatchesAreSmallAnyhow) {
  EXPECT_EQ(batch_size(300, 300, 400), "undecided");
  EXPECT_EQ(batch_size(28, 2, 2), "undecided");
  EXPECT_EQ(batch_size(0, 0, 40), "undecided") << "those with a batch.size were not heard";
}

/// The codec of what came to a topic, and of what was read from it: a topic for each codec of the producer's
/// and the topic's own.
struct Codecs {
  std::string plain_sent = "none", gzip_sent = "gzip", plain_given = "none", gzip_given = "gzip",
              plain_to_lz4 = "lz4", gzip_to_lz4 = "lz4";
};

ToldHistory compressed(const Codecs& codecs) {
  ToldHistory story;
  const auto carry = [&](const std::string& topic, const std::string& sent, const std::string& given) {
    story.tell("batches", {{"sent", sent}, {"by", "to-" + topic}});
    if (!given.empty()) story.tell("batches", {{"given", given}, {"by", "from-" + topic}});
  };
  carry("none-default", codecs.plain_sent, codecs.plain_given);
  carry("gzip-default", codecs.gzip_sent, codecs.gzip_given);
  carry("none-lz4", "none", codecs.plain_to_lz4);
  carry("gzip-lz4", "gzip", codecs.gzip_to_lz4);
  return story;
}

std::string compression(const Codecs& codecs) {
  return concluded("compression.where", compressed(codecs).history);
}

TEST(CompressionPlay, SeesWhoCompresses) {
  EXPECT_EQ(compression({}),
            "producer; producer; broker; differs: broker; received: producer codec; received: topic codec");
  EXPECT_EQ(compression({.plain_to_lz4 = "none", .gzip_to_lz4 = "gzip"}),
            "producer; producer; differs: kept; received: producer codec");
  EXPECT_EQ(compression({.plain_given = "zstd", .plain_to_lz4 = "none", .gzip_to_lz4 = "gzip"}),
            "producer; producer; broker; differs: kept; received: producer codec");
}

TEST(CompressionPlay, IsUndecidedWhenAProducerHasAnotherCodecThanItWasTold) {
  EXPECT_EQ(compression({.gzip_sent = "none"}), "undecided");
  EXPECT_EQ(compression({.plain_sent = "gzip"}), "undecided");
}

TEST(CompressionPlay, IsUndecidedWhenATopicWasNotReadInOneCodec) {
  EXPECT_EQ(compression({.gzip_to_lz4 = ""}), "undecided");
  ToldHistory mixed = compressed({});
  mixed.tell("batches", {{"given", "none"}, {"by", "from-gzip-lz4"}});
  EXPECT_EQ(concluded("compression.where", mixed.history), "undecided");
}

}  // namespace
}  // namespace klab
