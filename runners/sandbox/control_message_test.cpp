#include "runners/sandbox/control_message.hpp"

#include <fcntl.h>
#include <gtest/gtest.h>
#include <sys/socket.h>

#include <array>

namespace klab {
namespace {

struct ControlMessageTest : testing::Test {
  ControlMessageTest() {
    std::array<int, 2> ends{};
    EXPECT_EQ(socketpair(AF_UNIX, SOCK_SEQPACKET | SOCK_CLOEXEC, 0, ends.data()), 0);
    ours = FileDescriptor(ends[0]);
    theirs = FileDescriptor(ends[1]);
  }

  FileDescriptor ours, theirs;
};

TEST_F(ControlMessageTest, ArrivesWithItsDescriptors) {
  std::array<int, 2> pipe_ends{};
  ASSERT_EQ(pipe2(pipe_ends.data(), O_CLOEXEC), 0);
  const FileDescriptor reading(pipe_ends[0]), writing(pipe_ends[1]);
  ASSERT_TRUE(send_message(ours.get(), {{"ready", true}}, {writing.get()}));
  const auto message = receive_message(theirs.get());
  ASSERT_TRUE(message);
  EXPECT_EQ(message->content, (nlohmann::json{{"ready", true}}));
  ASSERT_EQ(message->descriptors.size(), 1u);
  EXPECT_EQ(write(message->descriptors[0].get(), "x", 1), 1);
  char said = 0;
  EXPECT_EQ(read(reading.get(), &said, 1), 1);
  EXPECT_EQ(said, 'x');
}

TEST_F(ControlMessageTest, StaysOneOfSeveral) {
  send_message(ours.get(), {{"go", true}});
  send_message(ours.get(), {{"limit", "memory"}});
  EXPECT_TRUE(receive_message(theirs.get())->content.contains("go"));
  EXPECT_TRUE(poll_message(theirs.get())->content.contains("limit"));
  EXPECT_FALSE(poll_message(theirs.get())) << "there is none, and nobody waits for it";
}

TEST_F(ControlMessageTest, CanStillBeReadWhenTheSenderIsGone) {
  send_message(ours.get(), {{"limit", "memory"}});
  ours.reset();
  EXPECT_TRUE(receive_message(theirs.get()));
  EXPECT_FALSE(receive_message(theirs.get()));
  EXPECT_FALSE(send_message(theirs.get(), {{"go", true}}));
}

}  // namespace
}  // namespace klab
