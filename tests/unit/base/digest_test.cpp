#include "base/digest.hpp"

#include <gtest/gtest.h>

#include "amphi/error.hpp"
#include "scratch.hpp"

namespace amphi {
namespace {

std::string hex_of(DigestKind kind, std::string_view bytes) {
  Digest digest(kind);
  digest.add(bytes);
  return digest.hex();
}

// RFC 1321 and FIPS 180-2.
TEST(Digest, gives_the_published_vectors) {
  EXPECT_EQ(hex_of(DigestKind::kMd5, "abc"), "900150983cd24fb0d6963f7d28e17f72");
  EXPECT_EQ(hex_of(DigestKind::kSha1, "abc"), "a9993e364706816aba3e25717850c26c9cd0d89d");
  EXPECT_EQ(hex_of(DigestKind::kSha256, "abc"), "ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad");
  EXPECT_EQ(sha256_hex(""), "e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855");
}

TEST(Digest, does_not_mind_pieces) {
  Digest pieces(DigestKind::kSha256);
  for (char c : std::string_view("abc")) pieces.add(&c, 1);
  EXPECT_EQ(pieces.hex(), sha256_hex("abc"));
}

TEST(Digest, of_a_file_is_that_of_its_bytes) {
  const test::Scratch scratch;
  const std::string bytes(1'000'003, 'x');
  scratch.write("file", bytes);
  EXPECT_EQ(sha256_of_file(scratch.path("file")), sha256_hex(bytes));
  EXPECT_THROW(sha256_of_file(scratch.path("none")), Error);
  EXPECT_THROW(sha256_of_file(scratch.path()), Error);  // a folder opens, but does not read
}

}  // namespace
}  // namespace amphi
