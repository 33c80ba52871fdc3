#include "reports/pictures/record_lives.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <set>
#include <unordered_map>
#include <utility>

#include "checks/facts/answers.hpp"
#include "checks/facts/sample_index.hpp"

namespace klab {
namespace {

constexpr std::size_t kMostRecords = 2, kMostEvents = 3, kMostLives = 24;

void add(LifeStep& step, LifeEvent event) {
  if (step.events.size() < kMostEvents)
    step.events.push_back(std::move(event));
  else
    ++step.more;
}

/// Why a stage of the wire may have been reached unheard; empty where all was heard.
std::string deafness(const History& history) {
  for (const ProgramRun& run : history.programs)
    if (!is_heard_in_full(history, run.program))
      return fmt::format("not known: {}", unheard(history, run.program));
  return {};
}

bool is_read_to_its_end(const History& history) {
  return !history.topics.empty() && std::ranges::all_of(history.topics, [&](const Topic& topic) {
    return is_drained(history, topic.name);
  });
}

class Follower {
 public:
  explicit Follower(const History& history)
      : history_(history),
        index_(history),
        answers_(history),
        deafness_(deafness(history)),
        logged_(index_.size()),
        printed_(index_.size()),
        sent_(index_.size()) {
    for (std::size_t i = 0; i < history.sample.size(); ++i) {
      positions_.emplace(history.sample[i].id, i);
      on_line_[history.sample[i].line] = {i};
    }
    for (const LoggedRecord& record : history.logged)
      note(logged_, record, index_.records_in_message(record.value.value_or("")));
    for (const PrintedLine& line : history.printed) note(printed_, line, index_.records_in(line.value));
    for (const SentBatch& batch : history.sent) note_sent(batch);
  }

  /// Positions in the sample.
  std::vector<std::size_t> named_in(const Evidence& evidence) const {
    std::vector<std::size_t> named = index_.records_in(evidence.note);
    if (named.empty())
      for (const Line line : evidence.lines)
        if (const auto known = on_line_.find(line); known != on_line_.end())
          named.insert(named.end(), known->second.begin(), known->second.end());
    if (named.empty())  // a batch is mostly beside what it is about
      for (const Line line : evidence.lines)
        if (const auto known = first_in_batch_.find(line); known != first_in_batch_.end())
          named.push_back(known->second);
    if (named.size() > kMostRecords) named.resize(kMostRecords);
    return named;
  }

  RecordLife life_of(std::size_t position) const {
    return {
        .record = fmt::format("record {} of the file (id {})", position + 1, history_.sample[position].id),
        .steps = {sent(position), acknowledged(position), logged(position), delivered(position),
                  printed(position)}};
  }

 private:
  struct InBatch {
    const SentBatch* batch = nullptr;
    std::size_t number = 0;  // of the record in it
  };

  template <typename Event>
  void note(std::vector<std::vector<const Event*>>& where, const Event& event,
            const std::vector<std::size_t>& positions) {
    for (const std::size_t position : positions) where[position].push_back(&event);
    on_line_[event.line] = positions;
  }

  void note_sent(const SentBatch& batch) {
    for (std::size_t i = 0; i < batch.ids.size(); ++i) {
      const auto known = positions_.find(batch.ids[i]);
      if (known == positions_.end()) continue;
      sent_[known->second].push_back({&batch, i});
      first_in_batch_.try_emplace(batch.line, known->second);
    }
  }

  std::string never_heard() const { return deafness_.empty() ? "never" : deafness_; }

  LifeStep sent(std::size_t position) const {
    LifeStep step{.stage = LifeStage::sent};
    for (const auto& [batch, number] : sent_[position])
      add(step, {batch->at,
                 fmt::format("by {} to {}{}", batch->program, place(batch->topic, batch->partition),
                             batch->messages > 1 ? fmt::format(", with {} more", batch->messages - 1) : "")});
    if (step.events.empty()) step.missing = never_heard();
    return step;
  }

