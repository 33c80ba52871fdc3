#pragma once

#include <nlohmann/json.hpp>
#include <optional>
#include <set>
#include <string>
#include <string_view>
#include <vector>

#include "checks/history/history.hpp"
#include "runners/recorder.hpp"

namespace klab {

/// Something that a client's program said it did or was told, or that klab noted down: an object as in
/// experiments/clients/README.md.
struct Told {
  Moment at = {};
  nlohmann::json what = {};

  double ms() const { return what.value("ms", 0.0); }
};

/// Has something recorded as told by a program now. What is no UTF-8 in it is replaced.
void record_told(Recorder& recorder, const std::string& program, const nlohmann::ordered_json& what);

/// All of one kind, in order: told(history, "producer", "acked").
std::vector<Told> told(const History& history, std::string_view program, std::string_view kind);

/// The values of a kind as texts, in order: of "received" the record values.
std::vector<std::string> told_texts(const History& history, std::string_view program, std::string_view kind);

/// The partitions that a member of a group has at a moment, by "assigned" and "revoked" of it.
std::set<PartitionName> partitions_of(const History& history, std::string_view program,
                                      Moment at = Moment::max());

/// When something was noted first under a name (Trial::note); nothing when it never was.
std::optional<Moment> noted_at(const History& history, std::string_view name);

/// What was noted under a name during the play (Trial::note); empty when nothing was.
std::string noted(const History& history, std::string_view name);

/// Who writes what klab itself noted.
inline constexpr const char* kNotes = "klab";

}  // namespace klab
