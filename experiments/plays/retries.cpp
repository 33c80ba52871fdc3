// Duplicates. The broker stores what a producer sends, but its answer never arrives: the producer has to send
// again, not knowing whether it must. With idempotence the broker can tell that it has the batch already.
// What a program sends a second time by itself, or after a restart, is a new record to it all the same.

#include <fmt/format.h>

#include <algorithm>

#include "experiments/plays.hpp"
#include "experiments/sender.hpp"
#include "experiments/told.hpp"
#include "experiments/witnessed.hpp"
#include "runners/tap/gates/drop_response.hpp"
#include "runners/wire/api_key.hpp"

namespace klab {
namespace {

using namespace std::chrono_literals;
using nlohmann::ordered_json;

constexpr const char* kRecord = "a record that matters";
constexpr const char* kNotTold = "answer lost";  // a note: the broker had what came before the restart

/// A client, and the setting that says how long it waits for an answer.
struct Retrying {
  std::string client = {};
  std::string patience = {};
  std::string idempotence = {};  ///< enable.idempotence

  /// Of the program, and of its topic.
  std::string name() const { return fmt::format("{}-idempotence-{}", client, idempotence); }
};

const std::vector<Retrying> kRetrying{{"librdkafka", "socket.timeout.ms", "false"},
                                      {"librdkafka", "socket.timeout.ms", "true"},
                                      {"java", "request.timeout.ms", "false"},
                                      {"java", "request.timeout.ms", "true"}};

void play_retries(Trial& trial) {
  std::vector<Program*> programs;
  for (const Retrying& one : kRetrying) {
    trial.create_topic(one.name(), 1);
    const ordered_json plan{{"do", "produce"},
                            {"topic", one.name()},
                            {"records", {{{"value", kRecord}}}},
                            {"settings", {{"enable.idempotence", one.idempotence}, {one.patience, "2000"}}}};
    programs.push_back(
        &trial.start(one.name(), one.client, plan, std::make_shared<DropResponse>(kProduceKey, 1)));
  }
  for (Program* program : programs) trial.wait_for_end(*program);
}

/// A producer sends, is not told, and is gone; the one that comes after it sends again.
void play_restart(Trial& trial, const Topic& topic) {
  const auto gate = std::make_shared<DropResponse>(kProduceKey, 1);
  {
    Sender before(trial, "before-restart", {{"enable.idempotence", "true"}}, gate);
    before.send(topic, {.value = kRecord});
    if (eventually([&] { return gate->has_dropped(); }, 30s)) trial.note(kNotTold, "before-restart");
  }
  Sender after(trial, "after-restart", {{"enable.idempotence", "true"}});
  after.send_all(topic, {{.value = kRecord}});
}

void play(Trial& trial) {
  play_retries(trial);
  const Topic restarted = trial.create_topic("restarted", 1), repeated = trial.create_topic("repeated", 1);
  play_restart(trial, restarted);
  Sender repeating(trial, "repeating", {{"enable.idempotence", "true"}});
  repeating.send_all(repeated, {{.value = "said once"}, {.value = kRecord}});
  repeating.send_all(repeated, {{.value = kRecord}});
  for (const Retrying& one : kRetrying) trial.read_back({.name = one.name(), .partitions = 1});
  trial.read_back(restarted);
  trial.read_back(repeated);
}

/// What is refused is sent again as well, but was not stored before.
bool is_refused(const History& history, const std::string& program) {
  return std::ranges::any_of(history.answered, [&](const Answered& answer) {
    return answer.program == program && !answer.is_acknowledged();
  });
}

void conclude_duplicates(const History& history, Conclusions& conclusions) {
  constexpr const char* kClaim = "retries.duplicates";
  conclusions.control(kClaim, "a record that is sent twice by the program is found twice",
                      copies_of(history, "repeated", kRecord) == 2);
  conclusions.control(kClaim, "a record that is sent once is found once",
                      copies_of(history, "repeated", "said once") == 1);
  for (const Retrying& one : kRetrying) {
    const std::size_t times = batches_of(history, one.name()).size();
    const std::ptrdiff_t found = copies_of(history, one.name(), kRecord);
    if (times < 2 || found == 0)
      return conclusions.undecided(
          kClaim,
          fmt::format("{} was heard to send {} times, and {} copies are stored", one.name(), times, found));
    if (is_refused(history, one.name()))
      return conclusions.undecided(kClaim, fmt::format("{} was refused what it sent again", one.name()));
    conclusions.value(
        kClaim, {.value = found > 1 ? "yes" : "no",
                 .where = {{"client", one.client}, {"enable.idempotence", one.idempotence}},
                 .note = fmt::format("the answer was lost, the record sent {} times and stored {}", times,
                                     found == 1 ? "once" : fmt::format("{} times", found))});
  }
}

void conclude_scope(const History& history, Conclusions& conclusions) {
  constexpr const char* kClaim = "idempotence.scope";
  const auto before = batches_of(history, "before-restart"), after = batches_of(history, "after-restart"),
             repeated = batches_of(history, "repeating");
  const std::ptrdiff_t restarted = copies_of(history, "restarted", kRecord),
                       twice = copies_of(history, "repeated", kRecord);
  if (before.empty() || after.empty() || restarted == 0 || twice == 0)
    return conclusions.undecided(kClaim, "the records were not heard to be sent, or are not stored");
  if (times_acked(history, "after-restart", kRecord) == 0 || times_acked(history, "repeating", kRecord) < 2)
    return conclusions.undecided(kClaim, "what was sent again was not acknowledged");
  if (restarted == 1 && !noted_at(history, kNotTold))
    return conclusions.undecided(kClaim, "the one record that is stored may be that of after the restart");
  const auto is_idempotent = [](const SentBatch& batch) { return batch.producer_id != -1; };
  conclusions.control(
      kClaim, "the producers are idempotent",
      is_idempotent(before[0]) && is_idempotent(after[0]) && std::ranges::all_of(repeated, is_idempotent));
  conclusions.control(kClaim, "within a session what the client sends again is stored once",
                      copies_of(history, "librdkafka-idempotence-true", kRecord) == 1 &&
                          batches_of(history, "librdkafka-idempotence-true").size() > 1);
  conclusions.control(kClaim, "a record that is sent once is found once",
                      copies_of(history, "repeated", "said once") == 1);
  conclusions.value(
      kClaim, {.value = restarted > 1 ? "no" : "yes",
               .note = fmt::format("sent by producer id {}, and after the restart again by producer id {}: "
                                   "{} copies are stored",
                                   before[0].producer_id, after[0].producer_id, restarted)});
  conclusions.value(kClaim, {.aspect = "resend",
                             .value = twice > 1 ? "no" : "yes",
                             .note = fmt::format("sent twice by the program: {} copies are stored", twice)});
}

Conclusions conclude(const History& history) {
  Conclusions conclusions;
  conclude_duplicates(history, conclusions);
  conclude_scope(history, conclusions);
  return conclusions;
}

}  // namespace

std::vector<Experiment> retry_experiments() {
  return {{.name = "retries",
           .claims = {"retries.duplicates", "idempotence.scope"},
           .hypothesis =
               "Retries write a record twice, unless the producer is idempotent; that is within one "
               "session, and of the client's own retries.",
           .play = play,
           .conclude = conclude}};
}

}  // namespace klab
