// SPDX-License-Identifier: Apache-2.0
// Complaints from the public, without a name: a tracking number that is shown once is all that who
// complains has, and all that is asked for afterwards. What is written is looked at for numbers of
// persons before it is kept, since what is in the log stays there.
#include <algorithm>
#include <array>
#include <mutex>

#include "huan/app/file_dossier.hpp"
#include "huan/crypto/digest.hpp"
#include "huan/crypto/random.hpp"
#include "huan/dossiers/fields.hpp"
#include "huan/json/writer.hpp"
#include "object_body.hpp"
#include "public_city.hpp"
#include "rules_shelf.hpp"
#include "session_cookie.hpp"

namespace huan::http {
namespace {

constexpr std::int64_t kWindowS = 3'600;
constexpr std::size_t kOfAddress = 5;  ///< in a window; many may share one
constexpr std::size_t kOfAll = 200;    ///< so that nobody fills the log
constexpr std::size_t kAskedOfAddress = 120;
constexpr std::size_t kAddressesMax = 20'000;
constexpr std::size_t kWhatMin = 10;  ///< bytes
constexpr std::size_t kTrackingBytes = 10;
constexpr std::size_t kKeyDigits = 20;
constexpr std::size_t kPhoneDigits = 11;

/// How often an address came lately. Safe to use from several threads.
class Turnstile {
 public:
  explicit Turnstile(std::size_t of_address, std::size_t of_all)
      : of_address_(of_address), of_all_(of_all) {}

  /// too_many_requests with the seconds to wait.
  Result<void> pass(const std::string& address, base::Instant now) {
    const std::lock_guard lock(mutex_);
    forget(now);
    auto& own = seen_[address];
    if (own.size() >= of_address_ || total_ >= of_all_) {
      const std::int64_t since = own.empty() ? 0 : now.s - own.front().s;
      return Error{ErrorCode::too_many_requests, "", std::to_string(kWindowS - since) + " s"};
    }
    own.push_back(now);
    ++total_;
    return {};
  }

 private:
  void forget(base::Instant now) {
    if (now.s < swept_.s + 1 && seen_.size() < kAddressesMax) {
      return;
    }
    swept_ = now;
    total_ = 0;
    for (auto one = seen_.begin(); one != seen_.end();) {
      std::erase_if(one->second, [&](base::Instant at) { return at.s + kWindowS <= now.s; });
      total_ += one->second.size();
      one = one->second.empty() ? seen_.erase(one) : std::next(one);
    }
  }

