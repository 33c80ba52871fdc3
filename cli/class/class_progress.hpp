#pragma once

#include <cstddef>
#include <string>

#include "reports/class/class_result.hpp"
#include "runners/eventually.hpp"

namespace klab {

/// "about 20 s", "about 3 min": for a span of which no more is known.
std::string about(double seconds);

/// What is left, as long as it goes on as it did; "" before anything is done.
std::string time_left(std::size_t done, std::size_t waiting, double seconds);

/// "[######......]", `width` characters within.
std::string bar(std::size_t done, std::size_t all, std::size_t width);

/// Shows on stderr how far a class is: a line for each submission that is done, and on a terminal a bar
/// below.
class ClassProgress {
 public:
  /// `kept` were done before.
  ClassProgress(std::size_t all, std::size_t kept);

  void add(const ClassRow& row);
  void show(std::size_t under_way);

  /// Takes the bar away.
  void end();

 private:
  std::string left() const;

  std::size_t all_, kept_, done_ = 0;
  std::size_t graded_ = 0;  // what cannot be graded takes no time, so that nothing follows from it
  bool on_terminal_;
  std::string drawn_ = {};
  Clock::time_point started_ = Clock::now();
};

}  // namespace klab
