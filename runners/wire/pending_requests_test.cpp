#include "runners/wire/pending_requests.hpp"

#include <gtest/gtest.h>

namespace klab {
namespace {

void add(PendingRequests& pending, std::int32_t count, std::size_t client_id = 2) {
  for (std::int32_t id = 0; id < count; ++id)
    pending.add({.correlation_id = id, .client_id = std::string(client_id, 'c')});
}

TEST(PendingRequests, AreTakenInTheirOrder) {
  PendingRequests pending;
  add(pending, 3);
  EXPECT_EQ(pending.take(0)->correlation_id, 0);
  EXPECT_EQ(pending.take(1)->client_id, "cc");
  EXPECT_FALSE(pending.take(1));
  EXPECT_EQ(pending.size(), 1u);
  EXPECT_EQ(pending.unanswered(), 0u);
}

TEST(PendingRequests, AreUnansweredWhereALaterOneIsTaken) {
  PendingRequests pending;
  add(pending, 3);
  EXPECT_EQ(pending.take(2)->correlation_id, 2);
  EXPECT_EQ(pending.unanswered(), 2u);
  EXPECT_EQ(pending.size(), 0u);
}

TEST(PendingRequests, TellATokenFromARequest) {
  PendingRequests pending;
  EXPECT_FALSE(pending.take_token());
  pending.add({.is_raw_token = true});
  EXPECT_FALSE(pending.take(-1)) << "a token has no id";
  EXPECT_TRUE(pending.take_token());
  add(pending, 1);
  EXPECT_FALSE(pending.take_token());
}

// A program that sends and never reads.
TEST(PendingRequests, ForgetTheOldestWhereTheyAreTooMany) {
  PendingRequests pending;
  add(pending, kMaxPending + 3);
  EXPECT_EQ(pending.size(), kMaxPending);
  EXPECT_EQ(pending.unanswered(), 3u);
  EXPECT_FALSE(pending.take(2));
  EXPECT_EQ(pending.take(3)->correlation_id, 3);
}

TEST(PendingRequests, ForgetTheOldestWhereTheirNamesAreTooLong) {
  PendingRequests pending;
  add(pending, 1000, 0x7fff);
  EXPECT_EQ(pending.size(), kMaxPendingBytes / 0x7fff);
  EXPECT_EQ(pending.unanswered() + pending.size(), 1000u);
  EXPECT_EQ(pending.take(999)->correlation_id, 999);
}

// Else responses to nothing would each cost a look at everything that waits.
TEST(PendingRequests, AreNotSoughtForWithoutEnd) {
  PendingRequests pending;
  add(pending, kMostGonePast + 2);
  EXPECT_FALSE(pending.take(kMostGonePast + 1));
  EXPECT_EQ(pending.take(kMostGonePast)->correlation_id, static_cast<std::int32_t>(kMostGonePast));
}

}  // namespace
}  // namespace klab
