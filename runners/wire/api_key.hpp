#pragma once

namespace klab {

/// The APIs that have to be known by their number; for all others name_of_api() does.
inline constexpr int kProduceKey = 0, kFetchKey = 1, kMetadataKey = 3, kSaslHandshakeKey = 17,
                     kApiVersionsKey = 18;

}  // namespace klab
