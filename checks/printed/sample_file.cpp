#include "checks/printed/sample_file.hpp"

#include <fmt/format.h>
#include <fmt/ranges.h>

#include <algorithm>

#include "checks/counted.hpp"

namespace klab {
namespace {

std::vector<std::string> missing_fields(const FieldSet& shape, const std::vector<std::string>& wanted) {
  std::vector<std::string> missing;
  for (const std::string& field : wanted)
    if (!std::ranges::binary_search(shape.fields, field)) missing.push_back(field);
  return missing;
}

}  // namespace

Verdict sample_file(const History& history, std::string_view name, std::size_t records,
                    const std::vector<std::string>& fields) {
  Verdict verdict{.claim = fmt::format("the submission's own {} holds {} records", name, records),
                  .expected = fmt::format("{} records with the {} fields", records, fields.size())};
  const auto file = std::ranges::find(history.submitted_files, name, &SubmittedFile::name);
  if (file == history.submitted_files.end())
    return undecided(verdict, fmt::format("nobody looked for {}", name));
  const std::string hint = fmt::format("{} may be a JSON array of objects, or one JSON object a line", name);
  if (!file->problem.empty()) return refuted(verdict, fmt::format("{}: {}", name, file->problem), hint);

  verdict.judged = fmt::format("{} records", file->records);
  for (const FieldSet& shape : file->shapes)
    if (const auto missing = missing_fields(shape, fields); !missing.empty())
      add_evidence(verdict, {.lines = {file->line},
                             .note = fmt::format("{} lack{} {}; the first is record {} of the file",
                                                 counted(shape.count, "record"), shape.count == 1 ? "s" : "",
                                                 fmt::join(missing, ", "), shape.first)});

  if (file->records != records)
    return refuted(verdict, fmt::format("{} holds {} records", name, file->records), hint);
  if (!verdict.evidence.empty())
    return refuted(verdict, fmt::format("fields are missing: {}", verdict.evidence.front().note),
                   "keep all fields of a breadcrumb, also those whose value is empty");
  return holds(verdict, fmt::format("{} records with all fields", file->records));
}

}  // namespace klab
