#pragma once

#include <string_view>

#include "checks/history/history.hpp"
#include "checks/verdict/verdict.hpp"

namespace klab {

/// Programs of a role never have two messages in flight: each is answered before the next one is sent. A
/// message is in flight from when it left the program until the program was told what became of it, or its
/// connection ended; one that is sent again is no second one. Says nothing about how a program waits: flush()
/// after each, or the acknowledgement of each, is the same.
///
/// Undecided when fewer than two messages were sent, a program was not heard in full, or it asks for no
/// acknowledgements (acks=0): then flush() waits for nothing, and nobody can see whether it was called.
Verdict one_in_flight(const History& history, std::string_view topic, std::string_view role);

}  // namespace klab
