#pragma once

#include <cstddef>
#include <string>
#include <vector>

namespace klab {

/// What a bench's client sends or reads. `port_instead`, where it is not 0, is where it connects to for the
/// broker's own port: a proxy needs no listener of its own then.
struct Workload {
  std::string bootstrap = {};
  int port_instead = 0;
  std::string codec = "none";
  std::size_t record_size = 100;
  std::size_t records = 0;

  double megabytes() const { return static_cast<double>(record_size * records) / 1e6; }
};

/// Seconds until the broker has acknowledged all records. Throws HarnessError.
double produce(const Workload& workload, const std::string& topic);

/// Seconds until all records of the topic's one partition have come. Throws HarnessError.
double fetch(const Workload& workload, const std::string& topic);

/// Milliseconds from a record to its acknowledgement, one record after the other, sorted. Throws
/// HarnessError.
std::vector<double> acknowledge_one_by_one(const Workload& workload, const std::string& topic);

}  // namespace klab
