#pragma once

#include <cstdint>
#include <string>
#include <vector>

#include "checks/catalogue/policy.hpp"
#include "checks/history/moment.hpp"

namespace klab {

/// What one finding costs, in place of what its check's findings usually do.
enum class Cost : std::uint8_t { usual, fail, info };

struct Finding {
  std::vector<Line> lines = {};
  std::string note = {};               ///< a plain sentence
  std::vector<std::string> life = {};  ///< of the record it is about, where that helps
  Cost cost = Cost::usual;
  std::int64_t weight = 0;  ///< the heavier, the worse
};

/// What a check saw: how much it judged, and the findings. Keeps the worst, counts the rest; so that a
/// sentence is only made for what is kept, findings come as functions.
class Findings {
 public:
  void judged(std::size_t more = 1) { judged_ += more; }

  /// Why nothing can be said where nothing was judged.
  void missing(std::string what) { missing_ = std::move(what); }

  /// Nothing is decided, whatever was found.
  void undecided(std::string why) { undecided_ = std::move(why); }

  /// `make` returns the lines and sentence of a Finding.
  template <typename Make>
  void add(Make make, std::int64_t weight = 0, Cost cost = Cost::usual) {
    ++counts_[static_cast<std::size_t>(cost)];
    std::size_t place = worst_.size();
    while (place > 0 && is_worse(cost, weight, worst_[place - 1])) --place;
    if (place >= kKept) return;
    Finding finding = make();
    finding.cost = cost;
    finding.weight = weight;
    worst_.insert(worst_.begin() + static_cast<std::ptrdiff_t>(place), std::move(finding));
    if (worst_.size() > kKept) worst_.pop_back();
  }

  std::size_t count() const { return counts_[0] + counts_[1] + counts_[2]; }
  std::size_t count(Cost cost) const { return counts_[static_cast<std::size_t>(cost)]; }
  std::size_t judged_count() const { return judged_; }
  const std::string& what_is_missing() const { return missing_; }
  const std::string& why_undecided() const { return undecided_; }
  const std::vector<Finding>& worst() const { return worst_; }

 private:
  static constexpr std::size_t kKept = 8;

  static bool is_worse(Cost cost, std::int64_t weight, const Finding& other) {
    if ((cost == Cost::info) != (other.cost == Cost::info)) return other.cost == Cost::info;
    return weight > other.weight;
  }

  std::size_t judged_ = 0;
  std::size_t counts_[3] = {};
  std::string missing_ = {};
  std::string undecided_ = {};
  std::vector<Finding> worst_ = {};
};

}  // namespace klab
