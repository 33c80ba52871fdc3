#include <gtest/gtest.h>

#include "experiments/plays/concluded.hpp"

namespace klab {
namespace {

History managed(int pause, const std::string& left = "[]") {
  ToldHistory story;
  const auto step = [&](const std::string& name, int status, const std::string& body = "") {
    story.tell(kNotes, {{"step", name}, {"status", status}, {"body", body}});
  };
  step("unknown", 404), step("no such class", 500), step("create", 201), step("RUNNING", 200);
  step("list", 200, R"(["lines"])"), step("pause", pause), step("PAUSED", 200), step("resume", 202);
  step("restart", 204), step("delete", 204), step("list after", 200, left);
  story.history.logged.push_back({.topic = "lines", .value = "a line of the file"});
  return story.history;
}

TEST(ConnectPlay, SeesThatConnectorsAreManaged) { EXPECT_EQ(concluded("connect.rest", managed(202)), "yes"); }

TEST(ConnectPlay, SeesThatAConnectorCannotBePaused) {
  EXPECT_EQ(concluded("connect.rest", managed(405)), "no");
}

TEST(ConnectPlay, IsUndecidedWhenTheWorkerDoesNotAnswer) {
  EXPECT_EQ(concluded("connect.rest", managed(0)), "undecided");
}

TEST(ConnectPlay, IsUndecidedWhenADeletedConnectorIsStillThere) {
  EXPECT_EQ(concluded("connect.rest", managed(202, R"(["lines"])")), "undecided");
}

}  // namespace
}  // namespace klab
