#pragma once

#include <optional>
#include <set>
#include <string>
#include <string_view>
#include <vector>

#include "checks/history/history.hpp"

namespace klab {

/// The groups that a program's members were taken into, whatever it was told.
std::set<std::string> groups_joined(const History& history, std::string_view program);

/// A group that a run joined and that another run joined too, though the two were told different groups:
/// programs that have a group of their own making. Kafka then shares out between them what each was to have
/// all of.
std::optional<std::string> group_shared_with_others(const History& history, const ProgramRun& run);

/// The groups that runs of a role were told, in the order in which the first of each was started.
std::vector<std::string> groups_told(const History& history, std::string_view role);

/// The runs that were told a group, in the order in which they were started.
Runs runs_told(const History& history, std::string_view group);

/// The group that all of these joined, whatever it is called: the one in which they met first.
std::optional<std::string> group_of_all(const History& history, const Runs& runs);

}  // namespace klab
