// SPDX-License-Identifier: Apache-2.0
// Residents: each proves a phone of their own, books once, and is at home when somebody comes.
#include <algorithm>
#include <array>
#include <fstream>
#include <set>

#include "agenda.hpp"
#include "caller.hpp"
#include "huan/base/id.hpp"
#include "huan/base/text.hpp"
#include "huan/crypto/digest.hpp"
#include "huan/json/writer.hpp"

namespace huan::simulated_day {
namespace {

using base::Error;
using base::ErrorCode;
using base::Result;

constexpr std::int64_t kPollS = 300;      // how often somebody looks at their order
constexpr std::int64_t kCancelsOf = 100;  // one in so many
constexpr std::int64_t kObjectsOf = 50;
constexpr std::int64_t kWithdrawsOf = 4;
constexpr std::int64_t kPhotoOf = 5;
/// Two pixels by two.
constexpr const char* kPhoto =
    "iVBORw0KGgoAAAANSUhEUgAAAAIAAAACCAIAAAD91JpzAAAAEElEQVR4nGPgzvMHIgYIBQAU3gMhyntjnAAAAABJRU5E"
    "rkJggg==";
constexpr std::int64_t kTriesMax = 12;  // places asked for a free window
constexpr std::int64_t kLightestOrderG = 4'000;
constexpr std::int64_t kOrderSpanG = 30'000;
constexpr std::array<const char*, 6> kKinds{"paper.occ",   "paper.book", "paper.mixed",
                                            "plastic.pet", "paper.news", "plastic.hdpe"};
enum class OfResident : std::uint8_t {
  place,
  slot,
  kind,
  mass,
  cancels,
  objects,
  withdraws,
  photo
};

/// Codes as they arrive at the end of the outbox, which begins with the first message.
class Phone {
 public:
  explicit Phone(std::string outbox) : outbox_(std::move(outbox)) {
    std::ifstream file(outbox_, std::ios::binary | std::ios::ate);
    read_ = file ? file.tellg() : std::streampos{0};
  }
  std::string code_for(const std::string& phone) {
    std::ifstream file(outbox_, std::ios::binary);
    file.seekg(read_);
    for (std::string line; std::getline(file, line) && !file.eof();) {
      read_ = file.tellg();
      const auto message = json::Document::parse(line);
      if (message && text_at(message->root(), "kind") == "phone_code") {
        codes_[text_at(message->root(), "phone")] = text_at(message->root(), "code");
      }
    }
    const auto found = codes_.find(phone);
    return found == codes_.end() ? "" : found->second;
  }

