// Transactions. One producer writes to two topics in one transaction; a reader of each isolation level looks
// on while it is open, after it was committed, and past one that was aborted. Another producer commits a
// later record meanwhile.

#include <fmt/format.h>

#include <algorithm>
#include <array>
#include <cctype>

#include "checks/errors.hpp"
#include "experiments/plays.hpp"
#include "experiments/receiver.hpp"
#include "experiments/sender.hpp"
#include "experiments/told.hpp"
#include "runners/dialog/broker_dialog.hpp"
#include "runners/wire/api_key.hpp"
#include "runners/wire/views/list_offsets.hpp"
#include "runners/witness/error_name.hpp"

namespace klab {
namespace {

using namespace std::chrono_literals;

constexpr const char* kCommitted = "read_committed";
constexpr const char* kUncommitted = "read_uncommitted";
const std::vector<std::string> kClaims{"txn.atomic", "txn.levels", "txn.blocks"};

// By their numbers on the wire: those that librdkafka's names stand for, and some more.
constexpr std::array<std::int8_t, 5> kLevels{0, 1, 2, 3, 4};

// What is written, in this order.
constexpr const char *kLeft = "left of the first", *kRight = "right of the first", *kLater = "later",
                     *kElsewhere = "elsewhere", *kAborted = "aborted", *kLast = "last";

void write(Sender& sender, const Topic& topic, const std::string& value) {
  sender.send_all(topic, {{.value = value, .partition = 0}});
}

/// Where a topic ends for a reader of that level, or the error's name; empty when the broker would not
/// answer.
std::string end_at(Trial& trial, const Topic& topic, std::int8_t level) {
  constexpr int kListOffsets = 2, kVersion = 6;
  constexpr std::int32_t kNoReplica = -1, kNoEpoch = -1, kLatestHalf = -1;
  RequestBody body;
  body.int32(kNoReplica).int8(level).compact_length(1).compact_length(topic.name.size()).bytes(topic.name);
  body.compact_length(1).int32(0).int32(kNoEpoch).int32(kLatestHalf).int32(kLatestHalf);
  body.no_tags().no_tags().no_tags();
  std::string end;
  BrokerDialog dialog(trial.broker().grader_address());
  try {
    dialog.ask(kListOffsets, kVersion, body, [&](const Struct& answer) {
      const auto& partition = read_list_offsets_response(answer).partitions.at(0);
      end = partition.error == 0 ? std::to_string(partition.offset) : error_name(partition.error);
    });
  } catch (const HarnessError&) {
    // It hangs up on what it cannot read.
  }
  return end;
}

void play(Trial& trial) {
  const Topic left = trial.create_topic("left", 1), right = trial.create_topic("right", 1),
              elsewhere = trial.create_topic("elsewhere", 1);
  Sender first(trial, "first", {{"transactional.id", "first"}}),
      second(trial, "second", {{"transactional.id", "second"}});
  Receiver committed(trial, kCommitted, {{"isolation.level", kCommitted}}),
      uncommitted(trial, kUncommitted, {{"isolation.level", kUncommitted}});
  for (Receiver* receiver : {&committed, &uncommitted}) receiver->assign({left, right, elsewhere});
  first.init_transactions();
  second.init_transactions();
  first.begin();
  write(first, left, kLeft);
  write(first, right, kRight);
  second.begin();
  write(second, left, kLater);
  write(second, elsewhere, kElsewhere);
  second.commit();
  uncommitted.take(4);
  committed.take(1);
  for (const std::int8_t level : kLevels)
    trial.note(fmt::format("end at level {}", level), end_at(trial, left, level));
  committed.take(1, 1s);  // nothing more may come; what does come is seen
  trial.note("phase", "the first transaction is about to be committed");
  first.commit();
  committed.take(3);
  first.begin();
  write(first, left, kAborted);
  write(first, right, kAborted);
  first.abort();
  first.begin();
  write(first, left, kLast);
  write(first, right, kLast);
  first.commit();
  committed.take(2);
  uncommitted.take(4);
}

/// When a reader was given a record of a topic; nothing when it was not.
std::optional<Moment> when_given(const History& history, const std::string& reader, const std::string& topic,
                                 const std::string& value) {
  for (const Told& one : told(history, reader, "received"))
    if (one.what["received"] == value && one.what["topic"] == topic) return one.at;
  return {};
}

std::optional<Moment> when_committed(const History& history) {
  const auto notes = told(history, kNotes, "phase");
  return notes.empty() ? std::nullopt : std::optional(notes.front().at);
}

/// Of the records that belong to transactions of `first`.
struct Seen {
  bool both_of_open = false, any_of_open = false;
  bool both_of_committed = false;
  bool any_of_aborted = false, both_of_aborted = false;
  bool reached_the_end = false;
};

Seen seen_by(const History& history, const std::string& reader) {
  const Moment commit = when_committed(history).value_or(Moment());
  const auto left = when_given(history, reader, "left", kLeft),
             right = when_given(history, reader, "right", kRight);
  const auto has = [&](const char* topic, const char* value) {
    return when_given(history, reader, topic, value).has_value();
  };
  return {.both_of_open = left && right && *left < commit && *right < commit,
          .any_of_open = (left && *left < commit) || (right && *right < commit),
          .both_of_committed = left && right,
          .any_of_aborted = has("left", kAborted) || has("right", kAborted),
          .both_of_aborted = has("left", kAborted) && has("right", kAborted),
          .reached_the_end = has("left", kLast) && has("right", kLast)};
}

/// Where the log ended for a level, while a transaction was open; nothing when that is no level.
std::optional<std::int64_t> noted_end(const History& history, int level) {
  const std::string end = noted(history, fmt::format("end at level {}", level));
  if (end.empty() || !std::ranges::all_of(end, [](unsigned char digit) { return std::isdigit(digit); }))
    return {};
  return std::stoll(end);
}

/// The level that a reader asked for; nothing when it was not heard.
std::optional<int> level_of(const History& history, const std::string& reader) {
  for (const FetchStarted& fetch : history.fetch_started)
    if (fetch.program == reader) return fetch.is_read_committed ? 1 : 0;
  return {};
}

void conclude_which(const History& history, Conclusions& conclusions) {
  std::vector<int> known;
  for (const int level : kLevels)
    if (noted_end(history, level)) known.push_back(level);
  const bool are_theirs = known == std::vector{0, 1} && level_of(history, kUncommitted) == 0 &&
                          level_of(history, kCommitted) == 1;
  conclusions.control("txn.levels", "the broker is asked for levels 0 to 4",
                      noted_end(history, 0).has_value());
  if (are_theirs)
    conclusions.value(
        "txn.levels",
        {.aspect = "which",
         .value = "read_committed, read_uncommitted",
         .note = "of levels 0 to 4 the broker answers the two that librdkafka has these names for"});
}

void conclude_levels(const History& history, Conclusions& conclusions) {
  const Seen committed = seen_by(history, kCommitted), uncommitted = seen_by(history, kUncommitted);
  conclusions.control("txn.atomic",
                      "a read_uncommitted reader has both records while the transaction is open",
                      uncommitted.both_of_open);
  conclusions.control("txn.atomic",
                      "the read_committed reader reads records of a later transaction in both topics",
                      committed.reached_the_end);
  const bool is_atomic = !committed.any_of_open && committed.both_of_committed && !committed.any_of_aborted;
  conclusions.value(
      "txn.atomic",
      {.value = is_atomic ? "yes" : "no",
       .where = {{"isolation.level", kCommitted}},
       .note = fmt::format("of a transaction over two topics a read_committed reader had {} before "
                           "the commit and {} after it; of an aborted one {}",
                           committed.any_of_open ? "something" : "nothing",
                           committed.both_of_committed ? "both records" : "not both records",
                           committed.any_of_aborted ? "something" : "nothing")});
  const auto level = [&](const std::string& name, const Seen& seen) {
    conclusions.control("txn.levels", name + " reads what is committed", seen.reached_the_end);
    const bool sees_all = seen.both_of_open && seen.both_of_aborted;
    const bool sees_committed = !seen.any_of_open && !seen.any_of_aborted && seen.both_of_committed;
    if (!sees_all && !sees_committed)
      return conclusions.undecided("txn.levels",
                                   fmt::format("{} read neither all nor only what was committed", name));
    conclusions.value("txn.levels",
                      {.value = sees_all ? "all" : "committed only",
                       .where = {{"isolation.level", name}},
                       .note = fmt::format("of an open and of an aborted transaction it read {}",
                                           sees_all ? "every record" : "nothing")});
  };
  level(kCommitted, committed);
  level(kUncommitted, uncommitted);
  conclude_which(history, conclusions);
}

void conclude_blocks(const History& history, Conclusions& conclusions) {
  const auto commit = when_committed(history);
  const auto later = when_given(history, kCommitted, "left", kLater),
             elsewhere = when_given(history, kCommitted, "elsewhere", kElsewhere),
             at_once = when_given(history, kUncommitted, "left", kLater);
  const auto end = noted_end(history, 0), stable = noted_end(history, 1);
  if (!commit || !later || !end || !stable)
    return conclusions.undecided("txn.blocks", "the later record was not read");
  conclusions.control("txn.blocks", "the later record is in the log while the transaction is open",
                      at_once && *at_once < *commit);
  conclusions.control("txn.blocks", "where no transaction is open, its sibling is read at once",
                      elsewhere && *elsewhere < *commit);
  const bool is_held = *later > *commit;
  if (is_held != (*stable < *end))
    return conclusions.undecided("txn.blocks", "the last stable offset is at odds with what was read");
  conclusions.value(
      "txn.blocks",
      {.value = is_held ? "yes" : "no",
       .where = {{"isolation.level", kCommitted}},
       .note = fmt::format("while a transaction was open, the log ended at offset {} and the last stable "
                           "offset was {}; a later record of another, committed transaction was read {} the "
                           "first was committed",
                           *end, *stable, is_held ? "after" : "before")});
}

Conclusions conclude(const History& history) {
  Conclusions conclusions;
  conclude_levels(history, conclusions);
  conclude_blocks(history, conclusions);
  return conclusions;
}

}  // namespace

std::vector<Experiment> transaction_experiments() {
  return {{.name = "transactions",
           .claims = kClaims,
           .hypothesis =
               "A transaction is seen as a whole once it is committed; until then it holds back what "
               "comes after it.",
           .play = play,
           .conclude = conclude}};
}

}  // namespace klab
