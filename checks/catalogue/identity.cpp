#include "checks/catalogue/identity.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <unordered_map>

#include "checks/catalogue/life.hpp"

namespace klab {
namespace {

std::vector<bool> topics_with_sends(const Model& model) {
  std::vector<bool> has_sends(model.texts.size());
  for (const SendFact& send : model.sends) has_sends[send.topic] = true;
  return has_sends;
}

/// Where a key was first seen, by topic.
class KeyPlaces {
 public:
  struct Place {
    Name topic = kNoName;
    Name partition = kNoName;
    Line line = 0;
  };

  explicit KeyPlaces(std::size_t keys) : first_(keys) {}

  const Place& first_of(Name key, const Place& here) {
    Place& place = first_[key];
    if (place.topic == kNoName) place = here;
    if (place.topic == here.topic) return place;
    return others_.try_emplace(std::uint64_t{here.topic} << 32 | key, here).first->second;
  }

 private:
  std::vector<Place> first_;
  std::unordered_map<std::uint64_t, Place> others_ = {};
};

std::string misplacement(const Model& model, const ReadFact& read, const SendFact& send) {
  if (send.partition != kNoName && send.partition != read.partition)
    return fmt::format("but it was sent to {}", model.place(send.partition));
  if (send.topic != model.partitions[read.partition].topic)
    return fmt::format("but it was sent to topic {}", model.texts[send.topic]);
  if (send.key != kNoName && read.key != kNoName && send.key != read.key)
    return fmt::format("with key \"{}\", but it was sent with key \"{}\"", model.keys[read.key],
                       model.keys[send.key]);
  return "";
}

bool is_misplaced(const Model& model, const ReadFact& read, const SendFact& send) {
  return (send.partition != kNoName && send.partition != read.partition) ||
         send.topic != model.partitions[read.partition].topic ||
         (send.key != kNoName && read.key != kNoName && send.key != read.key);
}

/// How long before its send began the read was over: then what was read is not what was sent. 0 or less where
/// it was not, or where nobody can tell: of several sends with its id another may have begun earlier.
Time ahead_of_its_send(const Model& model, const Policy& policy, const ReadFact& read) {
  if (model.of_id[read.id].sends != 1) return 0;
  const SendFact& send = model.sends[model.of_id[read.id].first_send];
  const Time at = model.polls[read.poll].at;
  if (send.begin == kUnknownTime || at == kUnknownTime || send.begin - policy.clock_error_us <= at) return 0;
  return send.begin - at;
}

Finding phantom(const Model& model, const ReadFact& read, std::string_view why) {
  const PollFact& poll = model.polls[read.poll];
  return {.lines = {poll.line},
          .note = fmt::format("{} read {} from {} at offset {}{}", member_name(model, poll.member),
                              model.name_of_id(read.id), model.place(read.partition), read.offset, why)};
}

Finding read_ahead_of_its_send(const Model& model, const ReadFact& read, Time ahead) {
  Finding finding = phantom(model, read, fmt::format(", {} us before it was sent", ahead));
  finding.lines.insert(finding.lines.begin(), model.sends[model.of_id[read.id].first_send].line);
  return finding;
}

}  // namespace

void phantom_record(const Model& model, const Policy& policy, Findings& findings) {
  findings.missing("no poll returned a record of a topic whose sends are recorded");
  if (model.is_of_the_wire) return findings.missing("the wire may not have heard every sender");
  const std::vector<bool> has_sends = topics_with_sends(model);
  for (const ReadFact& read : model.reads) {
    if (!has_sends[model.partitions[read.partition].topic]) continue;
    findings.judged();
    if (read.is_as_sent) continue;
    if (read.id == kNoName) {
      findings.add([&] { return phantom(model, read, ""); });
    } else if (model.of_id[read.id].first_send == kNoName) {
      findings.add([&] { return phantom(model, read, ", which was never sent"); });
    } else if (const Time ahead = ahead_of_its_send(model, policy, read); ahead > 0) {
      findings.add([&] { return read_ahead_of_its_send(model, read, ahead); });
    }
  }
}

void misplaced_record(const Model& model, const Policy&, Findings& findings) {
  findings.missing("no poll returned a record that was sent");
  for (const ReadFact& read : model.reads) {
    const auto sends = read.is_as_sent ? std::span<const Name>() : sends_of(model, read.id);
    if (read.is_as_sent || !sends.empty()) findings.judged();
    const bool is_elsewhere =
        std::ranges::all_of(sends, [&](Name send) { return is_misplaced(model, read, model.sends[send]); });
    if (sends.empty() || !is_elsewhere) continue;
    const SendFact& send = model.sends[sends.front()];
    const PollFact& poll = model.polls[read.poll];
    findings.add([&] {
      return Finding{
          .lines = {send.line, poll.line},
          .note = fmt::format("{} read {} from {} at offset {}, {}", member_name(model, poll.member),
                              model.name_of_id(read.id), model.place(read.partition), read.offset,
                              misplacement(model, read, send))};
    });
  }
}

void key_split(const Model& model, const Policy&, Findings& findings) {
  findings.missing("no record with a key is known to be stored");
  KeyPlaces places(model.keys.size());
  const auto look_at = [&](Name key, Name partition, Line line) {
    findings.judged();
    const KeyPlaces::Place here{model.partitions[partition].topic, partition, line};
    const KeyPlaces::Place& first = places.first_of(key, here);
    if (first.partition == partition) return;
    findings.add([&] {
      return Finding{.lines = {first.line, line},
                     .note = fmt::format("key \"{}\" is in {} and in {}", model.keys[key],
                                         model.place(first.partition), model.place(partition))};
    });
  };
  for (const SendFact& send : model.sends)
    if (send.key != kNoName && send.partition != kNoName && effective_outcome(model, send) == CallOutcome::ok)
      look_at(send.key, send.partition, send.line);
  for (const ReadFact& read : model.reads) {
    if (read.is_as_sent) continue;
    const SendFact* send = only_send_of(model, read.id);
    const bool was_looked_at = send != nullptr && send->key != kNoName && send->partition == read.partition &&
                               effective_outcome(model, *send) == CallOutcome::ok;
    const Name key = read.key != kNoName || send == nullptr ? read.key : send->key;
    if (key != kNoName && !was_looked_at) look_at(key, read.partition, model.polls[read.poll].line);
  }
}

}  // namespace klab
