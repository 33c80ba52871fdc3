#include "checks/chi_square.hpp"

#include <gtest/gtest.h>

namespace klab {
namespace {

// Upper percentage points as printed in tables of the distribution.
TEST(ChiSquare, HasTheTailThatTablesHave) {
  EXPECT_NEAR(chi_square_tail(3.841, 1), 0.05, 1e-4);
  EXPECT_NEAR(chi_square_tail(5.991, 2), 0.05, 1e-4);
  EXPECT_NEAR(chi_square_tail(16.266, 3), 0.001, 1e-5);
  EXPECT_NEAR(chi_square_tail(9.488, 4), 0.05, 1e-4);
  EXPECT_NEAR(chi_square_tail(20.515, 5), 0.001, 1e-5);
}

TEST(ChiSquare, IsCertainWhereDrawsAreEven) {
  EXPECT_EQ(chance_of_even_draws({200, 200, 200, 200, 200}), 1);
  EXPECT_EQ(chance_of_even_draws({7}), 1);
  EXPECT_EQ(chance_of_even_draws({0, 0}), 1);
}

// (40^2 + 40^2) / 200 = 16 with 4 degrees of freedom.
TEST(ChiSquare, ComesFromTheDifferenceToEvenCounts) {
  EXPECT_NEAR(chance_of_even_draws({240, 160, 200, 200, 200}), 0.00302, 1e-5);
  EXPECT_LT(chance_of_even_draws({0, 250, 250, 250, 250}), 1e-50);
}

}  // namespace
}  // namespace klab
