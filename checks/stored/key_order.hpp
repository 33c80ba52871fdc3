#pragma once

#include <string_view>

#include "checks/history/history.hpp"
#include "checks/verdict/verdict.hpp"

namespace klab {

/// Records of one key stand in the log in the order of the file. Judged within each partition that the key
/// has records in, as Kafka promises order there and nowhere else; says nothing about order between keys, so
/// a program may as well send key after key. Messages without a key, and records that are stored more than
/// once, are left out. Undecided when no key has two records in a partition.
Verdict key_order(const History& history, std::string_view topic);

}  // namespace klab
