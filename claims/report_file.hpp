#pragma once

#include <filesystem>
#include <string>

namespace klab {

/// The text of a report: of a plain text or Markdown file as it is, of a PDF what pdftotext (poppler-utils)
/// makes of it. Throws BadInput for what is no report: not there, empty, not text, larger than 16 MB, a PDF
/// where pdftotext is not installed or cannot read it.
std::string load_report(const std::filesystem::path& file);

}  // namespace klab
