#include "runners/sandbox/inside/sandbox_request.hpp"

#include <gtest/gtest.h>

#include "runners/sandbox/inside/refusal.hpp"
#include "runners/sandbox/sandbox.hpp"

namespace klab {
namespace {

using Words = std::vector<std::string>;

SandboxRequest request_for(const SandboxPlan& plan, const Words& command) {
  const Sandbox sandbox(plan);
  const Words arguments = sandbox.around(command);
  return read_request(Words(arguments.begin() + 1, arguments.end()));
}

TEST(SandboxRequestTest, IsWhatThePlanSays) {
  const SandboxPlan plan{.helper = "klab-sandbox",
                         .ports = {9092, 9093},
                         .writable = {"/a", "/with space"},
                         .readable = {"/b"},
                         .overlays = {"/c"},
                         .hidden = {"/d", "[/e]"},
                         .limits = {.memory = 1ull << 40, .processes = 2, .file_size = 3, .scratch = 4}};
  const SandboxRequest request = request_for(plan, {"/bin/sh", "-c", "true"});
  EXPECT_GT(request.control, 2);
  EXPECT_EQ(request.ports, plan.ports);
  EXPECT_EQ(request.writable, plan.writable);
  EXPECT_EQ(request.readable, plan.readable);
  EXPECT_EQ(request.overlays, plan.overlays);
  EXPECT_EQ(request.hidden, plan.hidden);
  EXPECT_EQ(request.limits.memory, 1ull << 40);
  EXPECT_EQ(request.limits.processes, 2u);
  EXPECT_EQ(request.limits.file_size, 3u);
  EXPECT_EQ(request.limits.scratch, 4u);
}

TEST(SandboxRequestTest, LeavesTheCommandAsItIs) {
  for (const Words& command :
       {Words{"sh", "-c", "[ -e x ]"}, Words{"[", "]"}, Words{"x", "--", "--port", "1"}, Words{"--control"},
        Words{"x", "", "%%", "\"quoted\""}})
    EXPECT_EQ(request_for({.helper = "klab-sandbox"}, command).command, command);
}

TEST(SandboxRequestTest, MustMakeSense) {
  EXPECT_THROW(read_request({"--", "true"}), Refusal) << "no socket to klab";
  EXPECT_THROW(read_request({"--control", "3"}), Refusal) << "no command";
  EXPECT_THROW(read_request({"--control", "3", "--port", "x", "--", "true"}), Refusal);
  EXPECT_THROW(read_request({"--control", "3", "--unknown", "--", "true"}), Refusal);
}

}  // namespace
}  // namespace klab
