// Fetching. Records lie ready for a consumer whose Fetch requests the tap keeps back: does any come without
// being asked for? Then a producer sends one after the other and never flushes: does a consumer get them?

#include <fmt/format.h>

#include <algorithm>
#include <set>
#include <tuple>

#include "experiments/plays.hpp"
#include "experiments/receiver.hpp"
#include "experiments/sender.hpp"
#include "experiments/told.hpp"
#include "runners/tap/gates/hold_frames.hpp"
#include "runners/wire/api_key.hpp"
#include "runners/wire/message_spec.hpp"

namespace klab {
namespace {

using namespace std::chrono_literals;

constexpr auto kMark = "a record that is easy to find";
constexpr auto kFrames = "frames";
constexpr int kPaced = 10;
constexpr auto kHeld = 1500ms;

/// Notes of each frame what it is, which request it belongs to, and whether a record is in it, uncompressed.
/// Keeps Fetch requests back while `hold` is on.
class FrameLog : public Gate {
 public:
  explicit FrameLog(Trial& trial)
      : trial_(trial), hold_(Direction::to_broker, kFetchKey, trial.reconsider()) {}

  bool wants_contents(const Frame&) const override { return true; }

  Ruling rule(const Frame& frame, Clock::time_point now) override {
    const Ruling ruling = hold_.rule(frame, now);
    if (ruling.kind == Ruling::Kind::pass &&
        noted_.emplace(frame.connection, frame.correlation_id, frame.direction).second)
      trial_.tell(kFrames, {{"frame", frame.direction == Direction::to_broker ? "request" : "response"},
                            {"api", name_of_api(frame.api_key)},
                            {"connection", frame.connection},
                            {"correlation", frame.correlation_id},
                            {"has record", frame.contents.find(kMark) != std::string_view::npos}});
    return ruling;
  }

  HoldFrames& hold() { return hold_; }

