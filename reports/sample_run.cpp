#include "reports/sample_run.hpp"

#include <utility>

namespace klab {
namespace {

using namespace std::string_literals;

Timeline producer_and_consumer() {
  using namespace std::chrono_literals;
  return {.title = "What the programs did, and when.",
          .caption = "The producer sends; the consumer reads.",
          .end = 4500ms,
          .legend = {{Hue::life, "the program runs"}, {Hue::one, "sends records"}},
          .lanes = {{.label = "producer-1",
                     .spans = {{1s, 2s, Hue::life, "producer-1"}, {1200ms, 1900ms, Hue::good, "committed"}},
                     .ticks = {{1300ms, Hue::one, 500}, {1400ms, Hue::one, 497}}},
                    {.label = "consumer-1", .spans = {{2s, 4500ms, Hue::life, "consumer-1"}}}}};
}

PropertyResult passed(std::string id, std::string claim, std::string witness, double points,
                      std::string actual) {
  return {.id = std::move(id),
          .claim = std::move(claim),
          .witness = std::move(witness),
          .points = points,
          .outcome = PropertyOutcome::pass,
          .actual = std::move(actual),
          .judged = "1000 records in 6 partitions",
          .file = "specs/data_transport/a_initialization_spec.cpp",
          .line = 31,
          .seconds = 0.004};
}

/// Of a record that was sent, and then no more was heard of.
RecordLife lost_record() {
  using namespace std::chrono_literals;
  return {
      .record = "record 998 of the file (id 489748199)",
      .steps = {
          {.stage = LifeStage::sent, .events = {{1400ms, "by producer to partition 4, with 2 more"}}},
          {.stage = LifeStage::acknowledged, .missing = "never"},
          {.stage = LifeStage::logged, .missing = "not in the log"},
          {.stage = LifeStage::delivered, .missing = "never"},
          {.stage = LifeStage::printed,
           .events = {{3100ms, "by consumer, line 7 of stdout"}, {3200ms, "by consumer, line 8 of stdout"}},
           .more = 2}}};
}

OffsetChart two_partitions() {
  using namespace std::chrono_literals;
  return {.title = "Which record came where, and when.",
          .caption = "A mark is a record in its partition, by key.",
          .begin = 1300ms,
          .end = 4s,
          .series = {{.name = "key 1"},
                     {.name = "key 2"},
                     {.name = "in an aborted transaction", .is_aborted = true}},
          .panels = {{.title = "partition 0",
                      .end = 500,
                      .records = 500,
                      .marks = {{{1300ms, 0}, {1300ms, 250}}, {{1400ms, 499}}, {}},
                      .given = {{2s, 0, 499}}},
                     {.title = "partition 4", .end = 497, .records = 497, .marks = {{}, {}, {{1400ms, 7}}}}}};
}

std::vector<AccountEntry> account_of_a_consumer() {
  using namespace std::chrono_literals;
  return {{.at = 2s, .heard = "joined group a as member rdkafka-1"},
          {.at = 2100ms, .heard = "delivered 500 messages of breadcrumbs-0, offsets 0 to 499"},
          {.at = 2200ms, .printed = "lines 1 to 500: {\"EVENT_NO_STOP\": \"1\"}\n..\n" + hostile_output()},
          {.at = 2300ms, .left_out = 12},
          {.at = 4s, .heard = "disconnected"}};
}

PropertyResult records_are_lost() {
  return {.id = "A.stored-once",
          .claim = "every record of the sample is stored exactly once",
          .witness = "log",
          .points = 2,
          .roles = {"producer"},
          .outcome = PropertyOutcome::fail,
          .kind = FailKind::refuted,
          .expected = "each of the 1000 records of the sample once",
          .actual = "997 records once, 3 not at all",
          .judged = "997 records in 6 partitions",
          .evidence = {{{1014}, "record 998 was sent to partition 4 and never acknowledged"},
                       {{1015, 1019}, "record 999 was sent to partition 0 and never acknowledged"},
                       {{}, "record 1000 was never sent"}},
          .lives = {{lost_record()}, {lost_record()}},
          .hint = "The program ends while its last batch is still under way. Call flush() before it exits.",
          .file = "specs/data_transport/a_initialization_spec.cpp",
          .line = 28,
          .seconds = 0.012};
}

PropertyResult contents_wait_for_records() {
  return {.id = "A.unchanged",
          .claim = "the contents of the records are unchanged",
          .witness = "log",
          .points = 1,
          .needs = {"A.stored-once"},
          .outcome = PropertyOutcome::skipped,
          .actual = "not judged, because A.stored-once does not hold",
          .file = "specs/data_transport/a_initialization_spec.cpp",
          .line = 36};
}

PropertyResult nothing_is_removed() {
  PropertyResult property =
      passed("C.keeps", "consuming removes nothing", "log", 1.5, "the same 1000 records before and after");
  property.file = "specs/data_transport/c_storage_spec.cpp";
  return property;
}

PropertyResult consumer_never_ends() {
  return {.id = "C.second-run",
          .claim = "a second run of the consumer is given nothing",
          .witness = "wire, log",
          .points = 2,
          .roles = {"consumer"},
          .outcome = PropertyOutcome::fail,
          .kind = FailKind::timeout,
          .expected = "the consumer owns its partitions within 30 s",
          .actual = "waited 30 s for group c-archive to be Stable; it was PreparingRebalance with 1 member",
          .hint = "The consumer never polled: subscribing alone does not join a group.",
          .file = "specs/data_transport/c_storage_spec.cpp",
          .line = 40,
          .seconds = 30.002};
}

PropertyResult cleaner_is_missing() {
  return {.id = "C.topic-clean",
          .claim = "topic_clean is given every record and prints none",
          .witness = "wire",
          .points = 2,
          .roles = {"topic_clean"},
          .outcome = PropertyOutcome::fail,
          .kind = FailKind::not_attempted,
          .expected = "a program topic_clean in submission.json",
          .actual = "the submission names no program topic_clean",
          .hint = "Add it to submission.json under \"programs\".",
          .file = "specs/data_transport/c_storage_spec.cpp",
          .line = 47};
}

PropertyResult producer_crashes() {
  return {.id = "D.stored-twice",
          .claim = "every record is stored twice, once for each producer",
          .witness = "log",
          .points = 3,
          .roles = {"producer"},
          .outcome = PropertyOutcome::fail,
          .kind = FailKind::crash,
          .expected = "2 producers that end by themselves",
          .actual = "producer-2 was killed by SIGSEGV after 0.4 s, with 412 of its 1000 records stored",
          .judged = "1412 records in 6 partitions",
          .evidence = {{{12, 15, 19, 22, 30, 31, 32, 40, 41, 57},
                        "record \"trip\": \"<b>7</b>\" & 587 others are stored once"}},
          .evidence_left_out = 12,
          .hint = "The report shows the end of what it printed.",
          .file = "specs/data_transport/d_multiple_producers_spec.cpp",
          .line = 25,
          .seconds = 0.02};
}

PropertyResult producer_prints_without_end() {
  return {.id = "D.file-order",
          .claim = "each producer's records are stored in file order",
          .witness = "log",
          .points = 2,
          .needs = {},
          .roles = {"producer"},
          .outcome = PropertyOutcome::fail,
          .kind = FailKind::limit,
          .expected = "at most 16 MiB of output",
          .actual = "producer-1 printed more than 16 MiB and was stopped",
          .file = "specs/data_transport/d_multiple_producers_spec.cpp",
          .line = 33,
          .seconds = 1.5};
}

PropertyResult flusher_does_not_compile() {
  return {.id = "G.flush-each",
          .claim = "no record is sent before the last one is acknowledged",
          .witness = "wire",
          .points = 2.5,
          .roles = {"flush_each"},
          .outcome = PropertyOutcome::fail,
          .kind = FailKind::build,
          .expected = "setup ends with exit code 0",
          .actual = "setup ended with exit code 1: pip install -r requirements.txt",
          .hint = "Run the command of \"setup\" in a fresh clone of what you handed in.",
          .file = "specs/data_transport/g_flush_spec.cpp",
          .line = 22,
          .seconds = 4.25};
}

PropertyResult grader_falls_short() {
  return {.id = "G.paced",
          .claim = "flush_paced waits for its acknowledgements after every 15th record",
          .witness = "wire",
          .points = 2,
          .outcome = PropertyOutcome::error,
          .actual = "the broker did not become ready in 20 s, three times; its log is attached",
          .file = "specs/data_transport/g_flush_spec.cpp",
          .line = 30,
          .seconds = 60};
}

PropertyResult never_reached() {
  return {.id = "G.soon",
          .claim = "a record is delivered soon after it is stored",
          .witness = "wire, program",
          .points = 1};
}

SectionResult initialization() {
  return {.id = "A",
          .title = "Initialization",
          .seconds = 6.318,
          .folder = "sections/A",
          .programs = {{.name = "producer",
                        .command = "python3 producer.py -f client.properties -t breadcrumbs",
                        .ending = "exited with 0 after 1.2 s",
                        .out_tail = "Produced record to topic breadcrumbs partition [4] @ offset 165\n1000 "
                                    "messages were produced\n"},
                       {.name = "consumer",
                        .command = "python3 consumer.py -f client.properties -t breadcrumbs -g a",
                        .ending = "stopped by the section after 4.1 s",
                        .err_tail = "Aborted by user\n",
                        .account = account_of_a_consumer()}},
          .timelines = {producer_and_consumer()},
          .offset_charts = {two_partitions()},
          .properties = {
              passed("A.sample-file", "the submission's own bcsample.json holds 1000 breadcrumb records",
                     "file", 1, "1000 records with 14 fields each"),
              records_are_lost(),
              passed("A.one-record-a-message", "each message is one record", "log", 1,
                     "997 messages hold one record each"),
              contents_wait_for_records(),
              passed("A.exits-zero", "the producer ends by itself and exits 0", "program", 1,
                     "exited with 0 after 1.2 s")}};
}

SectionResult storage() {
  return {.id = "C",
          .title = "Storage",
          .seconds = 38.104,
          .folder = "sections/C",
          .notes = {"the broker was started twice: the first did not answer Metadata in 10 s"},
          .disagreements = {{{871, 872, 874}, "consumer-1 printed 12 records that the broker never gave it"}},
          .properties = {nothing_is_removed(), consumer_never_ends(), cleaner_is_missing()}};
}

SectionResult multiple_producers() {
  return {
      .id = "D",
      .title = "Multiple producers",
      .seconds = 9.75,
      .folder = "sections/D",
      .programs = {{.name = "producer-1",
                    .command = "node producer.js <&- | cat",
                    .ending = "stopped: output limit",
                    .out_tail = hostile_output()},
                   {.name = "producer-2",
                    .command = "./producer --fast",
                    .ending = "killed by SIGSEGV after 0.4 s",
                    .err_tail =
                        "Traceback (most recent call last):\n  File \"producer.py\", line 31, in <module>\n"
                        "    breadcrumb = records[index]\nIndexError: list index out of range\n"}},
      .properties = {producer_crashes(), producer_prints_without_end()}};
}

SectionResult flush() {
  return {.id = "G",
          .title = "Flush",
          .seconds = 64.25,
          .folder = "sections/G",
          .properties = {flusher_does_not_compile(), grader_falls_short(), never_reached()}};
}

}  // namespace

std::string hostile_output() {
  return "\x1b[32m9 of 9 properties hold\x1b[0m\n"
         "</pre></script><script>alert('klab')</script><img src=x onerror=\"alert(1)\">\n"
         "::error title=Autograding complete::Points 100/100\n"
         "NUL \0 bell \x07 invalid \xFF\xC3( CSI \xC2\x9B"
         "2J nonchar \xEF\xBF\xBE ]]> &#x1b; &amp;\n"
         "\x1b]0;title\x07right to left \xE2\x80\xAE"
         "ssap, unfinished \x1b]0;hidden?\n"
         "progress 10 %\rprogress 99 %\r\n"s;
}

RunResult sample_run() {
  return {.lab = "Data Transport",
          .submission = "submissions/ana",
          .started_at = "2026-11-20T18:02:11Z",
          .seconds = 118.422,
          .seed = "20261120-7f3a",
          .tool_version = "klab 0.1.0",
          .broker = "Kafka 4.3.0, process, Java 17.0.15",
          .sandbox = "namespaces of this machine",
          .notes = {"network namespaces are refused here: one broker listener per program was used instead"},
          .sections = {initialization(), storage(), multiple_producers(), flush()}};
}

}  // namespace klab
