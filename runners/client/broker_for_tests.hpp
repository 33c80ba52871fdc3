#pragma once

#include <string>

namespace klab {

/// The address of a broker that lives as long as the tests of this executable. fixtures/ starts it: a test of
/// runners/ may use a broker but not know where brokers come from.
std::string broker_for_tests();

/// The name of a topic or group that no other test uses.
std::string fresh_name(const std::string& purpose);

}  // namespace klab
