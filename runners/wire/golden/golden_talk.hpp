#pragma once

#include <map>
#include <memory>
#include <string_view>
#include <vector>

#include "runners/wire/conversation.hpp"
#include "runners/wire/golden/golden_file.hpp"

namespace klab {

/// Feeds each connection's pieces to a conversation of its own; the pieces may be cut once more. Gives the
/// sum of counts.
inline Conversation::Counts hear(const std::vector<GoldenPiece>& pieces,
                                 const Conversation::OnSpoken& on_spoken, std::size_t cut = 1 << 20) {
  std::map<int, std::unique_ptr<Conversation>> connections;
  for (const GoldenPiece& piece : pieces) {
    auto& conversation = connections[piece.connection];
    if (!conversation) conversation = std::make_unique<Conversation>(on_spoken);
    const auto direction = piece.is_to_broker ? Direction::to_broker : Direction::to_client;
    for (std::size_t at = 0; at < piece.bytes.size(); at += cut)
      conversation->feed(direction, std::string_view(piece.bytes).substr(at, cut));
  }
  Conversation::Counts sum;
  for (const auto& [number, conversation] : connections) {
    sum.requests += conversation->counts().requests;
    sum.responses += conversation->counts().responses;
    sum.opaque += conversation->counts().opaque;
    sum.unanswered += conversation->counts().unanswered;
  }
  return sum;
}

/// What a view makes of each message of one kind ("JoinGroupRequest") that one client said or heard. The
/// frames live on.
template <typename View>
auto views_of(std::string_view client, std::string_view kind, View view) {
  std::vector<decltype(view(std::declval<const Struct&>()))> views;
  const MessageSpec& spec = *find_message(kind);
  const auto direction = spec.kind == MessageKind::request ? Direction::to_broker : Direction::to_client;
  hear(golden_pieces(), [&](const Spoken& spoken) {
    if (spoken.body && spoken.client_id == client && spoken.direction == direction &&
        spoken.api_key == spec.api_key)
      views.push_back(view(*spoken.body));
  });
  return views;
}

}  // namespace klab
