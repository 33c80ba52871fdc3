#include "checks/catalogue/model_builder.hpp"

#include <fmt/format.h>

#include <algorithm>

#include "checks/errors.hpp"

namespace klab {
namespace {

bool is_the_other_end(const TransactionFact& transaction, TransactionStep step) {
  using End = TransactionFact::End;
  return transaction.end == (step == TransactionStep::aborted ? End::committed : End::aborted);
}

}  // namespace

Name ModelBuilder::partition(std::string_view topic, int number) {
  if (latest_topic_name_ == kNoName || latest_topic_ != topic) {
    latest_topic_name_ = model.texts.add(topic);
    latest_topic_ = model.texts[latest_topic_name_];
  }
  const Name name = latest_topic_name_;
  const std::uint64_t key = pair_of(name, static_cast<Name>(number));
  if (key == latest_partition_) return latest_partition_index_;
  const auto [place, is_new] = partitions_.try_emplace(key, static_cast<Name>(model.partitions.size()));
  if (is_new) model.partitions.push_back({.topic = name, .number = number});
  latest_partition_ = key;
  return latest_partition_index_ = place->second;
}

void ModelBuilder::know_group(std::string_view group, std::string_view member) {
  if (group.empty() || member.empty()) return;
  std::vector<Name>& groups = groups_of_[model.texts.add(member)];
  const Name name = model.texts.add(group);
  if (std::ranges::find(groups, name) == groups.end()) groups.push_back(name);
}

Name ModelBuilder::member(const std::optional<std::string>& group, std::string_view name, Line line) {
  const Name own = model.texts.add(name);
  Name of_group = kNoName;
  if (group && !group->empty())
    of_group = model.texts.add(*group);
  else if (const auto known = groups_of_.find(own); known != groups_of_.end()) {
    if (known->second.size() > 1)
      throw BadInput(
          fmt::format("{}: field \"group\": expected a group, since member {} is in both {} and {}", line,
                      name, model.texts[known->second[0]], model.texts[known->second[1]]));
    of_group = known->second.front();
  }
  const auto [place, is_new] =
      members_.try_emplace(pair_of(of_group, own), static_cast<Name>(model.members.size()));
  if (is_new) model.members.push_back({.name = own, .group = of_group});
  return place->second;
}

Name ModelBuilder::transaction_named(std::string_view name) {
  const Name text = model.texts.add(name);
  const auto [place, is_new] =
      named_transactions_.try_emplace(text, static_cast<Name>(model.transactions.size()));
  if (is_new) model.transactions.push_back({.name = text});
  return place->second;
}

void ModelBuilder::apply(const TransactionStepped& event) {
  using End = TransactionFact::End;
  if (!event.transaction)
    throw BadInput(fmt::format("{}: field \"transaction\": expected the name of a transaction, got nothing",
                               event.line));
  TransactionFact& transaction = model.transactions[transaction_named(*event.transaction)];
  const auto line = static_cast<std::uint32_t>(event.line);
  saw(event.at.count());
  if (event.step == TransactionStep::begun) {
    if (transaction.begin_line == 0) transaction.begin_line = line;
    return;
  }
  const bool is_told = event.error.empty() && event.step != TransactionStep::unknown;
  if (event.step != TransactionStep::aborted) {
    const Time asked = event.asked ? event.asked->count() : kUnknownTime;
    // The lowest time is that nobody knows it, and of several the one that is not known may be the first.
    transaction.end_asked = transaction.is_commit_asked ? std::min(transaction.end_asked, asked) : asked;
    transaction.is_commit_asked = true;
  }
  if (is_told && is_the_other_end(transaction, event.step))
    throw BadInput(fmt::format(
        "{}: field \"transaction\": expected a name of its own for each transaction, but {} was {} "
        "already [line {}]",
        event.line, *event.transaction, event.step == TransactionStep::aborted ? "committed" : "aborted",
        transaction.end_line));
  if (transaction.end == End::open || is_told) {
    transaction.end = !is_told                                   ? End::unknown
                      : event.step == TransactionStep::committed ? End::committed
                                                                 : End::aborted;
    transaction.at = event.at.count();
    transaction.end_line = line;
  }
}

void ModelBuilder::add_send(SendFact send) {
  if (send.id >= model.of_id.size()) model.of_id.resize(send.id + 1);
  IdFact& id = model.of_id[send.id];
  const auto index = static_cast<Name>(model.sends.size());
  if (id.first_send == kNoName) id.first_send = index;
  ++id.sends;
  if (id.sends == 2) model.sent_again[send.id] = {id.first_send};
  if (id.sends > 1) model.sent_again[send.id].push_back(index);
  if (send.begin != kUnknownTime) saw(send.begin);
  if (send.end != kUnknownTime) saw(send.end);
  model.sends.push_back(send);
  sends_by_place.add(index);
}

}  // namespace klab
