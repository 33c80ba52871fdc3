#pragma once

#include <cstdint>
#include <set>
#include <string>
#include <tuple>

#include "runners/witness/notebook.hpp"

namespace klab {

/// Hears Metadata: what programs are told of topics that they cannot have.
class TopicAsking {
 public:
  explicit TopicAsking(Notebook& notebook) : notebook_(notebook) {}

  void hear(const Heard& heard);
  void close(int connection);

 private:
  Notebook& notebook_;
  std::set<std::tuple<int, std::string, std::int16_t>> told_ = {};  // by connection, topic and error
};

}  // namespace klab
