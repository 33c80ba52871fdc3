#pragma once

#include <string>
#include <string_view>

#include "reports/markup/xml_writer.hpp"
#include "reports/run_result.hpp"

namespace klab {

// What the parts of the page share. The style sheet knows the classes.

/// All that comes before the body, with the style sheet and what a page adds to it.
std::string page_head(std::string_view title, std::string_view more_style = {});

/// <element class="..">text</element>; nothing at all for empty text.
void write_text(XmlElement& parent, std::string_view element, std::string_view css_class,
                std::string_view text);

/// A row of a table of names and values; nothing at all for an empty value.
void write_fact(XmlElement& table, std::string_view name, std::string_view value);

/// The word for the outcome, and the kind of failure where it says more.
void write_mark(XmlElement& parent, const PropertyResult& property);

/// "pass", "fail", "skipped", "error" or "not-run".
std::string css_class_of(PropertyOutcome outcome);

/// A fragment for links to a property or a section, safe for any id: "property-A.stored-once".
std::string anchor_of(const PropertyResult& property);
std::string anchor_of(const SectionResult& section);

/// "0.4 s", "2 min 5 s".
std::string seconds_text(double seconds);

/// "3 of 6".
std::string out_of(double part, double whole);

}  // namespace klab
