#pragma once

#include "reports/markup/xml_writer.hpp"
#include "reports/run_result.hpp"

namespace klab {

/// One property with all that is known of it; open when it failed or the grader fell short, else folded to
/// one line.
void write_property(XmlElement& section, const PropertyResult& property);

}  // namespace klab
