#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "checks/history/history.hpp"
#include "checks/verdict/verdict.hpp"

namespace klab {

/// Every message of the topic has one of these keys (see record_key.hpp), each of the keys is used, and none
/// is far from its share: Pearson's test on their counts gives more than one in a million. So whoever draws
/// them at random passes, as does one who deals them out in a cycle: how random they are is not judged.
///
/// A key outside of these refutes by itself. Undecided when the topic was not read to its end, and when it
/// holds fewer than five messages a key, too few to speak of shares.
Verdict keys_spread(const History& history, std::string_view topic, const std::vector<std::string>& keys);

}  // namespace klab
