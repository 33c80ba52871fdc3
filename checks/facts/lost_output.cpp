#include "checks/facts/lost_output.hpp"

#include <signal.h>

#include <algorithm>
#include <cstdint>
#include <map>

#include "checks/facts/deliveries.hpp"

namespace klab {
namespace {

constexpr std::size_t kMostInABuffer = 64 * 1024;  // what a pipe holds; stdio's buffers are smaller

bool is_of(const CommittedOffset& committed, const Runs& programs) {
  return std::ranges::any_of(
      programs, [&](const ProgramRun* run) { return run->group.empty() || run->group == committed.group; });
}

bool has_read_everything(const History& history, std::string_view topic, const Runs& programs) {
  std::size_t with_records = 0, read = 0;
  for (const DrainedPartition& partition : history.drained) {
    if (partition.topic != topic || partition.first == partition.end) continue;
    ++with_records;
    read += std::ranges::any_of(history.committed, [&](const CommittedOffset& committed) {
      return committed.topic == topic && committed.partition == partition.partition &&
             committed.offset >= partition.end && is_of(committed, programs);
    });
  }
  return with_records > 0 && read == with_records;
}

/// A shell's `||` is none.
bool is_pipeline(std::string_view command) {
  for (std::size_t at = command.find('|'); at != std::string_view::npos; at = command.find('|', at + 1)) {
    if (!command.substr(at).starts_with("||")) return true;
    ++at;
  }
  return false;
}

/// Whether a signal ended it before it came to the end of its own doing: who leaves its group after it was
/// told to stop handles that, and what it had printed is flushed as it exits. In a pipeline it is one that
/// leaves, and maybe another that printed.
bool may_have_lost(const History& history, const ProgramRun& run) {
  const bool left_by_itself = std::ranges::any_of(history.left, [&](const Left& left) {
    return left.program == run.program && left.end == OwnershipEnd::closed && left.at >= run.told_to_stop;
  });
  return run.signal == SIGKILL || (run.signal != 0 && (!left_by_itself || is_pipeline(run.command)));
}

/// The last that each program printed of what it was given.
class LastPrinted {
 public:
  LastPrinted(const History& history, const Prints& prints, const Places& wanted) : deliveries_(history) {
    for (std::size_t position = 0; position < wanted.size(); ++position)
      for (const PrintedLine* line : prints.lines[position])
        for (const LoggedRecord* place : wanted[position])
          if (const auto given = deliveries_.first(line->program, *place)) add(line->program, *place, *given);
  }

  bool is_none() const { return of_.empty(); }

  /// Whether the program was given the record, and behind all that it printed.
  bool is_behind(const std::string& program, const LoggedRecord& record) const {
    const auto given = deliveries_.first(program, record);
    const auto last = of_.find(program);
    if (!given || last == of_.end()) return given.has_value();
    const auto offset = last->second.offsets.find(record.partition);
    return *given >= last->second.given &&
           (offset == last->second.offsets.end() || record.offset > offset->second);
  }

 private:
  struct Last {
    Moment given = {};
    std::map<int, std::int64_t> offsets = {};  // by partition
  };

  void add(const std::string& program, const LoggedRecord& record, Moment given) {
    Last& last = of_[program];
    last.given = std::max(last.given, given);
    std::int64_t& offset = last.offsets.try_emplace(record.partition, record.offset).first->second;
    offset = std::max(offset, record.offset);
  }

  Deliveries deliveries_;
  std::map<std::string_view, Last> of_ = {};
};

bool lacks_only_the_last(const History& history, const Runs& programs, const Places& wanted,
                         const SampleIndex& index) {
  const Prints prints = prints_of(history, programs, index, Lines::all, Streams::both);
  const LastPrinted last(history, prints, wanted);
  std::size_t bytes = 0;
  for (std::size_t position = 0; position < wanted.size(); ++position) {
    if (prints.lines[position].size() > wanted[position].size()) return false;
    if (prints.lines[position].size() == wanted[position].size()) continue;
    for (const LoggedRecord* place : wanted[position]) {
      bytes += place->value.value_or("").size();
      if (std::ranges::none_of(programs,
                               [&](const ProgramRun* run) { return last.is_behind(run->program, *place); }))
        return false;
    }
  }
  return !last.is_none() && bytes <= kMostInABuffer;
}

}  // namespace

GotOut what_got_out(const History& history, std::string_view topic, const Runs& programs,
                    const Places& wanted, const SampleIndex& index) {
  if (!std::ranges::all_of(programs, [&](const ProgramRun* run) { return may_have_lost(history, *run); }) ||
      !has_read_everything(history, topic, programs))
    return GotOut::all;
  if (std::ranges::all_of(programs, [](const ProgramRun* run) { return run->lines_printed == 0; }))
    return GotOut::nothing;
  return lacks_only_the_last(history, programs, wanted, index) ? GotOut::all_but_the_last : GotOut::all;
}

std::string_view words_for(GotOut got_out) {
  switch (got_out) {
    case GotOut::all:
      return "all";
    case GotOut::nothing:
      return "nothing";
    case GotOut::all_but_the_last:
      return "all but the last records";
  }
  return "";
}

}  // namespace klab
