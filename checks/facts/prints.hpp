#pragma once

#include <cstddef>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "checks/facts/sample_index.hpp"
#include "checks/history/history.hpp"
#include "checks/verdict/verdict.hpp"

namespace klab {

/// Copies that the log holds of each record of the sample, by its position there.
using Places = std::vector<std::vector<const LoggedRecord*>>;

std::size_t count_of(const Places& places);

enum class Streams { both, out, err };
/// `matching` takes a record that is stored with a line break from any line.
enum class Lines { all, matching };

/// The lines that mention records, by position in the sample; a line that shows several records stands there
/// as often as it mentions one.
struct Prints {
  std::vector<std::vector<const PrintedLine*>> lines = {};
  std::size_t matched = 0;               ///< lines that were looked at
  std::size_t records = 0;               ///< mentions in them
  std::size_t records_over_lines = 0;    ///< of these, in lines that the pattern does not match
  std::size_t records_in_unmatched = 0;  ///< mentions in the others
  bool has_line_of_several = false;      ///< a line shows several records
};

Prints prints_of(const History& history, const Runs& programs, const SampleIndex& index, Lines lines,
                 Streams streams);

/// Those of these lines that begin, numbers aside, as most of them do that mention a record: without a line
/// now and then that tells of progress.
Prints alike_in(const Prints& prints);

/// How to read them: all, those on one of the streams, and, where all lines count, those alike. A program may
/// print records on one stream and tell of its progress on the other, or here and there in between.
std::vector<Prints> ways_to_read(const History& history, const Runs& programs, const SampleIndex& index,
                                 Lines lines);

/// Matching lines, unless the manifest has no pattern, or a wrong one: then it matches no line with a record
/// although the programs print records.
Lines lines_to_judge(const History& history, const Runs& programs, const SampleIndex& index);

/// How often a program mentions each record, where all lines count or a line shows several: k times, with one
/// k for all.
std::size_t times_mentioned(const Prints& prints, std::size_t stored, Lines lines);

/// A line that shows a record which its program had not been given by then, or fewer times than it shows it.
struct Forgery {
  std::size_t position = 0;  ///< in the sample
  const PrintedLine* line = nullptr;
  std::optional<Moment> given = {};  ///< when it was, later
  std::size_t times_given = 0;       ///< at any time
};

/// A program may print a record `times` times for each copy in `places` that it was given. Says nothing of
/// programs that were not heard in full.
std::vector<Forgery> forgeries(const History& history, const Prints& prints, const Places& places,
                               std::size_t times);

Evidence evidence_of(const Forgery& forgery, const SampleRecord& record);

/// Where a line stands: "line 3 of consumer-1's stderr".
std::string place_of(const PrintedLine& line);

}  // namespace klab
