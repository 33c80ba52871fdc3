#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "claims/mark.hpp"

namespace klab {

/// One thing that the report says in answer to a question of the catalogue.
struct VerifiedStatement {
  std::string claim = {};          ///< id
  std::string sentence = {};       ///< in which it is said
  std::size_t begin = 0, end = 0;  ///< of the sentence, in bytes of the report
  std::size_t line = 1, column = 1;
  Mark mark = {};
};

/// A report with what was made of it. Formats only render it.
struct VerifiedReport {
  std::string file = {};                           ///< as the user named it
  std::string text = {};                           ///< of the report, or what pdftotext made of it
  std::vector<VerifiedStatement> statements = {};  ///< in the order of the text
  std::size_t sentences = 0;
  std::size_t left_alone = 0;  ///< sentences in which nothing was recognised

  std::size_t count(MarkKind kind) const;
};

/// Finds what a report says and holds it against the measurements. An explicit mark that names no claim or no
/// answer of the catalogue is a statement that is not measurable.
VerifiedReport verify_report(std::string_view text, const std::string& file, const Catalogue& catalogue,
                             const Measurements& measurements);

/// 1 when something is refuted, else 2 when something that was recognised could not be settled, else 0.
int exit_code(const VerifiedReport& report);

}  // namespace klab
