#include "runners/witness/committing.hpp"

#include <map>

#include "runners/witness/error_name.hpp"

namespace klab {

void Committing::hear(const Heard& heard) {
  if (heard.is_request()) return hear_request(heard);
  if (heard.spoken.api_key == kOffsetCommitKey) hear_answer(heard, read_offset_commit_response(heard.body()));
  if (heard.spoken.api_key == kTxnOffsetCommitKey)
    hear_answer(heard, read_txn_offset_commit_response(heard.body()));
  if (heard.spoken.api_key == kOffsetFetchKey) hear_fetched(heard);
}

void Committing::close(int connection, const std::string& program, Moment at) {
  for (const Asked& asked : commits_.close(connection))
    for (const CommittedPosition& position : asked.commit.positions) {
      CommitAnswered commit = commit_of(program, at, asked, position);
      commit.outcome = CallOutcome::unknown;
      notebook_.record(std::move(commit));
    }
  fetches_.close(connection);
}

void Committing::hear_request(const Heard& heard) {
  if (heard.spoken.api_key == kOffsetCommitKey)
    commits_.ask(heard, {.commit = read_offset_commit_request(heard.body()), .at = heard.at});
  if (heard.spoken.api_key == kTxnOffsetCommitKey) {
    const TxnOffsetCommitRequest request = read_txn_offset_commit_request(heard.body());
    commits_.ask(heard,
                 {.commit = request.commit, .transactional_id = request.transactional_id, .at = heard.at});
  }
  if (heard.spoken.api_key == kOffsetFetchKey) fetches_.ask(heard, read_offset_fetch_request(heard.body()));
}

void Committing::hear_answer(const Heard& heard, const std::vector<PartitionError>& errors) {
  const auto asked = commits_.answer(heard);
  if (!asked) return;
  std::map<TopicPartition, std::int16_t> error_of;
  for (const PartitionError& error : errors) error_of.try_emplace(error.of, error.error);
  for (const CommittedPosition& position : asked->commit.positions) {
    const auto answer = error_of.find(position.of);
    if (answer == error_of.end()) continue;
    CommitAnswered commit = commit_of(heard.program, heard.at, *asked, position);
    commit.error = error_name(answer->second);
    notebook_.record(std::move(commit));
  }
}

CommitAnswered Committing::commit_of(const std::string& program, Moment at, const Asked& asked,
                                     const CommittedPosition& position) const {
  return {.program = program,
          .asked = asked.at,
          .at = at,
          .group = asked.commit.group,
          .member = asked.commit.member,
          .topic = notebook_.topics.name_of(position.of.topic),
          .partition = position.of.partition,
          .offset = position.next,
          .transactional_id = asked.transactional_id};
}

void Committing::hear_fetched(const Heard& heard) {
  const auto asked = fetches_.answer(heard);
  if (!asked || asked->groups.empty()) return;
  for (const auto& group : read_offset_fetch_response(heard.body()).groups) {
    if (group.error != 0) continue;
    for (const auto& position : group.positions)
      if (position.error == 0)
        notebook_.record(Resumed{.program = heard.program,
                                 .at = heard.at,
                                 .group = group.group.empty() ? asked->groups.front().group : group.group,
                                 .topic = notebook_.topics.name_of(position.of.topic),
                                 .partition = position.of.partition,
                                 .offset = position.next});
  }
}

}  // namespace klab
