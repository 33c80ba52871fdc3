#pragma once

#include <cstddef>
#include <string_view>

namespace klab {

/// More levels than any data of a lab or any file of klab has.
inline constexpr std::size_t kDeepestJson = 100;

/// What can be told of JSON text before it is parsed. Of text that is not JSON it says nothing in particular.
struct JsonShape {
  std::size_t levels = 0;  ///< of arrays and objects in one another
  std::size_t fields = 0;  ///< of all objects together
};

JsonShape shape_of(std::string_view json);

/// Whether JSON text nests deeper than `kDeepestJson`. nlohmann's parser and destructor take any depth, its
/// dump() and its copies recurse: a submission could end the grader with 100 KB of brackets. Ask before
/// parsing what others wrote.
bool nests_too_deep(std::string_view json);

}  // namespace klab
