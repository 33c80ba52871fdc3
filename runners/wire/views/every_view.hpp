#pragma once

#include <functional>
#include <map>
#include <string>

#include "runners/wire/value.hpp"

namespace klab {

using View = std::function<void(const Struct& body, int version)>;

/// Every view of a message by the message's name, for tests that want them all; what is seen is dropped.
const std::map<std::string, View, std::less<>>& every_view();

}  // namespace klab
