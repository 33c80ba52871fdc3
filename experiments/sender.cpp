#include "experiments/sender.hpp"

#include <fmt/format.h>

#include <algorithm>

namespace klab {

using namespace std::chrono_literals;

namespace {

rd_kafka_headers_t* headers_of(const Outgoing& outgoing) {
  rd_kafka_headers_t* const headers = rd_kafka_headers_new(outgoing.headers.size());
  for (const auto& [name, value] : outgoing.headers)
    rd_kafka_header_add(headers, name.data(), static_cast<ssize_t>(name.size()), value.data(),
                        static_cast<ssize_t>(value.size()));
  return headers;
}

}  // namespace

/// A record whose end is not known yet; on_delivery deletes it.
struct Sender::Underway {
  std::string value;
  Clock::time_point since = Clock::now();
};

Sender::Sender(Trial& trial, std::string name, const rdkafka::Settings& settings, std::shared_ptr<Gate> gate)
    : trial_(trial),
      name_(std::move(name)),
      client_(rdkafka::make_client(RD_KAFKA_PRODUCER, trial.take_part(name_, std::move(gate)), settings,
                                   {.on_delivery = &Sender::on_delivery, .opaque = this})) {}

Sender::~Sender() {
  rd_kafka_purge(client_.get(), RD_KAFKA_PURGE_F_QUEUE | RD_KAFKA_PURGE_F_INFLIGHT);
  rd_kafka_poll(client_.get(), 0);
  client_.reset();
  trial_.leave(name_);
}

void Sender::on_delivery(rd_kafka_t*, const rd_kafka_message_t* message, void* self) {
  const std::unique_ptr<Underway> sent(static_cast<Underway*>(message->_private));
  Sender& sender = *static_cast<Sender*>(self);
  const double ms = std::chrono::duration<double, std::milli>(Clock::now() - sent->since).count();
  if (message->err == RD_KAFKA_RESP_ERR_NO_ERROR)
    sender.trial_.tell(
        sender.name_,
        {{"acked", sent->value}, {"partition", message->partition}, {"offset", message->offset}, {"ms", ms}});
  else
    sender.trial_.tell(sender.name_,
                       {{"failed", sent->value}, {"error", rd_kafka_err2name(message->err)}, {"ms", ms}});
}

std::string Sender::send(const Topic& topic, const Outgoing& outgoing) {
  auto sent = std::make_unique<Underway>(Underway{outgoing.value});
  void* const key = outgoing.key ? const_cast<char*>(outgoing.key->data()) : nullptr;
  const std::size_t key_size = outgoing.key ? outgoing.key->size() : 0;
  std::string value = outgoing.value;
  value.resize(std::max(value.size(), outgoing.padded_to), '.');
  void* const payload = outgoing.is_tombstone ? nullptr : value.data();
  const std::size_t payload_size = outgoing.is_tombstone ? 0 : value.size();
  rd_kafka_headers_t* const headers = headers_of(outgoing);
  const rd_kafka_resp_err_t error = rd_kafka_producev(
      client_.get(), RD_KAFKA_V_TOPIC(topic.name.c_str()), RD_KAFKA_V_PARTITION(outgoing.partition),
      RD_KAFKA_V_MSGFLAGS(RD_KAFKA_MSG_F_COPY), RD_KAFKA_V_VALUE(payload, payload_size),
      RD_KAFKA_V_KEY(key, key_size), RD_KAFKA_V_TIMESTAMP(outgoing.timestamp_ms), RD_KAFKA_V_HEADERS(headers),
      RD_KAFKA_V_OPAQUE(sent.get()), RD_KAFKA_V_END);
  rd_kafka_poll(client_.get(), 0);
  if (error != RD_KAFKA_RESP_ERR_NO_ERROR) {
    rd_kafka_headers_destroy(headers);
    trial_.tell(name_, {{"failed", outgoing.value}, {"error", rd_kafka_err2name(error)}, {"ms", 0}});
    return rd_kafka_err2name(error);
  }
  sent.release();
  return "";
}

std::string Sender::send_all(const Topic& topic, const std::vector<Outgoing>& outgoing) {
  for (const Outgoing& one : outgoing)
    if (const std::string error = send(topic, one); !error.empty()) return error;
  return flush();
}

std::string Sender::flush(Clock::duration within) {
  const Clock::time_point start = Clock::now();
  const rd_kafka_resp_err_t error = rd_kafka_flush(client_.get(), rdkafka::milliseconds(within));
  const double ms = std::chrono::duration<double, std::milli>(Clock::now() - start).count();
  trial_.tell(name_, {{"flushed", error == RD_KAFKA_RESP_ERR_NO_ERROR}, {"ms", ms}});
  return error == RD_KAFKA_RESP_ERR_NO_ERROR ? "" : rd_kafka_err2name(error);
}

std::string Sender::told(const std::string& what, rd_kafka_error_t* answer) {
  const rdkafka::Error error(answer);
  const std::string name = error ? rd_kafka_error_name(error.get()) : "";
  trial_.tell(name_, {{what, name.empty()}, {"error", name}});
  return name;
}

std::string Sender::init_transactions() {
  return told("initialised", rd_kafka_init_transactions(client_.get(), 30'000));
}

std::string Sender::begin() { return told("begun", rd_kafka_begin_transaction(client_.get())); }

std::string Sender::commit(Clock::duration within) {
  return told("committed", rd_kafka_commit_transaction(client_.get(), rdkafka::milliseconds(within)));
}

std::string Sender::abort() { return told("aborted", rd_kafka_abort_transaction(client_.get(), 30'000)); }

}  // namespace klab
