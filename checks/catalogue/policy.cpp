#include "checks/catalogue/policy.hpp"

namespace klab {

std::string_view name_of(CheckClass check_class) {
  switch (check_class) {
    case CheckClass::fail:
      return "fail";
    case CheckClass::info:
      return "info";
    case CheckClass::off:
      return "off";
  }
  return "fail";
}

std::string_view name_of(ResetPolicy reset) {
  switch (reset) {
    case ResetPolicy::earliest:
      return "earliest";
    case ResetPolicy::latest:
      return "latest";
    case ResetPolicy::none:
      return "none";
  }
  return "none";
}

}  // namespace klab
