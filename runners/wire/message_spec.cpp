#include "runners/wire/message_spec.hpp"

#include <algorithm>

namespace klab {
namespace {

const MessageSpec* find_api(int api_key, MessageKind kind) {
  const auto specs = message_specs();
  const auto found = std::ranges::find_if(
      specs, [&](const MessageSpec& spec) { return spec.kind == kind && spec.api_key == api_key; });
  return found == specs.end() ? nullptr : &*found;
}

}  // namespace

const MessageSpec* find_message(std::string_view name) {
  const auto specs = message_specs();
  const auto found = std::ranges::lower_bound(specs, name, {}, &MessageSpec::name);
  return found == specs.end() || found->name != name ? nullptr : &*found;
}

const MessageSpec* find_request(int api_key) { return find_api(api_key, MessageKind::request); }
const MessageSpec* find_response(int api_key) { return find_api(api_key, MessageKind::response); }

std::string_view name_of_api(int api_key) {
  const MessageSpec* request = find_request(api_key);
  if (request == nullptr) return {};
  return request->name.substr(0, request->name.size() - std::string_view("Request").size());
}

}  // namespace klab
