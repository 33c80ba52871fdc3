#pragma once

#include <optional>
#include <set>
#include <string>
#include <string_view>

#include "checks/history.hpp"

namespace klab {

/// The groups that a program's members were taken into, whatever it was told.
std::set<std::string> groups_joined(const History& history, std::string_view program);

/// A group that a run joined and that another run joined too, though the two were told different groups:
/// programs that have a group of their own making. Kafka then shares out between them what each was to have
/// all of.
std::optional<std::string> group_shared_with_others(const History& history, const ProgramRun& run);

}  // namespace klab
