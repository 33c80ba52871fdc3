#pragma once

#include <cstddef>
#include <optional>
#include <string>
#include <vector>

#include "checks/history/moment.hpp"

namespace klab {

/// The stages of a record's way from one program to the output of another, in their order.
enum class LifeStage { sent, acknowledged, logged, delivered, printed };

/// A record came to a stage: "3.214 s", "by producer-1 to partition 4". The log knows no time.
struct LifeEvent {
  std::optional<Moment> at = {};
  std::string text = {};
};

struct LifeStep {
  LifeStage stage = LifeStage::sent;
  std::vector<LifeEvent> events = {};  ///< the first few
  std::size_t more = 0;                ///< how many more there were
  std::string missing = {};            ///< where there is none: "never", or why nobody can tell; else empty
};

/// What became of a record that evidence names: every stage in order, also where it never came to it.
struct RecordLife {
  std::string record = {};  ///< "record 998 of the file (id 489748199)"
  std::vector<LifeStep> steps = {};
};

}  // namespace klab
