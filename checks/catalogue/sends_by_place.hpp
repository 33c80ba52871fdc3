#pragma once

#include <vector>

#include "checks/catalogue/model.hpp"

namespace klab {

/// Sends by the places that their acknowledgements tell: what a poll returns from there is most often that.
class SendsByPlace {
 public:
  explicit SendsByPlace(const Model& model) : model_(model) {}

  /// The model has it at that index.
  void add(Name index);

  void sort();  ///< after the last `add`

  /// Null where no send is known to lie. Quick for the place behind that of the call before.
  const SendFact* at(Name partition, std::int64_t offset);

 private:
  struct Log {
    std::vector<Name> sends = {};  ///< by offset
    std::size_t next = 0;          ///< behind what was asked for last
    bool is_sorted = true;
  };

  std::int64_t offset_of(Name send) const { return model_.sends[send].offset; }

  const Model& model_;
  std::vector<Log> logs_ = {};  ///< by partition
};

}  // namespace klab
