#pragma once

#include <nlohmann/json.hpp>

#include "runners/wire/value.hpp"

namespace klab {

/// As Kafka's own *DataJsonConverter writes it, for reports and tests: camelCase names, bytes in Base64, a
/// uuid in the URL-safe Base64 without padding that Kafka prints, absent fields left out. Unknown tagged
/// fields are added under "unknownTags", which Kafka's converters drop.
nlohmann::ordered_json to_json(const Struct& message);

}  // namespace klab
