#pragma once

#include <algorithm>
#include <cstddef>
#include <map>
#include <vector>

#include "checks/history/history_of.hpp"

namespace klab {

/// When one record was created, arrived at the tap, and was acknowledged to the program.
struct PacedRecord {
  Moment created = {}, arrived = {}, acknowledged = {};
};

/// How a made-up flush_paced behaves; 0: never. The tap keeps back the acknowledgements of records 11 to 30,
/// five at a time, until 4.5 s after the fifth arrived.
struct PacedHabits {
  std::size_t records = 48;
  std::size_t pause_every = 5;
  std::size_t flush_every = 15;
  std::size_t flushes_late_by = 0;  ///< records
  bool flushes_first = false;       ///< where both are due
  Moment pause = std::chrono::seconds(2);
  Moment linger = std::chrono::milliseconds(5);
  bool is_held = true;
};

inline std::vector<PacedRecord> paced_records(const PacedHabits& habits) {
  using namespace std::chrono_literals;
  std::vector<PacedRecord> records;
  std::map<std::size_t, Moment> released;  // by five
  const auto acknowledged = [&](std::size_t i) {
    return std::max(records[i].arrived + 2ms, released.contains(i / 5) ? released[i / 5] : 0ms);
  };
  Moment now = 1s;
  const auto flush = [&] {
    for (std::size_t i = 0; i < records.size(); ++i) now = std::max(now, acknowledged(i));
  };
  for (std::size_t number = 1; number <= habits.records; ++number) {
    records.push_back({.created = now, .arrived = now + habits.linger});
    Moment& release = released[(number - 1) / 5];
    if (habits.is_held && number > 10 && number <= 30 && (release == 0ms || release > now + habits.linger))
      release = now + habits.linger + 4500ms;
    now += 1ms;
    const bool flushes = habits.flush_every > 0 && number > habits.flushes_late_by &&
                         (number - habits.flushes_late_by) % habits.flush_every == 0;
    if (flushes && habits.flushes_first) flush();
    if (habits.pause_every > 0 && number % habits.pause_every == 0) now += habits.pause;
    if (flushes && !habits.flushes_first) flush();
  }
  for (std::size_t i = 0; i < records.size(); ++i) records[i].acknowledged = acknowledged(i);
  return records;
}

/// Those with numbers in [first, last], from 1, and all that came of them, that much later.
inline void shift(std::vector<PacedRecord>& records, std::size_t first, std::size_t last, Moment by) {
  for (std::size_t number = first; number <= last; ++number)
    for (Moment PacedRecord::*time :
         {&PacedRecord::created, &PacedRecord::arrived, &PacedRecord::acknowledged})
      records[number - 1].*time += by;
}

/// flush_paced-1 sent the sample so to partition 0.
inline HistoryOf history_of_paced(const std::vector<PacedRecord>& records) {
  using namespace std::chrono_literals;
  HistoryOf history("t", 1);
  history.sample(records.size());
  for (std::size_t i = 0; i < records.size(); ++i) {
    const PacedRecord& record = records[i];
    const auto offset = static_cast<std::int64_t>(i);
    history.at(record.arrived).sent("flush_paced-1", 0, {i}).at(record.acknowledged).answered(offset);
    if (record.acknowledged - record.arrived > 2s)
      history.at(record.arrived + 1ms).acknowledgements_held("flush_paced-1", record.acknowledged);
    history.stored(0, offset, i).created(record.created);
  }
  history.drained().exited("flush_paced-1").overheard("flush_paced-1");
  return history;
}

inline HistoryOf paced_history(const PacedHabits& habits = {}) {
  return history_of_paced(paced_records(habits));
}

}  // namespace klab
