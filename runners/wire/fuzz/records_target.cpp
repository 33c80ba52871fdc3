#include "runners/wire/fuzz/records_target.hpp"

#include <stdexcept>

#include "checks/fuzz/mutation.hpp"
#include "runners/wire/fuzz/talk_script.hpp"
#include "runners/wire/golden/golden_file.hpp"
#include "runners/wire/records/record.hpp"

namespace klab {
namespace {

constexpr std::size_t kLimit = 1 << 16;
constexpr std::size_t kLengthAt = 8, kLengthCountsFrom = 12, kAttributesAt = 22, kCountAt = 57,
                      kRecordsAt = 61;

void try_batch(const RecordBatch& batch, std::size_t& left) {
  const auto records = read_records_within(left, batch);
  if (!records) return;
  if (static_cast<std::int64_t>(records->size()) != batch.record_count)
    throw std::logic_error("other than as many records as the batch says");
  for (const Record& record : *records) read_control_record(record);
}

void run(std::string_view input) { try_record_set(input, kLimit); }

std::vector<std::string> seeds() {
  std::vector<std::string> seeds = golden_batches();
  seeds.push_back(seeds[0] + seeds[1]);
  return seeds;
}

/// The batches of a set, and what follows the last that is whole.
std::vector<std::string> cut_into_batches(std::string_view set) {
  std::vector<std::string> batches;
  for (const RecordBatch& batch : read_record_set(set).batches) {
    const std::size_t size = kLengthCountsFrom + static_cast<std::size_t>(batch.length);
    batches.emplace_back(set.substr(0, size));
    set.remove_prefix(size);
  }
  if (!set.empty()) batches.emplace_back(set);
  return batches;
}

void set_right_length(std::string& batch) {
  if (batch.size() >= kRecordsAt) batch.replace(kLengthAt, 4, int32_bytes(batch.size() - kLengthCountsFrom));
}

void mutate_batch(std::string& batch, Random& random, const MutateBytes& change) {
  const std::size_t from = batch.size() > kRecordsAt && below(4, random) != 0 ? kRecordsAt : 0;
  const std::size_t choice = below(16, random);
  if (from != 0 && choice == 0)
    batch[kAttributesAt] = static_cast<char>(below(8, random));  // another codec
  else if (from != 0 && choice == 1)
    batch.replace(kCountAt, 4, int32_bytes(below(2, random) == 0 ? random() : below(4, random)));
  else
    batch = batch.substr(0, from) + change(batch.substr(from));
  if (below(8, random) != 0) set_right_length(batch);
}

std::string mutate(std::string input, Random& random, const MutateBytes& change) {
  std::vector<std::string> batches = cut_into_batches(input);
  if (batches.empty()) return change(std::move(input));
  if (below(8, random) == 0)
    mutate_order(batches, random);
  else
    mutate_batch(batches[below(batches.size(), random)], random, change);
  std::string set;
  for (const std::string& batch : batches) set += batch;
  return set;
}

}  // namespace

void try_record_set(std::string_view input, std::size_t limit) {
  const RecordSet set = read_record_set(input);
  if (set.truncated_bytes > input.size()) throw std::logic_error("more is cut off than there was");
  for (const RecordBatch& batch : set.batches) try_batch(batch, limit);
}

const FuzzTarget kRecordsTarget{
    .finds = "runners/wire/fuzz/finds/records", .run = run, .seeds = seeds, .mutate = mutate};

}  // namespace klab
