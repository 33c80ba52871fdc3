#include "cli/watch/watch_lines.hpp"

#include <fmt/chrono.h>
#include <fmt/format.h>

#include <array>
#include <functional>
#include <vector>

#include "checks/counted.hpp"
#include "reports/printable.hpp"
#include "reports/wording.hpp"

namespace klab {
namespace {

constexpr std::size_t kLongestName = 80;
constexpr std::size_t kMostListed = 12;

/// A name that somebody made up, on one line and not too long.
std::string shown(std::string_view name) { return shortened(one_line(visible_text(name)), kLongestName); }

std::string partition(std::string_view topic, int number) {
  return fmt::format("{}-{}", shown(topic), number);
}

std::string counted(std::size_t count, const char* noun) {
  return fmt::format("{} {}{}", count, noun, count == 1 ? "" : "s");
}

std::string listed(std::vector<std::string> names, const char* none) {
  return names.empty() ? none : first_few(std::move(names), kMostListed);
}

std::string listed(const std::vector<PartitionName>& partitions) {
  std::vector<std::string> names;
  for (const PartitionName& name : partitions) names.push_back(partition(name.topic, name.partition));
  return listed(std::move(names), "no partition");
}

std::string in_transaction(const std::optional<std::string>& id) {
  return id ? fmt::format(", in transaction of {}", shown(*id)) : "";
}

constexpr std::array kColours{32, 33, 34, 35, 36};
constexpr int kDim = 2, kRed = 31;

std::string coloured(const std::string& text, int code, bool in_colour) {
  return in_colour ? fmt::format("\033[{}m{}\033[0m", code, text) : text;
}

int colour_of(const std::string& program) {
  return kColours[std::hash<std::string>()(program) % kColours.size()];
}

std::string because(const std::string& error) { return error.empty() ? "" : ": " + error; }

WatchLine line(const Connected& connected) {
  return {.verb = "connected",
          .text = fmt::format(
              "{}, client id \"{}\"",
              connected.software.empty() ? "a client that does not say which" : shown(connected.software),
              shown(connected.client_id))};
}

WatchLine line(const Disconnected&) { return {.verb = "disconnected"}; }

WatchLine line(const TopicRefused& refused) {
  return {.verb = "refused",
          .text = fmt::format("topic {}: {}", shown(refused.topic), refused.error),
          .is_trouble = true,
          .many = "topics"};
}

WatchLine line(const SentBatch& sent) {
  return {.verb = "sent",
          .text = fmt::format("{} to {}, acks={}, {}, {}{}", counted(sent.messages, "message"),
                              partition(sent.topic, sent.partition),
                              sent.acks == -1 ? "all" : std::to_string(sent.acks),
                              sent.producer_id >= 0 ? "idempotent" : "not idempotent",
                              sent.codec.empty() || sent.codec == "none" ? "not compressed" : sent.codec,
                              in_transaction(sent.transactional_id)),
          .messages = sent.messages,
          .many = "batches"};
}

WatchLine line(const Answered& answered) {
  const std::string name = partition(answered.topic, answered.partition);
  if (!answered.is_acknowledged())
    return {.verb = "refused",
            .text = fmt::format("a batch to {}{}", name, because(answered.error)),
            .is_trouble = true,
            .many = "batches"};
  return {
      .verb = "acknowledged",
      .text = answered.base_offset >= 0 ? fmt::format("{} from offset {}", name, answered.base_offset) : name,
      .many = "batches"};
}

WatchLine line(const FetchStarted& started) {
  return {
      .verb = "reading",
      .text = fmt::format("{} from offset {}, {}", partition(started.topic, started.partition),
                          started.offset, started.is_read_committed ? "read_committed" : "read_uncommitted")};
}

WatchLine line(const Delivered& delivered) {
  const auto& offsets = delivered.offsets;
  std::string where;
  if (offsets.size() == 1) where = fmt::format(", offset {}", offsets.front());
  if (offsets.size() > 1) where = fmt::format(", offsets {} to {}", offsets.front(), offsets.back());
  return {.verb = "delivered",
          .text = fmt::format("{} of {}{}", counted(offsets.size(), "message"),
                              partition(delivered.topic, delivered.partition), where),
          .messages = offsets.size(),
          .many = "responses"};
}

WatchLine line(const Joined& joined) {
  std::vector<std::string> topics;
  for (const std::string& topic : joined.topics) topics.push_back(shown(topic));
  return {.verb = "joined",
          .text = fmt::format("group {} as member {}{} ({}), generation {}; topics {}", shown(joined.group),
                              shown(joined.member),
                              joined.instance ? fmt::format(", instance {}", shown(*joined.instance)) : "",
                              joined.protocol, joined.generation, listed(std::move(topics), "none"))};
}

WatchLine line(const Assigned& assigned) {
  return {.verb = "assigned",
          .text = fmt::format("{} in group {}, generation {}", listed(assigned.partitions),
                              shown(assigned.group), assigned.generation)};
}

WatchLine line(const Revoked& revoked) {
  return {.verb = "revoked",
          .text = fmt::format("{} in group {}", listed(revoked.partitions), shown(revoked.group))};
}

WatchLine line(const Left& left) {
  return {.verb = "left", .text = fmt::format("group {}", shown(left.group))};
}

WatchLine line(const CommitAnswered& commit) {
  const bool took_effect = commit.took_effect();
  const char* refusal = commit.is_unknown() ? "not answered" : "not committed";
  return {.verb = took_effect ? "committed" : refusal,
          .text = fmt::format("{} at offset {} for group {}{}{}", partition(commit.topic, commit.partition),
                              commit.offset, shown(commit.group), in_transaction(commit.transactional_id),
                              because(commit.error)),
          .is_trouble = !took_effect,
          .many = "commits"};
}

WatchLine line(const Resumed& resumed) {
  const std::string name = partition(resumed.topic, resumed.partition), group = shown(resumed.group);
  return {
      .verb = "resumed",
      .text =
          resumed.offset < 0
              ? fmt::format("{}: group {} has committed nothing, so auto.offset.reset decides", name, group)
              : fmt::format("{} where group {} had committed: offset {}", name, group, resumed.offset)};
}

WatchLine line(const TransactionStepped& stepped) {
  const bool took_effect = stepped.error.empty();
  return {.verb = "transaction",
          .text = fmt::format("of {} {}{} (producer {}, epoch {}){}", shown(stepped.transactional_id),
                              took_effect ? "" : "not ", name_of(stepped.step), stepped.producer_id,
                              stepped.producer_epoch, because(stepped.error)),
          .is_trouble = !took_effect,
          .many = "steps"};
}

WatchLine line(const Overheard& overheard) {
  return {.verb = "unclear",
          .text = fmt::format("{} of its requests, responses and batches could not be understood: {}",
                              overheard.opaque, "is that Kafka's protocol, without TLS?"),
          .is_trouble = true};
}

/// With what all kinds have.
template <typename Event>
std::optional<WatchLine> whole_line(const Event& event) {
  WatchLine whole = line(event);
  whole.program = event.program;
  if constexpr (requires { event.at; }) whole.at = event.at;
  return whole;
}

}  // namespace

std::optional<WatchLine> watch_line(const AnyEvent& any) {
  if (const auto* overheard = std::get_if<Overheard>(&any); overheard != nullptr && overheard->opaque == 0)
    return std::nullopt;
  return std::visit(
      [](const auto& event) -> std::optional<WatchLine> {
        if constexpr (requires { line(event); })
          return whole_line(event);
        else
          return std::nullopt;
      },
      any);
}

std::string shown_line(const WatchLine& line, std::chrono::system_clock::time_point when, bool in_colour) {
  const auto seconds = std::chrono::floor<std::chrono::seconds>(when);
  const auto fraction = std::chrono::floor<std::chrono::milliseconds>(when - seconds);
  const std::string time = fmt::format(
      "{:%H:%M:%S}.{:03}", fmt::localtime(std::chrono::system_clock::to_time_t(seconds)), fraction.count());
  const std::string verb = line.text.empty() ? line.verb : fmt::format("{:<14}", line.verb);
  return fmt::format("{}  {} {}{}", coloured(time, kDim, in_colour),
                     coloured(fmt::format("{:>4}", line.program), colour_of(line.program), in_colour),
                     line.is_trouble ? coloured(verb, kRed, in_colour) : verb, line.text);
}

}  // namespace klab
