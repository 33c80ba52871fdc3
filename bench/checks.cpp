// What the catalogue of checks costs, on histories of a million events and of ten million: a send, or a
// record that a poll returned, is an event. `checks [MILLIONS]`
//
// `judge` is building the model and running all checks on a history in memory, on one core; `read` is reading
// it from JSON. Memory is the most that judging took beside the history itself. The best of three turns.

#include <fmt/format.h>
#include <malloc.h>
#include <sys/resource.h>

#include <algorithm>
#include <new>
#include <random>
#include <sstream>

#include "bench/figure.hpp"
#include "checks/catalogue/catalogue.hpp"
#include "checks/errors.hpp"
#include "checks/history/history_json.hpp"

namespace {

std::size_t in_use = 0;
std::size_t most_in_use = 0;

}  // namespace

// One thread only: these count what is allocated.
void* operator new(std::size_t size) {
  void* memory = std::malloc(size);
  if (memory == nullptr) throw std::bad_alloc();
  in_use += malloc_usable_size(memory);
  most_in_use = std::max(most_in_use, in_use);
  return memory;
}

void operator delete(void* memory) noexcept {
  in_use -= malloc_usable_size(memory);
  std::free(memory);
}

void operator delete(void* memory, std::size_t) noexcept { operator delete(memory); }

void* operator new(std::size_t size, std::align_val_t alignment) {
  const auto bytes = static_cast<std::size_t>(alignment);
  void* memory = std::aligned_alloc(bytes, (size + bytes - 1) / bytes * bytes);
  if (memory == nullptr) throw std::bad_alloc();
  in_use += malloc_usable_size(memory);
  most_in_use = std::max(most_in_use, in_use);
  return memory;
}

void operator delete(void* memory, std::align_val_t) noexcept { operator delete(memory); }

namespace klab {
namespace {

constexpr int kPartitions = 12;
constexpr int kProducers = 8;
constexpr std::size_t kRecordsAPoll = 100;
constexpr std::size_t kTurns = 3;

/// Producers send to all partitions in turn; a group of as many members as partitions reads it all and
/// commits after each poll.
History busy_history(std::size_t events) {
  History history;
  Line line = 1;
  std::minstd_rand random(1);
  history.topics.push_back({.line = ++line, .name = "orders", .partitions = kPartitions});
  const std::size_t sends = events / 2;
  history.sends.reserve(sends);
  for (std::size_t i = 0; i < sends; ++i) {
    const auto time = static_cast<std::int64_t>(i);
    history.sends.push_back({.line = ++line,
                             .producer = fmt::format("producer-{}", random() % kProducers),
                             .id = fmt::format("id-{}", i),
                             .topic = "orders",
                             .partition = static_cast<int>(i % kPartitions),
                             .offset = static_cast<std::int64_t>(i / kPartitions),
                             .key = fmt::format("key-{}", i % (kPartitions * 1000)),
                             .begin = Moment(time),
                             .end = Moment(time + 5000),
                             .outcome = SendOutcome::acked});
  }
  for (int partition = 0; partition < kPartitions; ++partition)
    history.assigned.push_back({.line = ++line,
                                .at = Moment(1),
                                .group = "group",
                                .member = fmt::format("member-{}", partition),
                                .partitions = {{"orders", partition}}});
  for (std::size_t first = 0; first < sends; first += kPartitions * kRecordsAPoll)
    for (int partition = 0; partition < kPartitions; ++partition) {
      const auto time = static_cast<std::int64_t>(first + 2'000'000);
      Poll poll{.line = ++line,
                .member = fmt::format("member-{}", partition),
                .begin = Moment(time),
                .at = Moment(time + 10)};
      for (std::size_t i = first + static_cast<std::size_t>(partition);
           i < sends && i < first + kPartitions * kRecordsAPoll; i += kPartitions)
        poll.records.push_back({.topic = "orders",
                                .partition = partition,
                                .offset = static_cast<std::int64_t>(i / kPartitions),
                                .id = fmt::format("id-{}", i),
                                .key = fmt::format("key-{}", i % (kPartitions * 1000))});
      if (poll.records.empty()) continue;
      const std::int64_t next = poll.records.back().offset + 1;
      history.polls.push_back(std::move(poll));
      history.commits.push_back({.line = ++line,
                                 .asked = Moment(time + 11),
                                 .at = Moment(time + 12),
                                 .group = "group",
                                 .member = fmt::format("member-{}", partition),
                                 .topic = "orders",
                                 .partition = partition,
                                 .offset = next});
    }
  return history;
}

/// Of this process: on one core, however busy the machine is.
double seconds_of(auto action) {
  const std::clock_t begin = std::clock();
  action();
  return static_cast<double>(std::clock() - begin) / CLOCKS_PER_SEC;
}

void judge_all(const History& history) {
  if (judge_history(history, {.idempotent = true, .reset = ResetPolicy::earliest}).outcome != Outcome::holds)
    throw HarnessError("the history is not refuted by right");
}

double judging_speed(std::size_t events) {
  const History history = busy_history(events);
  double best = 1e9;
  std::size_t most = 0;
  for (std::size_t turn = 0; turn < kTurns; ++turn) {
    const std::size_t before = most_in_use = in_use;
    best = std::min(best, seconds_of([&] { judge_all(history); }));
    most = std::max(most, most_in_use - before);
  }
  const auto count = static_cast<double>(events);
  const double speed = count / best / 1e6;
  const std::string name = fmt::format("checks.judge.{}M", events / 1'000'000);
  print_figure(name, speed, "million events/s", 5);
  print_figure(name + ".memory", static_cast<double>(most) / count, "bytes/event", 100);
  return speed;
}

void reading_speed(std::size_t events) {
  std::stringstream text;
  write_history(text, busy_history(events));
  double best = 1e9;
  for (std::size_t turn = 0; turn < kTurns; ++turn) {
    text.clear();
    text.seekg(0);
    best = std::min(best, seconds_of([&] { read_history(text, "bench"); }));
  }
  const auto bytes = static_cast<double>(text.str().size());
  print_figure("checks.read", static_cast<double>(events) / best / 1e6, "million events/s", 1);
  print_figure("checks.read.bytes", bytes / best / 1e6, "MB/s", 1);
}

}  // namespace
}  // namespace klab

int main(int count, char** arguments) {
  try {
    const std::size_t millions = count > 1 ? std::stoul(arguments[1]) : 10;
    const double small = klab::judging_speed(1'000'000);
    const double large = klab::judging_speed(millions * 1'000'000);
    klab::print_figure("checks.judge.linear", large, "million events/s", small);
    klab::reading_speed(200'000);
  } catch (const std::exception& error) {
    fmt::print(stderr, "{}\n", error.what());
    return 2;
  }
}
