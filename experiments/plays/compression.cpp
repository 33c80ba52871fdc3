// Compression. Producers with and without a codec write to a topic at its defaults and to one that has a
// codec of its own; the tap hears the codec of each batch on both sides of the broker.

#include <fmt/format.h>

#include "experiments/batch_notes.hpp"
#include "experiments/plays.hpp"
#include "experiments/receiver.hpp"
#include "experiments/sender.hpp"

namespace klab {
namespace {

constexpr const char* kClaim = "compression.where";
constexpr const char *kNone = "none", *kProducers = "gzip", *kTopics = "lz4";
constexpr const char* kSetting = "compression.type of the topic";

// A topic for each, named after the codec of its producer and its own.
constexpr const char *kPlainToDefault = "none-default", *kGzipToDefault = "gzip-default",
                     *kPlainToCodec = "none-lz4", *kGzipToCodec = "gzip-lz4";

void carry(Trial& trial, const std::string& name, const char* codec, const KafkaSettings& settings) {
  const Topic topic = trial.create_topic(name, 1, settings);
  // Each is worth compressing: a batch that would not get smaller is sent as it is, also by a producer with a
  // codec, and a batch may be of one record.
  std::vector<Outgoing> records;
  for (int i = 1; i <= 20; ++i) records.push_back({.value = fmt::format("{:>500}", i), .partition = 0});
  Sender sender(trial, "to-" + name, {{"compression.type", codec}, {"linger.ms", "50"}},
                std::make_shared<BatchNotes>(trial.recorder()));
  sender.send_all(topic, records);
  Receiver receiver(trial, "from-" + name, {}, std::make_shared<BatchNotes>(trial.recorder()));
  receiver.assign(topic);
  receiver.take(records.size());
}

void play(Trial& trial) {
  const KafkaSettings own{{"compression.type", kTopics}};
  carry(trial, kPlainToDefault, kNone, {});
  carry(trial, kGzipToDefault, kProducers, {});
  carry(trial, kPlainToCodec, kNone, own);
  carry(trial, kGzipToCodec, kProducers, own);
}

/// The codecs of a topic's batches on either side of the broker; empty where there are several, or none.
struct Carried {
  std::string sent = {}, given = {};
};

std::string codec_of(const History& history, const std::string& program, const std::string& direction) {
  std::string codec;
  for (const auto& batch : noted_batches(history, program, direction)) {
    const std::string other = batch[direction];
    if (!codec.empty() && codec != other) return "";
    codec = other;
  }
  return codec;
}

Carried carried(const History& history, const std::string& topic) {
  return {codec_of(history, "to-" + topic, "sent"), codec_of(history, "from-" + topic, "given")};
}

std::string text_of(const Carried& one) { return fmt::format("{} became {}", one.sent, one.given); }

Conclusions conclude(const History& history) {
  Conclusions conclusions;
  const Carried plain = carried(history, kPlainToDefault), gzip = carried(history, kGzipToDefault),
                plain_to_codec = carried(history, kPlainToCodec),
                gzip_to_codec = carried(history, kGzipToCodec);
  conclusions.control(kClaim, "a producer without a codec is heard to send none",
                      plain.sent == kNone && plain_to_codec.sent == kNone);
  conclusions.control(kClaim, "a producer with gzip is heard to send gzip",
                      gzip.sent == kProducers && gzip_to_codec.sent == kProducers);
  for (const Carried& one : {plain, gzip, plain_to_codec, gzip_to_codec})
    if (one.given.empty()) {
      conclusions.undecided(kClaim, "not every topic was read in batches of one codec");
      return conclusions;
    }
  const std::map<std::string, std::string> own{{kSetting, kTopics}};
  const auto add = [&](const char* aspect, const char* value, const std::map<std::string, std::string>& where,
                       const Carried& seen) {
    conclusions.value(kClaim, {.aspect = aspect, .value = value, .where = where, .note = text_of(seen)});
  };
  // The producer compresses, whatever the topic says; the broker too, where that makes a difference.
  add("", "producer", {}, gzip);
  add("", "producer", own, gzip_to_codec);
  if (plain.given != kNone) add("", "broker", {}, plain);
  if (plain_to_codec.given != kNone) add("", "broker", own, plain_to_codec);
  if (gzip_to_codec.given == kTopics) add("differs", "broker", {}, gzip_to_codec);
  if (gzip_to_codec.given == kProducers) add("differs", "kept", {}, gzip_to_codec);
  if (gzip.given == kProducers) add("received", "producer codec", {}, gzip);
  if (gzip_to_codec.given == kTopics) add("received", "topic codec", own, gzip_to_codec);
  return conclusions;
}

}  // namespace

std::vector<Experiment> compression_experiments() {
  return {
      {.name = "compression",
       .claims = {kClaim},
       .hypothesis = "The producer compresses; the broker does so anew where the topic has another codec.",
       .play = play,
       .conclude = conclude}};
}

}  // namespace klab
