#pragma once

#include "cli/completion.hpp"

namespace klab {

/// Where the words come from that no flag's help lists: SECTION from the lab, NAME from klab's own
/// submissions. What cannot be read gives no words, as nobody is there to be told.
WordSources word_sources();

}  // namespace klab
