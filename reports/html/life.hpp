#pragma once

#include "reports/markup/xml_writer.hpp"
#include "reports/pictures/record_life.hpp"

namespace klab {

/// A record's life as an ordered list of its stages, folded unless it is the first of its property.
void write_life(XmlElement& parent, const RecordLife& life, bool is_open);

}  // namespace klab
