#pragma once

#include <cstddef>
#include <cstdint>
#include <functional>
#include <optional>

#include "runners/fair_watch.hpp"

namespace klab {

/// How many submissions to grade at a time. A section mostly waits, so several for each core; and each may
/// have programs and a broker for every section, for which there has to be memory. At least one.
std::size_t jobs_for(std::size_t cores, std::uint64_t available_bytes, std::size_t sections);

/// The same, for this machine as it is now.
std::size_t jobs_for_this_machine(std::size_t sections);

/// Says when one more submission may be started: where there are fewer than `jobs`, and the machine is not
/// overrun by those that there are. What a submission takes is not known before it runs: one of scripts
/// mostly waits, one of JVMs keeps every core busy.
class Admission {
 public:
  Admission(std::size_t jobs, std::size_t cores, std::function<double()> crowding = threads_a_core)
      : jobs_(jobs), cores_(cores), crowding_(std::move(crowding)) {}

  /// To be asked every tenth of a second or so; true stands for one start.
  bool admits(std::size_t under_way, Clock::time_point now = Clock::now());

 private:
  void look(Clock::time_point now);

  std::size_t jobs_, cores_;
  std::function<double()> crowding_;
  double crowded_ = 0;  ///< the mean of the last few seconds
  std::optional<Clock::time_point> looked_ = {}, admitted_ = {};
};

}  // namespace klab
