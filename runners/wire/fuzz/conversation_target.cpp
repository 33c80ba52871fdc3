#include "runners/wire/fuzz/conversation_target.hpp"

#include <algorithm>
#include <stdexcept>

#include "checks/fuzz/mutation.hpp"
#include "runners/wire/fuzz/records_target.hpp"
#include "runners/wire/fuzz/talk_script.hpp"
#include "runners/wire/fuzz/talk_seeds.hpp"
#include "runners/wire/message_json.hpp"
#include "runners/wire/views/every_view.hpp"
#include "runners/wire/views/fetch.hpp"
#include "runners/wire/views/produce.hpp"

namespace klab {
namespace {

constexpr std::size_t kDecompressed = 1 << 16;
constexpr std::size_t kCorrelationInRequest = 4, kCorrelation = 4, kVersionAt = 2;

void try_records(const Spoken& spoken, std::string_view name) {
  if (name == "ProduceRequest")
    for (const auto& partition : read_produce_request(*spoken.body).partitions)
      try_record_set(partition.records, kDecompressed);
  if (name == "FetchResponse")
    for (const auto& partition : read_fetch_response(*spoken.body).partitions)
      try_record_set(partition.records, kDecompressed);
}

void try_body(const Spoken& spoken) {
  const bool is_request = spoken.direction == Direction::to_broker;
  const std::string name = std::string(name_of_api(spoken.api_key)) + (is_request ? "Request" : "Response");
  to_json(*spoken.body);
  if (const auto view = every_view().find(name); view != every_view().end())
    view->second(*spoken.body, spoken.body_version);
  try_records(spoken, name);
}

void expect(bool is_so, const char* promise) {
  if (!is_so) throw std::logic_error(promise);
}

/// What must be the same however the bytes come.
struct Heard {
  std::vector<int> apis = {};
  std::size_t decoded = 0;
  std::size_t bytes = 0;

  bool operator==(const Heard&) const = default;
};

Heard hear(const std::vector<Utterance>& utterances, bool as_cut) {
  Heard heard;
  Conversation conversation([&](const Spoken& spoken) {
    heard.apis.push_back(spoken.api_key);
    heard.bytes += spoken.frame.size();
    if (spoken.body) ++heard.decoded;
    if (spoken.body && as_cut) try_body(spoken);
    expect(spoken.body || !spoken.why_opaque.reason.empty(), "an opaque frame says why");
    expect(spoken.why_opaque.position <= spoken.frame.size(), "an error is in the frame");
  });
  for (const Utterance& said : utterances) {
    const std::string all = bytes_on_wire(said);
    const std::size_t piece = as_cut && said.piece > 0 ? said.piece : all.size();
    for (std::size_t at = 0; at < all.size(); at += piece)
      conversation.feed(said.direction, std::string_view(all).substr(at, piece));
  }
  const auto& counts = conversation.counts();
  expect(heard.apis.size() == counts.requests + counts.responses, "each frame is handed over once");
  expect(heard.decoded + counts.opaque == heard.apis.size(), "each frame is decoded or opaque");
  return heard;
}

void run(std::string_view input) {
  const std::vector<Utterance> utterances = read_script(input);
  const Heard heard = hear(utterances, true);
  if (std::ranges::any_of(utterances, [](const Utterance& said) { return said.piece > 0; }))
    expect(hear(utterances, false) == heard, "pieces do not matter");
}

/// Makes something the answer to something else.
void mutate_correlation(std::vector<Utterance>& utterances, Random& random) {
  const std::string& request = utterances[below(utterances.size(), random)].bytes;
  std::string& response = utterances[below(utterances.size(), random)].bytes;
  if (request.size() >= kCorrelationInRequest + kCorrelation)
    response.replace(0, std::min(kCorrelation, response.size()),
                     request.substr(kCorrelationInRequest, kCorrelation));
}

void mutate_version(std::string& request, Random& random) {
  if (request.size() > kVersionAt + 1) request[kVersionAt + 1] = static_cast<char>(below(20, random));
}

}  // namespace

std::string mutate_talk(std::string input, Random& random, const MutateBytes& change) {
  std::vector<Utterance> utterances = read_script(input);
  if (utterances.empty()) return change(std::move(input));
  Utterance& said = utterances[below(utterances.size(), random)];
  switch (below(16, random)) {
    case 0:
      mutate_order(utterances, random);
      break;
    case 1:
      said.piece = static_cast<std::uint8_t>(below(64, random));
      break;
    case 2:
      mutate_correlation(utterances, random);
      break;
    case 3:
      mutate_version(said.bytes, random);
      break;
    case 4:
      return change(std::move(input));
    default:
      said.bytes = change(said.bytes);
  }
  return write_script(utterances);
}

const FuzzTarget kConversationTarget{
    .finds = "runners/wire/fuzz/finds/conversation", .run = run, .seeds = talk_seeds, .mutate = mutate_talk};

}  // namespace klab
