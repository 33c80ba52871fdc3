#include "cli/broker/own_house.hpp"

#include "cli/broker/told_template.hpp"
#include "fixtures/brokers/container_host.hpp"

namespace klab {

OwnHouse::OwnHouse(const BrokerChoice& choice, const Installation& installation,
                   const std::filesystem::path& log)
    : host_(make_host(choice.host)),
      house_(*host_, told_template(*host_, installation),
             {.source = installation.home / "docker" / "BrokerHouse.java",
              .cache = installation.cache,
              .folder = folder_.path(),
              .log = log}) {}

}  // namespace klab
