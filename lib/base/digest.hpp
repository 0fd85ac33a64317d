// Digests by nettle, streaming.
#pragma once

#include <cstddef>
#include <memory>
#include <string>
#include <string_view>

namespace amphi {

enum class DigestKind { kMd5, kSha1, kSha256 };

class Digest {
 public:
  explicit Digest(DigestKind kind);
  Digest(Digest&&) noexcept;
  ~Digest();
  void add(const void* bytes, std::size_t count);
  void add(std::string_view bytes) { add(bytes.data(), bytes.size()); }
  std::string hex();  // lower case; ends the digest

 private:
  struct Impl;
  std::unique_ptr<Impl> impl_;
};

std::string sha256_hex(std::string_view bytes);
std::string sha256_of_file(const std::string& path);                        // throws kUnavailable
std::string sha256_of_descriptor(int descriptor, const std::string& name);  // from its offset to the end

}  // namespace amphi
