// compile_specs FOLDER OUTPUT: turns the message specs of a Kafka release into the tables behind
// message_specs().

#include <fstream>
#include <iostream>

#include "runners/wire/spec_compiler/table_writer.hpp"

namespace {

std::vector<klab::SpecFile> read_folder(const std::filesystem::path& folder) {
  std::vector<klab::SpecFile> files;
  for (const auto& entry : std::filesystem::directory_iterator(folder))
    if (entry.path().extension() == ".json") files.push_back(klab::read_spec_file(entry.path()));
  if (files.empty()) throw klab::SpecError(folder.string() + ": has no specs");
  return files;
}

}  // namespace

int main(int argc, char** argv) {
  if (argc != 3) {
    std::cerr << "usage: compile_specs FOLDER OUTPUT\n";
    return 64;
  }
  try {
    const std::string tables = klab::write_tables(read_folder(argv[1]));
    std::ofstream out(argv[2]);
    out << tables;
    out.close();
    if (!out) throw klab::SpecError(std::string(argv[2]) + ": cannot be written");
    return 0;
  } catch (const std::exception& error) {
    std::cerr << error.what() << '\n';
    return 1;
  }
}
