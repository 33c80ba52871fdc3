#include "checks/fuzz/history_target.hpp"

#include <array>
#include <optional>
#include <sstream>
#include <stdexcept>

#include "checks/catalogue/catalogue.hpp"
#include "checks/catalogue/judgement_json.hpp"
#include "checks/catalogue/simulation/legal_history.hpp"
#include "checks/errors.hpp"
#include "checks/facts/disagreements.hpp"
#include "checks/fuzz/mutation.hpp"
#include "checks/groups/given_its_own.hpp"
#include "checks/groups/group_given_all.hpp"
#include "checks/groups/once_in_group.hpp"
#include "checks/groups/shared_out.hpp"
#include "checks/history/history_json.hpp"
#include "checks/history/history_of.hpp"
#include "checks/history/record_text.hpp"
#include "checks/printed/exits_zero.hpp"
#include "checks/printed/printed_by_key.hpp"
#include "checks/printed/printed_once.hpp"
#include "checks/printed/silent_for_key.hpp"
#include "checks/sending/acknowledged_before_exit.hpp"
#include "checks/sending/ran_together.hpp"
#include "checks/stored/contents_unchanged.hpp"
#include "checks/stored/file_order.hpp"
#include "checks/stored/key_order.hpp"
#include "checks/stored/keys_spread.hpp"
#include "checks/stored/one_partition_per_key.hpp"
#include "checks/stored/one_record_a_message.hpp"
#include "checks/stored/sent_by_each.hpp"
#include "checks/stored/stored_times.hpp"

namespace klab {
namespace {

constexpr const char* kTopic = "t";

/// What turns one token of JSON, or one field of a history, into another.
constexpr std::array<std::string_view, 26> kTokens{
    "{",
    "}",
    "[",
    "]",
    ",",
    ":",
    "\"",
    "null",
    "true",
    "-1",
    "1e999",
    "-0",
    "1.5",
    "\\u0000",
    "\\ud800",
    "9223372036854775807",
    "18446744073709551615",
    "\"event\"",
    "\"shapes\":[{\"fields\":[\"a\"],\"count\":1,\"first\":1}]",
    "\"drained\"",
    "\"value_hex\":\"ff00\"",
    "{\"event\":\"assigned\",\"program\":\"consumer-1\",\"at_us\":1,\"group\":\"g\",\"member\":\"m\","
    "\"generation\":1,"
    "\"partitions\":[{\"topic\":\"t\",\"partition\":0}]}\n",
    "\"sample\"",
    "\"printed\"",
    "\"logged\"",
    "\"ended_us\":-9223372036854775808"};

std::string written(const History& history) {
  std::ostringstream out;
  write_history(out, history);
  return out.str();
}

std::optional<History> read(std::string_view text) {
  std::istringstream in{std::string(text)};
  try {
    return read_history(in, "fuzz");
  } catch (const BadInput&) {
    return std::nullopt;
  }
}

/// Whatever the lines of the file say, and wherever they stand.
void judge_by_the_catalogue(const History& history) {
  for (const bool is_strict : {false, true}) {
    Policy policy;
    if (is_strict)
      policy = {.idempotent = true,
                .isolation = Isolation::read_committed,
                .at_most_once = true,
                .reset = ResetPolicy::earliest,
                .fixed_partitioning = true,
                .compacted = true,
                .stable_us = 10,
                .lag_us = 0};
    try {
      to_json_text(judge_history(history, policy), policy, history, "fuzz");
    } catch (const BadInput&) {
    }
  }
}

void judge_groups_and_keys(const History& history) {
  keys_spread(history, kTopic, {"1", "2"});
  one_partition_per_key(history, kTopic);
  key_order(history, kTopic);
  printed_by_key_again(history, kTopic, "consumer", {"", "1"});
  silent_for_key(history, kTopic, "consumer", "");
  shared_out(history, kTopic, "", 1);
  given_its_own(history, kTopic, "", 1);
  once_in_group(history, kTopic, "");
  group_given_all(history, kTopic, {""});
}

void judge(const History& history) {
  judge_groups_and_keys(history);
  file_order(history, kTopic, 2);
  stored_times(history, kTopic, 1);
  contents_unchanged(history, kTopic);
  one_record_a_message(history, kTopic);
  for (const char* role : {"producer", "consumer"}) {
    printed_once(history, kTopic, role);
    exits_zero(history, role);
    acknowledged_before_exit(history, role);
    ran_together(history, role);
    sent_by_each(history, kTopic, role, 2);
  }
  for (const ProgramRun& run : history.programs) describe_ending(run);
  disagreements(history);
  judge_by_the_catalogue(history);
}

void run(std::string_view input) {
  read_record_text(input);
  read_message_text(input);
  const std::optional<History> history = read(input);
  if (!history) return;
  const std::string text = written(*history);
  const std::optional<History> again = read(text);
  if (!again || written(*again) != text) throw std::logic_error("a written history reads as another");
  judge(*history);
}

History honest() {
  return HistoryOf(kTopic)
      .sample(3)
      .pattern("v (?<value>.+)$")
      .submitted(
          {.name = "sample.json", .records = 2, .shapes = {{.fields = {"a", "b"}, .count = 2, .first = 1}}})
      .stored(0, 0, 0)
      .stored(1, 0, 1)
      .stored(0, 1, 2)
      .drained()
      .sent("producer-1", 0, {0, 2})
      .answered(0)
      .disconnected("producer-1")
      .exited("producer-1")
      .overheard("producer-1")
      .delivered("consumer-1", 0, {0, 1})
      .printed("consumer-1", 0)
      .printed("consumer-1", 1, Stream::err)
      .stopped("consumer-1")
      .committed(0, 2);
}

History faulty() {
  return HistoryOf(kTopic, 1)
      .sample(2)
      .submitted({.name = "s.json", .problem = "not JSON"})
      .stored_text(0, 0, "[" + sample_text(0) + "," + sample_text(1) + "]")
      .stored_null(0, 1)
      .drained(0, 0, 2)
      .unmatched("consumer-2", "nothing")
      .died("consumer-2", 9, Ending::deadline)
      .sent("producer-1", 0, {0, 1}, 0)
      .sent("producer-1", 0, {1})
      .answered(1, "NOT_LEADER_OR_FOLLOWER")
      .overheard("producer-1", 1)
      .delivered_all("consumer-2")
      .exited("producer-1", 1);
}

std::vector<std::string> seeds() {
  return {written(honest()), written(faulty()), sample_text(0), written(legal_history(1, 40).history),
          written(legal_history(3, 60).history)};
}

std::vector<std::string> lines_of_text(const std::string& text) {
  std::vector<std::string> lines;
  std::istringstream in(text);
  for (std::string line; std::getline(in, line);) lines.push_back(line);
  return lines;
}

std::string joined(const std::vector<std::string>& lines) {
  std::string text;
  for (const std::string& line : lines) text += line + '\n';
  return text;
}

std::string mutate(std::string input, Random& random, const MutateBytes& change) {
  std::vector<std::string> lines = lines_of_text(input);
  if (lines.empty()) return change(std::move(input));
  std::string& line = lines[below(lines.size(), random)];
  switch (below(4, random)) {
    case 0:
      mutate_order(lines, random);
      break;
    case 1:
      line.insert(below(line.size() + 1, random), kTokens[below(kTokens.size(), random)]);
      break;
    default:
      line = change(line);
  }
  return joined(lines);
}

}  // namespace

const FuzzTarget kHistoryTarget{
    .finds = "checks/fuzz/finds/history", .run = run, .seeds = seeds, .mutate = mutate};

}  // namespace klab
