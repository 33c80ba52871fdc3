#include "cli/watch/watch_feed.hpp"

#include <fmt/format.h>

#include <chrono>
#include <utility>

namespace klab {
namespace {

using namespace std::chrono_literals;

constexpr std::size_t kShownASecond = 10;
constexpr std::size_t kMostQueued = 10'000;

}  // namespace

void WatchFeed::add(WatchLine line) {
  const std::lock_guard lock(mutex_);
  if (line.at == Moment{}) line.at = latest_;
  latest_ = line.at;
  if (line.at - second_began_ >= 1s) begin_second(line.at);
  const auto [place, is_new] = bursts_.try_emplace({line.program, line.verb + " " + line.many});
  // What comes next should stand below the sum of what was before.
  if (is_new) sum_up(line.program);
  Burst& burst = place->second;
  if (burst.shown < kShownASecond) {
    ++burst.shown;
    return queue(std::move(line));
  }
  burst.was_too_much = true;
  ++burst.hidden;
  burst.hidden_messages += line.messages;
  burst.latest_hidden = std::move(line);
}

std::vector<WatchLine> WatchFeed::take(Moment now) {
  const std::lock_guard lock(mutex_);
  if (now - second_began_ >= 1s) begin_second(now);
  return take_queued();
}

std::vector<WatchLine> WatchFeed::take_all() {
  const std::lock_guard lock(mutex_);
  begin_second(latest_);
  return take_queued();
}

void WatchFeed::begin_second(Moment at) {
  for (auto& [name, burst] : bursts_) sum_up(burst);
  std::erase_if(bursts_, [](const auto& entry) { return !entry.second.was_too_much; });
  for (auto& [name, burst] : bursts_) burst.was_too_much = false;
  second_began_ = at;
}

void WatchFeed::sum_up(const std::string& program) {
  for (auto burst = bursts_.lower_bound({program, ""}); burst != bursts_.end(); ++burst) {
    if (burst->first.first != program) return;
    sum_up(burst->second);
  }
}

void WatchFeed::sum_up(Burst& burst) {
  if (burst.hidden == 0) return;
  WatchLine sum = std::move(burst.latest_hidden);
  if (burst.hidden > 1) {
    sum.text = fmt::format("and {} more {}", burst.hidden, sum.many);
    if (burst.hidden_messages > 0) sum.text += fmt::format(", {} messages", burst.hidden_messages);
  }
  sum.messages = burst.hidden_messages;
  burst.hidden = burst.hidden_messages = 0;
  queue(std::move(sum));
}

void WatchFeed::queue(WatchLine line) {
  if (queued_.size() < kMostQueued)
    queued_.push_back(std::move(line));
  else
    ++left_out_;
}

std::vector<WatchLine> WatchFeed::take_queued() {
  std::vector<WatchLine> taken = std::exchange(queued_, {});
  if (left_out_ > 0)
    taken.push_back({.at = taken.back().at,
                     .verb = "left out",
                     .text = fmt::format("{} lines that came faster than they could be shown", left_out_)});
  left_out_ = 0;
  return taken;
}

}  // namespace klab
