#pragma once

#include <vector>

#include "checks/catalogue/model_builder.hpp"

namespace klab {

/// A polled record's texts as the model's names; kNoName where it has none.
struct PolledName {
  Name partition = kNoName;
  Name id = kNoName;
  Name key = kNoName;
};

/// Names the records of one poll after the other.
class PolledNames {
 public:
  explicit PolledNames(ModelBuilder& builder) : builder_(builder), model_(builder.model) {}

  /// Good until the next call.
  const std::vector<PolledName>& of(const std::vector<PolledRecord>& records);

 private:
  /// What is known of a record before its texts are looked at.
  struct Expected {
    Name partition = kNoName;
    const SendFact* sent = nullptr;  ///< to its place
    std::uint32_t hash = 0;          ///< of its id, where nothing was
  };

  void expect(const std::vector<PolledRecord>& records);
  Name id_of(const PolledRecord& record, const Expected& expected);
  Name key_of(const PolledRecord& record, const Expected& expected);

  ModelBuilder& builder_;
  Model& model_;
  std::vector<Expected> expected_ = {};
  std::vector<PolledName> names_ = {};
};

}  // namespace klab
