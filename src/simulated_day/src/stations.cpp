// SPDX-License-Identifier: Apache-2.0
// What comes in at the stations while the trucks are out.
#include <array>

#include "agenda.hpp"
#include "caller.hpp"
#include "huan/base/id.hpp"
#include "huan/crypto/digest.hpp"
#include "huan/json/writer.hpp"

namespace huan::simulated_day {
namespace {

using base::Error;
using base::ErrorCode;
using base::Result;

constexpr std::int64_t kMinute = 60;
constexpr std::int64_t kLightestTicketG = 3'000;
constexpr std::int64_t kTicketSpanG = 50'000;
constexpr std::int64_t kOpensS = 8 * 3'600;
constexpr std::int64_t kClosesS = 18 * 3'600;
constexpr std::array<const char*, 6> kBrought{"paper.occ",   "paper.mixed", "paper.news",
                                              "plastic.pet", "paper.book",  "plastic.hdpe"};
constexpr std::int64_t kForPlace = 0;
constexpr std::int64_t kForKind = 1;
constexpr std::int64_t kForMass = 2;

class Clerks {
 public:
  Clerks(const DayOptions& options, std::int64_t tickets)
      : options_(options), who_{options.token, "", "", ""}, caller_(options), left_(tickets) {}

  Result<DayReport> run(base::Instant until) {
    HUAN_CHECK(caller_.each(who_, "/places?kind=station",
                            [&](json::Value item) { places_.push_back(text_at(item, "key")); }));
    if (places_.empty()) {
      return Error{ErrorCode::not_found, "", "a station"};
    }
    const std::int64_t midnight = std::int64_t{options_.day.n} * 86'400 - options_.offset_s;
    closes_s_ = midnight + kClosesS;
    agenda_.at({midnight + kOpensS}, [this]() -> Result<void> { return minute(); });
    HUAN_CHECK(agenda_.run(until));
    return report_;
  }

 private:
  Result<void> minute() {
    const std::int64_t now_s = agenda_.now().s;
    const std::int64_t minutes = (closes_s_ - now_s) / kMinute;
    const std::int64_t due = minutes <= 0 ? left_ : left_ / minutes;
    left_ -= due;
    HUAN_CHECK(post(due));
    if (left_ > 0) {
      agenda_.in(kMinute, [this]() -> Result<void> { return minute(); });
    }
    return {};
  }

  Result<void> post(std::int64_t count) {
    if (count == 0) {
      return {};
    }
    std::string body;
    json::Writer w(body);
    w.begin_array();
    for (std::int64_t i = 0; i < count; ++i) {
      write_ticket(w, number_++);
    }
    w.end_array();
    HUAN_TRY(answer, caller_.call(who_, "POST", "/events?mode=each", body));
    const json::Value results = value_at(answer.root(), "results");
    if (!answer.ok() || !results.is_array()) {
      unexpected(report_, "tickets", answer);
      return {};
    }
    for (const json::Value one : results.elements()) {
      const bool posted = text_at(one, "status") == "posted";
      posted ? ++report_.counts["posted"] : 0;
      if (!posted) {
        unexpected(report_, "ticket", {answer.status, text_at(one, "message"), "", "", {}});
      }
    }
    return {};
  }

  void write_ticket(json::Writer& w, std::int64_t n) const {
    const auto place =
        chance(options_.seed, n, kForPlace, static_cast<std::int64_t>(places_.size()));
    const auto kind =
        chance(options_.seed, n, kForKind, static_cast<std::int64_t>(kBrought.size()));
    const std::string named = "simulated day " + std::to_string(options_.seed) + " " +
                              base::format_day(options_.day) + " " + std::to_string(n);
    w.begin_object().key("from").begin_object().member("origin", "household").end_object();
    w.member("id", base::make_uuid_v8(crypto::sha256(named)).text()).key("outputs").begin_array();
    w.begin_object().member("mass_g",
                            kLightestTicketG + chance(options_.seed, n, kForMass, kTicketSpanG));
    w.member("material", kBrought.at(static_cast<std::size_t>(kind))).end_object().end_array();
    w.member("place", places_[static_cast<std::size_t>(place)]);
    w.member("time", base::format_time(clock_.now(), 0)).member("type", "receive").end_object();
  }

  const DayOptions& options_;
  Who who_;
  Caller caller_;
  std::int64_t left_;
  std::int64_t number_{0};
  std::int64_t closes_s_{0};
  std::vector<std::string> places_;
  Agenda agenda_;
  mutable base::SystemClock clock_;
  DayReport report_;
};

}  // namespace

Result<DayReport> weigh_in(const DayOptions& options, std::int64_t tickets, base::Instant until) {
  return Clerks{options, tickets}.run(until);
}

}  // namespace huan::simulated_day
