#pragma once

#include <unordered_map>
#include <vector>

#include "checks/catalogue/model.hpp"

namespace klab {

/// Which send it is that a read returned, also where its id was sent more than once. The model has to outlive
/// this.
class ReadSends {
 public:
  explicit ReadSends(const Model& model);

  /// The only send of its id; of several the one that lies where it was read, as its acknowledgement says,
  /// or, where none of them came to be stored, the first. Null where nobody can tell.
  const SendFact* of(const ReadFact& read) const;

  /// All sends of its id.
  std::vector<const SendFact*> all_of(const ReadFact& read) const;

 private:
  const Model& model_;
  std::unordered_map<Name, std::vector<Name>> sent_again_ = {};  ///< by id, the indexes of its sends
};

}  // namespace klab
