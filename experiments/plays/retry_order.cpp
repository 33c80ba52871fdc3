// Order of retries. The broker refuses a batch while its topic wants more replicas than it has. Before the
// producer hears of it, the topic is content with what it has and the broker takes the next batch, which was
// on its way already: what is sent again comes too late to keep its place.

#include <fmt/format.h>
#include <fmt/ranges.h>

#include <algorithm>
#include <atomic>

#include "experiments/plays.hpp"
#include "experiments/sender.hpp"
#include "experiments/witnessed.hpp"
#include "runners/client/log_reader.hpp"
#include "runners/tap/gate.hpp"
#include "runners/wire/api_key.hpp"

namespace klab {
namespace {

using namespace std::chrono_literals;
using nlohmann::ordered_json;

constexpr std::size_t kAtATime = 3;

// Java puts a short record into the room that it has reckoned too much for the one before.
const std::string kLong(100, '.');

/// Requests, or answers.
constexpr int kAll = 1'000'000;

/// Lets so many Produce requests, and so many of their answers, through and keeps those behind them.
class KeepBack : public Gate {
 public:
  explicit KeepBack(std::function<void()> reconsider) : reconsider_(std::move(reconsider)) {}

  void let_requests_through(int count) { requests_let_ = count, reconsider_(); }
  void let_answers_through(int count) { answers_let_ = count, reconsider_(); }
  int requests() const { return requests_; }  ///< that have come, the one that is kept included
  int answers() const { return answers_; }

  Ruling rule(const Frame& frame, Clock::time_point) override {
    if (is_request(frame, kProduceKey)) return rule_on(frame, last_request_, requests_, requests_let_);
    if (is_response(frame, kProduceKey)) return rule_on(frame, last_answer_, answers_, answers_let_);
    return Ruling::pass();
  }

 private:
  using Name = std::optional<std::pair<ConnectionId, std::int32_t>>;

  // What is kept is asked about again, with nothing of its direction in between.
  static Ruling rule_on(const Frame& frame, Name& last, std::atomic<int>& come, const std::atomic<int>& let) {
    const Name name({frame.connection, frame.correlation_id});
    if (name != last) ++come;
    last = name;
    return come > let ? Ruling::hold() : Ruling::pass();
  }

  const std::function<void()> reconsider_;
  Name last_request_ = {}, last_answer_ = {};
  std::atomic<int> requests_{0}, answers_{0}, requests_let_{1}, answers_let_{1};
};

using Where = std::map<std::string, std::string>;

/// A producer that was told so.
struct Retrying {
  std::string client = {};
  Where where = {};