  LifeStep acknowledged(std::size_t position) const {
    LifeStep step{.stage = LifeStage::acknowledged};
    bool is_asked_for = sent_[position].empty();
    for (const auto& [batch, number] : sent_[position]) {
      is_asked_for |= batch->acks != 0;
      if (const Answered* answer = answers_.to(*batch))
        add(step, {answer->at, said(*answer, *batch, number)});
    }
    if (step.events.empty()) step.missing = is_asked_for ? never_heard() : "never, nor asked for (acks=0)";
    return step;
  }

  static std::string said(const Answered& answer, const SentBatch& batch, std::size_t number) {
    if (!says_stored(answer)) return fmt::format("refused to {}: {}", batch.program, answer.error);
    const bool is_placed = answer.base_offset >= 0 && batch.messages == batch.ids.size();
    return fmt::format(
        "to {}{}", batch.program,
        is_placed ? fmt::format(" as offset {}", answer.base_offset + static_cast<std::int64_t>(number))
                  : "");
  }

  LifeStep logged(std::size_t position) const {
    LifeStep step{.stage = LifeStage::logged};
    for (const LoggedRecord* record : logged_[position])
      add(step, {{},
                 fmt::format("{} offset {}, {}", place(record->topic, record->partition), record->offset,
                             name_of(record->state))});
    if (step.events.empty())
      step.missing =
          is_read_to_its_end(history_) ? "not in the log" : "not known: the log was not read to its end";
    return step;
  }

  LifeStep delivered(std::size_t position) const {
    LifeStep step{.stage = LifeStage::delivered};
    for (const Delivered& given : history_.delivered)
      for (const LoggedRecord* record : logged_[position])
        if (given.partition == record->partition && given.topic == record->topic &&
            std::ranges::binary_search(given.offsets, record->offset))
          add(step, {given.at, fmt::format("to {}", given.program)});
    if (step.events.empty()) step.missing = never_heard();
    return step;
  }

  LifeStep printed(std::size_t position) const {
    LifeStep step{.stage = LifeStage::printed};
    for (const PrintedLine* line : printed_[position])
      add(step, {line->at, fmt::format("by {}, line {} of {}{}", line->program, line->number,
                                       line->on_stderr ? "stderr" : "stdout",
                                       line->matched ? "" : ", which the pattern does not match")});
    if (step.events.empty()) step.missing = "never";
    return step;
  }

  std::string place(const std::string& topic, int partition) const {
    return history_.topics.size() > 1 ? fmt::format("{} partition {}", topic, partition)
                                      : fmt::format("partition {}", partition);
  }

  const History& history_;
  const SampleIndex index_;
  const Answers answers_;
  const std::string deafness_;
  std::unordered_map<std::string_view, std::size_t> positions_ = {};
  std::unordered_map<Line, std::vector<std::size_t>> on_line_ = {};
  std::unordered_map<Line, std::size_t> first_in_batch_ = {};
  std::vector<std::vector<const LoggedRecord*>> logged_;
  std::vector<std::vector<const PrintedLine*>> printed_;
  std::vector<std::vector<InBatch>> sent_;
};

bool is_to_be_explained(const PropertyResult& property) {
  return property.outcome == PropertyOutcome::fail && !property.evidence.empty();
}

/// Each record once, below the first evidence that names it; at most `room` in all.
void tell_lives(PropertyResult& property, const Follower& follower, std::size_t& room) {
  std::set<std::size_t> told;
  for (const Evidence& evidence : property.evidence) {
    std::vector<RecordLife>& lives = property.lives.emplace_back();
    for (const std::size_t position : follower.named_in(evidence)) {
      if (!told.insert(position).second) continue;
      if (room == 0) {
        ++property.lives_left_out;
        continue;
      }
      lives.push_back(follower.life_of(position));
      --room;
    }
  }
}

}  // namespace

void tell_lives(SectionResult& section, const History& history) {
  if (std::ranges::none_of(section.properties, is_to_be_explained)) return;
  const Follower follower(history);
  std::size_t room = kMostLives;
  for (PropertyResult& property : section.properties)
    if (is_to_be_explained(property)) tell_lives(property, follower, room);
}

}  // namespace klab
