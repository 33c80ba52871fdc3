// klab broker as a user runs it: what a program finds, what is shown of it, and that nothing is left.

#include <fcntl.h>
#include <fmt/format.h>
#include <gtest/gtest.h>

#include <csignal>
#include <regex>

#include "cli/scratch_folder.hpp"
#include "fixtures/brokers/broker_ports.hpp"
#include "runners/client/client_for_tests.hpp"
#include "runners/eventually.hpp"
#include "runners/process/child_process.hpp"
#include "runners/process/run_command.hpp"
#include "runners/tap/loopback.hpp"
#include "runners/whole_file.hpp"

namespace klab {

namespace {

std::string& address_of_klabs_broker() {
  static std::string address;
  return address;
}

}  // namespace

/// The clients for tests use the broker that klab was told to start.
std::string broker_for_tests() { return address_of_klabs_broker(); }

namespace {

using namespace std::chrono_literals;
namespace fs = std::filesystem;

class KlabBroker : public testing::Test {
 protected:
  /// Starts `klab broker` in a temporary folder of its own, and waits until it says where its broker is.
  void start(const std::string& arguments) {
    share_ports();
    const std::string command = fmt::format("TMPDIR={} exec {} broker --broker process {} >{} 2>&1",
                                            temporary().string(), KLAB_EXECUTABLE, arguments, out().string());
    klab_.emplace(ChildPlan{.argv = {"/bin/sh", "-c", command}, .environment = own_environment()});
    ASSERT_TRUE(shows("is ready at 127\\.0\\.0\\.1:[0-9]+", 60s)) << shown();
    std::smatch where;
    const std::string text = shown();
    std::regex_search(text, where, std::regex("127\\.0\\.0\\.1:([0-9]+)"));
    port_ = std::stoi(where[1]);
    address_of_klabs_broker() = where[0];
  }

  std::string shown() const { return read_whole_file(out()); }

  bool shows(const std::string& pattern, Clock::duration within = 10s) {
    const std::regex regex(pattern);
    return eventually([&] { return std::regex_search(shown(), regex); }, within);
  }

  void expect_nothing_left() {
    for (const auto& entry : fs::directory_iterator(temporary()))
      EXPECT_TRUE(entry.path().filename() == "klab-ports" || entry.path().filename() == "klab-slots")
          << entry;
    const auto processes = [&] { return run_command({"pgrep", "-af", temporary().string()}, 10s).output; };
    EXPECT_TRUE(eventually([&] { return processes().empty(); }, 5s)) << processes();
    EXPECT_NO_THROW(listen_on_loopback(port_));
  }

  void stop_and_expect_nothing_left(int signal = SIGINT) {
    kill(klab_->pid(), signal);
    ASSERT_TRUE(klab_->wait(30s));
    EXPECT_EQ(klab_->finish().exit_code, 0) << shown();
    expect_nothing_left();
  }

  /// In a temporary folder of its own it would not know which ports other klabs have.
  void share_ports() {
    pick_ports();
    fs::create_directory_symlink(fs::temp_directory_path() / "klab-ports", temporary() / "klab-ports");
  }

  fs::path temporary() const {
    fs::create_directories(folder_.path() / "tmp");
    return folder_.path() / "tmp";
  }
  fs::path out() const { return folder_.path() / "out"; }

  ScratchFolder folder_;
  std::optional<ChildProcess> klab_;
  int port_ = 0;
};

TEST_F(KlabBroker, ShowsWhatProgramsSayAndLeavesNothing) {
  start("--port 0 --watch --topic breadcrumbs:2");
  EXPECT_TRUE(shows("with breadcrumbs:2; Ctrl-C ends it")) << shown();
  {
    ProducerForTests producer(broker_for_tests(), {{"linger.ms", "10000"}});
    producer.send("breadcrumbs", 1, "key", "value");
    producer.flush();
    // Only where the leader is known already are they one batch, however loaded the machine is.
    for (int i = 0; i < 3; ++i) producer.send("breadcrumbs", 1, "key", "value");
    producer.flush();
    ConsumerForTests consumer("breadcrumbs", "g");
    consumer.read(4);
    consumer.commit();
    consumer.close();
  }
  for (const std::string line :
       {"connected +librdkafka .*, client id \"klab\"",
        "sent +1 message to breadcrumbs-1, acks=all, not idempotent, not compressed",
        "acknowledged +breadcrumbs-1 from offset 0", "sent +3 messages to breadcrumbs-1",
        "acknowledged +breadcrumbs-1 from offset 1",
        "joined +group g as member .* \\(classic\\), generation 1; topics breadcrumbs",
        "assigned +breadcrumbs-0, breadcrumbs-1 in group g",
        "resumed +breadcrumbs-1: group g has committed nothing",
        "reading +breadcrumbs-1 from offset 0, read_committed",
        "delivered +4 messages of breadcrumbs-1, offsets 0 to 3",
        "committed +breadcrumbs-1 at offset 4 for group g",
        "revoked +breadcrumbs-0, breadcrumbs-1 in group g", "left +group g", "#[0-9]+ disconnected"})
    EXPECT_TRUE(shows(line)) << line << "\n" << shown();
  EXPECT_EQ(shown().find('\033'), std::string::npos);
  EXPECT_EQ(shown().find("unclear"), std::string::npos);
  stop_and_expect_nothing_left();
}

// A client asks again and again, and tells its program nothing for half a minute.
TEST_F(KlabBroker, SaysThatATopicIsNotThere) {
  start("--port 0 --watch");
  EXPECT_TRUE(shows("without a topic")) << shown();
  ProducerForTests mistaken;
  mistaken.send("typo", 0, "key", "value");
  EXPECT_TRUE(shows("refused +topic typo: UNKNOWN_TOPIC_OR_PART")) << shown();
  stop_and_expect_nothing_left();
}

TEST_F(KlabBroker, IsAtThePortThatIsAskedForAndSilentUnlessWatched) {
  const int port = port_of(listen_on_loopback());
  start(fmt::format("--port {} --topic t", port));
  EXPECT_EQ(port_, port);
  const std::string before = shown();
  ProducerForTests producer;
  producer.send("t", 0, "key", "value");
  producer.flush();
  EXPECT_EQ(shown(), before);
  stop_and_expect_nothing_left(SIGTERM);
}

TEST_F(KlabBroker, SaysWhatCouldNotBeUnderstood) {
  start("--port 0 --watch");
  const std::string request =
      fmt::format("exec 3<>/dev/tcp/127.0.0.1/{} && printf 'GET / HTTP/1.1\\r\\n\\r\\n' >&3", port_);
  run_command({"/bin/bash", "-c", request}, 10s);
  EXPECT_TRUE(shows("#1 unclear +[0-9]+ of its requests")) << shown();
  stop_and_expect_nothing_left();
}

TEST_F(KlabBroker, RefusesAPortThatIsTaken) {
  const FileDescriptor taken = listen_on_loopback();
  const CommandResult result =
      run_command({KLAB_EXECUTABLE, "broker", "--port", std::to_string(port_of(taken))}, 30s);
  EXPECT_EQ(result.status.exit_code, 64);
  EXPECT_EQ(result.output, fmt::format("klab: --port {0}: cannot listen on 127.0.0.1:{0}: Address already in "
                                       "use; --port 0 takes one that is free\n",
                                       port_of(taken)));
}

}  // namespace
}  // namespace klab
