#include "cli/check/section_plays.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <chrono>
#include <numeric>
#include <thread>

#include "runners/eventually.hpp"
#include "runners/whole_file.hpp"

namespace klab {
namespace {

using namespace std::chrono_literals;
namespace fs = std::filesystem;

constexpr auto kBetweenLooks = 100ms;

std::deque<std::size_t> longest_first(const std::vector<PlannedSection>& sections) {
  std::deque<std::size_t> order(sections.size());
  std::iota(order.begin(), order.end(), 0);
  std::ranges::stable_sort(order, std::greater(), [&](std::size_t i) { return sections[i].seconds; });
  return order;
}

}  // namespace

SectionPlays::SectionPlays(const std::vector<PlannedSection>& sections, fs::path specs, PlanOf plan_of,
                           TakeResult take_result)
    : sections_(sections),
      specs_(std::move(specs)),
      plan_of_(std::move(plan_of)),
      take_result_(std::move(take_result)),
      unplayed_(longest_first(sections)) {}

void SectionPlays::run() {
  try {
    eventually([this] { return look(); }, 24h, kBetweenLooks);
  } catch (...) {
    for (Play& play : plays_) play.process->ask_to_stop();
    for (Play& play : plays_)
      if (!play.is_over) end(play);
    throw;
  }
}

/// A broker that starts keeps a core busy: more of them at a time would only keep back the sections that have
/// to wait long.
void SectionPlays::start_more() {
  const auto is_starting = [](const Play& play) { return !play.is_over && play.process->is_starting(); };
  const auto most = static_cast<std::ptrdiff_t>(std::max(std::thread::hardware_concurrency(), 1u));
  while (!unplayed_.empty() && std::ranges::count_if(plays_, is_starting) < most) {
    plays_.push_back(start(unplayed_.front()));
    unplayed_.pop_front();
  }
}

SectionPlays::Play SectionPlays::start(std::size_t section) const {
  const PlayPlan plan = plan_of_(section);
  fs::create_directories(plan.out);
  fs::create_directories(plan.scratch);
  const fs::path file = plan.out / "plan.json";
  replace_whole_file(file, to_json(plan));
  const std::vector<std::string> arguments{"--plan", file.string()};
  return {section, std::make_unique<SectionProcess>(specs_ / sections_[section].spec, arguments, plan.out)};
}

/// True when all are over.
bool SectionPlays::look() {
  start_more();
  for (Play& play : plays_)
    if (!play.is_over && !play.process->is_running()) end(play);
  std::vector<LiveLine> shown;
  for (const Play& play : plays_) shown.push_back(live_line(play));
  lines_.show(shown);
  return unplayed_.empty() && std::ranges::all_of(plays_, &Play::is_over);
}

void SectionPlays::end(Play& play) {
  play.is_over = true;
  play.result = take_result_(play.section, *play.process);
}

LiveLine SectionPlays::live_line(const Play& play) const {
  const PlannedSection& section = sections_[play.section];
  return {fmt::format("{}  {}", section.id, section.title),
          play.is_over ? play.result : play.process->state(), play.process->seconds()};
}

}  // namespace klab
