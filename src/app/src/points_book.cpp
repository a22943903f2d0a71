// SPDX-License-Identifier: Apache-2.0
#include "huan/app/points_book.hpp"

#include <algorithm>

#include "huan/app/points.hpp"
#include "huan/crypto/digest.hpp"
#include "huan/json/writer.hpp"

namespace huan::app {
namespace {

constexpr std::int32_t kMonths = 12;

void take_of(PointsOfMonth& one, std::int64_t& left) {
  const std::int64_t some = std::min(left, one.points);
  one.points -= some;
  left -= some;
}

/// In the order of the months; what is given back counts from the day that it was taken on.
void fold(std::vector<PointsOfMonth>& months, const store::LegView& leg) {
  const std::int32_t month = month_of(leg.day);
  const auto at = std::ranges::lower_bound(months, month, {}, &PointsOfMonth::month);
  if (leg.amount > 0) {
    if (at != months.end() && at->month == month) {
      at->points += leg.amount;
    } else {
      months.insert(at, {month, leg.amount});
    }
    return;
  }
  std::int64_t left = -leg.amount;
  if (leg.cls == ledger::LegClass::reversing && at != months.end() && at->month == month) {
    take_of(*at, left);
  }
  for (PointsOfMonth& one : months) {
    take_of(one, left);
  }
  std::erase_if(months, [](const PointsOfMonth& one) { return one.points == 0; });
}

bool is_points_of_party(const store::LegView& leg) {
  return leg.unit == ledger::Unit::point && leg.kind == ledger::AccountKind::party;
}

std::string expiry_json(const std::string& id, const PointsBook::Due& due, std::int64_t points,
                        const std::string& place, base::Instant now) {
  std::string out;
  json::Writer w(out);
  w.begin_object().member("id", id).key("legs").begin_array();
  w.begin_object().member("account", "party:" + due.customer).member("amount", -points);
  w.member("unit", "points").end_object();
  w.begin_object().member("account", "spent:expired").member("amount", points);
  w.member("unit", "points").end_object();
  w.end_array().member("place", place).member("reason", "expiry");
  w.member("time", base::format_time(now, 0)).member("type", "settle").end_object();
  return out;
}

/// A settlement stands in some place's books: those that pay out, else the city's first.
std::string books_of(CityWriter& writer, const rewards::Rule& rule) {
  if (rule.payout && !rule.payout->place.empty()) {
    return rule.payout->place;
  }
  const auto first = writer.reading().registry(writer.setting().city, "place", {}, {"", 1});
  return first.empty() ? "" : first.front().key;
}

/// Whether something happened to their points that the book has not read: their turn is later.
bool moved_since(CityWriter& writer, const std::string& customer, store::Seq seq) {
  bool moved = false;
  writer.reading().legs(writer.setting().city, store::SeqRange{seq, UINT64_MAX},
                        [&](const store::LegView& leg) {
                          moved = is_points_of_party(leg) && leg.a == customer;
                          return !moved;
                        });
  return moved;
}

}  // namespace

std::int32_t month_of(base::Day day) {
  const base::Civil civil = base::civil_of(day);
  return civil.year * kMonths + civil.month - 1;
}

base::Day end_of(std::int32_t month, std::int64_t expire_months) {
  const auto end = static_cast<std::int32_t>(month + expire_months + 1);
  return base::day_of(base::Civil{end / kMonths, end % kMonths + 1, 1});
}

void PointsBook::catch_up(store::RecordReading& reading, const std::string& city) {
  const std::lock_guard lock(mutex_);
  CityBook& book = cities_[city];
  const store::Seq last = reading.last(city).seq;
  reading.legs(city, store::SeqRange{book.seq, last}, [&](const store::LegView& leg) {
    if (is_points_of_party(leg)) {
      fold(book.months[std::string(leg.a)], leg);
    }
    return true;
  });
  book.seq = std::max(book.seq, last);
}

std::vector<PointsOfMonth> PointsBook::of(const std::string& city,
                                          const std::string& customer) const {
  const std::lock_guard lock(mutex_);
  const auto book = cities_.find(city);
  if (book == cities_.end()) {
    return {};
  }
  const auto found = book->second.months.find(customer);
  return found == book->second.months.end() ? std::vector<PointsOfMonth>{} : found->second;
}

std::vector<PointsBook::Due> PointsBook::due(const std::string& city, std::int32_t month) const {
  const std::lock_guard lock(mutex_);
  std::vector<Due> due;
  const auto book = cities_.find(city);
  if (book == cities_.end()) {
    return due;
  }
  for (const auto& [customer, months] : book->second.months) {
    Due one{customer, {}};
    for (const PointsOfMonth& some : months) {
      if (some.month <= month) {
        one.months.push_back(some);
      }
    }
    if (!one.months.empty()) {
      due.push_back(std::move(one));
    }
  }
  return due;
}

store::Seq PointsBook::read_to(const std::string& city) const {
  const std::lock_guard lock(mutex_);
  const auto book = cities_.find(city);
  return book == cities_.end() ? 0 : book->second.seq;
}

namespace {

/// The months of one customer that are over; how many points.
std::int64_t expire_one(CityWriter& writer, const PointsBook::Due& due, const std::string& place,
                        base::Instant now) {
  const std::string& city = writer.setting().city;
  std::int64_t sum = 0;
  for (const PointsOfMonth& one : due.months) {
    const std::int64_t points =
        std::min(one.points, points_of(writer.reading(), city, due.customer));
    const auto id = base::make_uuid_v8(crypto::sha256("points end " + city + " " + due.customer +
                                                      " " + std::to_string(one.month) + " " +
                                                      std::to_string(writer.seq())));
    if (points <= 0) {
      continue;
    }
    const Outcome outcome =
        writer.post(prepare(expiry_json(id.text(), due, points, place, now)), {"system/points"});
    sum += outcome.status == Status::posted ? points : 0;
  }
  return sum;
}

}  // namespace

std::int64_t expire_points(Recorder& recorder, store::Store& store, base::Clock& clock,
                           PointsBook& book, const std::string& city) {
  const auto reading = store.snapshot();
  const auto rule = rule_on_record(*reading, city);
  const auto row = reading->city(city);
  if (!rule || rule->expire_months == 0 || !row) {
    return 0;
  }
  book.catch_up(*reading, city);
  const base::Instant now = clock.now();
  const std::int32_t over = month_of(base::day_of(now, row->offset_s)) -
                            static_cast<std::int32_t>(rule->expire_months) - 1;
  std::int64_t sum = 0;
  for (const PointsBook::Due& due : book.due(city, over)) {
    recorder.run(city, due.months.size(), [&](CityWriter& writer) {
      const std::string place = books_of(writer, *rule);
      if (!place.empty() && !moved_since(writer, due.customer, book.read_to(city))) {
        sum += expire_one(writer, due, place, now);
      }
      return true;
    });
  }
  return sum;
}

}  // namespace huan::app
