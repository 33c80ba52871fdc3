#pragma once

#include <chrono>
#include <functional>
#include <string_view>

#include "checks/errors.hpp"
#include "runners/client/rdkafka.hpp"

namespace klab::rdkafka {

/// How long a broker of the grader's own may take for an answer.
constexpr std::chrono::seconds kPatience{30};

/// "the broker did not WHAT: WHY"
HarnessError broker_error(std::string_view what, std::string_view why);

/// Throws it when there is an error; takes the second kind over.
void check(std::string_view what, rd_kafka_resp_err_t error);
void check(std::string_view what, rd_kafka_error_t* raw);

AdminOptions admin_options(rd_kafka_t* client, rd_kafka_admin_op_t operation);

/// Makes a call that waits for the broker over and over while it ends with its time over, each for a few
/// seconds, so that a stop that is asked for is not kept waiting. Its last error; throws Interrupted.
rd_kafka_resp_err_t patiently(const std::function<rd_kafka_resp_err_t(int milliseconds)>& call);

/// Sends an admin request and waits for its answer. Throws HarnessError when there is none in time, or it is
/// an error as a whole, Interrupted; what became of each part of it is for the caller to look at.
Event ask(rd_kafka_t* client, std::string_view what, const std::function<void(rd_kafka_queue_t*)>& send);

}  // namespace klab::rdkafka
