#pragma once

#include <string>
#include <vector>

namespace klab {

/// Scripts made from the goldens: each recorded connection, and for each API and version a request and its
/// response as Kafka's own classes write them.
std::vector<std::string> talk_seeds();

}  // namespace klab
