#pragma once

#include <string>
#include <vector>

namespace klab {

/// Sends each text as one record, in order and with the next of the keys, or all with one key, and waits for
/// all acknowledgements: what stands in for a submission's producer when it has none and a consumer is to be
/// judged. Throws HarnessError.
void write_records(const std::string& bootstrap, const std::string& topic,
                   const std::vector<std::string>& texts, const std::vector<std::string>& keys = {});

}  // namespace klab
