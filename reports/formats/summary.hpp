#pragma once

#include <cstddef>
#include <string>

#include "reports/run_result.hpp"

namespace klab {

/// What GitHub keeps of a step's summary; over it, it keeps nothing.
inline constexpr std::size_t kLongestSummary = 1024 * 1024;

/// The run as a job summary in GitHub's Markdown, of at most `most` bytes: the score, the sections, what
/// failed and what to do, what could not be judged, every property. What is too much is left out from the
/// end, and the last line counts it; empty when not even that has room. Texts of programs are escaped: they
/// make no markup, no link and no table cell.
std::string job_summary(const RunResult& run, std::size_t most = kLongestSummary);

}  // namespace klab
