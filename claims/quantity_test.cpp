#include "claims/quantity.hpp"

#include <gtest/gtest.h>

namespace klab {
namespace {

std::string found(const std::string& text, Quantity kind, std::string_view unit = {}) {
  const auto quantity = quantity_at(words_of(text), 0, kind, unit);
  return quantity ? quantity->value : "none";
}

TEST(Quantities, AreWrittenInOneForm) {
  EXPECT_EQ(found("168 hours", Quantity::duration), "7 days");
  EXPECT_EQ(found("one week", Quantity::duration), "7 days");
  EXPECT_EQ(found("24 hours", Quantity::duration), "1 day");
  EXPECT_EQ(found("5,000 ms", Quantity::duration), "5 s");
  EXPECT_EQ(found("5ms", Quantity::duration), "5 ms");
  EXPECT_EQ(found("0 ms", Quantity::duration), "0 ms");
  EXPECT_EQ(found("16 KB", Quantity::size), "16 KB");
  EXPECT_EQ(found("three", Quantity::count), "3");
}

TEST(Quantities, TakeABareNumberOnlyWhereItsUnitIsKnown) {
  EXPECT_EQ(found("604800000", Quantity::duration, "ms"), "7 days");
  EXPECT_EQ(found("168", Quantity::duration, "hours"), "7 days");
  EXPECT_EQ(found("168", Quantity::duration), "none");
  EXPECT_EQ(found("7 partitions", Quantity::duration), "none");
}

TEST(Quantities, AreOneOfWhatHappensEverySecond) {
  const auto second_in = [](const std::string& text) {
    const auto quantity = quantity_at(words_of(text), 1, Quantity::duration);
    return quantity ? quantity->value : "none";
  };
  EXPECT_EQ(second_in("every second"), "1 s");
  EXPECT_EQ(second_in("per minute, or so"), "1 min");
  EXPECT_EQ(second_in("every second record"), "none");
  EXPECT_EQ(second_in("the second"), "none");
}

TEST(Quantities, AreTheSameWhereOneIsRounded) {
  EXPECT_TRUE(is_same_quantity("1 MB", canonical_quantity("1048588 bytes", Quantity::size), Quantity::size));
  EXPECT_TRUE(is_same_quantity("16 KB", canonical_quantity("16384 bytes", Quantity::size), Quantity::size));
  EXPECT_FALSE(is_same_quantity("1 MB", "10 MB", Quantity::size));
  EXPECT_FALSE(is_same_quantity("5 s", "5100 ms", Quantity::duration));
}

}  // namespace
}  // namespace klab
