#pragma once

#include <string>
#include <vector>

#include "runners/wire/spec_compiler/spec_file.hpp"

namespace klab {

/// The source of the tables behind message_specs(). Throws SpecError where a struct contains itself.
std::string write_tables(std::vector<SpecFile> files);

}  // namespace klab
