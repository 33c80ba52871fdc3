#include "runners/witness/wire_witness.hpp"

#include <fmt/format.h>

#include <utility>

#include "runners/wire/message_spec.hpp"
#include "runners/wire/views/api_versions.hpp"

namespace klab {
namespace {

std::string software_of(const Spoken& spoken) {
  if (spoken.api_key != kApiVersionsKey || !spoken.body) return {};
  const ApiVersionsRequest request = read_api_versions_request(*spoken.body);
  return request.software_name.empty()
             ? ""
             : fmt::format("{} {}", request.software_name, request.software_version);
}

std::string why_opaque(const Spoken& spoken) {
  const std::string& reason = spoken.why_opaque.reason;
  return spoken.api_key < 0 ? reason : fmt::format("{}: {}", name_of_api(spoken.api_key), reason);
}

}  // namespace

WireWitness::WireWitness(Recorder& recorder, Notebook::IdsIn ids_in)
    : notebook_(recorder, std::move(ids_in)) {}

void WireWitness::opened(int number, const std::string& program) {
  const std::lock_guard lock(mutex_);
  Connection& connection = connections_[number];
  connection.number = number;
  connection.program = program;
  connection.conversation =
      std::make_unique<Conversation>([this, &connection](const Spoken& spoken) { hear(connection, spoken); });
}

void WireWitness::said(int number, Direction direction, Time when, std::string_view bytes) {
  const std::lock_guard lock(mutex_);
  const auto found = connections_.find(number);
  if (found == connections_.end()) return;
  Connection& connection = found->second;
  connection.now = notebook_.moment_of(when);
  if (!connection.conversation->is_within_frame(direction)) connection.begun_of(direction) = connection.now;
  connection.conversation->feed(direction, bytes);
}

void WireWitness::closed(int number, Time when) {
  const std::lock_guard lock(mutex_);
  const auto found = connections_.find(number);
  if (found == connections_.end()) return;
  const Connection& connection = found->second;
  const Conversation& conversation = *connection.conversation;
  Overheard& sum = overheard_[connection.program];
  ++sum.connections;
  sum.requests += conversation.counts().requests;
  sum.responses += conversation.counts().responses;
  for (const Direction direction : {Direction::to_broker, Direction::to_client})
    if (conversation.is_lost(direction))
      notebook_.not_understood(connection.program, "bytes that are not Kafka's protocol");
  topic_asking_.close(number);
  fetching_.close(number);
  classic_.close(number);
  heartbeat_.close(number);
  committing_.close(number, connection.program, notebook_.moment_of(when));
  transacting_.close(number, connection.program, notebook_.moment_of(when));
  if (connection.is_introduced)
    notebook_.record(
        Disconnected{.program = connection.program, .connection = number, .at = notebook_.moment_of(when)});
  connections_.erase(found);
}

void WireWitness::program_ended(const std::string& program) {
  const std::lock_guard lock(mutex_);
  Overheard heard = overheard_[program];
  heard.program = program;
  const auto [count, why] = notebook_.not_understood_of(program);
  heard.opaque = count;
  heard.why = why;
  notebook_.record(std::move(heard));
  overheard_.erase(program);
  fetching_.forget(program);
  members_.forget(program);
  notebook_.forget(program);
}

void WireWitness::hear(Connection& connection, const Spoken& spoken) {
  if (spoken.direction == Direction::to_broker) introduce(connection, spoken);
  const Moment begun = std::exchange(connection.begun_of(spoken.direction), connection.now);
  if (!spoken.body) return notebook_.not_understood(connection.program, why_opaque(spoken));
  const Heard heard{.program = connection.program,
                    .connection = connection.number,
                    .begun = begun,
                    .at = connection.now,
                    .spoken = spoken};
  notebook_.topics.hear(heard);
  topic_asking_.hear(heard);
  transacting_.hear(heard);
  producing_.hear(heard);
  fetching_.hear(heard);
  classic_.hear(heard);
  heartbeat_.hear(heard);
  committing_.hear(heard);
}

void WireWitness::introduce(Connection& connection, const Spoken& spoken) {
  if (connection.is_introduced || spoken.api_key < 0) return;
  connection.is_introduced = true;
  notebook_.record(Connected{.program = connection.program,
                             .connection = connection.number,
                             .at = connection.now,
                             .client_id = spoken.client_id.value_or(""),
                             .software = software_of(spoken)});
}

}  // namespace klab
