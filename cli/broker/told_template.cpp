#include "cli/broker/told_template.hpp"

#include "cli/say.hpp"

namespace klab {

BrokerTemplate told_template(JvmHost& host, const Installation& installation) {
  return broker_template(host, installation.cache, [](std::string_view what) { say("{}\n", what); });
}

}  // namespace klab
