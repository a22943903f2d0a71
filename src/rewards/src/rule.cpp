// SPDX-License-Identifier: Apache-2.0
#include "huan/rewards/rule.hpp"

#include <algorithm>

#include "huan/base/id.hpp"
#include "huan/json/writer.hpp"
#include "huan/registry/fields.hpp"
#include "huan/registry/place.hpp"

namespace huan::rewards {
namespace {

using base::Error;
using base::ErrorCode;
using base::Result;
using registry::Fields;

constexpr std::int64_t kPointsMax = 1'000'000;
constexpr std::int64_t kVisitsMax = 100;
constexpr std::int64_t kPerMilleMax = 10'000;
constexpr std::int64_t kPerMille = 1'000;
constexpr std::int64_t kKgGrams = 1'000;
constexpr std::int64_t kStockMax = 10'000'000;
constexpr std::size_t kEntriesMax = 100;
constexpr std::size_t kTitleMax = 120;
constexpr std::int64_t kFenPerPointMax = 10'000;
constexpr std::int64_t kExpireMonthsMax = 1'200;
constexpr std::int64_t kDaySeconds = 86'400;

Result<PerKg> parse_per_kg(json::Value value, std::string pointer) {
  Fields f(value, std::move(pointer));
  PerKg one;
  one.material = f.name("material", base::kLongNameMax);
  one.points = f.integer("points", {0, kPointsMax});
  HUAN_CHECK(f.finish());
  return one;
}

Result<Campaign> parse_campaign(json::Value value, std::string pointer) {
  Fields f(value, std::move(pointer));
  Campaign one;
  const auto from = f.optional_day("from");
  const auto to = f.optional_day("to");
  one.per_mille = f.integer("per_mille", {0, kPerMilleMax});
  if (!from || !to || *to < *from) {
    f.refuse(ErrorCode::bad_field, "to", "two days, the later one in `to`");
  }
  HUAN_CHECK(f.finish());
  one.from = *from;
  one.to = *to;
  return one;
}

Result<std::optional<PayoutRate>> parse_rate(const std::optional<json::Value>& value,
                                             std::string pointer) {
  if (!value) {
    return std::optional<PayoutRate>{};
  }
  Fields f(*value, std::move(pointer));
  PayoutRate rate;
  rate.fen_per_point = f.integer("fen_per_point", {1, kFenPerPointMax});
  rate.place = f.optional_name("place").value_or("");
  HUAN_CHECK(f.finish());
  return std::optional(std::move(rate));
}

Result<Limits> parse_limits(const std::optional<json::Value>& value, std::string pointer) {
  Limits limits;
  if (!value) {
    return limits;
  }
  Fields f(*value, std::move(pointer));
  limits.day_mass_max_g = f.optional_integer("day_mass_max_g", {1, base::kMassMax}).value_or(0);
  limits.gap_s = f.optional_integer("gap_s", {1, kDaySeconds}).value_or(0);
  limits.mass_max_g = f.optional_integer("mass_max_g", {1, base::kMassMax}).value_or(0);
  limits.place_visits_per_day =
      f.optional_integer("place_visits_per_day", {1, kVisitsMax}).value_or(0);
  HUAN_CHECK(f.finish());
  return limits;
}

void write_limit(json::Writer& w, std::string_view key, std::int64_t limit) {
  if (limit > 0) {
    w.member(key, limit);
  }
}

void write_limits(json::Writer& w, const Limits& limits) {
  const bool any = limits.day_mass_max_g > 0 || limits.gap_s > 0 || limits.mass_max_g > 0 ||
                   limits.place_visits_per_day > 0;
  if (!any) {
    return;
  }
  w.key("limits").begin_object();
  write_limit(w, "day_mass_max_g", limits.day_mass_max_g);
  write_limit(w, "gap_s", limits.gap_s);
  write_limit(w, "mass_max_g", limits.mass_max_g);
  write_limit(w, "place_visits_per_day", limits.place_visits_per_day);
  w.end_object();
}

template <class T, class Parse>
Result<void> read_entries(const std::optional<json::Value>& list, const std::string& pointer,
                          std::vector<T>& out, const Parse& parse) {
  if (!list) {
    return {};
  }
  if (list->size() > kEntriesMax) {
    return Error{ErrorCode::too_large, pointer, "at most 100 entries"};
  }
  for (const json::Value one : list->elements()) {
    HUAN_TRY(read, parse(one, pointer + "/" + std::to_string(out.size())));
    out.push_back(std::move(read));
  }
  return {};
}

std::int64_t points_per_kg(const Rule& rule, std::string_view material) {
  const PerKg* best = nullptr;
  for (const PerKg& one : rule.per_kg) {
    const bool covers = registry::covers(one.material, material);
    if (covers && (best == nullptr || one.material.size() > best->material.size())) {
      best = &one;
    }
  }
  return best == nullptr ? 0 : best->points;
}

}  // namespace

Result<Rule> parse_rule(json::Value data, std::string_view pointer) {
  Fields f(data, std::string(pointer));
  Rule rule;
  rule.per_visit = f.optional_integer("per_visit", {0, kPointsMax}).value_or(0);
  rule.cap_per_visit = f.integer("cap_per_visit", {0, kPointsMax});
  rule.visits_per_day = f.optional_integer("visits_per_day", {0, kVisitsMax}).value_or(1);
  const auto per_kg = f.array("per_kg");
  const auto campaigns = f.array("campaigns");
  const auto payout = f.any("payout");
  const auto limits = f.any("limits");
  rule.expire_months = f.optional_integer("expire_months", {1, kExpireMonthsMax}).value_or(0);
  rule.synthetic = f.flag("synthetic", false);
  rule.pack = f.optional_name("pack").value_or("");
  HUAN_CHECK(f.finish());
  HUAN_TRY(rate, parse_rate(payout, f.pointer("payout")));
  rule.payout = std::move(rate);
  HUAN_TRY(bounds, parse_limits(limits, f.pointer("limits")));
  rule.limits = bounds;
  HUAN_CHECK(read_entries(per_kg, f.pointer("per_kg"), rule.per_kg, parse_per_kg));
  HUAN_CHECK(read_entries(campaigns, f.pointer("campaigns"), rule.campaigns, parse_campaign));
  return rule;
}

std::string to_json(const Rule& rule) {
  std::string out;
  json::Writer w(out);
  w.begin_object().key("campaigns").begin_array();
  for (const Campaign& one : rule.campaigns) {
    w.begin_object().member("from", base::format_day(one.from));
    w.member("per_mille", one.per_mille).member("to", base::format_day(one.to)).end_object();
  }
  w.end_array().member("cap_per_visit", rule.cap_per_visit);
  if (rule.expire_months > 0) {
    w.member("expire_months", rule.expire_months);
  }
  write_limits(w, rule.limits);
  if (!rule.pack.empty()) {
    w.member("pack", rule.pack);
  }
  if (rule.payout) {
    w.key("payout").begin_object().member("fen_per_point", rule.payout->fen_per_point);
    if (!rule.payout->place.empty()) {
      w.member("place", rule.payout->place);
    }
    w.end_object();
  }
  w.key("per_kg").begin_array();
  for (const PerKg& one : rule.per_kg) {
    w.begin_object().member("material", one.material).member("points", one.points).end_object();
  }
  w.end_array().member("per_visit", rule.per_visit);
  if (rule.synthetic) {
    w.member("synthetic", true);
  }
  w.member("visits_per_day", rule.visits_per_day).end_object();
  return out;
}

std::string_view withheld(const Rule& rule, const Visit& visit) {
  const Limits& limits = rule.limits;
  std::int64_t mass = 0;
  for (const Brought& line : visit.lines) {
    mass = base::checked_add(mass, line.mass.count());
  }
  const std::int64_t of_day = base::checked_add(mass, visit.mass_today.count());
  if (visit.earlier_today >= rule.visits_per_day) {
    return "visits_per_day";
  }
  if (limits.place_visits_per_day > 0 && visit.earlier_here >= limits.place_visits_per_day) {
    return "place_visits_per_day";
  }
  if (visit.since_last_s && *visit.since_last_s < limits.gap_s) {
    return "gap";
  }
  if (limits.mass_max_g > 0 && mass > limits.mass_max_g) {
    return "mass_max";
  }
  return limits.day_mass_max_g > 0 && of_day > limits.day_mass_max_g ? "day_mass_max" : "";
}

base::Points earned(const Rule& rule, const Visit& visit) {
  if (!withheld(rule, visit).empty()) {
    return base::Points{0};
  }
  std::int64_t by_mass = 0;  // points × grams
  for (const Brought& line : visit.lines) {
    by_mass = base::checked_add(
        by_mass, base::checked_multiply(line.mass.count(), points_per_kg(rule, line.material)));
  }
  std::int64_t points = base::checked_add(rule.per_visit, by_mass / kKgGrams);
  for (const Campaign& one : rule.campaigns) {
    if (one.from <= visit.day && visit.day <= one.to) {
      points = base::checked_multiply(points, one.per_mille) / kPerMille;
    }
  }
  return base::Points{std::min(points, rule.cap_per_visit)};
}

Result<Reward> parse_reward(json::Value data, std::string_view pointer) {
  Fields f(data, std::string(pointer));
  Reward reward;
  reward.zh = f.text("zh", kTitleMax);
  reward.en = f.text("en", kTitleMax);
  reward.place = f.name("place");
  reward.points = f.integer("points", {1, kPointsMax});
  reward.stock = f.integer("stock", {0, kStockMax});
  reward.active = f.flag("active", true);
  HUAN_CHECK(f.finish());
  return reward;
}

std::string to_json(const Reward& reward) {
  std::string out;
  json::Writer w(out);
  w.begin_object().member("active", reward.active).member("en", reward.en);
  w.member("place", reward.place).member("points", reward.points);
  w.member("stock", reward.stock).member("zh", reward.zh).end_object();
  return out;
}

}  // namespace huan::rewards
