#pragma once

#include <string_view>

namespace klab {

/// The style sheet of the page. Holds no "<" or "&", so that it reads the same to an HTML and an XML parser.
std::string_view html_style();

}  // namespace klab
