// SPDX-License-Identifier: Apache-2.0
#include "huan/app/notices.hpp"

#include <algorithm>
#include <array>

#include "huan/app/orders.hpp"
#include "huan/app/payouts.hpp"
#include "huan/crypto/digest.hpp"
#include "huan/json/writer.hpp"
#include "huan/registry/fields.hpp"
#include "order_shelf.hpp"

namespace huan::app {
namespace {

using base::Error;
using base::ErrorCode;
using base::Result;

constexpr auto kNoticeKinds = std::to_array<NoticeInfo>({
#define HUAN_NOTICE_KIND(kind, zh, en, text_zh, text_en) \
  {NoticeKind::kind, #kind, zh, en, text_zh, text_en},
#include "huan/app/notice_kinds.inc"
#undef HUAN_NOTICE_KIND
});
constexpr auto kOfResidents = static_cast<std::size_t>(NoticeKind::visit_missed);
constexpr auto kChannels = std::to_array<std::string_view>({"sms", "wechat", "none", "push"});
constexpr std::size_t kNoticesShown = 50;
constexpr std::size_t kOrdersLooked = 30;
constexpr std::int64_t kFenAYuan = 100;
constexpr std::string_view kPayoutRecords = "payout:";
constexpr std::string_view kRoundRecords = "route";

std::string choice_key(const std::string& customer) { return "notices:" + customer; }

/// Booked again without another time it is as before: nothing to tell.
std::optional<NoticeKind> kind_of_booked(const booking::Order& order,
                                         const std::optional<booking::Order>& before) {
  if (!before) {
    return NoticeKind::order_booked;
  }
  return before->slot == order.slot ? std::nullopt : std::optional(NoticeKind::order_moved);
}

std::optional<NoticeKind> kind_of(const booking::Order& order,
                                  const std::optional<booking::Order>& before) {
  if (order.channel == "contract") {
    return order.state == booking::State::missed ? std::optional(NoticeKind::visit_missed)
                                                 : std::nullopt;
  }
  switch (order.state) {
    case booking::State::booked:
      return kind_of_booked(order, before);
    case booking::State::cancelled:
      return NoticeKind::order_cancelled;
    case booking::State::on_way:
      return NoticeKind::order_on_way;
    case booking::State::weighed:
      return order.weighed && !order.weighed->differences.empty() ? NoticeKind::order_differs
                                                                  : NoticeKind::order_weighed;
    case booking::State::done:
      return NoticeKind::order_done;
    case booking::State::nobody_home:
    case booking::State::missed:
      return NoticeKind::order_missed;
    default:
      return std::nullopt;
  }
}

/// What the receive event gave.
std::int64_t points_in(store::RecordReading& reading, const std::string& city,
                       const std::string& event) {
  const auto id = base::Uuid::parse(event);
  const auto record = id ? reading.record(city, *id) : std::nullopt;
  const auto document =
      record ? json::Document::parse(record->body, json::kStored) : json::Document::parse("{}");
  const auto inner = document ? document->root().find("event") : std::nullopt;
  const auto points = inner && inner->is_object() ? inner->find("points") : std::nullopt;
  return points && points->is_integer() ? points->integer() : 0;
}

Notice notice_of(NoticeKind kind, const store::RegistryRow& row) {
  Notice notice;
  notice.kind = kind;
  notice.time = row.time;
  notice.seq = row.seq;
  return notice;
}

std::vector<Notice> notices_of_order(store::Reading& reading, const std::string& city,
                                     const std::vector<store::RegistryRow>& versions) {
  std::vector<Notice> notices;
  std::optional<booking::Order> before;
  for (const store::RegistryRow& row : versions) {
    auto order = data_of<booking::Order>(
        row, [](json::Value data) { return booking::parse_order(data, "/data"); });
    const auto kind = order ? kind_of(*order, before) : std::nullopt;
    if (kind) {
      Notice notice = notice_of(*kind, row);
      notice.customer = order->customer;
      notice.key = row.key;
      notice.when = base::format_day(order->slot.day) + " " +
                    booking::clock_text(order->slot.from_min) + "–" +
                    booking::clock_text(order->slot.to_min);
      notice.fen = order->weighed ? order->weighed->total.count() : 0;
      notice.points = *kind == NoticeKind::order_done ? points_in(reading, city, order->event) : 0;
      notices.push_back(std::move(notice));
    }
    before = std::move(order);
  }
  return notices;
}

std::vector<Notice> notices_of_payout(const std::vector<store::RegistryRow>& versions) {
  using rewards::PayoutState;
  std::vector<Notice> notices;
  for (const store::RegistryRow& row : versions) {
    const auto payout = data_of<rewards::Payout>(
        row, [](json::Value data) { return rewards::parse_payout(data, "/data"); });
    const PayoutState state = payout ? payout->state : PayoutState::requested;
    const bool paid = state == PayoutState::paid;
    if (!paid && state != PayoutState::refused) {
      continue;
    }
    Notice notice = notice_of(paid ? NoticeKind::payout_paid : NoticeKind::payout_refused, row);
    notice.customer = payout->customer;
    notice.key = row.key.substr(kPayoutRecords.size());
    notice.fen = payout->money.count();
    notices.push_back(std::move(notice));
  }
  return notices;
}

void append(std::vector<Notice>& all, std::vector<Notice> some) {
  std::ranges::move(some, std::back_inserter(all));
}

void put_in(std::string& text, std::string_view name, const std::string& value) {
  for (auto at = text.find(name); at != std::string::npos; at = text.find(name, at)) {
    text.replace(at, name.size(), value);
    at += value.size();
  }
}

std::string yuan_text(std::int64_t fen) {
  const std::string rest = std::to_string(fen % kFenAYuan);
  return std::to_string(fen / kFenAYuan) + "." + (rest.size() < 2 ? "0" : "") + rest;
}

}  // namespace

std::span<const NoticeInfo> resident_notice_kinds() noexcept {
  return std::span(kNoticeKinds).first(kOfResidents);
}

const NoticeInfo& info_of(NoticeKind kind) noexcept {
  return kNoticeKinds[static_cast<std::size_t>(kind)];
}

std::string text_of(const Notice& notice, bool english) {
  const NoticeInfo& info = info_of(notice.kind);
  std::string text(english ? info.text_en : info.text_zh);
  put_in(text, "{key}", notice.key);
  put_in(text, "{when}", notice.when);
  put_in(text, "{what}", notice.what);
  put_in(text, "{yuan}", yuan_text(notice.fen));
  put_in(text, "{points}", std::to_string(notice.points));
  return text;
}

std::string notice_id(const std::string& of) {
  return base::make_uuid_v8(crypto::sha256("notice " + of)).text();
}

bool may_notify(std::string_view kind, std::string_view key) {
  return kind == "order" || kind == kRoundRecords ||
         (kind == "plan" && key.starts_with(kPayoutRecords));
}

std::vector<Notice> notices_about(store::Reading& reading, const std::string& city,
                                  const std::string& kind, const std::string& key) {
  if (!may_notify(kind, key) || kind == kRoundRecords) {
    return {};
  }
  const auto versions = reading.versions(city, kind, key);
  return kind == "order" ? notices_of_order(reading, city, versions) : notices_of_payout(versions);
}

std::vector<Notice> notices_of(store::Reading& reading, const std::string& city,
                               const std::string& customer) {
  std::vector<Notice> notices;
  auto orders = orders_of_customer(reading, city, customer);
  orders.resize(std::min(orders.size(), kOrdersLooked));
  for (const KeptOrder& one : orders) {
    append(notices, notices_about(reading, city, "order", one.key));
  }
  auto payouts = payouts_of(reading, city, customer);
  payouts.resize(std::min(payouts.size(), kOrdersLooked));
  for (const KeptPayout& one : payouts) {
    append(notices, notices_about(reading, city, "plan", std::string(kPayoutRecords) + one.key));
  }
  std::ranges::sort(notices, std::greater{}, &Notice::seq);
  notices.resize(std::min(notices.size(), kNoticesShown));
  return notices;
}

std::string_view name(NoticeChannel channel) noexcept {
  return kChannels[static_cast<std::size_t>(channel)];
}

bool NoticeChoice::quiet_at(std::int32_t minute) const {
  return quiet_from <= quiet_to ? quiet_from <= minute && minute < quiet_to
                                : minute >= quiet_from || minute < quiet_to;
}

bool NoticeChoice::wants(NoticeKind kind) const {
  return channel != NoticeChannel::none && !off.contains(std::string(info_of(kind).code));
}

Result<NoticeChoice> parse_notice_choice(json::Value data) {
  registry::Fields f(data, "");
  NoticeChoice choice;
  choice.channel = static_cast<NoticeChannel>(f.optional_choice("channel", kChannels).value_or(0));
  for (std::string& kind : f.names("off", kOfResidents)) {
    const auto known = resident_notice_kinds();
    if (std::ranges::find(known, kind, &NoticeInfo::code) == known.end()) {
      f.refuse(ErrorCode::bad_field, "off", "kinds of notices");
    }
    choice.off.insert(std::move(kind));
  }
  const auto from = booking::minute_from(f.text("quiet_from", 5));
  const auto to = booking::minute_from(f.text("quiet_to", 5));
  if (!from || !to) {
    f.refuse(ErrorCode::bad_field, from ? "quiet_to" : "quiet_from", "a time like 22:00");
  }
  HUAN_CHECK(f.finish());
  choice.quiet_from = *from;
  choice.quiet_to = *to;
  return choice;
}

std::string to_json(const NoticeChoice& choice) {
  std::string out;
  json::Writer w(out);
  w.begin_object().member("channel", name(choice.channel)).key("off").begin_array();
  for (const std::string& kind : choice.off) {
    w.string(kind);
  }
  w.end_array().member("quiet_from", booking::clock_text(choice.quiet_from));
  w.member("quiet_to", booking::clock_text(choice.quiet_to)).end_object();
  return out;
}

NoticeChoice notice_choice(store::ServerReading& reading, const std::string& city,
                           const std::string& customer) {
  const auto kept = reading.setting(city, choice_key(customer));
  const auto document = json::Document::parse(kept.value_or("{}"), json::kStored);
  auto choice = document ? parse_notice_choice(document->root()) : Result<NoticeChoice>(Error{});
  return choice ? std::move(*choice) : NoticeChoice{};
}

void keep_notice_choice(Recorder& recorder, const std::string& city, const std::string& customer,
                        const NoticeChoice& choice) {
  recorder.run(city, 1, [&](CityWriter& writer) {
    writer.transaction().setting(choice_key(customer), to_json(choice));
    return true;
  });
}

void forget_notice_choice(CityWriter& writer, const std::string& customer) {
  const std::string key = choice_key(customer);
  if (writer.reading().setting(writer.setting().city, key)) {
    writer.transaction().setting(key, "");
  }
}

}  // namespace huan::app
