#pragma once

#include <concepts>
#include <type_traits>
#include <variant>

#include "checks/history/history.hpp"

namespace klab {

template <typename Event, typename Kind>
concept Is = std::same_as<std::remove_const_t<Event>, Kind>;

/// An event of any kind.
using AnyEvent = std::variant<SampleRecord, SubmittedFile, SubmittedAnswer, Topic, TopicLooked, ProgramRun,
                              PrintedLine, LoggedRecord, DrainedPartition, CommittedOffset, Connected,
                              Disconnected, TopicRefused, SentBatch, Answered, Delivered, FetchStarted,
                              Joined, Assigned, Revoked, Left, CommitAnswered, Resumed, TransactionStepped,
                              AcknowledgementsHeld, Overheard, Send, Poll, Seek, Flush>;

/// Calls visit(name, events) for each kind of event: the name that it has in the file, and the history's
/// vector.
void for_each_kind(Is<History> auto& history, auto&& visit) {
  visit("sample", history.sample);
  visit("submitted_file", history.submitted_files);
  visit("answer", history.answers);
  visit("topic", history.topics);
  visit("topic_looked", history.topic_looks);
  visit("program", history.programs);
  visit("printed", history.printed);
  visit("logged", history.logged);
  visit("drained", history.drained);
  visit("committed", history.committed);
  visit("connected", history.connected);
  visit("disconnected", history.disconnected);
  visit("topic_refused", history.topics_refused);
  visit("sent", history.sent);
  visit("answered", history.answered);
  visit("delivered", history.delivered);
  visit("fetch_started", history.fetch_started);
  visit("joined", history.joined);
  visit("assigned", history.assigned);
  visit("revoked", history.revoked);
  visit("left", history.left);
  visit("commit", history.commits);
  visit("resumed", history.resumed);
  visit("transaction", history.transactions);
  visit("acknowledgements_held", history.acknowledgements_held);
  visit("overheard", history.overheard);
  visit("send", history.sends);
  visit("poll", history.polls);
  visit("seek", history.seeks);
  visit("flush", history.flushes);
}

}  // namespace klab
