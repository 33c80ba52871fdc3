// Section B, monitoring, which is optional. The grader fills a topic and commits for a group, so that it
// knows how many records and bytes there are, and how far the group is behind; then the monitor is asked. The
// numbers differ from run to run, so that they cannot be known beforehand.

#include "checks/printed/monitor_report.hpp"
#include "specs/expect.hpp"
#include "specs/section.hpp"

namespace klab {

using namespace std::chrono_literals;

// So that neither the size of the submission's own sample nor any other constant comes near.
constexpr int kAtMostMore = 1999;
// One that has printed its object and goes on is a dashboard, unless it tells of one partition after the
// other.
constexpr auto kToEnd = 10s;

struct Monitoring : Section<Monitoring> {
  static void play(Stage& stage) {
    const int fewest = stage.parameter("records");
    stage.make_sample(stage.drawn("records", fewest, fewest + kAtMostMore));
    const Topic topic = stage.create_topic("breadcrumbs", stage.parameter("partitions"));
    if (!stage.has("monitor")) return;

    stage.send_sample_spread(topic);
    const std::string group = stage.fresh_group();
    stage.commit_all_but(stage.parameter("unread"), group, topic);
    stage.look_at(topic);
    stage.read_back(topic);

    Cast monitor = stage.start({.role = "monitor", .topics = {topic}, .group = group});
    Program& program = *monitor.front();
    stage.wait_until(stage.seconds("monitor_seconds"), [&](const History& history) {
      return !program.is_running() || has_reported(history, program.name());
    });
    program.wait(kToEnd);
    stage.stop(monitor);
  }
};

TEST_F(Monitoring, CountsTheRecords) { EXPECT_HOLDS(reports_records(history(), topic(), "monitor")); }

TEST_F(Monitoring, SumsUpTheLag) { EXPECT_HOLDS(reports_lag(history(), topic(), "monitor")); }

TEST_F(Monitoring, MeasuresTheBytes) {
  EXPECT_HOLDS(
      reports_bytes(history(), topic(), "monitor", SectionRun::current().parameter("bytes_percent")));
}

}  // namespace klab
