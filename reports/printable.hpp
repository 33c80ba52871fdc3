#pragma once

#include <cstddef>
#include <string>
#include <string_view>

namespace klab {

// What a program printed may be any bytes. These functions make text of them that a terminal, a browser and
// an XML parser can only show, never obey. Each returns valid UTF-8; an invalid byte becomes U+FFFD.

/// Without the escape sequences that colour, move or rename things in a terminal. One that never ends loses
/// only its escape character, so that nothing can be hidden behind it. The rest is left as it is.
std::string without_ansi(std::string_view raw);

/// For documents: without escape sequences, control characters (but tab and newline), changes of writing
/// direction and noncharacters. CR and CR LF become newlines.
std::string plain_text(std::string_view raw);

/// For terminals and for output that is evidence: what plain_text would drop is spelled out, as in \x1b or
/// \u202e.
std::string visible_text(std::string_view raw);

/// Every run of white space as one space, none at the ends.
std::string one_line(std::string_view text);

/// At most about `most` bytes: what is too much goes from the middle, and its place says how much that was.
std::string shortened(std::string_view text, std::size_t most);

}  // namespace klab
