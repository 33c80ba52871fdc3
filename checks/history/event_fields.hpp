#pragma once

#include "checks/history/event_kinds.hpp"

namespace klab {

// What history.jsonl calls the fields of each event, once for writing and reading alike: `fields` is either
// an EventWriter or an EventReader, and the event is const or not accordingly. docs/history.md tells the same
// to people.

void describe(auto& fields, Is<SampleRecord> auto& event) {
  fields("id", event.id);
  fields("text", event.text);
}

void describe(auto& fields, Is<FieldSet> auto& shape) {
  fields("fields", shape.fields);
  fields("count", shape.count);
  fields("first", shape.first);
}

void describe(auto& fields, Is<SubmittedFile> auto& event) {
  fields("name", event.name);
  fields("problem", event.problem);
  fields("records", event.records);
  fields("shapes", event.shapes);
  fields("size", event.size);
}

void describe(auto& fields, Is<WordCount> auto& size) {
  fields("lines", size.lines);
  fields("words", size.words);
  fields("bytes", size.bytes);
}

void describe(auto& fields, Is<SubmittedAnswer> auto& event) {
  fields("name", event.name);
  fields("text", event.text);
}

void describe(auto& fields, Is<Topic> auto& event) {
  fields("name", event.name);
  fields("partitions", event.partitions);
}

void describe(auto& fields, Is<LogBounds> auto& bounds) {
  fields("partition", bounds.partition);
  fields("first", bounds.first);
  fields("end", bounds.end);
}

void describe(auto& fields, Is<TopicLooked> auto& event) {
  fields("at_us", event.at);
  fields("topic", event.topic);
  fields("id", event.id);
  fields("bytes", event.bytes);
  fields("partitions", event.partitions);
}

void describe(auto& fields, Is<ProgramRun> auto& event) {
  fields("program", event.program);
  fields("role", event.role);
  fields("command", event.command);
  fields.unless_default("group", event.group);
  fields.unless_default("key", event.key);
  fields("started_us", event.started);
  fields.unless_default("told_to_stop_us", event.told_to_stop);
  fields("ended_us", event.ended);
  fields("ending", event.ending);
  fields("lines_printed", event.lines_printed);
  fields("last_words", event.last_words);
  fields("exit_code", event.exit_code);
  fields.unless_default("signal", event.signal);
  fields.unless_default("limit", event.limit);
}

void describe(auto& fields, Is<PrintedLine> auto& event) {
  fields("program", event.program);
  fields.either("stream", event.on_stderr, "stderr", "stdout");
  fields("number", event.number);
  fields("at_us", event.at);
  fields("matched", event.matched);
  fields.bytes("key", event.key);
  fields.bytes("value", event.value);
}

void describe(auto& fields, Is<LoggedRecord> auto& event) {
  fields("topic", event.topic);
  fields("partition", event.partition);
  fields("offset", event.offset);
  fields.if_there("timestamp_ms", event.timestamp_ms);
  fields.bytes("key", event.key);
  fields.bytes("value", event.value);
  fields.unless_default("state", event.state);
  fields("id", event.id);
}

void describe(auto& fields, Is<DrainedPartition> auto& event) {
  fields("topic", event.topic);
  fields("partition", event.partition);
  fields("first", event.first);
  fields("end", event.end);
}

void describe(auto& fields, Is<CommittedOffset> auto& event) {
  fields("group", event.group);
  fields("topic", event.topic);
  fields("partition", event.partition);
  fields("offset", event.offset);
}

void describe(auto& fields, Is<Connected> auto& event) {
  fields("program", event.program);
  fields("connection", event.connection);
  fields("at_us", event.at);
  fields("client_id", event.client_id);
  fields("software", event.software);
}

void describe(auto& fields, Is<Disconnected> auto& event) {
  fields("program", event.program);
  fields("connection", event.connection);
  fields("at_us", event.at);
}

void describe(auto& fields, Is<SentBatch> auto& event) {
  fields("program", event.program);
  fields("connection", event.connection);
  fields("request", event.request);
  fields("at_us", event.at);
  fields("topic", event.topic);
  fields("partition", event.partition);
  fields("acks", event.acks);
  fields("codec", event.codec);
  fields("messages", event.messages);
  fields("ids", event.ids);
  fields("producer_id", event.producer_id);
  fields("producer_epoch", event.producer_epoch);
  fields("base_sequence", event.base_sequence);
  fields("transactional_id", event.transactional_id);
}

void describe(auto& fields, Is<TopicRefused> auto& event) {
  fields("program", event.program);
  fields("connection", event.connection);
  fields("at_us", event.at);
  fields("topic", event.topic);
  fields("error", event.error);
}

void describe(auto& fields, Is<Answered> auto& event) {
  fields("program", event.program);
  fields("connection", event.connection);
  fields("request", event.request);
  fields("at_us", event.at);
  fields("topic", event.topic);
  fields("partition", event.partition);
  fields("base_offset", event.base_offset);
  fields.unless_default("error", event.error);
}

void describe(auto& fields, Is<Delivered> auto& event) {
  fields("program", event.program);
  fields("connection", event.connection);
  fields("asked_us", event.asked);
  fields("at_us", event.at);
  fields("topic", event.topic);
  fields("partition", event.partition);
  fields("offsets", event.offsets);
}

void describe(auto& fields, Is<FetchStarted> auto& event) {
  fields("program", event.program);
  fields("connection", event.connection);
  fields("at_us", event.at);
  fields("topic", event.topic);
  fields("partition", event.partition);
  fields("offset", event.offset);
  fields.either("isolation", event.is_read_committed, "read_committed", "read_uncommitted");
}

void describe(auto& fields, Is<PartitionName> auto& partition) {
  fields("topic", partition.topic);
  fields("partition", partition.partition);
}

void describe(auto& fields, Is<Joined> auto& event) {
  fields.if_there("program", event.program);
  fields("at_us", event.at);
  fields.if_there("group", event.group);
  fields("member", event.member);
  fields("instance", event.instance);
  fields.if_there("protocol", event.protocol);
  fields.if_there("generation", event.generation);
  fields("topics", event.topics);
}

void describe(auto& fields, Is<Assigned> auto& event) {
  fields.if_there("program", event.program);
  fields("at_us", event.at);
  fields.if_there("group", event.group);
  fields("member", event.member);
  fields.if_there("generation", event.generation);
  fields("partitions", event.partitions);
  fields.unless_default("incremental", event.is_incremental);
  fields.unless_default("manual", event.is_manual);
}

void describe(auto& fields, Is<Revoked> auto& event) {
  fields.if_there("program", event.program);
  fields("at_us", event.at);
  fields.if_there("group", event.group);
  fields("member", event.member);
  fields("partitions", event.partitions);
  fields.unless("end", event.end, OwnershipEnd::revoked);
}

void describe(auto& fields, Is<Left> auto& event) {
  fields.if_there("program", event.program);
  fields("at_us", event.at);
  fields.if_there("group", event.group);
  fields("member", event.member);
  fields.unless("end", event.end, OwnershipEnd::closed);
}

void describe(auto& fields, Is<CommitAnswered> auto& event) {
  fields.if_there("program", event.program);
  fields("asked_us", event.asked);
  fields("at_us", event.at);
  fields("group", event.group);
  fields.if_there("member", event.member);
  fields("topic", event.topic);
  fields("partition", event.partition);
  fields("offset", event.offset);
  fields.unless_default("error", event.error);
  fields("transactional_id", event.transactional_id);
  fields("outcome", event.outcome);
  fields("transaction", event.transaction);
}

void describe(auto& fields, Is<Resumed> auto& event) {
  fields("program", event.program);
  fields("at_us", event.at);
  fields("group", event.group);
  fields("topic", event.topic);
  fields("partition", event.partition);
  fields("offset", event.offset);
}

void describe(auto& fields, Is<TransactionStepped> auto& event) {
  fields.if_there("program", event.program);
  fields("asked_us", event.asked);
  fields("at_us", event.at);
  fields.if_there("transactional_id", event.transactional_id);
  fields.if_there("producer_id", event.producer_id);
  fields.if_there("producer_epoch", event.producer_epoch);
  fields("step", event.step);
  fields.unless_default("error", event.error);
  fields("transaction", event.transaction);
}

void describe(auto& fields, Is<AcknowledgementsHeld> auto& event) {
  fields("program", event.program);
  fields("from_us", event.from);
  fields("until_us", event.until);
}

void describe(auto& fields, Is<Overheard> auto& event) {
  fields("program", event.program);
  fields("connections", event.connections);
  fields("requests", event.requests);
  fields("responses", event.responses);
  fields("opaque", event.opaque);
  fields.unless_default("why", event.why);
}

void describe(auto& fields, Is<Send> auto& event) {
  fields.if_there("producer", event.producer);
  fields("id", event.id);
  fields("topic", event.topic);
  fields.not_negative("partition", event.partition);
  fields.not_negative("offset", event.offset);
  fields.bytes("key", event.key);
  fields("begin_us", event.begin);
  fields("end_us", event.end);
  fields("n", event.n);
  fields.if_there("outcome", event.outcome);
  fields("transaction", event.transaction);
}

void describe(auto& fields, Is<PolledRecord> auto& record) {
  fields("topic", record.topic);
  fields.not_negative("partition", record.partition);
  fields.not_negative("offset", record.offset);
  fields.unless_default("unparseable", record.is_unparseable);
  if (!record.is_unparseable) fields("id", record.id);
  fields.bytes("key", record.key);
}

void describe(auto& fields, Is<Poll> auto& event) {
  fields("member", event.member);
  fields("group", event.group);
  fields("isolation", event.isolation);
  fields("begin_us", event.begin);
  fields("at_us", event.at);
  fields.if_there("outcome", event.outcome);
  fields("transaction", event.transaction);
  fields("records", event.records);
}

void describe(auto& fields, Is<Seek> auto& event) {
  fields("member", event.member);
  fields("group", event.group);
  fields("at_us", event.at);
  fields("topic", event.topic);
  fields.not_negative("partition", event.partition);
  fields.not_negative("offset", event.offset);
}

void describe(auto& fields, Is<Flush> auto& event) {
  fields("producer", event.producer);
  fields("begin_us", event.begin);
  fields("end_us", event.end);
  fields.if_there("outcome", event.outcome);
}

}  // namespace klab
