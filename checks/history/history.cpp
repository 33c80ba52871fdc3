#include "checks/history/history.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <csignal>
#include <set>
#include <tuple>

namespace klab {

std::string_view name_of(Ending ending) {
  switch (ending) {
    case Ending::exited:
      return "exited";
    case Ending::stopped:
      return "stopped";
    case Ending::deadline:
      return "deadline";
    case Ending::flooded:
      return "flooded";
    case Ending::limit:
      return "limit";
  }
  return "exited";
}

std::string_view name_of(TransactionStep step) {
  switch (step) {
    case TransactionStep::begun:
      return "begun";
    case TransactionStep::committed:
      return "committed";
    case TransactionStep::aborted:
      return "aborted";
    case TransactionStep::unknown:
      return "unknown";
  }
  return "begun";
}

std::string_view name_of(RecordState state) {
  switch (state) {
    case RecordState::committed:
      return "committed";
    case RecordState::aborted:
      return "aborted";
    case RecordState::open:
      return "open";
  }
  return "committed";
}

Runs runs_of(const History& history, std::string_view role) {
  Runs runs;
  for (const ProgramRun& run : history.programs)
    if (run.role == role) runs.push_back(&run);
  return runs;
}

bool is_heard_in_full(const History& history, std::string_view program) {
  const auto heard = std::ranges::find(history.overheard, program, &Overheard::program);
  return heard != history.overheard.end() && heard->opaque == 0;
}

std::string unheard(const History& history, std::string_view program) {
  const auto heard = std::ranges::find(history.overheard, program, &Overheard::program);
  const bool is_explained = heard != history.overheard.end() && !heard->why.empty();
  return fmt::format("what {} and the broker said to each other was not heard in full{}", program,
                     is_explained ? fmt::format(" ({})", heard->why) : "");
}

std::string unheard(const History& history, const Runs& runs) {
  for (const ProgramRun* run : runs)
    if (!is_heard_in_full(history, run->program)) return unheard(history, run->program);
  return {};
}

std::vector<const LoggedRecord*> log_of(const History& history, std::string_view topic) {
  std::vector<const LoggedRecord*> log;
  for (const LoggedRecord& record : history.logged)
    if (record.topic == topic && record.state == RecordState::committed) log.push_back(&record);
  // It was read so; and to see that takes no longer than to read it.
  const auto place = [](const LoggedRecord* record) { return std::tuple(record->partition, record->offset); };
  if (!std::ranges::is_sorted(log, {}, place)) std::ranges::stable_sort(log, {}, place);
  return log;
}

bool is_drained(const History& history, std::string_view topic) {
  const auto found = std::ranges::find(history.topics, topic, &Topic::name);
  if (found == history.topics.end()) return false;
  std::set<int> seen;
  for (const DrainedPartition& partition : history.drained)
    if (partition.topic == topic && partition.partition >= 0 && partition.partition < found->partitions)
      seen.insert(partition.partition);
  return found->partitions > 0 && std::ssize(seen) == found->partitions;
}

std::string describe_ending(const ProgramRun& run) {
  const double seconds = std::chrono::duration<double>(run.ended - run.started).count();
  const std::string status = run.exit_code ? fmt::format("exited with {}", *run.exit_code)
                                           : fmt::format("died of signal {}", run.signal);
  switch (run.ending) {
    case Ending::exited:
      return fmt::format("{} after {:.1f} s", status, seconds);
    case Ending::stopped:
      // The most common end of a consumer should not look like a fault.
      return fmt::format("was stopped by the grader after {:.1f} s{}", seconds,
                         run.signal == SIGINT ? "" : ", and " + status);
    case Ending::deadline:
      return fmt::format("made no more progress and was stopped after {:.1f} s", seconds);
    case Ending::flooded:
      return fmt::format("printed or sent far too much and was stopped after {:.1f} s", seconds);
    case Ending::limit:
      return fmt::format("{} and was stopped after {:.1f} s", run.limit, seconds);
  }
  return status;
}

}  // namespace klab