  /// Of the program, and of its topic.
  std::string name() const {
    std::string name = client;
    for (const auto& [setting, value] : where) name += fmt::format("-{}-{}", setting, value);
    return name;
  }
  bool waits_for_each() const { return where.contains("max.in.flight"); }
};

const std::vector<Retrying> kRetrying = [] {
  std::vector<Retrying> all;
  for (const std::string client : {"librdkafka", "java"})
    for (const Where& where : {Where{{"enable.idempotence", "false"}}, Where{{"enable.idempotence", "true"}},
                               Where{{"enable.idempotence", "false"}, {"max.in.flight", "1"}}})
      all.push_back({client, where});
  return all;
}();

/// Each record is a batch of its own.
ordered_json plan_of(const Retrying& one) {
  ordered_json settings{{"linger.ms", "0"}, {"batch.size", "1"}, {"acks", "all"}};
  for (const auto& [name, value] : one.where)
    settings[name == "max.in.flight" ? "max.in.flight.requests.per.connection" : name] = value;
  return {{"do", "produce"},
          {"topic", one.name()},
          {"records",
           {{{"value", "opening" + kLong}, {"partition", 0}},
            {{"value", "first" + kLong}, {"partition", 0}},
            {{"value", "second" + kLong}, {"partition", 0}}}},
          {"settings", settings}};
}

struct Run {
  Topic topic = {};
  std::shared_ptr<KeepBack> gate = {};
  Program* program = nullptr;
};

/// Topics of two replicas, of which one is in sync.
std::vector<Topic> create_topics(Trial& trial) {
  std::vector<Topic> topics;
  for (const Retrying& one : kRetrying)
    topics.push_back(trial.create_replicated_topic(one.name(), {{1, 2}, {1, 2}}));
  trial.brokers().kill(2);
  for (const Topic& topic : topics)
    eventually([&] { return trial.replicas_of(topic.name).in_sync == std::vector{1}; }, 60s, 200ms);
  return topics;
}

Run start(Trial& trial, const Retrying& one, const Topic& topic) {
  Run run{.topic = topic, .gate = std::make_shared<KeepBack>(trial.reconsider())};
  run.program = &trial.start(one.name(), one.client, plan_of(one), run.gate);
  return run;
}

std::size_t refusals(Trial& trial, const Sender& probe) {
  return trial.recorder().look(
      [&](const History& history) { return told(history, probe.name(), "failed").size(); });
}

/// Has the topic want so many replicas in sync, and waits until its other partition shows that it does.
void want_in_sync(Trial& trial, Sender& probe, const Topic& topic, int replicas) {
  // A client that has known the killed broker may take it for the controller still, and wait for it.
  Cluster(trial.broker(1).grader_address())
      .alter_topic(topic.name, {{"min.insync.replicas", std::to_string(replicas)}});
  eventually(
      [&] {
        const std::size_t before = refusals(trial, probe);
        probe.send_all(topic, {{.value = "a probe", .partition = 1}});
        return (refusals(trial, probe) > before) == (replicas > 1);
      },
      30s);
}

bool has_stored(Trial& trial, const Topic& topic, std::int64_t records) {
  return trial.cluster().log_bounds(topic.name, 1)[0].end >= records;
}

/// The first is refused, the second follows it.
void refuse_one(Trial& trial, Sender& probe, const std::vector<Run>& runs) {
  for (const Run& run : runs) {
    eventually([&] { return has_stored(trial, run.topic, 1) && run.gate->requests() >= 2; }, 60s);
    want_in_sync(trial, probe, run.topic, 2);
    run.gate->let_requests_through(2);
    eventually([&] { return run.gate->answers() >= 2; }, 30s);
    want_in_sync(trial, probe, run.topic, 1);
    run.gate->let_requests_through(kAll);
  }
  // Who sends only what was answered before, and who is refused again, stores nothing now: that takes its
  // time.
  eventually(
      [&] {
        return std::ranges::all_of(runs, [&](const Run& run) { return has_stored(trial, run.topic, 2); });
      },
      1500ms, 100ms);
  for (const Run& run : runs) run.gate->let_answers_through(kAll);
}

void play(Trial& trial) {
  const std::vector<Topic> topics = create_topics(trial);
  Sender probe(trial, "probe", {{"retries", "0"}});
  for (std::size_t from = 0; from < kRetrying.size(); from += kAtATime) {
    std::vector<Run> runs;
    for (std::size_t i = from; i < from + kAtATime; ++i)
      runs.push_back(start(trial, kRetrying[i], topics[i]));
    refuse_one(trial, probe, runs);
    for (const Run& run : runs) trial.wait_for_end(*run.program);
    for (const Run& run : runs)
      read_log(trial.grader_address(), run.topic.name, run.topic.partitions, trial.recorder());
  }
}

std::string word_of(const std::string& value) { return value.substr(0, value.find(kLong)); }

/// The records that their producer was refused with the same error.
std::vector<std::string> refused_like(const History& history, const Answered& refused) {
  std::vector<std::string> words;
  for (const Answered& answer : history.answered)
    for (const SentBatch& batch : history.sent)
      if (answer.program == refused.program && answer.error == refused.error &&
          answer.connection == batch.connection && answer.request == batch.request)
        for (const std::string& id : batch.ids) words.push_back(word_of(id));
  return words;
}

/// What partition 0 of a topic has, in its order, in a word each.
std::vector<std::string> stored(const History& history, const std::string& topic) {
  std::vector<std::string> values;
  for (const LoggedRecord* record : log_of(history, topic))
    if (record->partition == 0 && record->value) values.push_back(word_of(*record->value));
  return values;
}

/// Why a run shows nothing; empty when it does.
std::string obstacle(const History& history, const Retrying& one) {
  const auto refused = std::ranges::find_if(history.answered, [&](const Answered& answer) {
    return answer.program == one.name() && !answer.is_acknowledged();
  });
  if (refused == history.answered.end()) return "nothing was refused";
  if (const auto words = refused_like(history, *refused); words != std::vector<std::string>{"first"})
    return fmt::format("refused is: {}", fmt::join(words, ", "));
  const auto sent_before = std::ranges::count_if(
      batches_of(history, one.name()), [&](const SentBatch& batch) { return batch.at < refused->at; });
  if (!one.waits_for_each() && sent_before < 3)
    return "the second batch was not on its way when the first was refused";
  const std::vector<std::string> values = stored(history, one.name());
  return std::ranges::count(values, "first") == 1 && std::ranges::count(values, "second") == 1
             ? ""
             : fmt::format("stored is: {}", fmt::join(values, ", "));
}

Conclusions conclude(const History& history) {
  constexpr const char* kClaim = "retries.order";
  Conclusions conclusions;
  for (const Retrying& one : kRetrying) {
    if (const std::string why = obstacle(history, one); !why.empty()) {
      conclusions.undecided(kClaim, fmt::format("{}: {}", one.name(), why));
      return conclusions;
    }
    const std::vector<std::string> values = stored(history, one.name());
    const bool is_reordered = std::ranges::find(values, "second") < std::ranges::find(values, "first");
    conclusions.control(kClaim, "of " + one.name() + " what was not refused keeps its place",
                        values.front() == "opening");
    Where where = one.where;
    where["client"] = one.client;
    conclusions.value(
        kClaim, {.value = is_reordered ? "yes" : "no",
                 .where = where,
                 .note = fmt::format("the first of two batches was refused and sent again; stored is: {}",
                                     fmt::join(values, ", "))});
  }
  return conclusions;
}

}  // namespace

std::vector<Experiment> retry_order_experiments() {
  return {{.name = "retry-order",
           .claims = {"retries.order"},
           .hypothesis = "What is sent again is stored behind what was on its way meanwhile, unless the "
                         "producer is idempotent or has one request in flight only.",
           .brokers = 2,
           .settings = {{"broker.session.timeout.ms", "3000"}, {"broker.heartbeat.interval.ms", "500"}},
           .play = play,
           .conclude = conclude}};
}

}  // namespace klab
