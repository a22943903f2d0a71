// SPDX-License-Identifier: Apache-2.0
#include "huan/app/settings.hpp"

#include "huan/app/push.hpp"
#include "huan/app/timetables.hpp"
#include "huan/booking/slots.hpp"
#include "huan/rewards/rule.hpp"
#include "huan/rounds/rule.hpp"

namespace huan::app {
namespace {

using base::Error;
using base::Result;

constexpr std::string_view kData = "/data";
constexpr std::string_view kHalts = "halts:";

template <class T>
Result<void> verdict(const Result<T>& parsed) {
  return parsed ? Result<void>() : Result<void>(parsed.error());
}

Result<void> check_halts(store::Reading& reading, const std::string& city, const std::string& place,
                         json::Value data) {
  HUAN_TRY(timetable, booking::parse_timetable(data, kData));
  auto checked = check_timetable(reading, city, place, timetable);
  if (checked) {
    return {};
  }
  Error error = std::move(checked).error();
  if (error.at == "/place") {
    error.at = "key";
    return error;
  }
  return std::move(error).within(kData);
}

}  // namespace

Result<void> check_setting(store::Reading& reading, const std::string& city, std::string_view key,
                           json::Value data) {
  if (key.starts_with(kHalts)) {
    return check_halts(reading, city, std::string(key.substr(kHalts.size())), data);
  }
  if (key == "booking" || key.starts_with("booking:")) {
    return verdict(booking::parse_service(data, kData));
  }
  if (key == "rounds") {
    return verdict(rounds::parse_rule(data, kData));
  }
  if (key == "points") {
    return verdict(rewards::parse_rule(data, kData));
  }
  if (key == "push") {
    auto parsed = parse_push_rule(data);
    return parsed ? Result<void>() : Result<void>(std::move(parsed).error().within(kData));
  }
  return {};
}

}  // namespace huan::app