  std::size_t of_address_;
  std::size_t of_all_;
  std::mutex mutex_;
  std::map<std::string, std::vector<base::Instant>> seen_;
  std::size_t total_{0};
  base::Instant swept_;
};

/// A run of so many digits is a phone, a card or a person's number.
bool names_a_person(std::string_view text) {
  std::size_t run = 0;
  for (const char c : text) {
    run = c >= '0' && c <= '9' ? run + 1 : (c == ' ' || c == '-') && run > 0 ? run : 0;
    if (run >= kPhoneDigits) {
      return true;
    }
  }
  return false;
}

/// Letters that are not taken for each other, five bits each.
std::string new_tracking() {
  constexpr std::string_view kLetters = "abcdefghjkmnpqrstuvwxyz23456789";
  std::string out;
  for (const char byte : crypto::random_bytes(kTrackingBytes * 2)) {
    out += kLetters[static_cast<unsigned char>(byte) % kLetters.size()];
  }
  return out;
}

std::string complaint_key(std::string_view tracking) {
  return "complaint:" + crypto::hex(crypto::sha256(tracking)).substr(0, kKeyDigits);
}

struct ComplaintRoom {
  explicit ComplaintRoom(Context& given) : context(given) {}
  Context& context;
  RulesShelf shelf;
  Turnstile filing{kOfAddress, kOfAll};
  Turnstile asking{kAskedOfAddress, kAskedOfAddress* kOfAll};
};

registry::Dossier complaint_of(const store::CityRow& city, const std::string& what,
                               const std::string& day) {
  registry::Dossier dossier;
  dossier.type = "complaint";
  dossier.about_kind = "city";
  dossier.about = city.city;
  dossier.state = "filed";
  dossier.fields["anonymous"] = true;
  dossier.fields["day"] = day;
  dossier.fields["what"] = what;
  return dossier;
}

Result<Response> file_complaint(ComplaintRoom& room, const Request& request) {
  HUAN_CHECK(from_no_other_site(request));
  HUAN_CHECK(check_parameters(request, {"city"}));
  HUAN_TRY(body, ObjectBody::parse(request, {"place", "what"}));
  const auto reading = room.context.parts.store.snapshot();
  HUAN_TRY(city, public_city(request, *reading));
  HUAN_TRY(what, body.text("what"));
  HUAN_TRY(place, body.optional_text("place"));
  if (what.size() < kWhatMin) {
    return Error{ErrorCode::bad_text, "/what", "what is complained of, in a sentence"};
  }
  if (names_a_person(what)) {
    return Error{ErrorCode::bad_text, "/what", "no numbers of phones, cards or persons"};
  }
  const base::Instant now = room.context.parts.clock.now();
  const auto row = place.empty() ? std::nullopt : reading->registered(city.city, "place", place);
  if (!place.empty() && !row) {
    return Error{ErrorCode::unknown_place, "/place", place};
  }
  const base::Day today = base::day_of(now, city.offset_s);
  HUAN_TRY(rules, room.shelf.at(*reading, city, today));
  if (!rules) {
    return Error{ErrorCode::not_found, "", "no rules are on record"};
  }
  HUAN_CHECK(room.filing.pass(request.remote, now));
  const std::string tracking = new_tracking();
  registry::Dossier dossier = complaint_of(city, what, base::format_day(today));
  if (row) {
    dossier.about_kind = "place";
    dossier.about = row->key;
    dossier.district = row->district;
  }
  app::DossierPut put;
  put.city = city.city;
  put.key = complaint_key(tracking);
  put.data = registry::to_json(dossier);
  put.based_on = 0;
  put.role = "public";
  put.by = {"public"};
  put.day = today;
  HUAN_CHECK(app::file_dossier(room.context.parts.recorder, rules->rules.duties, put));
  std::string out;
  json::Writer w(out);
  w.begin_object().member("tracking", tracking).end_object();
  auto response = http_server::json_response(201, std::move(out));
  response.headers.add("Cache-Control", "no-store");
  return response;
}

Result<Response> follow_complaint(ComplaintRoom& room, const Request& request) {
  HUAN_CHECK(check_parameters(request, {"city"}));
  HUAN_CHECK(room.asking.pass(request.remote, room.context.parts.clock.now()));
  const auto reading = room.context.parts.store.snapshot();
  HUAN_TRY(city, public_city(request, *reading));
  const std::string tracking(request.param("tracking"));
  const auto found = app::dossier_on_record(*reading, city.city, complaint_key(tracking));
  if (!found) {
    return Error{ErrorCode::not_found, "tracking", "no complaint has this number"};
  }
  std::string out;
  json::Writer w(out);
  w.begin_object().member("answer", dossiers::text_in(found->dossier, "answer"));
  w.member("day", dossiers::text_in(found->dossier, "day"));
  w.member("state", found->dossier.state).end_object();
  auto response = http_server::json_response(200, std::move(out));
  response.headers.add("Cache-Control", "no-store");
  return response;
}

}  // namespace

void add_complaint_doors(Doors& doors) {
  const auto room = std::make_shared<ComplaintRoom>(doors.context());
  doors.open("POST", "/api/v1/complaints", [room](const Request& request) {
    return guarded(request, [&] { return file_complaint(*room, request); });
  });
  doors.open("GET", "/api/v1/complaints/{tracking}", [room](const Request& request) {
    return guarded(request, [&] { return follow_complaint(*room, request); });
  });
}

}  // namespace huan::http
