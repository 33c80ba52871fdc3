#pragma once

#include <string>
#include <vector>

namespace klab {

/// Sends each text as one record, in order and with the next of the keys, or all with one key, and waits for
/// all acknowledgements: what stands in for a submission's producer when it has none and a consumer is to be
/// judged. Throws HarnessError.
void write_records(const std::string& bootstrap, const std::string& topic,
                   const std::vector<std::string>& texts, const std::vector<std::string>& keys = {});

/// The same, by turns to each of the partitions. Throws HarnessError.
void write_spread_records(const std::string& bootstrap, const std::string& topic,
                          const std::vector<std::string>& texts, int partitions);

/// Sends the texts in transactions of `size` records, those of each spread evenly over the topics, and
/// commits and aborts them by turns: what stands in for a transactional producer. Throws HarnessError.
void write_transactions(const std::string& bootstrap, const std::vector<std::string>& topics,
                        const std::vector<std::string>& texts, std::size_t size);

}  // namespace klab
