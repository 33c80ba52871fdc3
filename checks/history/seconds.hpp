#pragma once

#include "checks/history/moment.hpp"

namespace klab {

inline double seconds(Moment moment) { return std::chrono::duration<double>(moment).count(); }

}  // namespace klab
