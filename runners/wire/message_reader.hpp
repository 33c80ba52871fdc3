#pragma once

#include "runners/wire/decoded.hpp"
#include "runners/wire/value.hpp"

namespace klab {

/// More values than this in one message are refused: a hundred MiB of one-byte elements would take gigabytes
/// as a tree. The Metadata of 10,000 partitions has 90,000.
inline constexpr std::size_t kMaxValues = 200'000;

/// Reads one message of a version that the spec knows, as kafka's MessageDataGenerator.generateClassReader
/// has it. Leaves the reader behind the message; what a message is followed by is the caller's affair.
Decoded<Struct> read_message(const MessageSpec& spec, int version, ByteReader& reader);

/// The same for bytes that hold one message and nothing else.
Decoded<Struct> read_message(const MessageSpec& spec, int version, std::string_view bytes);

/// Of a message newer than the spec, what it has in common with the newest version known where new fields
/// come after the old ones: those without tags. The reader is left somewhere in the message.
Decoded<Struct> read_newer_message(const MessageSpec& spec, ByteReader& reader);

}  // namespace klab
