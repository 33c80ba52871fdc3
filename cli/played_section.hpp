#pragma once

#include <filesystem>

#include "cli/outcome.hpp"

namespace klab {

/// Fills in a planned section from what its spec left behind: `folder` is the section's of the run,
/// `verdicts` the file with its verdicts, and `facts` says what else is known. What is not there is not
/// judged.
void read_played_section(SectionResult& result, const PlannedSection& section, const Submission& submission,
                         const std::filesystem::path& folder, const std::filesystem::path& verdicts,
                         SectionFacts facts);

}  // namespace klab
