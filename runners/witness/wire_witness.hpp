#pragma once

#include <array>
#include <chrono>
#include <map>
#include <memory>
#include <mutex>
#include <string>

#include "runners/wire/conversation.hpp"
#include "runners/witness/committing.hpp"
#include "runners/witness/fetching.hpp"
#include "runners/witness/membership.hpp"
#include "runners/witness/notebook.hpp"
#include "runners/witness/producing.hpp"
#include "runners/witness/topic_asking.hpp"
#include "runners/witness/transacting.hpp"

namespace klab {

/// Turns what programs and a broker say to each other into events of the history. Fed by the tap with copies
/// of the bytes of each connection; what it cannot understand is counted, and is nobody's fault. Safe to call
/// from any thread.
class WireWitness {
 public:
  using Time = std::chrono::steady_clock::time_point;

  WireWitness(Recorder& recorder, Notebook::IdsIn ids_in);

  /// `connection` is unique in the play.
  void opened(int connection, const std::string& program);
  /// `when`: of a program's bytes, when they arrived; of a broker's, no later than they were passed on.
  void said(int connection, Direction direction, Time when, std::string_view bytes);
  void closed(int connection, Time when);

  /// Records how well a program was heard, and forgets it; after its last connection is closed.
  void program_ended(const std::string& program);

 private:
  struct Connection {
    int number = 0;
    std::string program = {};
    Moment now = {};
    std::array<Moment, 2> begun = {};  ///< of what is said now, by direction
    bool is_introduced = false;
    std::unique_ptr<Conversation> conversation = {};

    Moment& begun_of(Direction direction) { return begun[static_cast<std::size_t>(direction)]; }
  };

  void hear(Connection& connection, const Spoken& spoken);
  void introduce(Connection& connection, const Spoken& spoken);

  std::mutex mutex_;
  Notebook notebook_;
  TopicAsking topic_asking_{notebook_};
  Producing producing_{notebook_};
  Fetching fetching_{notebook_};
  MemberBook members_{notebook_};
  ClassicMembership classic_{members_};
  HeartbeatMembership heartbeat_{members_};
  Committing committing_{notebook_};
  Transacting transacting_{notebook_};
  std::map<int, Connection> connections_ = {};
  std::map<std::string, Overheard> overheard_ = {};  // by program, of its closed connections
};

}  // namespace klab
