#pragma once

#include "checks/fuzz/fuzz_target.hpp"

namespace klab {

/// Reads the input as a history, and as the text of a record: there is a BadInput or a history. A history
/// that was read is written as one that reads as the same, and every check has a verdict on it.
extern const FuzzTarget kHistoryTarget;

}  // namespace klab
