#pragma once

#include <string_view>
#include <vector>

#include "checks/facts/prints.hpp"

namespace klab {

/// What got out of programs that a signal ended. On a terminal they would have shown all, but here they write
/// into pipes, and what a buffer holds dies with its program.
enum class GotOut {
  all,  ///< or what is missing cannot have been in a buffer
  nothing,
  all_but_the_last,  ///< records that they were given, no more than a buffer holds
};

/// Anything but `all` only where each was ended by a signal and did not close its client first, and the
/// commits of their groups say that they had read all of the topic.
GotOut what_got_out(const History& history, std::string_view topic, const Runs& programs,
                    const Places& wanted, const SampleIndex& index);

/// "nothing", "all but the last records".
std::string_view words_for(GotOut got_out);

}  // namespace klab
