#include "runners/client/sample_writer.hpp"

#include <fmt/format.h>

#include "checks/errors.hpp"
#include "runners/client/rdkafka.hpp"

namespace klab {
namespace {

// Consumers of the tutorials decode the key without asking whether there is one.
const std::string kKey = "klab";

void count_acknowledged(rd_kafka_t*, const rd_kafka_message_t* message, void* count) {
  if (message->err == RD_KAFKA_RESP_ERR_NO_ERROR) ++*static_cast<std::size_t*>(count);
}

}  // namespace

void write_records(const std::string& bootstrap, const std::string& topic,
                   const std::vector<std::string>& texts, const std::vector<std::string>& keys) {
  std::size_t acknowledged = 0;
  const rdkafka::Handle producer = rdkafka::make_client(
      RD_KAFKA_PRODUCER, bootstrap, {{"enable.idempotence", "true"}}, count_acknowledged, &acknowledged);
  for (std::size_t i = 0; i < texts.size(); ++i) {
    const std::string& key = keys.empty() ? kKey : keys[i % keys.size()];
    if (const auto error = rd_kafka_producev(
            producer.get(), RD_KAFKA_V_TOPIC(topic.c_str()), RD_KAFKA_V_KEY(key.data(), key.size()),
            RD_KAFKA_V_VALUE(const_cast<char*>(texts[i].data()), texts[i].size()),
            RD_KAFKA_V_MSGFLAGS(RD_KAFKA_MSG_F_COPY), RD_KAFKA_V_END);
        error != RD_KAFKA_RESP_ERR_NO_ERROR)
      throw HarnessError(fmt::format("cannot write to topic {}: {}", topic, rd_kafka_err2str(error)));
  }
  rd_kafka_flush(producer.get(), 30000);
  if (acknowledged != texts.size())
    throw HarnessError(
        fmt::format("the broker took {} of {} records for topic {}", acknowledged, texts.size(), topic));
}

}  // namespace klab
