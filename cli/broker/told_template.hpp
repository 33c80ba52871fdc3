#pragma once

#include "cli/installation.hpp"
#include "fixtures/brokers/broker_template.hpp"

namespace klab {

/// `broker_template` of klab's cache; a user who has to wait for one to be made is told.
BrokerTemplate told_template(JvmHost& host, const Installation& installation);

}  // namespace klab
