// SPDX-License-Identifier: Apache-2.0
#include "huan/bins/message.hpp"

#include <gtest/gtest.h>

namespace huan::bins {
namespace {

using base::ErrorCode;
using base::Mass;

std::string up(const std::string& what) { return "huan/v1/B-7/up/" + what; }
const std::string kHead = R"({"seq":41,"at":"2026-03-01T08:30:00+08:00")";

ErrorCode code_of(const std::string& topic, const std::string& payload) {
  const auto message = parse_message(topic, payload);
  return message ? ErrorCode::internal : message.error().code;
}

TEST(Message, ReadsEachKind) {
  const auto deposit =
      parse_message(up("deposit"), kHead + R"(,"door":"1","material":"paper.mixed",)" +
                                       R"("before_g":1000,"after_g":3500,"party":"P-1"})")
          .value();
  EXPECT_EQ(deposit.device, "B-7");
  EXPECT_EQ(deposit.seq, 41);
  EXPECT_EQ(std::get<Deposit>(deposit.what).after, Mass{3'500});
  const auto status =
      parse_message(up("status"), kHead + R"(,"doors":[{"door":"1","fill_pct":93}]})").value();
  EXPECT_EQ(std::get<Status>(status.what).doors[0].percent, 93);
  const auto fault =
      parse_message(up("fault"), kHead + R"(,"code":"jam","cleared":false})").value();
  EXPECT_EQ(std::get<Fault>(fault.what).code, "jam");
  const auto done = parse_message(up("done"), kHead + R"(,"ok":true,"command":)" +
                                                  R"("018f0000-0000-7000-8000-000000000001"})")
                        .value();
  EXPECT_TRUE(std::get<Done>(done.what).ok);
  EXPECT_TRUE(
      std::holds_alternative<Heartbeat>(parse_message(up("heartbeat"), kHead + "}").value().what));
}

TEST(Message, RefusesWhatIsNotAsDocumented) {
  EXPECT_EQ(code_of("huan/v1/B-7/down/open", kHead + "}"), ErrorCode::bad_text);
  EXPECT_EQ(code_of("huan/v1/B/7/up/heartbeat", kHead + "}"), ErrorCode::bad_text);
  EXPECT_EQ(code_of("huan/v1//up/heartbeat", kHead + "}"), ErrorCode::bad_text);
  EXPECT_EQ(code_of(up("other"), kHead + "}"), ErrorCode::bad_text);
  EXPECT_EQ(code_of(up("heartbeat"), kHead + R"(,"more":1})"), ErrorCode::bad_field);
  EXPECT_EQ(code_of(up("heartbeat"), "[]"), ErrorCode::bad_field);
  EXPECT_EQ(code_of(up("heartbeat"), R"({"seq":0,"at":"2026-03-01T08:30:00+08:00"})"),
            ErrorCode::bad_number);
  EXPECT_EQ(code_of(up("heartbeat"), R"({"seq":1,"at":"yesterday"})"), ErrorCode::bad_time);
  EXPECT_EQ(code_of(up("heartbeat"), std::string(kPayloadMax + 1, ' ')), ErrorCode::too_large);
  const std::string deposit = kHead + R"(,"door":"1","material":"m","before_g":5,"after_g":)";
  EXPECT_EQ(code_of(up("deposit"), deposit + "5}"), ErrorCode::bad_number);
  EXPECT_EQ(code_of(up("deposit"), deposit + "100000001}"), ErrorCode::bad_number);
  EXPECT_EQ(code_of(up("status"), kHead + R"(,"doors":[{"door":"1","fill_pct":101}]})"),
            ErrorCode::bad_number);
}

TEST(Event, SaysTheCorrectedTimeAndKeepsTheDevices) {
  const auto message =
      parse_message(up("deposit"), kHead + R"(,"door":"1","material":"paper.mixed",)" +
                                       R"("before_g":1000,"after_g":3500})")
          .value();
  const std::string event =
      receive_event(message, std::get<Deposit>(message.what), {"S-1", "B7"}, 90,
                    *base::Uuid::parse("018f0000-0000-7000-8000-000000000001"));
  EXPECT_EQ(
      event,
      R"({"from":{"origin":"household"},"id":"018f0000-0000-7000-8000-000000000001",)"
      R"("outputs":[{"lot":"B7-41","mass_g":2500,"material":"paper.mixed"}],"place":"S-1",)"
      R"("time":"2026-03-01T00:31:30Z","type":"receive","weighings":[{"at":"2026-03-01T00:30:00Z",)"
      R"("gross_g":3500,"scale":"B-7","serial":"41","tare_g":1000}]})");
  EXPECT_EQ(answer(41, "kept", ""), R"({"seq":41,"status":"kept"})");
}

}  // namespace
}  // namespace huan::bins
