#pragma once

#include <cstddef>
#include <vector>

namespace klab {

/// How probable it is that drawing each of these kinds with equal chance gives counts that are at least as
/// uneven: Pearson's test, the upper tail of the chi-square distribution. 1 for fewer than two kinds or for
/// no draws. A close approximation where each kind is expected five times or more.
double chance_of_even_draws(const std::vector<std::size_t>& counts);

/// The upper tail: how probable a value of at least `statistic` is. Both arguments are positive.
double chi_square_tail(double statistic, std::size_t degrees_of_freedom);

}  // namespace klab
