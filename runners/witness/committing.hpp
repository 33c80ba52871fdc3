#pragma once

#include "runners/wire/views/offsets.hpp"
#include "runners/witness/notebook.hpp"

namespace klab {

/// Hears OffsetCommit, TxnOffsetCommit and OffsetFetch: where groups say they have got to, and where they are
/// told to go on. What is not answered before its connection is over, the broker may have taken or not.
class Committing {
 public:
  explicit Committing(Notebook& notebook) : notebook_(notebook) {}

  void hear(const Heard& heard);
  void close(int connection, const std::string& program, Moment at);

 private:
  struct Asked {
    OffsetCommitRequest commit = {};
    std::optional<std::string> transactional_id = std::nullopt;
    Moment at = {};
  };

  void hear_request(const Heard& heard);
  void hear_answer(const Heard& heard, const std::vector<PartitionError>& errors);
  void hear_fetched(const Heard& heard);
  CommitAnswered commit_of(const std::string& program, Moment at, const Asked& asked,
                           const CommittedPosition& position) const;

  Notebook& notebook_;
  Unanswered<Asked> commits_ = {};
  Unanswered<OffsetFetchRequest> fetches_ = {};
};

}  // namespace klab
