// What is concluded of where clients put records with a key.

#include <fmt/format.h>
#include <gtest/gtest.h>

#include "experiments/client_names.hpp"
#include "experiments/plays/concluded.hpp"

namespace klab {
namespace {

/// How a client places its keys: the number of a key, its turn, and how many partitions there are.
struct Placing {
  int partitions = 6, partitions_after = 10;
  int shift_of_librdkafka = 1, shift_of_murmur2 = 0;
  bool tears_a_key = false;  ///< its second record goes elsewhere
  int keys = 100;
};

void place(ToldHistory& story, const std::string& program, int partitions, int shift, const Placing& how) {
  for (int turn = 0; turn < 2; ++turn)
    for (int key = 0; key < how.keys; ++key) {
      const int torn = how.tears_a_key && key == 7 ? turn : 0;
      story.tell(program,
                 {{"acked", fmt::format("key-{}", key)}, {"partition", (key + shift + torn) % partitions}});
    }
}

std::string keys(const std::string& claim, const Placing& how) {
  ToldHistory story;
  for (const std::string& client : kClients) {
    const int shift = client == "librdkafka" ? how.shift_of_librdkafka : 0;
    place(story, "before-" + client, how.partitions, shift, how);
    place(story, "after-" + client, how.partitions_after, shift, how);
  }
  place(story, "murmur2", how.partitions, how.shift_of_murmur2, how);
  return concluded(claim, story.history);
}

TEST(KeysPlay, SeesWhetherAKeyHasOnePartition) {
  EXPECT_EQ(keys("key.partition", {}), of_each(5, "yes; adding: moves"));
  EXPECT_EQ(keys("key.partition", {.tears_a_key = true}), of_each(5, "no; adding: moves"));
}

TEST(KeysPlay, IsUndecidedWhenKeysAreNotSpreadOrAddedPartitionsNotUsed) {
  EXPECT_EQ(keys("key.partition", {.partitions = 1}), "undecided");
  EXPECT_EQ(keys("key.partition", {.partitions_after = 6}), "undecided");
}

TEST(KeysPlay, IsUndecidedWhenNotEveryKeyWasStored) {
  EXPECT_EQ(keys("key.partition", {.keys = 99}), "undecided");
  EXPECT_EQ(keys("key.by_client", {.keys = 99}), "undecided");
}

TEST(KeysPlay, SeesWhetherClientsAgree) {
  EXPECT_EQ(keys("key.by_client", {}), "no; yes");
  EXPECT_EQ(keys("key.by_client", {.shift_of_librdkafka = 0}), "yes; yes");
}

TEST(KeysPlay, IsUndecidedAboutClientsWhenTheSameHashIsNotSeenAsTheSame) {
  EXPECT_EQ(keys("key.by_client", {.shift_of_murmur2 = 1}), "undecided");
  EXPECT_EQ(keys("key.by_client", {.partitions_after = 6}), "undecided");
}

/// Records with few keys, and with many, in the partitions that they fill.
std::string balance(int filled_by_few, int filled_by_many, bool is_drained = true, int records = 100) {
  ToldHistory story;
  for (int i = 0; i < records; ++i) story.stored("few", std::to_string(i), i % filled_by_few);
  for (int i = 0; i < 100; ++i) story.stored("many", std::to_string(i), i % filled_by_many);
  if (is_drained) story.drained("few", 6).drained("many", 6);
  return concluded("keys.unbalanced", story.history);
}

TEST(FewKeys, LeavePartitionsEmptyOrDoNot) {
  EXPECT_EQ(balance(4, 6), "yes");
  EXPECT_EQ(balance(6, 6), "no");
}

TEST(FewKeys, ShowNothingWhereManyLeaveSomeEmptyTooOrNotAllIsRead) {
  EXPECT_EQ(balance(4, 5), "undecided");
  EXPECT_EQ(balance(4, 6, false), "undecided");
  EXPECT_EQ(balance(4, 6, true, 99), "undecided");
}

}  // namespace
}  // namespace klab
