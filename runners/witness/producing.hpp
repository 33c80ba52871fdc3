#pragma once

#include <string>
#include <vector>

#include "runners/witness/notebook.hpp"

namespace klab {

/// Hears Produce: what programs send, and what the broker says to it.
class Producing {
 public:
  explicit Producing(Notebook& notebook) : notebook_(notebook) {}

  void hear(const Heard& heard);

 private:
  void hear_request(const Heard& heard);
  void hear_response(const Heard& heard);

  Notebook& notebook_;
};

}  // namespace klab
