#pragma once

#include <map>
#include <string>
#include <string_view>
#include <vector>

namespace klab {

/// A flat JSON object: field name to the field's value as canonical JSON text ("\"354\"" and "354" differ).
using Fields = std::map<std::string, std::string>;

/// How a text reads as JSON.
struct RecordText {
  enum class Shape { object, encoded_twice, not_an_object };
  Shape shape = Shape::not_an_object;
  Fields fields = {};  ///< of the object; for `encoded_twice`, of the object inside the string
};

/// Reads one record, surrounding white space and a byte order mark trimmed. Never throws: any bytes may come.
/// What nests deeper than `kDeepestJson` is no object.
RecordText read_record_text(std::string_view text);

/// Reads a message: the elements if it is an array, else itself.
std::vector<RecordText> read_message_text(std::string_view text);

}  // namespace klab
