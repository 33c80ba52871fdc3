#include "checks/history/client_events.hpp"

namespace klab {

std::string_view name_of(SendOutcome outcome) {
  switch (outcome) {
    case SendOutcome::acked:
      return "acked";
    case SendOutcome::failed:
      return "failed";
    case SendOutcome::unknown:
      return "unknown";
  }
  return "unknown";
}

std::string_view name_of(CallOutcome outcome) {
  switch (outcome) {
    case CallOutcome::ok:
      return "ok";
    case CallOutcome::failed:
      return "failed";
    case CallOutcome::unknown:
      return "unknown";
  }
  return "unknown";
}

std::string_view name_of(Isolation isolation) {
  return isolation == Isolation::read_committed ? "read_committed" : "read_uncommitted";
}

std::string_view name_of(OwnershipEnd end) {
  switch (end) {
    case OwnershipEnd::revoked:
      return "revoked";
    case OwnershipEnd::lost:
      return "lost";
    case OwnershipEnd::closed:
      return "closed";
    case OwnershipEnd::crashed:
      return "crashed";
    case OwnershipEnd::fenced:
      return "fenced";
  }
  return "revoked";
}

}  // namespace klab
