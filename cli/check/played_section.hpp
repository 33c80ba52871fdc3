#pragma once

#include <filesystem>

#include "checks/history/history.hpp"
#include "cli/outcome.hpp"

namespace klab {

/// Fills in a planned section from what its spec left behind: `folder` is the section's of the run,
/// `verdicts` the file with its verdicts, `history` what was recorded, and `facts` says what else is known.
/// What is not there is not judged.
void read_played_section(SectionResult& result, const PlannedSection& section, const Submission& submission,
                         const std::filesystem::path& folder, const std::filesystem::path& verdicts,
                         const History& history, SectionFacts facts);

/// What was recorded of a section; nothing where there is no file. Outcomes need the programs only, which are
/// read in no time; everything else that is told of a section needs all of it.
History load_played_history(const std::filesystem::path& folder);
History load_played_programs(const std::filesystem::path& folder);

/// Adds what only a page shows: pictures, the lives of records, what each program said by time.
void illustrate(SectionResult& result, const History& history);

}  // namespace klab
