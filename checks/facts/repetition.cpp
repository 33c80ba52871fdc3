#include "checks/facts/repetition.hpp"

namespace klab {

bool repeats(const SentBatch& one, const SentBatch& other) {
  return one.base_sequence >= 0 && one.base_sequence == other.base_sequence &&
         one.producer_id == other.producer_id && one.producer_epoch == other.producer_epoch &&
         one.partition == other.partition && one.topic == other.topic;
}

}  // namespace klab
