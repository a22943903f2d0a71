// SPDX-License-Identifier: Apache-2.0
#include "rules_shelf.hpp"

#include "huan/app/pack_rules.hpp"
#include "huan/oversight/city_on_day.hpp"
#include "huan/wire_pack/text.hpp"

namespace huan::http {

Result<RulesOnRecord> RulesShelf::at(store::Reading& reading, const store::CityRow& city,
                                     base::Day day) {
  const auto instant = oversight::end_of_day(day, city.offset_s);
  auto text = app::rules_at(reading, city.city, instant);
  if (!text) {
    return RulesOnRecord{};
  }
  const std::lock_guard lock(mutex_);
  if (*text != text_ || !rules_) {
    HUAN_TRY(rules, wire_pack::from_text(*text));
    rules_ = std::make_shared<const wire_pack::City>(std::move(rules));
    text_ = std::move(*text);
  }
  return rules_;
}

Result<base::Day> asked_day(const Request& request, const store::CityRow& city,
                            base::Clock& clock) {
  const auto text = request.query_value("at");
  if (!text) {
    return base::day_of(clock.now(), city.offset_s);
  }
  const auto day = base::parse_day(*text);
  if (!day) {
    return Error{ErrorCode::bad_time, "at", "a day is written 2026-11-21"};
  }
  return *day;
}

}  // namespace huan::http
