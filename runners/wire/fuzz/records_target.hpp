#pragma once

#include "checks/fuzz/fuzz_target.hpp"

namespace klab {

/// The input is what a `records` field holds. All of its batches are read, decompressed to at most `limit`
/// bytes together; throws std::logic_error where more comes of them than they say.
void try_record_set(std::string_view input, std::size_t limit);

extern const FuzzTarget kRecordsTarget;

}  // namespace klab
