#include "cli/broker/asked_topic.hpp"

#include <fmt/format.h>

#include <regex>

#include "checks/errors.hpp"

namespace klab {
namespace {

constexpr int kMostPartitions = 1000;

}  // namespace

AskedTopic read_asked_topic(const std::string& text) {
  static const std::regex kForm(R"(([A-Za-z0-9._-]{1,249})(?::([0-9]{1,4}))?)");
  std::smatch parts;
  if (!std::regex_match(text, parts, kForm) || parts[1] == "." || parts[1] == "..")
    throw BadInput(
        fmt::format("--topic {}: expected NAME or NAME:PARTITIONS, such as breadcrumbs:6; a name is "
                    "made of letters, digits, dots, underscores and hyphens",
                    text));
  AskedTopic topic{.name = parts[1]};
  if (parts[2].matched) topic.partitions = std::stoi(parts[2]);
  if (topic.partitions < 1 || topic.partitions > kMostPartitions)
    throw BadInput(fmt::format("--topic {}: expected from 1 to {} partitions", text, kMostPartitions));
  return topic;
}

}  // namespace klab
