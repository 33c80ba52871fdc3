#pragma once

#include <map>
#include <nlohmann/json.hpp>
#include <string>
#include <vector>

#include "checks/history/history.hpp"

namespace klab {

/// The clients in experiments/clients, which are named as claims/language.json names them.
inline const std::vector<std::string> kClients{"java", "librdkafka", "kafkajs", "franz-go", "kafka-python"};

/// Whether the client's own code can be asked for its defaults.
inline bool can_be_asked(const std::string& client) { return client != "kafkajs"; }

/// A plan that asks for them.
nlohmann::ordered_json ask_for_defaults(const std::vector<std::string>& names);

/// What a program with such a plan answered, by the setting's name; without those that it does not have.
std::map<std::string, std::string> defaults_told(const History& history, std::string_view program);

}  // namespace klab
