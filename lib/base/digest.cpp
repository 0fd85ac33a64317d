#include "base/digest.hpp"

#include <cerrno>
#include <new>
#include <vector>

#include <fcntl.h>
#include <fmt/format.h>
#include <openssl/evp.h>
#include <unistd.h>

#include "amphi/error.hpp"
#include "base/failure.hpp"
#include "base/handle.hpp"

namespace amphi {
namespace {

const EVP_MD* algorithm_of(DigestKind kind) {
  switch (kind) {
    case DigestKind::kMd5:
      return EVP_md5();
    case DigestKind::kSha1:
      return EVP_sha1();
    case DigestKind::kSha256:
      return EVP_sha256();
  }
  return nullptr;
}

void check(int result) {
  if (result == 1) return;
  throw Error(ErrorKind::kUnexpected, "libcrypto refuses a digest",
              "a FIPS policy may forbid MD5 and SHA-1; look at openssl.cnf");
}

}  // namespace

struct Digest::Impl {
  std::unique_ptr<EVP_MD_CTX, decltype(&EVP_MD_CTX_free)> context{EVP_MD_CTX_new(), &EVP_MD_CTX_free};
};

Digest::Digest(DigestKind kind) : impl_(std::make_unique<Impl>()) {
  if (!impl_->context) throw std::bad_alloc();
  check(EVP_DigestInit_ex(impl_->context.get(), algorithm_of(kind), nullptr));
}

Digest::Digest(Digest&&) noexcept = default;
Digest::~Digest() = default;

void Digest::add(const void* bytes, std::size_t count) {
  check(EVP_DigestUpdate(impl_->context.get(), bytes, count));
}

std::string Digest::hex() {
  unsigned char raw[EVP_MAX_MD_SIZE];
  unsigned length = 0;
  check(EVP_DigestFinal_ex(impl_->context.get(), raw, &length));
  std::string text;
  for (unsigned i = 0; i < length; ++i) text += fmt::format("{:02x}", raw[i]);
  return text;
}

std::string sha256_hex(std::string_view bytes) {
  Digest digest(DigestKind::kSha256);
  digest.add(bytes);
  return digest.hex();
}

std::string sha256_of_file(const std::string& path) {
  const Handle file(::open(path.c_str(), O_RDONLY | O_CLOEXEC));
  if (!file) fail_system(errno, fmt::format("cannot open {}", path));
  posix_fadvise(file.get(), 0, 0, POSIX_FADV_SEQUENTIAL);
  Digest digest(DigestKind::kSha256);
  std::vector<char> buffer(1 << 18);
  for (;;) {
    const ssize_t count = ::read(file.get(), buffer.data(), buffer.size());
    if (count < 0 && errno == EINTR) continue;
    if (count < 0) fail_system(errno, fmt::format("cannot read {}", path));
    if (count == 0) return digest.hex();
    digest.add(buffer.data(), static_cast<std::size_t>(count));
  }
}

}  // namespace amphi
