// SPDX-License-Identifier: Apache-2.0
// Notices about orders, payouts and points. Each follows from what is on record, so that what
// somebody reads on their page and what is sent to their phone are the same, and nothing more is
// kept about them than what they want to be sent, and when it is quiet.
//
//   notices_of(*snapshot, "130100", "r4k…");           // latest first
#pragma once

#include <set>
#include <span>
#include <string>
#include <vector>

#include "huan/app/recorder.hpp"
#include "huan/json/value.hpp"

namespace huan::app {

enum class NoticeKind : std::uint8_t {
#define HUAN_NOTICE_KIND(kind, zh, en, text_zh, text_en) kind,
#include "huan/app/notice_kinds.inc"
#undef HUAN_NOTICE_KIND
};

struct NoticeInfo {
  NoticeKind kind;
  std::string_view code;
  std::string_view zh;
  std::string_view en;
  std::string_view text_zh;
  std::string_view text_en;
};
/// Those that a resident chooses among.
[[nodiscard]] std::span<const NoticeInfo> resident_notice_kinds() noexcept;
[[nodiscard]] const NoticeInfo& info_of(NoticeKind kind) noexcept;

struct Notice {
  NoticeKind kind{NoticeKind::order_booked};
  std::string id;        ///< the same whenever it is sent
  std::string customer;  ///< party that it is for
  std::string key;
  std::string when;
  std::string what{};  ///< a device's trouble
  std::int64_t fen{0};
  std::int64_t points{0};
  base::Instant time;
  store::Seq seq{0};  ///< of the record that it follows from; 0: of none
};
[[nodiscard]] std::string text_of(const Notice& notice, bool english);
/// The same for the same thing.
[[nodiscard]] std::string notice_id(const std::string& of);

/// Whether records of this kind and key lead to notices at all.
[[nodiscard]] bool may_notify(std::string_view kind, std::string_view key);
/// What all versions of an order or a payout come to, the oldest first. Of a round:
/// notices_about_round().
[[nodiscard]] std::vector<Notice> notices_about(store::Reading& reading, const std::string& city,
                                                const std::string& kind, const std::string& key);
/// Of one resident, latest first, at most fifty.
[[nodiscard]] std::vector<Notice> notices_of(store::Reading& reading, const std::string& city,
                                             const std::string& customer);

enum class NoticeChannel : std::uint8_t {
  sms,
  wechat,  ///< by a template; the gateway knows who follows it under which phone
  none,    ///< on their page alone
  push     ///< to the browsers that they let tell them
};
[[nodiscard]] std::string_view name(NoticeChannel channel) noexcept;

/// What somebody wants to be sent; all of it stands on their page anyway.
struct NoticeChoice {
  NoticeChannel channel{NoticeChannel::sms};
  std::set<std::string> off{};     ///< kinds that are not sent
  std::int16_t quiet_from{1'320};  ///< minutes of the day; equal: never quiet
  std::int16_t quiet_to{420};
  [[nodiscard]] bool quiet_at(std::int32_t minute) const;
  [[nodiscard]] bool wants(NoticeKind kind) const;
};
[[nodiscard]] NoticeChoice notice_choice(store::ServerReading& reading, const std::string& city,
                                         const std::string& customer);
/// {"channel":"sms","off":["order_on_way"],"quiet_from":"22:00","quiet_to":"07:00"}. bad_field.
[[nodiscard]] base::Result<NoticeChoice> parse_notice_choice(json::Value data);
[[nodiscard]] std::string to_json(const NoticeChoice& choice);
/// What they chose, when their personal data is erased.
void forget_notice_choice(CityWriter& writer, const std::string& customer);
void keep_notice_choice(Recorder& recorder, const std::string& city, const std::string& customer,
                        const NoticeChoice& choice);

}  // namespace huan::app
