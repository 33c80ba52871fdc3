#include "runners/client/admin_request.hpp"

#include <fmt/format.h>

#include <array>

#include "runners/eventually.hpp"

namespace klab::rdkafka {

using namespace std::chrono_literals;

constexpr auto kACall = 3s;

HarnessError broker_error(std::string_view what, std::string_view why) {
  return HarnessError(fmt::format("the broker did not {}: {}", what, why));
}

void check(std::string_view what, rd_kafka_resp_err_t error) {
  if (error != RD_KAFKA_RESP_ERR_NO_ERROR) throw broker_error(what, rd_kafka_err2str(error));
}

void check(std::string_view what, rd_kafka_error_t* raw) {
  const Error error(raw);
  if (error) throw broker_error(what, rd_kafka_error_string(error.get()));
}

AdminOptions admin_options(rd_kafka_t* client, rd_kafka_admin_op_t operation) {
  AdminOptions options(rd_kafka_AdminOptions_new(client, operation));
  std::array<char, 128> reason{};
  rd_kafka_AdminOptions_set_request_timeout(options.get(), milliseconds(kPatience), reason.data(),
                                            reason.size());
  return options;
}

/// What librdkafka calls it depends on whether it was connected when the time of a call was over.
bool is_over_time(rd_kafka_resp_err_t error) {
  return error == RD_KAFKA_RESP_ERR__TIMED_OUT || error == RD_KAFKA_RESP_ERR__ALL_BROKERS_DOWN;
}

rd_kafka_resp_err_t patiently(const std::function<rd_kafka_resp_err_t(int milliseconds)>& call) {
  rd_kafka_resp_err_t error{};
  const auto is_over = [&] { return !is_over_time(error = call(milliseconds(kACall))); };
  eventually(is_over, kPatience);
  return error;
}

Event ask(rd_kafka_t* client, std::string_view what, const std::function<void(rd_kafka_queue_t*)>& send) {
  const Queue queue(rd_kafka_queue_new(client));
  send(queue.get());
  Event answer;
  eventually([&] { return answer.reset(rd_kafka_queue_poll(queue.get(), 100)), answer != nullptr; },
             kPatience + 1s, 0ms);
  if (!answer) throw broker_error(what, "no answer");
  if (rd_kafka_event_error(answer.get()) != RD_KAFKA_RESP_ERR_NO_ERROR)
    throw broker_error(what, rd_kafka_event_error_string(answer.get()));
  return answer;
}

}  // namespace klab::rdkafka
