#include "checks/history/history_json.hpp"

#include <gtest/gtest.h>

#include <fstream>
#include <sstream>

#include "checks/errors.hpp"
#include "checks/history/history_of.hpp"

namespace klab {
namespace {

const std::string kHeader =
    R"({"klab":"history","version":1,"lab":"data_transport","section":"a","seed":"5eed",)"
    R"("output_pattern":"v (?<value>.+)$"})";
const std::string kSample = R"({"event":"sample","id":"17","text":"{\"a\":\"17\"}"})";
const std::string kSubmitted =
    R"({"event":"submitted_file","name":"bcsample.json","problem":"not JSON","records":4,)"
    R"("shapes":[{"fields":["a","b"],"count":3,"first":1},{"fields":[],"count":1,"first":2}],)"
    R"("size":{"lines":4,"words":5,"bytes":60}})";
const std::string kAnswer = R"({"event":"answer","name":"C.wc","text":"0 10281908 124760360"})";
const std::string kLooked = R"({"event":"topic_looked","at_us":12,"topic":"t","id":"AbC","bytes":4294967296,)"
                            R"("partitions":[{"partition":0,"first":1,"end":4294967296}]})";
const std::string kAborted =
    R"({"event":"logged","topic":"t","partition":0,"offset":1,"timestamp_ms":5,"value":"v","state":"aborted"})";
const std::string kTopic = R"({"event":"topic","name":"t","partitions":6})";
const std::string kProgram =
    R"({"event":"program","program":"producer-1","role":"producer","command":"python3 p.py","started_us":10,)"
    R"("told_to_stop_us":2400000,"ended_us":2500000,"ending":"exited","lines_printed":7,"last_words":"bye","exit_code":1})";
const std::string kKilled =
    R"({"event":"program","program":"consumer-1","role":"consumer","command":"c","group":"g","key":"3","started_us":0,"ended_us":1,)"
    R"("ending":"deadline","lines_printed":0,"last_words":"","signal":9})";
const std::string kPrinted =
    R"({"event":"printed","program":"consumer-1","stream":"stderr","number":3,"at_us":1234,"matched":true,)"
    R"("key":"k","value":"v\u0000\n"})";
const std::string kUnmatched =
    R"({"event":"printed","program":"consumer-1","stream":"stdout","number":1,"at_us":5,"matched":false,"value":""})";
const std::string kLogged =
    R"({"event":"logged","topic":"t","partition":5,"offset":4294967296,"timestamp_ms":1700000000000,"key":"","value":"v"})";
const std::string kTombstone = R"({"event":"logged","topic":"t","partition":0,"offset":0,"timestamp_ms":-1})";
const std::string kDrained = R"({"event":"drained","topic":"t","partition":5,"first":2,"end":4294967297})";
const std::string kCommitted =
    R"({"event":"committed","group":"g","topic":"t","partition":5,"offset":4294967297})";

// What clients say of themselves.
const std::string kClient[] = {
    R"({"event":"send","producer":"p","id":"17","topic":"t","partition":5,"offset":4294967296,"key":"k","begin_us":1,"end_us":2,"n":3,"outcome":"acked","transaction":"x"})",
    R"({"event":"send","producer":"","id":"18","topic":"t","outcome":"unknown"})",
    R"({"event":"poll","member":"m","group":"g","isolation":"read_committed","begin_us":3,"at_us":4,"outcome":"ok","transaction":"x",)"
    R"("records":[{"topic":"t","partition":5,"offset":7,"id":"17","key":"k"},{"topic":"t","partition":5,"offset":8,"unparseable":true}]})",
    R"({"event":"seek","member":"m","group":"g","at_us":5,"topic":"t","partition":5,"offset":7})",
    R"({"event":"flush","producer":"p","begin_us":6,"end_us":7,"outcome":"failed"})"};

// What the tap overheard.
const std::string kWire[] = {
    R"({"event":"connected","program":"producer-1","connection":1,"at_us":5,"client_id":"rdkafka","software":"librdkafka 2.0.2"})",
    R"({"event":"topic_refused","program":"producer-1","connection":1,"at_us":5,"topic":"t","error":"UNKNOWN_TOPIC_OR_PART"})",
    R"({"event":"sent","program":"producer-1","connection":1,"request":7,"at_us":6,"topic":"t","partition":5,"acks":-1,)"
    R"("codec":"lz4","messages":2,"ids":["17","18"],"producer_id":4294967296,"producer_epoch":3,"base_sequence":0,)"
    R"("transactional_id":"tx"})",
    R"({"event":"answered","program":"producer-1","connection":1,"request":7,"at_us":8,"topic":"t","partition":5,"base_offset":4294967296})",
    R"({"event":"answered","program":"producer-1","connection":1,"request":8,"at_us":9,"topic":"t","partition":5,"base_offset":-1,"error":"NOT_LEADER_OR_FOLLOWER"})",
    R"({"event":"disconnected","program":"producer-1","connection":1,"at_us":10})",
    R"({"event":"fetch_started","program":"consumer-1","connection":2,"at_us":11,"topic":"t","partition":5,"offset":4294967296,"isolation":"read_committed"})",
    R"({"event":"delivered","program":"consumer-1","connection":2,"at_us":12,"topic":"t","partition":5,"offsets":[4294967296,4294967298]})",
    R"({"event":"joined","program":"consumer-1","at_us":13,"group":"g","member":"m-1","instance":"i","protocol":"classic","generation":1,"topics":["t"]})",
    R"({"event":"assigned","program":"consumer-1","at_us":14,"group":"g","member":"m-1","generation":1,"partitions":[{"topic":"t","partition":5}]})",
    R"({"event":"revoked","program":"consumer-1","at_us":15,"group":"g","member":"m-1","partitions":[{"topic":"t","partition":5}]})",
    R"({"event":"left","program":"consumer-1","at_us":16,"group":"g","member":"m-1"})",
    R"({"event":"commit","program":"consumer-1","asked_us":17,"at_us":18,"group":"g","member":"m-1","topic":"t","partition":5,"offset":4294967299,)"
    R"("error":"ILLEGAL_GENERATION","transactional_id":"tx"})",
    R"({"event":"resumed","program":"consumer-1","at_us":19,"group":"g","topic":"t","partition":5,"offset":-1})",
    R"({"event":"transaction","program":"producer-1","asked_us":20,"at_us":21,"transactional_id":"tx","producer_id":4294967296,"producer_epoch":3,"step":"aborted"})",
    R"({"event":"acknowledgements_held","program":"producer-1","from_us":22,"until_us":3000022})",
    R"({"event":"overheard","program":"producer-1","connections":1,"requests":9,"responses":8,"opaque":0})"};

/// A history file of these lines, each with its line break.
std::string file_of(std::initializer_list<std::string> lines) {
  std::string text;
  for (const std::string& line : lines) text += line + "\n";
  return text;
}

History read(const std::string& text) {
  std::istringstream in(text);
  return read_history(in, "h.jsonl");
}

std::string written(const History& history) {
  std::ostringstream out;
  write_history(out, history);
  return out.str();
}

std::string error_of(const std::string& text) {
  try {
    read(text);
  } catch (const BadInput& error) {
    return error.what();
  }
  return "no error";
}

/// The error for a history whose second line is `line` with `from` replaced by `to`.
std::string error_with(std::string line, const std::string& from, const std::string& to) {
  return error_of(file_of({kHeader, line.replace(line.find(from), from.size(), to)}));
}

TEST(HistoryJson, RoundTripsEveryKindOfEventByteForByte) {
  const std::string text =
      file_of({kHeader, kSample, kSubmitted, kTopic, kPrinted, kUnmatched, kLogged, kProgram, kKilled,
               kTombstone, kAborted, kDrained, kCommitted, kAnswer, kLooked});
  EXPECT_EQ(written(read(text)), text);
}

TEST(HistoryJson, RoundTripsWhatTheTapOverheardByteForByte) {
  for (const std::string& line : kWire) {
    const std::string text = file_of({kHeader, line});
    EXPECT_EQ(written(read(text)), text);
  }
}

TEST(HistoryJson, RoundTripsWhatClientsSayByteForByte) {
  for (const std::string& line : kClient) {
    const std::string text = file_of({kHeader, line});
    EXPECT_EQ(written(read(text)), text);
  }
}

TEST(HistoryJson, NeedsOnlyWhatAForeignRecorderKnows) {
  const History history = read(file_of(
      {R"({"klab":"history","version":1})",
       R"({"event":"assigned","at_us":1,"member":"m","partitions":[{"topic":"t","partition":0}],"manual":true})",
       R"({"event":"revoked","at_us":1,"member":"m","partitions":[{"topic":"t","partition":0}],"end":"lost"})",
       R"({"event":"left","at_us":1,"member":"m","end":"crashed"})",
       R"({"event":"commit","at_us":7,"group":"g","topic":"t","partition":0,"offset":3,"outcome":"unknown"})",
       R"({"event":"transaction","at_us":8,"transaction":"x","step":"unknown"})",
       R"({"event":"poll","member":"m","at_us":1,"group":null,"records":[{"topic":"t","partition":0,"offset":1,"id":"a","key":null}]})"}));
  EXPECT_TRUE(history.assigned.at(0).is_manual);
  EXPECT_EQ(history.revoked.at(0).end, OwnershipEnd::lost);
  EXPECT_EQ(history.left.at(0).end, OwnershipEnd::crashed);
  EXPECT_FALSE(history.commits.at(0).asked);
  EXPECT_EQ(history.commits.at(0).outcome, CallOutcome::unknown);
  EXPECT_EQ(history.transactions.at(0).step, TransactionStep::unknown);
  EXPECT_FALSE(history.transactions.at(0).asked);
  EXPECT_FALSE(history.polls.at(0).group);
  EXPECT_FALSE(history.polls.at(0).records.at(0).key);
}

TEST(HistoryJson, CountsWhatItPassesOver) {
  const History history = read(file_of(
      {kHeader, R"({"event":"sned"})", R"({"event":"sned"})",
       R"({"event":"send","id":"a","topic":"t","offest":3})",
       R"({"event":"poll","member":"m","at_us":1,"records":[{"topic":"t","partition":0,"offset":1,"id":"a","kye":""}]})"}));
  EXPECT_EQ(history.passed_over,
            (std::map<std::string, std::size_t>{
                {"event sned", 2}, {"field kye of a polled record", 1}, {"field offest of send", 1}}));
}

TEST(HistoryJson, RefusesOffsetsThatAreNone) {
  EXPECT_EQ(error_with(kClient[0], "4294967296", "-1"),
            "h.jsonl:2: field \"offset\": expected a number that is not negative, got -1");
  EXPECT_EQ(error_with(kClient[2], R"("id":"17",)", ""), "h.jsonl:2: records[0]: field \"id\" is missing");
}

TEST(HistoryJson, KeepsTheOrderOfTheLinesAcrossKinds) {
  const std::string text = file_of({kHeader, kLogged, kSample, kTombstone, kTopic, kUnmatched, kSample});
  const History history = read(text);
  EXPECT_EQ(lines_of(history.logged[0], history.sample[0], history.logged[1], history.topics[0],
                     history.printed[0], history.sample[1]),
            (std::vector<Line>{2, 3, 4, 5, 6, 7}));
  EXPECT_EQ(written(history), text);
}

TEST(HistoryJson, ReadsTheHeader) {
  const History history = read(kHeader + "\n");
  EXPECT_EQ(history.lab, "data_transport");
  EXPECT_EQ(history.section, "a");
  EXPECT_EQ(history.seed, "5eed");
  EXPECT_EQ(history.output_pattern, "v (?<value>.+)$");
}

TEST(HistoryJson, KeepsWhyThePlayWasBrokenOff) {
  History history = read(kHeader + "\n");
  EXPECT_EQ(history.play_failure, "");
  history.play_failure = "the broker is gone";
  EXPECT_EQ(read(written(history)).play_failure, "the broker is gone");
}

TEST(HistoryJson, ReadsSampleTopicAndSubmittedFile) {
  const History history = read(file_of({kHeader, kSample, kSubmitted, kTopic}));
  EXPECT_EQ(history.sample.at(0).id, "17");
  EXPECT_EQ(history.sample.at(0).text, "{\"a\":\"17\"}");
  EXPECT_EQ(history.topics.at(0).name, "t");
  EXPECT_EQ(history.topics.at(0).partitions, 6);
  const SubmittedFile& file = history.submitted_files.at(0);
  EXPECT_EQ(file.name, "bcsample.json");
  EXPECT_EQ(file.problem, "not JSON");
  EXPECT_EQ(file.records, 4u);
  ASSERT_EQ(file.shapes.size(), 2u);
  EXPECT_EQ(file.shapes[0].fields, (std::vector<std::string>{"a", "b"}));
  EXPECT_EQ(file.shapes[0].count, 3u);
  EXPECT_EQ(file.shapes[1].first, 2u);
}

TEST(HistoryJson, ReadsPrograms) {
  const History history = read(file_of({kHeader, kProgram, kKilled}));
  ASSERT_EQ(history.programs.size(), 2u);
  const ProgramRun& exited = history.programs[0];
  EXPECT_EQ(exited.program, "producer-1");
  EXPECT_EQ(exited.role, "producer");
  EXPECT_EQ(exited.command, "python3 p.py");
  EXPECT_EQ(exited.started.count(), 10);
  EXPECT_EQ(exited.ended.count(), 2'500'000);
  EXPECT_EQ(exited.ending, Ending::exited);
  EXPECT_EQ(exited.exit_code, 1);
  EXPECT_EQ(exited.signal, 0);
  EXPECT_EQ(exited.lines_printed, 7u);
  EXPECT_EQ(exited.last_words, "bye");
  EXPECT_EQ(history.programs[1].ending, Ending::deadline);
  EXPECT_EQ(history.programs[1].exit_code, std::nullopt);
  EXPECT_EQ(history.programs[1].signal, 9);
}

TEST(HistoryJson, RoundTripsEveryEnding) {
  for (const Ending ending :
       {Ending::exited, Ending::stopped, Ending::deadline, Ending::flooded, Ending::limit}) {
    const History history = HistoryOf("t").died("p-1", 9, ending);
    EXPECT_EQ(read(written(history)).programs.at(0).ending, ending);
  }
}

TEST(HistoryJson, ReadsPrintedLines) {
  const History history = read(file_of({kHeader, kPrinted, kUnmatched}));
  ASSERT_EQ(history.printed.size(), 2u);
  EXPECT_EQ(history.printed[0].program, "consumer-1");
  EXPECT_TRUE(history.printed[0].on_stderr);
  EXPECT_EQ(history.printed[0].number, 3u);
  EXPECT_EQ(history.printed[0].at.count(), 1234);
  EXPECT_TRUE(history.printed[0].matched);
  EXPECT_EQ(history.printed[0].key, "k");
  EXPECT_EQ(history.printed[0].value, std::string("v\0\n", 3));
  EXPECT_FALSE(history.printed[1].on_stderr);
  EXPECT_FALSE(history.printed[1].matched);
  EXPECT_EQ(history.printed[1].key, std::nullopt);
}

TEST(HistoryJson, ReadsTheLog) {
  const History history = read(file_of({kHeader, kLogged, kTombstone, kDrained, kCommitted}));
  ASSERT_EQ(history.logged.size(), 2u);
  EXPECT_EQ(history.logged[0].topic, "t");
  EXPECT_EQ(history.logged[0].partition, 5);
  EXPECT_EQ(history.logged[0].offset, 4'294'967'296);
  EXPECT_EQ(history.logged[0].timestamp_ms, 1'700'000'000'000);
  EXPECT_EQ(history.logged[0].key, "");
  EXPECT_EQ(history.logged[0].value, "v");
  EXPECT_EQ(history.logged[1].key, std::nullopt);
  EXPECT_EQ(history.logged[1].value, std::nullopt);
  EXPECT_EQ(history.drained.at(0).topic, "t");
  EXPECT_EQ(history.drained.at(0).partition, 5);
  EXPECT_EQ(history.drained.at(0).first, 2);
  EXPECT_EQ(history.drained.at(0).end, 4'294'967'297);
  EXPECT_EQ(history.committed.at(0).group, "g");
  EXPECT_EQ(history.committed.at(0).topic, "t");
  EXPECT_EQ(history.committed.at(0).partition, 5);
  EXPECT_EQ(history.committed.at(0).offset, 4'294'967'297);
}

TEST(HistoryJson, KeepsBytesThatAreNotUtf8) {
  History history = HistoryOf("t").printed_text("consumer-1", "caf\xE9").stored_text(0, 0, "\xFF{");
  history.logged[0].key = std::string("\x00\x80", 2);
  const std::string text = written(history);
  EXPECT_NE(text.find(R"("key_hex":"0080","value_hex":"ff7b")"), std::string::npos) << text;
  const History back = read(text);
  EXPECT_EQ(back.printed.at(0).value, "caf\xE9");
  EXPECT_EQ(back.logged.at(0).key, std::string("\x00\x80", 2));
  EXPECT_EQ(back.logged.at(0).value, "\xFF{");
}

TEST(HistoryJson, RefusesHexadecimalThatIsNone) {
  for (const std::string hex : {"f", "0g", "ff0", "+1"})
    EXPECT_EQ(
        error_with(kLogged, R"("value":"v")", R"("value_hex":")" + hex + '"'),
        "h.jsonl:2: field \"value_hex\": expected two hexadecimal digits for each byte, got \"" + hex + '"');
}

TEST(HistoryJson, PassesOverKindsOfEventsThatItDoesNotKnow) {
  const History history = read(file_of({kHeader, R"({"event":"rebalance","members":[1,{}]})", kTopic}));
  EXPECT_EQ(history.topics.at(0).line, 3u);
}

TEST(HistoryJson, PassesOverFieldsThatItDoesNotKnow) {
  EXPECT_EQ(
      read(file_of({kHeader, R"({"event":"topic","name":"t","partitions":6,"replicas":3})"})).topics.size(),
      1u);
}

TEST(HistoryJson, ReadsALastLineWithoutALineBreakAndOthersWithACarriageReturn) {
  EXPECT_EQ(read(kHeader + "\r\n" + kTopic + "\r\n" + kTopic).topics.size(), 2u);
}

TEST(HistoryJson, RefusesALastLineThatWasCutOff) {
  EXPECT_EQ(error_of(kHeader + "\n" + kTopic + "\n" + kLogged.substr(0, 17)),
            "h.jsonl:3: not JSON, at byte 18");
}

TEST(HistoryJson, RefusesAFileWithoutAHeader) {
  EXPECT_EQ(error_of(""), "h.jsonl: empty, expected a history");
  EXPECT_EQ(error_of(kTopic + "\n"), "h.jsonl:1: field \"klab\" is missing");
  EXPECT_EQ(error_of("{\"klab\":\"run\"}\n"), "h.jsonl:1: field \"klab\": expected \"history\", got \"run\"");
  EXPECT_EQ(error_of("{\"klab\":\"history\",\"version\":2}\n"),
            "h.jsonl:1: field \"version\": expected 1, got 2");
}

TEST(HistoryJson, NamesLineAndFieldOfWhatIsMalformed) {
  EXPECT_EQ(error_of(file_of({kHeader, kTopic, "", kTopic})), "h.jsonl:3: not JSON, at byte 1");
  EXPECT_EQ(error_of(file_of({kHeader, "[1]"})), "h.jsonl:2: expected an object, got [1]");
  EXPECT_EQ(error_of(file_of({kHeader, "{}"})), "h.jsonl:2: field \"event\" is missing");
  EXPECT_EQ(error_with(kTopic, "6", "\"6\""),
            "h.jsonl:2: field \"partitions\": expected a whole number, got \"6\"");
  EXPECT_EQ(error_with(kTopic, "\"name\"", "\"nam\""), "h.jsonl:2: field \"name\" is missing");
  EXPECT_EQ(error_with(kSample, "\"17\"", "17"), "h.jsonl:2: field \"id\": expected a text, got 17");
  EXPECT_EQ(error_with(kSubmitted, "\"count\":3", "\"count\":-3"),
            "h.jsonl:2: shapes[0]: field \"count\": expected a number that is not negative, got -3");
  EXPECT_EQ(
      error_with(kProgram, "exited", "slept"),
      "h.jsonl:2: field \"ending\": expected exited, stopped, deadline, flooded or limit, got \"slept\"");
  EXPECT_EQ(error_with(kPrinted, "\"stderr\"", "\"stdin\""),
            "h.jsonl:2: field \"stream\": expected stdout or stderr, got \"stdin\"");
  EXPECT_EQ(error_with(kPrinted, "true", "1"), "h.jsonl:2: field \"matched\": expected true or false, got 1");
  EXPECT_EQ(error_with(kLogged, "4294967296", "1.5"),
            "h.jsonl:2: field \"offset\": expected a whole number, got 1.5");
  EXPECT_EQ(error_with(kLogged, "\"value\":\"v\"", "\"value\":[]"),
            "h.jsonl:2: field \"value\": expected a text, got []");
  EXPECT_EQ(error_with(kDrained, "\"partition\":5", "\"partition\":4294967296"),
            "h.jsonl:2: field \"partition\": expected a smaller number, got 4294967296");
  EXPECT_EQ(error_with(kCommitted, "\"g\"", "[]"), "h.jsonl:2: field \"group\": expected a text, got []");
}

TEST(LoadHistory, ReadsAFileAndNamesItInErrors) {
  const auto file = std::filesystem::path(testing::TempDir()) / "load_history_test.jsonl";
  std::ofstream(file) << kHeader << '\n' << kTopic << '\n';
  EXPECT_EQ(load_history(file).topics.size(), 1u);
  std::ofstream(file) << "{}\n";
  try {
    load_history(file);
    ADD_FAILURE() << "no error";
  } catch (const BadInput& error) {
    EXPECT_EQ(error.what(), file.string() + ":1: field \"klab\" is missing");
  }
  std::filesystem::remove(file);
}

TEST(LoadProgramRuns, ReadsTheRunsWithTheirLinesAndNothingElse) {
  const auto file = std::filesystem::path(testing::TempDir()) / "load_program_runs_test.jsonl";
  const History history = HistoryOf("t").sample(3).stored(0, 0, 0).exited("producer-1").stopped("consumer-1");
  {
    std::ofstream out(file);
    write_history(out, history);
  }
  const History runs = load_program_runs(file), all = load_history(file);
  ASSERT_EQ(runs.programs.size(), 2u);
  EXPECT_EQ(runs.programs[1].program, all.programs[1].program);
  EXPECT_EQ(runs.programs[1].line, all.programs[1].line);
  EXPECT_TRUE(runs.logged.empty() && runs.sample.empty());
  std::filesystem::remove(file);
}

TEST(LoadHistory, SaysWhichFileCannotBeOpened) {
  try {
    load_history("/no/such/history.jsonl");
    ADD_FAILURE() << "no error";
  } catch (const BadInput& error) {
    EXPECT_STREQ(error.what(), "/no/such/history.jsonl: cannot be opened");
  }
}

}  // namespace
}  // namespace klab
