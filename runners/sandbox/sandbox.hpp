#pragma once

#include <cstdint>
#include <filesystem>
#include <optional>
#include <string>
#include <vector>

#include "runners/eventually.hpp"
#include "runners/file_descriptor.hpp"
#include "runners/sandbox/sandbox_limits.hpp"
#include "runners/sandbox/task_cap.hpp"

namespace klab {

/// What a sandboxed program may reach. All files can be read and none written, except: /tmp, /var/tmp, /run
/// and /dev/shm are empty, writable, and gone afterwards. Of the places below the deepest holds, so that a
/// writable folder may lie in a hidden one.
struct SandboxPlan {
  std::filesystem::path helper = {};      ///< klab-sandbox
  std::vector<std::uint16_t> ports = {};  ///< all the network there is: 127.0.0.1:PORT and [::1]:PORT
  std::vector<std::filesystem::path> writable = {};  ///< must exist
  std::vector<std::filesystem::path> readable = {};  ///< as they are, also beneath /tmp; must exist
  std::vector<std::filesystem::path> overlays = {};  ///< writable, but nothing lasts; read-only if refused
  std::vector<std::filesystem::path> hidden = {};    ///< an empty folder or file; skipped when there is none
  SandboxLimits limits = {};
};

/// A sandbox for one command: processes that neither see nor signal any others, a network with nothing but
/// `ports` in it, files as planned, no capabilities. It is made by the helper, which runs in place of the
/// command and ends as it does, by exit code or signal:
///
///   Sandbox sandbox(plan);
///   ChildProcess child({.argv = sandbox.around({"/bin/sh", "-c", command}), .inherited =
///   sandbox.inherited()}); serve(sandbox.listeners(10s)); sandbox.go();
///   ..
///   child.stop(patience);  // signals go to the program, not to the helper
///   sandbox.kill();        // and what is left of its processes
///
/// When klab dies, so does all that runs in the sandbox.
class Sandbox {
 public:
  explicit Sandbox(SandboxPlan plan);
  ~Sandbox();
  Sandbox(const Sandbox&) = delete;
  Sandbox& operator=(const Sandbox&) = delete;

  /// The command line that runs a command in this sandbox.
  std::vector<std::string> around(const std::vector<std::string>& argv) const;

  /// The descriptor that the child must inherit.
  int inherited() const { return helpers_end_.get(); }

  /// Waits until the sandbox is made; one listening socket a port, in the plan's order. Nothing of the
  /// program has run yet. Throws HarnessError that says why there is no sandbox, Interrupted.
  std::vector<FileDescriptor> listeners(Clock::duration within);

  /// Lets the program start.
  void go();

  /// The limit that was exceeded, and for which everything in the sandbox was killed, its command with
  /// SIGKILL.
  std::optional<LimitHit> limit_hit();

  /// Kills every process in the sandbox and returns when all of them are dead. Before `listeners` has
  /// returned it can do no more than ask for it. Throws HarnessError when they do not die.
  void kill();

 private:
  SandboxPlan plan_;
  std::optional<TaskCap> cap_ = std::nullopt;
  FileDescriptor control_, helpers_end_;
  FileDescriptor first_process_;  // a pidfd; readable once all of the sandbox's processes are dead
  std::optional<LimitHit> limit_hit_;
};

/// "used 1.5 GiB of memory; 1 GiB is allowed".
std::string describe(const LimitHit& hit);

/// Tries a sandbox out; empty when all works, else why not.
std::optional<std::string> why_namespaces_are_refused(const std::filesystem::path& helper);

}  // namespace klab