 private:
  std::string outbox_;
  std::streampos read_;
  std::map<std::string, std::string> codes_;
};

std::string phone_of(std::int64_t n) {
  const std::string digits = std::to_string(n);
  return "138" + std::string(8 - digits.size(), '0') + digits;
}

/// Each has a line of their own; a proxy would tell its address.
std::string address_of(std::int64_t n) {
  return "10." + std::to_string(n / 65'536) + "." + std::to_string(n / 256 % 256) + "." +
         std::to_string(n % 256);
}

std::string phone_body(const std::string& phone, const std::string& code) {
  std::string body;
  json::Writer w(body);
  w.begin_object().member("phone", phone);
  if (!code.empty()) {
    w.member("code", code);
  }
  w.end_object();
  return body;
}

class Residents {
 public:
  Residents(const DayOptions& options, const ResidentOptions& residents)
      : options_(options), residents_(residents), caller_(options), phone_(residents.outbox) {}

  Result<DayReport> book() {
    std::vector<std::string> places;
    HUAN_CHECK(caller_.each({options_.token, "", "", ""}, "/places?kind=station",
                            [&](json::Value item) { places.push_back(text_at(item, "key")); }));
    if (places.empty()) {
      return Error{ErrorCode::not_found, "", "a station"};
    }
    for (std::int64_t n = 0; n < residents_.orders; ++n) {
      HUAN_TRY(who, log_in(n));
      if (!who.cookie.empty()) {
        HUAN_CHECK(book_one(n, who, places));
      }
    }
    return report_;
  }

  Result<DayReport> wait(base::Instant until) {
    const std::string today = base::format_day(options_.day);
    HUAN_TRY(orders, caller_.call({options_.token, "", "", ""}, "GET", "/orders?day=" + today));
    const json::Value booked = value_at(orders.root(), "items");
    if (!orders.ok() || !booked.is_array()) {
      return Error{ErrorCode::unreachable, "/orders", orders.body};
    }
    for (const json::Value item : booked.elements()) {
      windows_.insert(from_minute(item));
    }
    const std::int64_t first = windows_.empty() ? 0 : *windows_.begin() * 60;
    for (std::int64_t n = 0; n < residents_.orders; ++n) {
      // Not all at the same second.
      agenda_.at({midnight() + first - 1'800 + n * 1'800 / residents_.orders},
                 [this, n]() -> Result<void> { return come_home(n); });
    }
    HUAN_CHECK(agenda_.run(until));
    report_.counts["still_waiting"] = waiting_;
    return report_;
  }

 private:
  [[nodiscard]] std::int64_t midnight() const {
    return std::int64_t{options_.day.n} * 86'400 - options_.offset_s;
  }

  static std::int64_t from_minute(json::Value item) {
    const std::string from = text_at(value_at(value_at(item, "order"), "slot"), "from");
    return from.size() == 5 ? ((from[0] - '0') * 10 + from[1] - '0') * 60 : 0;
  }

  Result<Who> log_in(std::int64_t n) {
    const Who nobody{"", "", "", address_of(n)};
    const std::string phone = phone_of(n);
    HUAN_TRY(asked, caller_.call(nobody, "POST", "/residents/code", phone_body(phone, "")));
    if (!asked.ok()) {
      unexpected(report_, "code for " + phone, asked);
      return Who{};
    }
    HUAN_TRY(entered, caller_.call(nobody, "POST", "/residents/session",
                                   phone_body(phone, phone_.code_for(phone))));
    if (!entered.ok()) {
      unexpected(report_, "login of " + phone, entered);
      return Who{};
    }
    return logged_in(entered, address_of(n));
  }

  [[nodiscard]] std::int64_t draw(std::int64_t n, OfResident what, std::int64_t below,
                                  std::int64_t turn = 0) const {
    return chance(options_.seed, n, turn * 16 + static_cast<std::int64_t>(what), below);
  }

  Result<void> book_one(std::int64_t n, const Who& who, const std::vector<std::string>& places) {
    for (std::int64_t turn = 0; turn < kTriesMax; ++turn) {
      const auto at = draw(n, OfResident::place, static_cast<std::int64_t>(places.size()), turn);
      const std::string& place = places[static_cast<std::size_t>(at)];
      HUAN_TRY(from, free_window(n, place, turn));
      if (from.empty()) {
        continue;
      }
      HUAN_TRY(photo, send_photo(n, who));
      HUAN_TRY(booked, caller_.call(who, "POST", "/orders", order_body(n, {place, from, photo})));
      if (!booked.ok()) {
        unexpected(report_, "order of " + phone_of(n), booked);
        return {};
      }
      ++report_.counts["booked"];
      return draw(n, OfResident::cancels, kCancelsOf) == 0
                 ? cancel(who, text_at(booked.root(), "key"))
                 : Result<void>();
    }
    ++report_.counts["found_no_window"];
    return {};
  }

  /// Its digest; empty: without one.
  Result<std::string> send_photo(std::int64_t n, const Who& who) {
    if (draw(n, OfResident::photo, kPhotoOf) != 0) {
      return std::string();
    }
    HUAN_TRY(sent, caller_.call(who, "POST", "/order-photos",
                                base::unbase64(kPhoto).value_or(std::string())));
    sent.ok() ? ++report_.counts["photos"] : 0;
    if (!sent.ok()) {
      unexpected(report_, "photo of " + phone_of(n), sent);
    }
    return text_at(sent.root(), "sha256");
  }

  Result<void> cancel(const Who& who, const std::string& key) {
    HUAN_TRY(gone, caller_.call(who, "POST", "/orders/" + key + "/moves/cancelled",
                                R"({"reason":"changed_mind"})"));
    gone.ok() ? ++report_.counts["cancelled"] : 0;
    if (!gone.ok()) {
      unexpected(report_, "cancelling " + key, gone);
    }
    return {};
  }

  Result<std::string> free_window(std::int64_t n, const std::string& place, std::int64_t turn) {
    HUAN_TRY(slots, caller_.call({}, "GET", "/slots?place=" + place));
    std::vector<std::string> free;
    const json::Value items = value_at(slots.root(), "items");
    if (!slots.ok() || !items.is_array()) {
      unexpected(report_, "slots of " + place, slots);
      return std::string{};
    }
    for (const json::Value slot : items.elements()) {
      if (text_at(slot, "day") == base::format_day(options_.day) && integer_at(slot, "free") > 0) {
        free.push_back(text_at(slot, "from"));
      }
    }
    const auto count = static_cast<std::int64_t>(free.size());
    return free.empty() ? std::string()
                        : free[static_cast<std::size_t>(draw(n, OfResident::slot, count, turn))];
  }

  struct Wish {
    const std::string& place;
    const std::string& from;
    const std::string& photo;
  };
  [[nodiscard]] std::string order_body(std::int64_t n, const Wish& wish) const {
    const auto kind = static_cast<std::size_t>(
        draw(n, OfResident::kind, static_cast<std::int64_t>(kKinds.size())));
    std::string body;
    json::Writer w(body);
    w.begin_object().member("address", std::to_string(n % 40 + 1) + " 号楼 101");
    w.member("called", "住户 " + std::to_string(n)).key("lines").begin_array().begin_object();
    w.member("estimate_g", kLightestOrderG + draw(n, OfResident::mass, kOrderSpanG));
    w.member("material", kKinds.at(kind));
    if (!wish.photo.empty()) {
      w.member("photo", wish.photo);
    }
    w.end_object().end_array().member("place", wish.place);
    w.key("slot").begin_object().member("day", base::format_day(options_.day));
    w.member("from", wish.from).end_object().end_object();
    return body;
  }

  Result<void> come_home(std::int64_t n) {
    HUAN_TRY(who, log_in(n));
    if (!who.cookie.empty()) {
      ++waiting_;
      return look(n, who);
    }
    return {};
  }

  Result<void> look(std::int64_t n, const Who& who) {
    HUAN_TRY(mine, caller_.call(who, "GET", "/orders"));
    if (mine.status == 401) {  // the login ended for want of use
      --waiting_;
      return come_home(n);
    }
    const json::Value items = value_at(mine.root(), "items");
    if (!mine.ok() || !items.is_array()) {
      unexpected(report_, "orders of " + phone_of(n), mine);
      --waiting_;
      return {};
    }
    for (const json::Value item : items.elements()) {
      const std::string state = text_at(value_at(item, "order"), "state");
      if (state == "weighed") {
        HUAN_CHECK(answer(n, who, text_at(item, "key")));
        break;
      }
      if (state == "booked" || state == "planned" || state == "on_way") {
        const base::Instant begins{midnight() + from_minute(item) * 60};
        agenda_.at(std::max(begins, {agenda_.now().s + kPollS}),
                   [this, n, who]() -> Result<void> { return look(n, who); });
        return {};
      }
      ++report_.counts[state];
    }
    --waiting_;
    return {};
  }

  Result<void> answer(std::int64_t n, const Who& who, const std::string& key) {
    const bool agrees = draw(n, OfResident::objects, kObjectsOf) != 0;
    const std::string to = agrees ? "done" : "returned";
    HUAN_TRY(said, caller_.call(who, "POST", "/orders/" + key + "/moves/" + to, "{}"));
    said.ok() ? ++report_.counts[to] : 0;
    if (!said.ok()) {  // the driver was quicker: look again what it is now
      ++report_.counts["overtaken"];
      ++waiting_;
      agenda_.in(kPollS, [this, n, who]() -> Result<void> { return look(n, who); });
    }
    return said.ok() && agrees && draw(n, OfResident::withdraws, kWithdrawsOf) == 0
               ? withdraw(n, who)
               : Result<void>();
  }

  /// All points at once, to an account that is made up; what one was told of is read before.
  Result<void> withdraw(std::int64_t n, const Who& who) {
    HUAN_TRY(told, caller_.call(who, "GET", "/residents/notices"));
    const json::Value items = value_at(told.root(), "items");
    report_.counts["notices_read"] +=
        told.ok() && items.is_array() ? static_cast<std::int64_t>(items.size()) : 0;
    HUAN_TRY(held, caller_.call(who, "GET", "/points"));
    const std::int64_t points = held.ok() ? integer_at(held.root(), "points") : 0;
    if (points == 0) {
      return {};
    }
    std::string body;
    json::Writer w(body);
    w.begin_object().member("account", "62220212345" + phone_of(n)).member("amount", points);
    w.member("id", base::make_uuid_v8(crypto::sha256("payout " + phone_of(n))).text());
    w.member("name", "住户 " + std::to_string(n)).member("what", "points").end_object();
    HUAN_TRY(asked, caller_.call(who, "POST", "/payouts", body));
    asked.ok() ? ++report_.counts["payouts_asked"] : 0;
    if (!asked.ok()) {
      unexpected(report_, "payout of " + phone_of(n), asked);
    }
    return {};
  }

  const DayOptions& options_;
  const ResidentOptions& residents_;
  Caller caller_;
  Phone phone_;
  Agenda agenda_;
  DayReport report_;
  std::set<std::int64_t> windows_;
  std::int64_t waiting_{0};
};

}  // namespace

Result<DayReport> book_orders(const DayOptions& options, const ResidentOptions& residents) {
  return Residents{options, residents}.book();
}

Result<DayReport> wait_at_home(const DayOptions& options, const ResidentOptions& residents,
                               base::Instant until) {
  return Residents{options, residents}.wait(until);
}

}  // namespace huan::simulated_day
