#include "checks/facts/sendings.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <iterator>
#include <map>
#include <tuple>
#include <unordered_map>

#include "checks/facts/answers.hpp"
#include "checks/facts/record_times.hpp"
#include "checks/facts/sample_index.hpp"
#include "checks/history/seconds.hpp"

namespace klab {
namespace {

using Place = std::pair<int, std::int64_t>;  // partition, offset

class Finder {
 public:
  Finder(const History& history, std::string_view program, std::string_view topic)
      : history_(history), program_(program), topic_(topic), answers_(history) {
    for (std::size_t position = 0; position < history.sample.size(); ++position)
      positions_.emplace(history.sample[position].id, position);
    for (const LoggedRecord* record : log_of(history, topic))
      at_place_.emplace(Place(record->partition, record->offset), record);
  }

  std::vector<Sending> all() {
    for (const SentBatch& sent : history_.sent)
      if (sent.program == program_ && sent.topic == topic_) hear(sent);
    const auto places = places_in_log(history_, topic_, SampleIndex(history_));
    for (Sending& sending : found_) {
      if (sending.logged == nullptr && places[sending.position].size() == 1)
        sending.logged = places[sending.position].front();
      sending.created = created(sending.logged);
    }
    return std::move(found_);
  }

 private:
  void hear(const SentBatch& sent) {
    const Answered* answer = answers_.to(sent);
    const bool is_stored = answer != nullptr && says_stored(*answer);
    for (std::size_t i = 0; i < sent.ids.size(); ++i) {
      const auto known = positions_.find(sent.ids[i]);
      if (known == positions_.end()) continue;
      const auto [seat, is_new] = seats_.try_emplace(known->second, found_.size());
      if (is_new) found_.push_back({.id = sent.ids[i], .position = known->second, .first = &sent});
      Sending& sending = found_[seat->second];
      if (is_stored && !sending.acknowledged) sending.acknowledged = answer->at;
      if (is_stored && sending.logged == nullptr) sending.logged = place_of(sent, *answer, i);
    }
  }

  const LoggedRecord* place_of(const SentBatch& sent, const Answered& answer, std::size_t i) const {
    if (sent.messages != sent.ids.size() || answer.base_offset < 0) return nullptr;
    const auto found =
        at_place_.find(Place(sent.partition, answer.base_offset + static_cast<std::int64_t>(i)));
    return found == at_place_.end() ? nullptr : found->second;
  }

  std::optional<Moment> created(const LoggedRecord* logged) const {
    return logged == nullptr ? std::nullopt : created_at(history_, *logged);
  }

  const History& history_;
  const std::string_view program_, topic_;
  const Answers answers_;
  std::unordered_map<std::string_view, std::size_t> positions_ = {};
  std::map<Place, const LoggedRecord*> at_place_ = {};
  std::map<std::size_t, std::size_t> seats_ = {};  // index in found_, by position in the sample
  std::vector<Sending> found_ = {};
};

const ProgramRun* run_of(const History& history, std::string_view program) {
  const auto run = std::ranges::find(history.programs, program, &ProgramRun::program);
  return run == history.programs.end() ? nullptr : &*run;
}

/// Such as those of a program that sets them to whole seconds. Of a few the times may happen to be round.
bool are_coarse(const std::vector<Sending>& sendings) {
  constexpr std::size_t kFew = 8;
  constexpr Moment kRound = std::chrono::milliseconds(100);
  return sendings.size() > kFew && std::ranges::all_of(sendings, [&](const Sending& sending) {
           return (*sending.created - *sendings.front().created) % kRound == Moment();
         });
}

/// kafka-go takes the time at which it sends a batch for that of its records.
bool stamps_when_it_sends(const History& history, std::string_view program) {
  return std::ranges::any_of(history.connected, [&](const Connected& connected) {
    return connected.program == program && connected.client_id.ends_with("(github.com/segmentio/kafka-go)");
  });
}

}  // namespace

std::vector<Sending> sendings_of(const History& history, std::string_view program, std::string_view topic) {
  return Finder(history, program, topic).all();
}

Moment end_of_life(const ProgramRun& run, const std::vector<Sending>& sendings) {
  Moment end = run.ended;
  for (const Sending& sending : sendings) end = std::max(end, sending.arrived());
  return end;
}

Moment median_of(std::vector<Moment> times) {
  const auto middle = times.begin() + std::ssize(times) / 2;
  std::ranges::nth_element(times, middle);
  return *middle;
}

std::string why_not_by_timestamp(const History& history, const std::vector<Sending>& sendings,
                                 Moment longest_stay) {
  for (const Sending& sending : sendings) {
    const auto which = fmt::format("the timestamp of record {} of the file", sending.position + 1);
    if (!sending.created) return which + " is not known";
    const Moment stay = sending.arrived() - *sending.created;
    if (stay < -kTimestampError) return which + " is later than its arrival at the broker";
    const ProgramRun* run = run_of(history, sending.first->program);
    if (run != nullptr && *sending.created < run->started - kTimestampError)
      return which + " is older than the program";
    if (stay > longest_stay)
      return fmt::format("{} is {:.1f} s older than its arrival at the broker", which, seconds(stay));
  }
  if (!sendings.empty() && stamps_when_it_sends(history, sendings.front().first->program))
    return "kafka-go sets the timestamps of a batch when it sends that";
  return are_coarse(sendings) ? "the records' timestamps are cut to more than a millisecond" : "";
}

std::vector<Sending> in_order_of_creation(std::vector<Sending> sendings) {
  std::ranges::stable_sort(sendings, {}, [](const Sending& sending) {
    return std::tuple(sending.created.value_or(sending.arrived()), sending.position);
  });
  return sendings;
}

}  // namespace klab
