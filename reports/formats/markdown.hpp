#pragma once

#include <string>
#include <string_view>

namespace klab {

/// Any text as one bounded line of Markdown that shows it and does nothing else, also in a table's cell.
std::string markdown_line(std::string_view raw);

}  // namespace klab
