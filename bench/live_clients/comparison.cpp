#include "bench/live_clients/comparison.hpp"

#include <fmt/format.h>
#include <fmt/ranges.h>

#include <algorithm>
#include <set>
#include <tuple>

namespace klab {
namespace {

std::string first_word(const std::string& text) { return text.substr(0, text.find(' ')); }

template <typename Event>
std::vector<Event> of(const std::string& program, const std::vector<Event>& events) {
  std::vector<Event> found;
  std::ranges::copy_if(events, std::back_inserter(found),
                       [&](const Event& event) { return event.program == program; });
  return found;
}

std::vector<std::string> logged_at(const History& history, int partition, std::int64_t offset,
                                   std::size_t count) {
  std::vector<std::string> found;
  for (const LoggedRecord& record : history.logged)
    if (record.partition == partition && record.offset >= offset && found.size() < count)
      found.push_back(record.value.value_or(""));
  return found;
}

std::string in_words(const PartitionOffsets& offsets) {
  std::string words;
  for (const auto& [partition, list] : offsets)
    words += fmt::format(" {}: {} from {} to {}", partition, list.size(), list.front(), list.back());
  return words.empty() ? " nothing" : words;
}

bool has_all(const PartitionOffsets& offsets, const PartitionOffsets& wanted) {
  return std::ranges::all_of(wanted, [&](const auto& entry) {
    const auto found = offsets.find(entry.first);
    return found != offsets.end() && std::ranges::includes(found->second, entry.second);
  });
}

/// Where the group was told to go on.
Positions resumed_at(const History& history, const ConsumerRun& run) {
  Positions positions;
  for (const Resumed& resumed : of(run.program, history.resumed))
    if (resumed.group == run.group && resumed.offset >= 0) positions[resumed.partition] = resumed.offset;
  return positions;
}

/// What the group has committed after what the run was heard to commit: a partition that it commits nothing
/// in keeps its position.
Positions committed_after(const History& history, const ConsumerRun& run) {
  Positions positions = run.from;
  for (const CommitAnswered& commit : of(run.program, history.commits))
    if (commit.group == run.group && commit.took_effect()) positions[commit.partition] = commit.offset;
  return positions;
}

void compare_batch(const History& history, const SentBatch& sent, Problems& problems) {
  const auto answered = std::ranges::find_if(history.answered, [&](const Answered& answer) {
    return std::tie(answer.connection, answer.request, answer.partition) ==
           std::tie(sent.connection, sent.request, sent.partition);
  });
  if (answered == history.answered.end())
    problems.push_back(fmt::format("no answer to request {} was heard", sent.request));
  else if (answered->is_acknowledged() &&
           logged_at(history, sent.partition, answered->base_offset, sent.ids.size()) != sent.ids)
    problems.push_back(fmt::format("the log holds something else at offset {} of partition {}",
                                   answered->base_offset, sent.partition));
  if (sent.ids.size() != sent.messages)
    problems.push_back(fmt::format("{} messages, {} of them known", sent.messages, sent.ids.size()));
}

}  // namespace

std::size_t count(const PartitionOffsets& offsets) {
  std::size_t sum = 0;
  for (const auto& [partition, list] : offsets) sum += list.size();
  return sum;
}

PartitionOffsets shown_offsets(const History& history, bool is_read_committed, const Positions& from) {
  PartitionOffsets shown;
  for (const LoggedRecord& record : history.logged) {
    const auto begin = from.find(record.partition);
    const bool is_before = begin != from.end() && record.offset < begin->second;
    const bool is_hidden = is_read_committed && first_word(record.value.value_or("")) == "aborted";
    if (!is_before && !is_hidden) shown[record.partition].push_back(record.offset);
  }
  return shown;
}

void compare_sending(const History& history, const std::string& program, const ClientPlan& client,
                     Problems& problems) {
  std::map<int, std::multiset<std::string>> sent_texts, logged_texts;
  std::set<std::string> codecs;
  for (const SentBatch& sent : of(program, history.sent)) {
    compare_batch(history, sent, problems);
    for (const std::string& id : sent.ids) {
      sent_texts[sent.partition].insert(id);
      const std::string word = first_word(id);
      if (std::ranges::find(client.codecs, word) == client.codecs.end()) continue;
      codecs.insert(word);
      if (word != sent.codec)
        problems.push_back(fmt::format("a message to be sent with codec {} went with {}", word, sent.codec));
    }
  }
  for (const LoggedRecord& record : history.logged) logged_texts[record.partition].insert(*record.value);
  if (sent_texts != logged_texts) problems.emplace_back("other messages are in the log than were heard");
  if (codecs.size() != client.codecs.size())
    problems.push_back(fmt::format("only {} codecs were heard", codecs.size()));
}

void compare_transactions(const History& history, const std::string& program, const ClientPlan& client,
                          Problems& problems) {
  std::vector<std::string_view> heard, wanted;
  for (const TransactionStepped& stepped : of(program, history.transactions))
    if (stepped.error.empty()) heard.push_back(name_of(stepped.step));
  for (const std::string& ending : client.endings) {
    wanted.emplace_back("begun");
    wanted.push_back(ending);
  }
  if (heard != wanted)
    problems.push_back(
        fmt::format("transactions: {} were heard, not {}", fmt::join(heard, " "), fmt::join(wanted, " ")));
  for (const SentBatch& sent : of(program, history.sent))
    if (const bool belongs =
            std::ranges::find(client.codecs, first_word(sent.ids.at(0))) == client.codecs.end();
        belongs != sent.transactional_id.has_value())
      problems.push_back(fmt::format("request {} is said to be in the wrong transaction", sent.request));
}

void compare_reading(const History& history, const ConsumerRun& run, Problems& problems) {
  const auto say = [&](std::string problem) { problems.push_back(run.program + ": " + std::move(problem)); };
  const PartitionOffsets shown = shown_offsets(history, run.is_read_committed, run.from);
  PartitionOffsets delivered;
  for (const Delivered& some : of(run.program, history.delivered))
    std::ranges::copy(some.offsets, std::back_inserter(delivered[some.partition]));
  if (run.reads_all && delivered != shown)
    say(fmt::format("heard to be given{}, not{}", in_words(delivered), in_words(shown)));
  if (run.reads_all && run.printed != shown)
    say(fmt::format("printed{}, not{}", in_words(run.printed), in_words(shown)));
  if (!has_all(shown, delivered) || !has_all(delivered, run.printed))
    say(fmt::format("heard to be given{}, printed{} of{}", in_words(delivered), in_words(run.printed),
                    in_words(shown)));
  std::map<int, std::vector<std::int64_t>> starts;
  for (const FetchStarted& started : of(run.program, history.fetch_started)) {
    starts[started.partition].push_back(started.offset);
    if (started.is_read_committed != run.is_read_committed) say("heard to read at another isolation level");
  }
  for (const auto& [partition, offsets] : starts) {
    const auto from = run.from.find(partition);
    if (const std::int64_t wanted = from == run.from.end() ? 0 : from->second; offsets != std::vector{wanted})
      say(fmt::format("heard to begin partition {} at {}, not {}", partition, fmt::join(offsets, " and "),
                      wanted));
  }
}

void compare_membership(const History& history, const ConsumerRun& run, Problems& problems) {
  const auto say = [&](std::string problem) { problems.push_back(run.program + ": " + std::move(problem)); };
  const auto joined = of(run.program, history.joined);
  std::set<PartitionName> assigned, revoked;
  for (const Assigned& some : of(run.program, history.assigned))
    assigned.insert(some.partitions.begin(), some.partitions.end());
  for (const Revoked& some : of(run.program, history.revoked))
    revoked.insert(some.partitions.begin(), some.partitions.end());
  if (joined.empty() || joined.front().group != run.group) return say("was not heard to join its group");
  if (const char* protocol = run.mode == "consumer" ? "consumer" : "classic";
      joined.front().protocol != protocol)
    say("joined with protocol " + joined.front().protocol);
  if (joined.front().instance != (run.mode == "static" ? std::optional<std::string>("seat") : std::nullopt))
    say("joined under another instance's name");
  if (joined.front().topics.size() != 1) say("is not heard to subscribe to its topic");
  if (assigned.size() != 2) say(fmt::format("was assigned {} partitions, not 2", assigned.size()));
  if (run.mode != "static" && of(run.program, history.left).size() != 1) say("was not heard to leave");
  if (run.mode != "static" && revoked != assigned) say("was not heard to give up what it owned");
  if (const Positions heard = resumed_at(history, run); heard != run.from)
    say(fmt::format("heard to go on at {}, not {}", heard, run.from));
  if (const Positions heard = committed_after(history, run); heard != run.to)
    say(fmt::format("heard to take its group to {}, not {}", heard, run.to));
}

void compare_rebalance(const History& history, const std::string& group, const std::string& first,
                       const std::string& second, Problems& problems) {
  std::map<Line, std::tuple<std::string, bool, std::vector<PartitionName>>> steps;  // member, whether owned
  for (const Assigned& event : history.assigned)
    if (event.group == group) steps[event.line] = {event.member, true, event.partitions};
  for (const Revoked& event : history.revoked)
    if (event.group == group) steps[event.line] = {event.member, false, event.partitions};
  std::map<PartitionName, std::string> owners;
  for (const auto& [line, step] : steps)
    for (const auto& [member, owns, partitions] = step; const PartitionName& partition : partitions) {
      if (!owns && owners[partition] == member) owners.erase(partition);
      if (!owns) continue;
      const std::string& owner = owners.try_emplace(partition, member).first->second;
      if (owner != member)
        problems.push_back(fmt::format("{} and {}: partition {} is two members' at a time", first, second,
                                       partition.partition));
    }
  const auto got = [&](const std::string& program) {
    return std::ranges::any_of(of(program, history.assigned),
                               [](const Assigned& some) { return some.partitions.size() == 1; });
  };
  if (!got(second)) problems.push_back(second + ": was not heard to get one of two partitions");
}

void compare_understanding(const History& history, Problems& problems) {
  for (const Overheard& heard : history.overheard)
    if (heard.opaque > 0 || heard.requests == 0 || heard.responses == 0)
      problems.push_back(fmt::format("{}: {} requests, {} responses, {} not understood", heard.program,
                                     heard.requests, heard.responses, heard.opaque));
}

}  // namespace klab
