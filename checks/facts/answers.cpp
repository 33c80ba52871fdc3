#include "checks/facts/answers.hpp"

namespace klab {

Answers::Answers(const History& history) {
  for (const Answered& answered : history.answered)
    answers_.emplace(Request(answered.connection, answered.request, answered.topic, answered.partition),
                     &answered);
}

const Answered* Answers::to(const SentBatch& sent) const {
  const auto [first, last] =
      answers_.equal_range(Request(sent.connection, sent.request, sent.topic, sent.partition));
  for (auto answer = first; answer != last; ++answer)
    if (answer->second->line > sent.line) return answer->second;
  return nullptr;
}

bool says_stored(const Answered& answer) {
  return answer.is_acknowledged() || answer.error == "DUPLICATE_SEQUENCE_NUMBER";
}

}  // namespace klab
