#include "experiments/receiver.hpp"

#include <fmt/format.h>

#include <algorithm>

#include "checks/errors.hpp"

namespace klab {
namespace {

using namespace std::chrono_literals;
using nlohmann::ordered_json;

ordered_json text_or_null(const void* data, std::size_t size) {
  return data == nullptr ? ordered_json() : ordered_json(std::string(static_cast<const char*>(data), size));
}

ordered_json names_of(const rd_kafka_topic_partition_list_t* partitions) {
  ordered_json names = ordered_json::array();
  for (int i = 0; i < partitions->cnt; ++i)
    names.push_back({partitions->elems[i].topic, partitions->elems[i].partition});
  return names;
}

ordered_json headers_of(const rd_kafka_message_t& message) {
  ordered_json all = ordered_json::object();
  rd_kafka_headers_t* headers = nullptr;
  if (rd_kafka_message_headers(&message, &headers) != RD_KAFKA_RESP_ERR_NO_ERROR) return all;
  const char* name = nullptr;
  const void* value = nullptr;
  std::size_t size = 0;
  for (std::size_t i = 0; rd_kafka_header_get_all(headers, i, &name, &value, &size) == 0; ++i)
    all[name] = text_or_null(value, size);
  return all;
}

void require(rd_kafka_resp_err_t error, const char* what) {
  if (error != RD_KAFKA_RESP_ERR_NO_ERROR)
    throw HarnessError(fmt::format("cannot {}: {}", what, rd_kafka_err2str(error)));
}

rdkafka::Settings with_group(rdkafka::Settings settings, const std::string& name) {
  const bool has = std::ranges::any_of(settings, [](const auto& one) { return one.first == "group.id"; });
  if (!has) settings.emplace_back("group.id", "none-of-" + name);
  return settings;
}

}  // namespace

Receiver::Receiver(Trial& trial, std::string name, rdkafka::Settings settings, std::shared_ptr<Gate> gate)
    : trial_(trial),
      name_(std::move(name)),
      client_(rdkafka::make_client(RD_KAFKA_CONSUMER, trial.take_part(name_, std::move(gate)),
                                   with_group(std::move(settings), name_),
                                   {.on_rebalance = &Receiver::on_rebalance, .opaque = this})) {
  rd_kafka_poll_set_consumer(client_.get());
}

Receiver::~Receiver() {
  // Destroying it in the ordinary way would close it, and so leave the group.
  rd_kafka_destroy_flags(client_.release(), RD_KAFKA_DESTROY_F_NO_CONSUMER_CLOSE);
  trial_.leave(name_);
}

void Receiver::on_rebalance(rd_kafka_t*, rd_kafka_resp_err_t why, rd_kafka_topic_partition_list_t* partitions,
                            void* self) {
  static_cast<Receiver*>(self)->rebalance(why, partitions);
}

void Receiver::rebalance(rd_kafka_resp_err_t why, rd_kafka_topic_partition_list_t* partitions) {
  const bool is_incremental = std::string_view(rd_kafka_rebalance_protocol(client_.get())) == "COOPERATIVE";
  is_assigned_ = why == RD_KAFKA_RESP_ERR__ASSIGN_PARTITIONS;
  trial_.tell(name_, {{is_assigned_ ? "assigned" : "revoked", names_of(partitions)}});
  if (is_incremental)
    rdkafka::Error(is_assigned_ ? rd_kafka_incremental_assign(client_.get(), partitions)
                                : rd_kafka_incremental_unassign(client_.get(), partitions));
  else
    rd_kafka_assign(client_.get(), is_assigned_ ? partitions : nullptr);
}

void Receiver::subscribe(const std::vector<Topic>& topics) {
  const rdkafka::PartitionList list(rd_kafka_topic_partition_list_new(1));
  for (const Topic& topic : topics)
    rd_kafka_topic_partition_list_add(list.get(), topic.name.c_str(), RD_KAFKA_PARTITION_UA);
  require(rd_kafka_subscribe(client_.get(), list.get()), "subscribe");
}

void Receiver::assign(const std::vector<Topic>& topics) {
  const rdkafka::PartitionList list(rd_kafka_topic_partition_list_new(1));
  for (const Topic& topic : topics)
    for (int partition = 0; partition < topic.partitions; ++partition)
      rd_kafka_topic_partition_list_add(list.get(), topic.name.c_str(), partition)->offset =
          RD_KAFKA_OFFSET_BEGINNING;
  require(rd_kafka_assign(client_.get(), list.get()), "assign partitions");
}

std::size_t Receiver::poll() {
  const rdkafka::Message message(rd_kafka_consumer_poll(client_.get(), 20));
  if (!message) return 0;
  if (message->err != RD_KAFKA_RESP_ERR_NO_ERROR) {
    trial_.tell(name_, {{"error", rd_kafka_err2name(message->err)}});
    return 0;
  }
  trial_.tell(name_, {{"received", text_or_null(message->payload, message->len)},
                      {"topic", rd_kafka_topic_name(message->rkt)},
                      {"partition", message->partition},
                      {"offset", message->offset},
                      {"key", text_or_null(message->key, message->key_len)},
                      {"timestamp", rd_kafka_message_timestamp(message.get(), nullptr)},
                      {"headers", headers_of(*message)}});
  return 1;
}

std::size_t Receiver::take(std::size_t count, Clock::duration within) {
  std::size_t taken = 0;
  eventually([&] { return (taken += poll()) >= count; }, within, 0ms);
  return taken;
}

bool Receiver::poll_until(const std::function<bool()>& condition, Clock::duration within) {
  return eventually([&] { return poll(), condition(); }, within, 0ms);
}

std::string Receiver::commit() {
  const rd_kafka_resp_err_t error = rd_kafka_commit(client_.get(), nullptr, 0);
  const std::string name = error == RD_KAFKA_RESP_ERR_NO_ERROR ? "" : rd_kafka_err2name(error);
  trial_.tell(name_, {{"committed", name.empty()}, {"error", name}});
  return name;
}

void Receiver::close() { rd_kafka_consumer_close(client_.get()); }

bool poll_all(const std::vector<Receiver*>& receivers, const std::function<bool()>& condition,
              Clock::duration within) {
  const auto holds_now = [&] {
    for (Receiver* receiver : receivers)
      while (receiver->poll() > 0) continue;
    return condition();
  };
  return eventually(holds_now, within, 0ms);
}

}  // namespace klab
