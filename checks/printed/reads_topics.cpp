#include "checks/printed/reads_topics.hpp"

#include <fmt/format.h>

#include <algorithm>

#include "checks/counted.hpp"
#include "checks/facts/deliveries.hpp"

namespace klab {

Verdict reads_topics(const History& history, std::string_view role, const std::vector<std::string>& topics) {
  Verdict verdict{.claim = fmt::format("the {} reads all of its {} topics", role, topics.size()),
                  .expected = "fetches from each topic"};
  const auto runs = runs_of(history, role);
  if (runs.empty()) return undecided(verdict, fmt::format("the {} was never run", role));
  if (std::string why = unheard(history, runs); !why.empty()) return undecided(verdict, std::move(why));
  const Deliveries deliveries(history);
  std::vector<std::string> unread;
  std::size_t given = 0;
  for (const std::string& topic : topics) {
    bool is_read = false;
    for (const ProgramRun* run : runs) {
      given += deliveries.count(run->program, topic);
      is_read |= std::ranges::any_of(history.fetch_started, [&](const FetchStarted& fetch) {
        return fetch.program == run->program && fetch.topic == topic;
      });
    }
    if (!is_read) unread.push_back(topic);
  }
  verdict.judged = fmt::format("{}; {} given", counted(topics.size(), "topic"), counted(given, "message"));
  if (unread.empty()) return holds(verdict, fmt::format("all {} topics are read", topics.size()));
  verdict.is_shortfall = true;
  for (const std::string& topic : unread)
    add_evidence(verdict, {.lines = {runs.front()->line},
                           .note = fmt::format("{} never asked for records of topic {}",
                                               runs.front()->program, topic)});
  return refuted(verdict, fmt::format("{} of {} never read", unread.size(), counted(topics.size(), "topic")),
                 "subscribe to a list of both topics: a second subscribe() takes the place of the first");
}

}  // namespace klab
