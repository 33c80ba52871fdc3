#pragma once

#include <unordered_map>

#include "checks/catalogue/model.hpp"
#include "checks/catalogue/sends_by_place.hpp"

namespace klab {

/// What the steps of filling a model share.
class ModelBuilder {
 public:
  ModelBuilder(Model& filled, const History& told, const Policy& promised)
      : model(filled), history(told), policy(promised) {}

  Name partition(std::string_view topic, int number);

  /// The member of that name. Without a group, of the only group that is known to have such a member. Throws
  /// BadInput where there are several.
  Name member(const std::optional<std::string>& group, std::string_view name, Line line);
  void know_group(std::string_view group, std::string_view member);  ///< before the first call of `member`

  Name transaction_named(std::string_view name);
  void apply(const TransactionStepped& event);

  void add_send(SendFact send);
  void saw(Time time) { model.last_time = std::max(model.last_time, time); }

  Model& model;
  const History& history;
  const Policy& policy;
  SendsByPlace sends_by_place{model};

 private:
  std::unordered_map<std::uint64_t, Name> partitions_ = {};
  std::string_view latest_topic_ = {};  ///< most often the same is asked for again
  Name latest_topic_name_ = kNoName;
  std::uint64_t latest_partition_ = ~std::uint64_t{0};
  Name latest_partition_index_ = kNoName;
  std::unordered_map<std::uint64_t, Name> members_ = {};
  std::unordered_map<Name, std::vector<Name>> groups_of_ = {};
  std::unordered_map<Name, Name> named_transactions_ = {};
};

}  // namespace klab
