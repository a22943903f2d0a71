// SPDX-License-Identifier: Apache-2.0
#include "huan/crypto/ed25519.hpp"

#include <gtest/gtest.h>

#include <algorithm>
#include <string>

#include "huan/base/text.hpp"
#include "huan/crypto/digest.hpp"

namespace huan::crypto {
namespace {

// RFC 8032, section 7.1, tests 1 and 2.
TEST(Ed25519, GivesTheStandardsSignatures) {
  struct Sample {
    std::string_view seed, key, message, signature;
  };
  for (const Sample& sample : {
           Sample{"9d61b19deffd5a60ba844af492ec2cc44449c5697b326919703bac031cae7f60",
                  "d75a980182b10ab7d54bfed3c964073a0ee172f3daa62325af021a68f707511a", "",
                  "e5564300c360ac729086e2cc806e828a84877f1eb8e5d974d873e065224901555fb8821590a33bac"
                  "c61e39701cf9b46b"
                  "d25bf5f0595bbe24655141438e7a100b"},
           Sample{"4ccd089b28ff96da9db6c346ec114e0f5b8a319f35aba624da8cf6ed4fb8a6fb",
                  "3d4017c3e843895a92b70aa74d1b7ebc9c982ccf2ec4968cc0cd55f12af4660c", "\x72",
                  "92a009a9f0d4cab8720e820b5f642540a2b27b5416503f8fb3762223ebdb69da085ac1e43e15996e"
                  "458f3613d0f11d8c"
                  "387b2eaeb4302aeeb00d291612bb0c00"},
       }) {
    const SigningKey key = SigningKey::from_seed(*digest_from_hex(sample.seed));
    EXPECT_EQ(base::hex(key.public_key()), sample.key);
    const Signature signature = key.sign(sample.message);
    EXPECT_EQ(base::hex(signature), sample.signature);
    EXPECT_TRUE(verify(key.public_key(), sample.message, signature));
  }
}

TEST(Ed25519, FindsAnyChange) {
  const SigningKey key = SigningKey::generate();
  const SigningKey other = SigningKey::generate();
  EXPECT_NE(key.seed(), other.seed());
  const Signature signature = key.sign("checkpoint");
  EXPECT_TRUE(verify(key.public_key(), "checkpoint", signature));
  EXPECT_FALSE(verify(key.public_key(), "checkpoinT", signature));
  EXPECT_FALSE(verify(other.public_key(), "checkpoint", signature));
  for (std::size_t i = 0; i < signature.size(); ++i) {
    Signature changed = signature;
    changed[i] ^= 1;
    EXPECT_FALSE(verify(key.public_key(), "checkpoint", changed)) << i;
  }
}

}  // namespace
}  // namespace huan::crypto
