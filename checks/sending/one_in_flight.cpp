#include "checks/sending/one_in_flight.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <vector>

#include "checks/counted.hpp"
#include "checks/facts/answers.hpp"
#include "checks/facts/repetition.hpp"
#include "checks/history/seconds.hpp"

namespace klab {
namespace {

/// A batch on its way: from when it was sent until its program knew better.
struct Flight {
  const SentBatch* batch = nullptr;
  Moment until = Moment::max();
};

class Flights {
 public:
  explicit Flights(const History& history) : history_(history), answers_(history) {}

  std::vector<Flight> of(std::string_view program, std::string_view topic) const {
    std::vector<Flight> flights;
    for (const SentBatch& sent : history_.sent)
      if (sent.program == program && sent.topic == topic) flights.push_back({&sent, end_of(sent)});
    return flights;
  }

 private:
  Moment end_of(const SentBatch& sent) const {
    if (const Answered* answer = answers_.to(sent)) return answer->at;
    const auto closed = std::ranges::find(history_.disconnected, sent.connection, &Disconnected::connection);
    return closed == history_.disconnected.end() ? Moment::max() : closed->at;
  }

  const History& history_;
  const Answers answers_;
};

bool is_repetition(const SentBatch& earlier, const SentBatch& later) {
  return later.ids.empty() ? repeats(earlier, later) : earlier.ids == later.ids;
}

Evidence together_in(const SentBatch& sent) {
  return {.lines = {sent.line},
          .note = fmt::format("{} sent {} at once to partition {} at {:.3f} s", sent.program,
                              counted(sent.messages, "message"), sent.partition, seconds(sent.at))};
}

Evidence overlap_of(const Flight& earlier, const SentBatch& later) {
  const std::string when =
      earlier.until == Moment::max() ? "never was" : fmt::format("was at {:.3f} s", seconds(earlier.until));
  return {.lines = {earlier.batch->line, later.line},
          .note = fmt::format("{} sent a message at {:.3f} s, when the one of {:.3f} s was not answered yet: "
                              "it {}",
                              later.program, seconds(later.at), seconds(earlier.batch->at), when)};
}

/// How many messages were sent too early.
std::size_t judge(Verdict& verdict, const std::vector<Flight>& flights) {
  std::size_t early = 0;
  for (std::size_t i = 0; i < flights.size(); ++i) {
    const SentBatch& later = *flights[i].batch;
    if (later.messages > 1) {
      early += later.messages - 1;
      add_evidence(verdict, together_in(later));
    }
    const auto begin = flights.begin(), end = begin + static_cast<std::ptrdiff_t>(i);
    const auto open = std::find_if(begin, end, [&](const Flight& earlier) {
      return earlier.until > later.at && !is_repetition(*earlier.batch, later);
    });
    if (open == end) continue;
    ++early;
    add_evidence(verdict, overlap_of(*open, later));
  }
  return early;
}

}  // namespace

Verdict one_in_flight(const History& history, std::string_view topic, std::string_view role) {
  Verdict verdict{.claim = fmt::format("the {} has each record acknowledged before it sends the next", role),
                  .expected = "never two messages in flight"};
  const Flights all(history);
  std::size_t messages = 0, early = 0;
  for (const ProgramRun* run : runs_of(history, role)) {
    if (!is_heard_in_full(history, run->program)) return undecided(verdict, unheard(history, run->program));
    const auto flights = all.of(run->program, topic);
    for (const Flight& flight : flights) {
      messages += flight.batch->messages;
      if (flight.batch->acks == 0)
        return undecided(
            verdict,
            fmt::format("{} asks for no acknowledgements (acks=0), so flush() waits for none", run->program),
            "use acks=all, the default of most clients");
    }
    early += judge(verdict, flights);
  }
  if (messages < 2)
    return undecided(verdict, fmt::format("the {} sent {}", role, counted(messages, "message")));
  verdict.judged = counted(messages, "message");
  if (early == 0) return holds(verdict, fmt::format("{}, one at a time", verdict.judged));
  return refuted(
      verdict,
      fmt::format("{} of {} sent before the one before it was acknowledged", early,
                  counted(messages, "message")),
      "call flush() after each record: it returns when the broker has acknowledged it, unless it is given "
      "too short a timeout");
}

}  // namespace klab
