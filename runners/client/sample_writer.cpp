#include "runners/client/sample_writer.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <functional>

#include "checks/errors.hpp"
#include "runners/client/admin_request.hpp"
#include "runners/client/rdkafka.hpp"

namespace klab {
namespace {

// Consumers of the tutorials decode the key without asking whether there is one.
const std::string kKey = "klab";

void produce(rd_kafka_t* producer, const std::string& topic, const std::string& key, const std::string& text,
             int partition = RD_KAFKA_PARTITION_UA) {
  const auto error = rd_kafka_producev(
      producer, RD_KAFKA_V_TOPIC(topic.c_str()), RD_KAFKA_V_PARTITION(partition),
      RD_KAFKA_V_KEY(key.data(), key.size()), RD_KAFKA_V_VALUE(const_cast<char*>(text.data()), text.size()),
      RD_KAFKA_V_MSGFLAGS(RD_KAFKA_MSG_F_COPY), RD_KAFKA_V_END);
  if (error != RD_KAFKA_RESP_ERR_NO_ERROR)
    throw HarnessError(fmt::format("cannot write to topic {}: {}", topic, rd_kafka_err2str(error)));
}

void count_acknowledged(rd_kafka_t*, const rd_kafka_message_t* message, void* count) {
  if (message->err == RD_KAFKA_RESP_ERR_NO_ERROR) ++*static_cast<std::size_t*>(count);
}

/// Waits until as many records as were produced so far are acknowledged.
void flush(rd_kafka_t* producer, const std::string& topic, std::size_t produced,
           const std::size_t& acknowledged) {
  rdkafka::patiently([&](int ms) { return rd_kafka_flush(producer, ms); });
  if (acknowledged != produced)
    throw HarnessError(
        fmt::format("the broker took {} of {} records for topic {}", acknowledged, produced, topic));
}

void check(rd_kafka_error_t* error) { rdkafka::check("take a transaction", error); }

/// Of a call that goes on where it was when it is made again after its time was over.
void complete(const std::function<rd_kafka_error_t*(int milliseconds)>& call) {
  rdkafka::Error error;
  rdkafka::patiently([&](int ms) {
    error.reset(call(ms));
    return rd_kafka_error_code(error.get());
  });
  check(error.release());
}

/// Where a record goes: its key, and a partition or none in particular.
struct Destination {
  const std::string& key = kKey;
  int partition = RD_KAFKA_PARTITION_UA;
};

void send_all(const std::string& bootstrap, const std::string& topic, const std::vector<std::string>& texts,
              const std::function<Destination(std::size_t)>& destination_of) {
  std::size_t acknowledged = 0;
  const rdkafka::Handle producer =
      rdkafka::make_client(RD_KAFKA_PRODUCER, bootstrap, {{"enable.idempotence", "true"}},
                           {.on_delivery = count_acknowledged, .opaque = &acknowledged});
  for (std::size_t i = 0; i < texts.size(); ++i) {
    const Destination to = destination_of(i);
    produce(producer.get(), topic, to.key, texts[i], to.partition);
  }
  flush(producer.get(), topic, texts.size(), acknowledged);
}

}  // namespace

void write_records(const std::string& bootstrap, const std::string& topic,
                   const std::vector<std::string>& texts, const std::vector<std::string>& keys) {
  send_all(bootstrap, topic, texts,
           [&](std::size_t i) { return Destination{.key = keys.empty() ? kKey : keys[i % keys.size()]}; });
}

void write_spread_records(const std::string& bootstrap, const std::string& topic,
                          const std::vector<std::string>& texts, int partitions) {
  send_all(bootstrap, topic, texts,
           [=](std::size_t i) { return Destination{.partition = static_cast<int>(i) % partitions}; });
}

void write_transactions(const std::string& bootstrap, const std::vector<std::string>& topics,
                        const std::vector<std::string>& texts, std::size_t size) {
  std::size_t acknowledged = 0;
  const rdkafka::Handle producer =
      rdkafka::make_client(RD_KAFKA_PRODUCER, bootstrap, {{"transactional.id", "klab-" + topics.at(0)}},
                           {.on_delivery = count_acknowledged, .opaque = &acknowledged});
  complete([&](int ms) { return rd_kafka_init_transactions(producer.get(), ms); });
  for (std::size_t begin = 0, number = 0; begin < texts.size(); begin += size, ++number) {
    check(rd_kafka_begin_transaction(producer.get()));
    const std::size_t end = std::min(begin + size, texts.size());
    for (std::size_t i = begin; i < end; ++i)
      produce(producer.get(), topics[(i - begin) * topics.size() / size], kKey, texts[i]);
    flush(producer.get(), topics.at(0), end, acknowledged);  // an abort would drop what has not left yet
    const auto end_it = number % 2 == 0 ? rd_kafka_commit_transaction : rd_kafka_abort_transaction;
    complete([&](int ms) { return end_it(producer.get(), ms); });
  }
}

}  // namespace klab
