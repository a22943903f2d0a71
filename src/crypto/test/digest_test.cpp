// SPDX-License-Identifier: Apache-2.0
#include "huan/crypto/digest.hpp"

#include <gtest/gtest.h>

#include "huan/crypto/random.hpp"

namespace huan::crypto {
namespace {

// FIPS 180-4 examples.
TEST(Sha256, GivesTheStandardsDigests) {
  EXPECT_EQ(hex(sha256("")), "e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855");
  EXPECT_EQ(hex(sha256("abc")), "ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad");
  EXPECT_EQ(hex(sha256("abcdbcdecdefdefgefghfghighijhijkijkljklmklmnlmnomnopnopq")),
            "248d6a61d20638b8e5c026930c3e6039a33ce45964ff2167f6ecedd419db06c1");
  EXPECT_EQ(hex(sha256(std::string(1000000, 'a'))),
            "cdc76e5c9914fb9281a1c7e284d73e67f1809a48a497200e046d39ccc7112cd0");
}

TEST(Sha256, IsTheSameInParts) {
  const std::string text = random_bytes(1000);
  for (const std::size_t cut : {0U, 1U, 63U, 64U, 126U, 127U, 128U, 500U, 1000U}) {
    const std::string_view a = std::string_view(text).substr(0, cut);
    const std::string_view b = std::string_view(text).substr(cut, 300);
    const std::string whole = "\x01" + std::string(a) + std::string(b);
    EXPECT_EQ(sha256(1, a, b), sha256(whole)) << cut;
    Sha256 stream;
    stream.update("\x01");
    stream.update(a);
    stream.update(b);
    EXPECT_EQ(stream.finish(), sha256(whole));
    stream.update("abc");
    EXPECT_EQ(stream.finish(), sha256("abc"));
  }
}

// RFC 4231, cases 1, 2 and 6.
TEST(Hmac, GivesTheStandardsDigests) {
  EXPECT_EQ(hex(hmac_sha256(std::string(20, '\x0b'), "Hi There")),
            "b0344c61d8db38535ca8afceaf0bf12b881dc200c9833da726e9376c2e32cff7");
  EXPECT_EQ(hex(hmac_sha256("Jefe", "what do ya want for nothing?")),
            "5bdcc146bf60754e6a042426089575c75a003f089d2739839dec58b964ec3843");
  EXPECT_EQ(hex(hmac_sha256(std::string(131, '\xaa'),
                            "Test Using Larger Than Block-Size Key - Hash Key First")),
            "60e431591ee0b67f0d8a26aacbf5b77f8e0bc6213728c5140546040f0ee37f54");
}

TEST(Hmac, TakesAnEmptyKey) {
  EXPECT_EQ(hex(hmac_sha256({}, {})),
            "b613679a0814d9ec772f95d778c35fc5ff1697c493715653c6c712144292c5ad");
}

TEST(Digest, ReadsItsOwnText) {
  const Digest digest = sha256("abc");
  EXPECT_EQ(digest_from_hex(hex(digest)), digest);
  EXPECT_EQ(digest_from_bytes(bytes(digest)), digest);
  EXPECT_FALSE(digest_from_hex("ba78").has_value());
  EXPECT_FALSE(digest_from_hex(std::string(64, 'g')).has_value());
  EXPECT_FALSE(digest_from_bytes("short").has_value());
}

TEST(Compare, SeesEveryDifference) {
  EXPECT_TRUE(equal_in_constant_time("", ""));
  EXPECT_TRUE(equal_in_constant_time("token", "token"));
  EXPECT_FALSE(equal_in_constant_time("token", "tokem"));
  EXPECT_FALSE(equal_in_constant_time("token", "token1"));
}

}  // namespace
}  // namespace huan::crypto
