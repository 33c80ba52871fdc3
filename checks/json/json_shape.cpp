#include "checks/json/json_shape.hpp"

#include <algorithm>

namespace klab {

JsonShape shape_of(std::string_view json) {
  JsonShape shape;
  std::size_t depth = 0;
  bool in_string = false;
  for (std::size_t at = 0; at < json.size(); ++at) {
    const char c = json[at];
    if (in_string && c == '\\')
      ++at;
    else if (c == '"')
      in_string = !in_string;
    else if (in_string)
      continue;
    else if (c == '[' || c == '{')
      shape.levels = std::max(shape.levels, ++depth);
    else if ((c == ']' || c == '}') && depth > 0)
      --depth;
    else if (c == ':')
      ++shape.fields;
  }
  return shape;
}

bool nests_too_deep(std::string_view json) { return shape_of(json).levels > kDeepestJson; }

}  // namespace klab
