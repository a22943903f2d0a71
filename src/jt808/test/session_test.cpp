// SPDX-License-Identifier: Apache-2.0
#include "huan/jt808/session.hpp"

#include <gtest/gtest.h>

namespace huan::jt808 {
namespace {

class Door final : public Doorkeeper {
 public:
  Answer enrol(const std::string& phone, const Registration& registration) override {
    return phone == "13912345678" && registration.terminal == "T-1"
               ? Answer{RegisterVerdict::ok, "secret"}
               : Answer{RegisterVerdict::no_terminal, ""};
  }
  bool admits(const std::string& phone, const std::string& code) override {
    return phone == "13912345678" && code == "secret";
  }
};

class SessionTest : public testing::TestWithParam<bool> {
 protected:
  [[nodiscard]] Message message(Id id, std::string body) {
    Message made;
    made.id = static_cast<std::uint16_t>(id);
    made.edition_2019 = GetParam();
    made.version = GetParam() ? 1 : 0;
    made.phone = GetParam() ? "00000000013912345678" : "013912345678";
    made.serial = ++serial_;
    made.body = std::move(body);
    return made;
  }
  Taken send(const Message& one) { return session_.take(frame(to_bytes(one))); }
  /// "8001:id:verdict" of each reply.
  static std::vector<std::string> replies(const Taken& taken) {
    std::vector<std::string> said;
    Deframer deframer;
    deframer.feed(taken.replies, [&](std::string_view bytes) {
      const Message reply = parse_message(bytes).value();
      const auto byte = [&](std::size_t at) { return static_cast<unsigned char>(reply.body[at]); };
      said.push_back(reply.id == 0x8100
                         ? "8100:" + std::to_string(byte(2)) + ":" + reply.body.substr(3)
                         : std::to_string(byte(2) * 256 + byte(3)) + ":" + std::to_string(byte(4)));
    });
    return said;
  }
  using Said = std::vector<std::string>;
  static Fix fix(std::int64_t s) {
    Fix made;
    made.time = base::Instant{1'790'000'000 + s};
    made.lat_e6 = 38'000'000;
    made.lng_e6 = 114'000'000;
    made.located = true;
    return made;
  }
  void come_in() {
    const auto taken = send(message(Id::authenticate, authentication_body("secret", GetParam())));
    EXPECT_EQ(replies(taken), (Said{"258:0"}));
    EXPECT_EQ(session_.phone(), "13912345678");
  }

  Door door_;
  Session session_{door_};
  std::uint16_t serial_{0};
};

TEST_P(SessionTest, RegistersAuthenticatesAndReports) {
  Registration registration;
  registration.terminal = "T-1";
  registration.plate =
      "\xbc\xbd"
      "A12345";
  const auto registered =
      send(message(Id::register_terminal, registration_body(registration, GetParam())));
  EXPECT_EQ(replies(registered), (Said{"8100:0:secret"}));
  come_in();
  const auto taken = send(message(Id::location, location_body(fix(0))));
  EXPECT_EQ(replies(taken), (Said{"512:0"}));
  EXPECT_EQ(taken.fixes, (std::vector{fix(0)}));
  EXPECT_EQ(replies(send(message(Id::heartbeat, ""))), (Said{"2:0"}));
  EXPECT_EQ(replies(send(message(Id{0x0F00}, ""))), (Said{"3840:3"}));
  EXPECT_EQ(replies(send(message(Id::general_reply, ""))), (Said{}));
  EXPECT_TRUE(send(message(Id::log_out, "")).close);
}

TEST_P(SessionTest, NothingIsTakenBeforeTheCode) {
  const auto taken = send(message(Id::location, location_body(fix(0))));
  EXPECT_TRUE(taken.fixes.empty());
  EXPECT_EQ(replies(taken), (Said{"512:1"}));
  const auto wrong = send(message(Id::authenticate, authentication_body("guess", GetParam())));
  EXPECT_EQ(replies(wrong), (Said{"258:1"}));
  EXPECT_TRUE(wrong.close);
  Registration other;
  other.terminal = "T-2";
  EXPECT_EQ(replies(send(message(Id::register_terminal, registration_body(other, GetParam())))),
            (Said{"8100:4:"}));
}

TEST_P(SessionTest, AnotherTerminalOnTheSameConnectionEndsIt) {
  come_in();
  Message other = message(Id::location, location_body(fix(0)));
  other.phone.back() = '9';
  const auto taken = send(other);
  EXPECT_TRUE(taken.close);
  EXPECT_TRUE(taken.fixes.empty());
}

TEST_P(SessionTest, JoinsPartsInAnyOrderAndTwice) {
  come_in();
  std::vector<Fix> fixes;
  fixes.reserve(60);
  for (int i = 0; i < 60; ++i) {
    fixes.push_back(fix(i));
  }
  const std::string body = batch_body(fixes);
  std::vector<Message> parts;
  constexpr std::size_t kSize = 700;
  const auto total = static_cast<std::uint16_t>((body.size() + kSize - 1) / kSize);
  for (std::uint16_t i = 1; i <= total; ++i) {
    parts.push_back(message(Id::location_batch, body.substr((i - 1U) * kSize, kSize)));
    parts.back().part = Part{total, i};
  }
  ASSERT_EQ(total, 3);
  EXPECT_TRUE(send(parts[2]).fixes.empty());
  EXPECT_TRUE(send(parts[0]).fixes.empty());
  EXPECT_TRUE(send(parts[0]).fixes.empty());
  EXPECT_EQ(send(parts[1]).fixes, fixes);
}

TEST_P(SessionTest, AHostileTerminalIsPutOutAndHoldsNoMemory) {
  come_in();
  Taken taken;
  for (int i = 0; i < 100 && !taken.close; ++i) {
    Message part = message(Id::location_batch, std::string(1'000, 'x'));
    part.part = Part{256, static_cast<std::uint16_t>(i + 1)};
    taken = send(part);
  }
  for (int i = 0; i < 100 && !taken.close; ++i) {
    taken = session_.take("\x7e" + std::string(50, 'x') + "\x7e");
  }
  EXPECT_TRUE(taken.close);
}

INSTANTIATE_TEST_SUITE_P(Editions, SessionTest, testing::Bool());

}  // namespace
}  // namespace huan::jt808
