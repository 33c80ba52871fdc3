#pragma once

#include <filesystem>
#include <string>

#include "reports/class/class_result.hpp"
#include "specs/lab.hpp"

namespace klab {

/// What a submission's run directory says of it; `not_graded` where there is none, or none that was finished.
/// Of what klab check could not begin, or came to no end of, it says the reason.
ClassRow read_class_row(const std::filesystem::path& run, const std::string& submission);

/// Whether a finished run is still one of these very files, by the same lab.
bool is_up_to_date(const std::filesystem::path& run, const std::filesystem::path& submission, const Lab& lab);

}  // namespace klab
