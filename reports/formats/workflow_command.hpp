#pragma once

#include <string>
#include <string_view>

namespace klab {

/// A line that GitHub's runner obeys: "::error title=T::message". Title and message may be any text: they
/// become one bounded line's worth, in which the runner finds no other command and no other property. Line
/// breaks of the message stay, escaped. Escapes are those of actions/runner,
/// src/Runner.Common/ActionCommand.cs. `kind` is error, warning or notice.
std::string workflow_command(std::string_view kind, std::string_view title, std::string_view message);

/// The same text, in which the runner finds no "##[error]": it takes that for a command wherever it stands in
/// a line, and readers of our files print them in jobs of their own. A space parts each # from a [ behind it,
/// also where something that may not be visible stands between them.
std::string without_bracket_commands(std::string_view text);

}  // namespace klab
