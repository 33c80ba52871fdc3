#include "checks/chi_square.hpp"

#include <cmath>
#include <numeric>

namespace klab {

// The regularised upper incomplete gamma function Q(k/2, x/2), upwards from Q(1/2) or Q(1) by its recurrence
// Q(a + 1, x) = Q(a, x) + x^a e^-x / gamma(a + 1).
double chi_square_tail(double statistic, std::size_t degrees_of_freedom) {
  const double x = statistic / 2, end = static_cast<double>(degrees_of_freedom) / 2;
  const bool is_odd = degrees_of_freedom % 2 == 1;
  double a = is_odd ? 0.5 : 1;
  double tail = is_odd ? std::erfc(std::sqrt(x)) : std::exp(-x);
  for (; a < end; ++a) tail += std::exp(a * std::log(x) - x - std::lgamma(a + 1));
  return tail;
}

double chance_of_even_draws(const std::vector<std::size_t>& counts) {
  const double draws = static_cast<double>(std::accumulate(counts.begin(), counts.end(), std::size_t{0}));
  if (counts.size() < 2 || draws == 0) return 1;
  const double expected = draws / static_cast<double>(counts.size());
  double statistic = 0;
  for (const std::size_t count : counts) {
    const double difference = static_cast<double>(count) - expected;
    statistic += difference * difference / expected;
  }
  return statistic > 0 ? chi_square_tail(statistic, counts.size() - 1) : 1;
}

}  // namespace klab
