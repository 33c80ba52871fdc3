#include "experiments/client_names.hpp"

#include "experiments/told.hpp"

namespace klab {

nlohmann::ordered_json ask_for_defaults(const std::vector<std::string>& names) {
  return {{"do", "defaults"}, {"bootstrap", ""}, {"names", names}};
}

std::map<std::string, std::string> defaults_told(const History& history, std::string_view program) {
  std::map<std::string, std::string> defaults;
  for (const Told& one : told(history, program, "defaults"))
    for (const auto& [name, value] : one.what["defaults"].items())
      if (value.is_string()) defaults[name] = value.get<std::string>();
  return defaults;
}

}  // namespace klab
