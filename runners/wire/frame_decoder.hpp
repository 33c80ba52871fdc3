#pragma once

#include "runners/wire/conversation.hpp"

namespace klab {

/// One request frame by itself. The first eight bytes are the same in every version of every API; where more
/// is not understood, the body is missing and why_opaque says why.
Spoken decode_request(std::string_view frame);

/// One response frame; what asked for it says how to read it.
Spoken decode_response(std::string_view frame, int api_key, int api_version);

}  // namespace klab
