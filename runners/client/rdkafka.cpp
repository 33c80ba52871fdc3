#include "runners/client/rdkafka.hpp"

#include <fmt/format.h>

#include <array>

#include "checks/errors.hpp"

namespace klab::rdkafka {
namespace {

void set(rd_kafka_conf_t* conf, const std::string& name, const std::string& value) {
  std::array<char, 256> reason{};
  if (rd_kafka_conf_set(conf, name.c_str(), value.c_str(), reason.data(), reason.size()) != RD_KAFKA_CONF_OK)
    throw HarnessError(fmt::format("librdkafka: {}", reason.data()));
}

}  // namespace

Handle make_client(rd_kafka_type_t type, const std::string& bootstrap, const Settings& settings,
                   const Callbacks& callbacks) {
  std::unique_ptr<rd_kafka_conf_t, Deleter<rd_kafka_conf_destroy>> conf(rd_kafka_conf_new());
  set(conf.get(), "bootstrap.servers", bootstrap);
  set(conf.get(), "client.id", "klab");
  // A broker that is starting refuses connections: try again at once, not after seconds.
  set(conf.get(), "reconnect.backoff.ms", "10");
  set(conf.get(), "reconnect.backoff.max.ms", "50");
  set(conf.get(), "retry.backoff.ms", "20");
  for (const auto& [name, value] : settings) set(conf.get(), name, value);
  rd_kafka_conf_set_opaque(conf.get(), callbacks.opaque);
  if (callbacks.on_delivery != nullptr) rd_kafka_conf_set_dr_msg_cb(conf.get(), callbacks.on_delivery);
  if (callbacks.on_rebalance != nullptr) rd_kafka_conf_set_rebalance_cb(conf.get(), callbacks.on_rebalance);
  rd_kafka_conf_set_log_cb(conf.get(), [](const rd_kafka_t*, int, const char*, const char*) {});

  std::array<char, 256> reason{};
  Handle client(rd_kafka_new(type, conf.get(), reason.data(), reason.size()));
  if (!client) throw HarnessError(fmt::format("librdkafka: {}", reason.data()));
  conf.release();  // the client's own now
  return client;
}

std::string client_version() { return fmt::format("librdkafka {}", rd_kafka_version_str()); }

int milliseconds(std::chrono::steady_clock::duration duration) {
  return static_cast<int>(std::chrono::ceil<std::chrono::milliseconds>(duration).count());
}

}  // namespace klab::rdkafka
