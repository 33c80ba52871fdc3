#include "runners/tap/tap.hpp"

#include <pthread.h>

#include <utility>

namespace klab {

Tap::Tap(TapObserver& observer, const TapLimits& limits)
    : observed_(observer, limits.queued_bytes, [this] { wake_up_.ring(); }),
      forwarder_(std::make_unique<Forwarder>(observed_, wake_up_, limits.bytes_a_read)),
      thread_([this] { run(); }) {}

Tap::~Tap() {
  on_the_taps_thread([this] { is_over_ = true; });
  thread_.join();
  forwarder_.reset();
}

void Tap::run() {
  pthread_setname_np(pthread_self(), "klab-tap");
  while (!is_over_) {
    forwarder_->take_turn();
    run_commands();
  }
}

void Tap::run_commands() {
  std::vector<std::packaged_task<void()>> commands;
  {
    const std::lock_guard lock(mutex_);
    commands.swap(commands_);
  }
  for (auto& command : commands) command();
}

/// Returns when it has been done there; what it throws is thrown here.
void Tap::on_the_taps_thread(std::function<void()> command) {
  std::packaged_task<void()> task(std::move(command));
  std::future<void> done = task.get_future();
  {
    const std::lock_guard lock(mutex_);
    commands_.push_back(std::move(task));
  }
  wake_up_.ring();
  done.get();
}

ListenerId Tap::listen(FileDescriptor socket, int upstream_port, std::string program,
                       std::shared_ptr<Gate> gate) {
  ListenerId id = 0;
  on_the_taps_thread([&] {
    id = ++last_listener_;
    forwarder_->listen(id, std::move(socket), {upstream_port, std::move(program), std::move(gate)});
  });
  return id;
}

bool Tap::has_passed_on_all(ListenerId id) {
  bool has = false;
  on_the_taps_thread([&] { has = forwarder_->has_passed_on_all(id); });
  return has;
}

void Tap::stop_listening(ListenerId id) {
  on_the_taps_thread([&] { forwarder_->stop_listening(id); });
}

void Tap::reconsider() { wake_up_.ring(); }

void Tap::drain() {
  on_the_taps_thread([] {});
  observed_.drain();
}

std::size_t Tap::most_kept_bytes() {
  std::size_t bytes = 0;
  on_the_taps_thread([&] { bytes = forwarder_->most_kept_bytes(); });
  return bytes;
}

}  // namespace klab
