#include "runners/submission/content_digest.hpp"

#include <fmt/format.h>
#include <openssl/evp.h>

#include <array>
#include <fstream>

#include "checks/errors.hpp"

namespace klab {

struct ContentDigest::State {
  EVP_MD_CTX* context = EVP_MD_CTX_new();
  ~State() { EVP_MD_CTX_free(context); }
};

ContentDigest::ContentDigest() : state_(std::make_unique<State>()) {
  if (EVP_DigestInit_ex(state_->context, EVP_sha256(), nullptr) != 1)
    throw HarnessError("OpenSSL has no SHA-256");
}

ContentDigest::~ContentDigest() = default;

void ContentDigest::add(std::string_view part) {
  const std::string length = fmt::format("{}:", part.size());
  EVP_DigestUpdate(state_->context, length.data(), length.size());
  EVP_DigestUpdate(state_->context, part.data(), part.size());
}

void ContentDigest::add_file(const std::filesystem::path& file) {
  std::ifstream in(file, std::ios::binary);
  if (!in) throw HarnessError(fmt::format("cannot read {}", file.string()));
  std::array<char, 65536> buffer;
  while (in.read(buffer.data(), buffer.size()), in.gcount() > 0)
    add(std::string_view(buffer.data(), static_cast<std::size_t>(in.gcount())));
  add({});
}

std::string ContentDigest::finish() {
  std::array<unsigned char, EVP_MAX_MD_SIZE> bytes{};
  unsigned int size = 0;
  EVP_DigestFinal_ex(state_->context, bytes.data(), &size);
  std::string text;
  for (unsigned int i = 0; i < size; ++i) text += fmt::format("{:02x}", bytes[i]);
  return text;
}

}  // namespace klab
