#include "base/digest.hpp"

#include <array>
#include <cerrno>
#include <variant>
#include <vector>

#include <fcntl.h>
#include <fmt/format.h>
#include <nettle/md5.h>
#include <nettle/sha1.h>
#include <nettle/sha2.h>
#include <unistd.h>

#include "base/failure.hpp"
#include "base/handle.hpp"

namespace amphi {
namespace {

// Nettle names its functions after the digest; here they are one overload set.
void start(md5_ctx& state) {
  nettle_md5_init(&state);
}
void start(sha1_ctx& state) {
  nettle_sha1_init(&state);
}
void start(sha256_ctx& state) {
  nettle_sha256_init(&state);
}

void update(md5_ctx& state, std::size_t count, const std::uint8_t* bytes) {
  nettle_md5_update(&state, count, bytes);
}
void update(sha1_ctx& state, std::size_t count, const std::uint8_t* bytes) {
  nettle_sha1_update(&state, count, bytes);
}
void update(sha256_ctx& state, std::size_t count, const std::uint8_t* bytes) {
  nettle_sha256_update(&state, count, bytes);
}

using RawDigest = std::array<std::uint8_t, SHA256_DIGEST_SIZE>;

std::size_t finish(md5_ctx& state, RawDigest& raw) {
  nettle_md5_digest(&state, MD5_DIGEST_SIZE, raw.data());
  return MD5_DIGEST_SIZE;
}
std::size_t finish(sha1_ctx& state, RawDigest& raw) {
  nettle_sha1_digest(&state, SHA1_DIGEST_SIZE, raw.data());
  return SHA1_DIGEST_SIZE;
}
std::size_t finish(sha256_ctx& state, RawDigest& raw) {
  nettle_sha256_digest(&state, SHA256_DIGEST_SIZE, raw.data());
  return SHA256_DIGEST_SIZE;
}

using State = std::variant<md5_ctx, sha1_ctx, sha256_ctx>;

State state_of(DigestKind kind) {
  switch (kind) {
    case DigestKind::kMd5:
      return md5_ctx{};
    case DigestKind::kSha1:
      return sha1_ctx{};
    case DigestKind::kSha256:
      break;
  }
  return sha256_ctx{};
}

}  // namespace

struct Digest::Impl {
  State state;
};

Digest::Digest(DigestKind kind) : impl_(std::make_unique<Impl>(Impl{state_of(kind)})) {
  std::visit([](auto& state) { start(state); }, impl_->state);
}

Digest::Digest(Digest&&) noexcept = default;
Digest::~Digest() = default;

void Digest::add(const void* bytes, std::size_t count) {
  std::visit([&](auto& state) { update(state, count, static_cast<const std::uint8_t*>(bytes)); }, impl_->state);
}

std::string Digest::hex() {
  RawDigest raw;
  const std::size_t length = std::visit([&](auto& state) { return finish(state, raw); }, impl_->state);
  std::string text;
  for (std::size_t i = 0; i < length; ++i) text += fmt::format("{:02x}", raw[i]);
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
  return sha256_of_descriptor(file.get(), path);
}

std::string sha256_of_descriptor(int descriptor, const std::string& name) {
  posix_fadvise(descriptor, 0, 0, POSIX_FADV_SEQUENTIAL);
  Digest digest(DigestKind::kSha256);
  std::vector<char> buffer(1 << 18);
  for (;;) {
    const ssize_t count = ::read(descriptor, buffer.data(), buffer.size());
    if (count < 0 && errno == EINTR) continue;
    if (count < 0) fail_system(errno, fmt::format("cannot read {}", name));
    if (count == 0) return digest.hex();
    digest.add(buffer.data(), static_cast<std::size_t>(count));
  }
}

}  // namespace amphi
