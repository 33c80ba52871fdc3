#pragma once

#include "reports/class/class_result.hpp"
#include "reports/markup/xml_writer.hpp"

namespace klab {

// Parts of the class page; each is left out where there is nothing to say.

/// The properties that fail, that most often first.
void write_what_fails(XmlElement& main, const ClassResult& result);

/// The grader's own errors: of properties, and whole gradings.
void write_shortfalls(XmlElement& main, const ClassResult& result);

/// The folders that cannot be graded, and why.
void write_refused(XmlElement& main, const ClassResult& result);

}  // namespace klab
