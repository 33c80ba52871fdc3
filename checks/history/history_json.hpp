#pragma once

#include <filesystem>
#include <iosfwd>

#include "checks/history/history.hpp"

namespace klab {

/// Writes the history as JSON lines: a header, then one event a line. docs/history.md is the schema. The
/// events' `line` members say where they go, so they must be 2, 3, .. without a gap.
void write_history(std::ostream& out, const History& history);

/// Reads what `write_history` wrote. Kinds of events that this version does not know are passed over, so that
/// an older klab can judge a newer history by what it knows. Throws BadInput with source and line for
/// anything malformed.
History read_history(std::istream& in, const std::string& source);

/// The same, from a file. Throws BadInput when it cannot be opened.
History load_history(const std::filesystem::path& file);

/// Of a history that klab itself wrote only the program runs, without reading the rest. Throws BadInput.
History load_program_runs(const std::filesystem::path& file);

}  // namespace klab