 private:
  Trial& trial_;
  HoldFrames hold_;
  std::set<std::tuple<ConnectionId, std::int32_t, Direction>> noted_ = {};
};

void play_pull(Trial& trial, const Topic& topic, Sender& sender) {
  const auto log = std::make_shared<FrameLog>(trial);
  log->hold().hold();
  Receiver consumer(trial, "consumer", {}, log);
  consumer.assign(topic);
  consumer.poll_until([&] { return log->hold().has_held(); });
  sender.send_all(topic, {{.value = fmt::format("{}, once", kMark), .partition = 0}});
  consumer.poll_until([] { return false; }, kHeld);
  trial.note("may fetch", "now");
  log->hold().release();
  consumer.take(1);
  sender.send_all(topic, {{.value = fmt::format("{}, again", kMark), .partition = 0}});
  consumer.take(1);
}

std::size_t count_received(Trial& trial, const std::string& program) {
  return trial.recorder().look(
      [&](const History& history) { return told(history, program, "received").size(); });
}

void play_paced(Trial& trial, const Topic& topic, Sender& sender, Receiver& reader, Clock::duration wait) {
  for (int i = 0; i < kPaced; ++i) {
    sender.send(topic, {.value = std::to_string(i), .partition = 0});
    reader.poll_until([pause = Clock::now() + 100ms] { return Clock::now() >= pause; });
  }
  reader.poll_until([&] { return count_received(trial, reader.name()) >= kPaced; }, wait);
  sender.flush();
  reader.poll_until([&] { return count_received(trial, reader.name()) >= kPaced; });
}

void play(Trial& trial) {
  Sender sender(trial, "sender");
  play_pull(trial, trial.create_topic("pulled", 1), sender);
  const Topic paced = trial.create_topic("paced", 1), lingering = trial.create_topic("lingering", 1);
  {
    Sender producer(trial, "producer");
    Receiver reader(trial, "reader");
    reader.assign(paced);
    play_paced(trial, paced, producer, reader, 30s);
  }
  Sender producer(trial, "lingering-producer", {{"linger.ms", "60000"}});
  Receiver reader(trial, "lingering-reader");
  reader.assign(lingering);
  play_paced(trial, lingering, producer, reader, 500ms);
}

/// Responses that nobody had asked for on their connection.
std::size_t unasked(const std::vector<Told>& frames) {
  std::set<std::pair<std::int64_t, std::int64_t>> asked;
  std::size_t count = 0;
  for (const Told& one : frames) {
    const std::pair key{one.what["connection"].get<std::int64_t>(),
                        one.what["correlation"].get<std::int64_t>()};
    if (one.what["frame"] == "request")
      asked.insert(key);
    else if (asked.erase(key) == 0)
      ++count;
  }
  return count;
}

void conclude_pull(const History& history, Conclusions& conclusions) {
  const std::vector<Told> frames = told(history, kFrames, "frame");
  const auto allowed = noted_at(history, "may fetch");
  const auto with_record = std::ranges::count_if(frames, [](const Told& one) {
    return one.what["frame"] == "response" && one.what["has record"] == true;
  });
  const auto pushed = std::ranges::count_if(frames, [&](const Told& one) {
    return one.what["frame"] == "response" && one.what["has record"] == true &&
           (one.what["api"] != "Fetch" || !allowed || one.at < *allowed);
  });
  conclusions.control("push.pull", "records that come are seen", with_record >= 2);
  conclusions.control("push.pull", "the consumer was given records",
                      told(history, "consumer", "received").size() == 2);
  conclusions.control("push.pull", "all that was said was understood", is_heard_in_full(history, "consumer"));
  const std::string note = fmt::format(
      "of {} frames {} were responses without a request; {} responses had records, {} of them another "
      "than to Fetch or while the tap kept all Fetch requests back for 1.5 s",
      frames.size(), unasked(frames), with_record, pushed);
  if (with_record == 0) return conclusions.undecided("push.pull", "no record was seen on the wire");
  conclusions.value("push.pull",
                    {.value = pushed == 0 && unasked(frames) == 0 ? "pull" : "push", .note = note});
}

/// How many records a reader was given before the producer's flush came back.
std::ptrdiff_t before_flush(const History& history, const std::string& reader, const std::string& producer) {
  const auto flushed = told(history, producer, "flushed");
  if (flushed.empty()) return 0;
  const auto began = flushed.front().at - Moment(static_cast<Moment::rep>(flushed.front().ms() * 1000));
  return std::ranges::count_if(told(history, reader, "received"),
                               [&](const Told& one) { return one.at < began; });
}

void conclude_flush(const History& history, Conclusions& conclusions) {
  const auto before = before_flush(history, "reader", "producer"),
             lingering = before_flush(history, "lingering-reader", "lingering-producer");
  const auto all = [&](const std::string& reader) { return std::ssize(told(history, reader, "received")); };
  conclusions.control("flush.delivery", "all records are read in the end", all("reader") == kPaced);
  conclusions.control("flush.delivery", "records that linger until the flush are seen to come after it",
                      lingering == 0 && all("lingering-reader") == kPaced);
  const std::string note = fmt::format(
      "{} of {} records, one every 100 ms, were read before the first flush began", before, all("reader"));
  if (before != 0 && before != all("reader")) return conclusions.undecided("flush.delivery", note);
  if (all("reader") == 0) return conclusions.undecided("flush.delivery", "nothing was read");
  conclusions.value("flush.delivery",
                    {.value = before == 0 ? "yes" : "no", .where = {{"client", "librdkafka"}}, .note = note});
}

Conclusions conclude(const History& history) {
  Conclusions conclusions;
  conclude_pull(history, conclusions);
  conclude_flush(history, conclusions);
  return conclusions;
}

}  // namespace

std::vector<Experiment> fetching_experiments() {
  return {{.name = "fetching",
           .claims = {"push.pull", "flush.delivery"},
           .hypothesis = "Records come only to consumers that ask for them, and need no flush for it.",
           .play = play,
           .conclude = conclude}};
}

}  // namespace klab
