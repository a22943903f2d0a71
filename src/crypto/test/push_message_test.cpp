// SPDX-License-Identifier: Apache-2.0
#include "huan/crypto/push_message.hpp"

#include <gtest/gtest.h>

#include "huan/crypto/base64url.hpp"
#include "huan/crypto/public_signature.hpp"

namespace huan::crypto {
namespace {

std::string plain_of(std::string_view text) { return from_base64url(text).value(); }

TEST(PushMessage, IsTheOneOfTheStandardsExample) {  // RFC 8291, section 5 and appendix A
  const auto once =
      P256Secret::from_bytes(plain_of("yfWPiYE-n46HLnH0KqZOF1fJJU3MYrct3AELtAQ-oRw")).value();
  EXPECT_EQ(
      base64url(once.point()),
      "BP4z9KsN6nGRTbVYI_c7VJSPQTBtkgcy27mlmlMoZIIgDll6e3vCYLocInmYWAmS6TlzAC8wEqKK6PBru3jl7A8");
  const PushReceiver browser{
      plain_of(
          "BCVxsr7N_eNgVRqvHtD0zTZsEc6-VV-JvLexhqUzORcxaOzi6-AYWXvTBHm4bjyPjs7Vd8pZGH6SRpkNtoIA"
          "iw4"),
      plain_of("BTBZMqHH6r4Tts7J_aSIgg")};
  const auto sealed = sealed_push(browser, "When I grow up, I want to be a watermelon", once,
                                  plain_of("DGv6ra1nlYgDCS1FRnbzlw"));
  ASSERT_TRUE(sealed);
  EXPECT_EQ(
      base64url(*sealed),
      "DGv6ra1nlYgDCS1FRnbzlwAAEABBBP4z9KsN6nGRTbVYI_c7VJSPQTBtkgcy27mlmlMoZIIgDll6e3vCYLocInmY"
      "WAmS6TlzAC8wEqKK6PBru3jl7A_yl95bQpu6cVPTpK4Mqgkf1CXztLVBSt2Ks3oZwbuwXPXLWyouBWLVWGNWQexS"
      "gSxsj_Qulcy4a-fN");
}

TEST(PushMessage, IsNotMadeForWhatIsNoBrowsersKeyOrTooLong) {
  const P256Secret browser = P256Secret::generate();
  const std::string secret(kPushSecretBytes, 's');
  EXPECT_TRUE(sealed_push({browser.point(), secret}, std::string(kPushPlainMax, 'a')));
  EXPECT_FALSE(sealed_push({browser.point(), secret}, std::string(kPushPlainMax + 1, 'a')));
  EXPECT_FALSE(sealed_push({browser.point(), "short"}, "a"));
  EXPECT_FALSE(sealed_push({"short", secret}, "a"));
  std::string off_the_curve = browser.point();
  off_the_curve.back() = static_cast<char>(off_the_curve.back() ^ 1);
  EXPECT_FALSE(sealed_push({off_the_curve, secret}, "a"));
  EXPECT_FALSE(P256Secret::from_bytes(std::string(32, '\0')));
  EXPECT_FALSE(P256Secret::from_bytes(std::string(32, '\xFF')));
  EXPECT_NE(sealed_push({browser.point(), secret}, "a"),
            sealed_push({browser.point(), secret}, "a"))
      << "no salt twice";
}

TEST(PushMessage, NamesItsSenderByAWordThatTheKeyOfTheWordVerifies) {
  const P256Secret key = P256Secret::of(*Key::from_hex(std::string(64, '7')));
  const std::string word = vapid(key, {"https://push.example", "mailto:a@city.example", 1'790'000});
  const auto from = word.find("t=") + 2;
  const auto end = word.find(", k=");
  const std::string token = word.substr(from, end - from);
  EXPECT_EQ(word.substr(end + 4), base64url(key.point()));
  const auto dot = token.rfind('.');
  const std::string signature = plain_of(token.substr(dot + 1));
  EXPECT_TRUE(verifies(P256Key{key.point().substr(1, 32), key.point().substr(33)},
                       token.substr(0, dot), signature));
  EXPECT_FALSE(verifies(P256Key{key.point().substr(1, 32), key.point().substr(33)},
                        token.substr(0, dot - 1), signature));
  EXPECT_EQ(plain_of(token.substr(token.find('.') + 1, dot - token.find('.') - 1)),
            R"({"aud":"https://push.example","exp":1790000,"sub":"mailto:a@city.example"})");
}

}  // namespace
}  // namespace huan::crypto
