// SPDX-License-Identifier: Apache-2.0
// Vehicles: how each stands with its pass on a day, as a list that goes to the police as CSV.
#include "huan/app/vehicle_passes.hpp"

#include <algorithm>

#include "table.hpp"

namespace huan::http {
namespace {

using access::Scope;

std::string joined(const std::vector<std::string>& all) {
  std::string text;
  for (const std::string& one : all) {
    text += (text.empty() ? "" : " ") + one;
  }
  return text;
}

std::string hours_text(const std::vector<rounds::Hours>& hours) {
  std::vector<std::string> texts;
  texts.reserve(hours.size());
  for (const rounds::Hours& one : hours) {
    texts.push_back(rounds::text_of(one));
  }
  return joined(texts);
}

void put_standing(Table& table, const app::PassStanding& one) {
  const auto day = [&](const std::optional<base::Day>& value) {
    if (value) {
      table.text(base::format_day(*value));
    } else {
      table.none();
    }
  };
  table.text(one.vehicle).text(one.party).text(one.plate).text(one.number);
  table.text(one.standing).text(one.pass.key).text(one.pass.number);
  day(one.pass.from);
  day(one.pass.to);
  table.integer(one.days_left).text(hours_text(one.pass.hours)).text(joined(one.pass.zones));
}

Result<Response> standings_door(const Ask& ask, Context& context) {
  app::PassesAsked asked{base::day_of(context.parts.clock.now(), ask.city.offset_s)};
  if (const auto named = ask.query("day")) {
    const auto day = base::parse_day(*named);
    if (!day) {
      return Error{ErrorCode::bad_time, "day", "a day like 2026-11-23"};
    }
    asked.day = *day;
  }
  if (ask.access.grant.scope != Scope::all) {
    asked.party = ask.access.grant.organisation;
  }
  const std::string standing = ask.text("standing");
  const std::string vehicle = ask.text("vehicle");
  auto all = app::pass_standings(ask.reading, ask.city.city, asked);
  std::erase_if(all, [&](const app::PassStanding& one) {
    return (!standing.empty() && one.standing != standing) ||
           (!vehicle.empty() && one.vehicle != vehicle);
  });
  return numbered(ask,
                  {"vehicle", "party", "plate", "number", "standing", "pass", "pass_number", "from",
                   "to", "days_left", "hours", "zones"},
                  all, put_standing);
}

}  // namespace

void add_fleet_doors(Doors& doors) {
  Context& context = doors.context();
  doors.read("/api/v1/pass-standings", list_parameters({"day", "standing", "vehicle"}),
             [&context](const Ask& ask) { return standings_door(ask, context); });
}

}  // namespace huan::http
