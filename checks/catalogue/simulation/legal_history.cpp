#include "checks/catalogue/simulation/legal_history.hpp"

#include "checks/catalogue/simulation/simulated_members.hpp"
#include "checks/catalogue/simulation/simulated_producers.hpp"

namespace klab {
namespace {

class Play {
 public:
  explicit Play(unsigned seed) : telling_(seed) {}

  LegalHistory play(int steps) {
    set_up();
    for (int step = 0; step < steps; ++step) act();
    producers_.finish();
    if (!telling_.chance(30)) members_.drain();
    return telling_.lay_out();
  }

 private:
  void set_up() {
    const bool are_idempotent = telling_.chance(50);
    const ResetPolicy reset = telling_.chance(40) ? ResetPolicy::latest : ResetPolicy::earliest;
    LegalHistory& legal = telling_.legal;
    legal.policy = {.reset = reset, .stable_us = 1'000'000'000};
    if (are_idempotent) legal.policy.idempotent = true;
    const bool is_old = telling_.chance(30);
    const std::int64_t first = is_old ? static_cast<std::int64_t>(1'000'000'000 + telling_.below(1000)) : 0;
    log_.make_partitions(1 + telling_.below(4), first);
    legal.history.topics.push_back({.name = "t", .partitions = log_.partitions()});
    telling_.place("", legal.history.topics);
    producers_.make(are_idempotent);
    members_.make(reset);
  }

  void act() {
    const std::size_t what = telling_.below(100);
    if (what < 40) return producers_.send();
    if (what < 70) return members_.poll();
    if (what < 82) return members_.commit();
    if (what < 86) return members_.seek();
    if (what < 92) return members_.change_group();
    if (what < 94) return producers_.flush();
    if (what < 96) return producers_.arrive_late();
    members_.read_alone();
  }

  Telling telling_;
  SimulatedLog log_ = {};
  SimulatedProducers producers_{telling_, log_};
  SimulatedMembers members_{telling_, log_};
};

}  // namespace

LegalHistory legal_history(unsigned seed, int steps) { return Play(seed).play(steps); }

}  // namespace klab
