// SPDX-License-Identifier: Apache-2.0
// Notices of who works here, and which of them they have read. Each kind follows the right by which
// its reader sees what it is about; residents have a door of their own.
#include "huan/app/staff_notices.hpp"

#include <algorithm>

#include "device_notices.hpp"
#include "huan/json/document.hpp"
#include "huan/json/writer.hpp"
#include "huan/registry/fields.hpp"
#include "order_photos.hpp"
#include "payout_doors.hpp"

namespace huan::http {
namespace {

using access::Action;

constexpr std::size_t kReadBodyMax = 16U << 10U;
constexpr std::size_t kStaffShown = 100;

/// The asker as they stand at the doors of that right; none: they have it not.
std::optional<app::Access> asker_of(const app::Access& who, Action action) {
  auto grant = access::decide(who.subject, action);
  if (!grant || grant->scope == access::Scope::none || grant->scope == access::Scope::own) {
    return std::nullopt;
  }
  app::Access asker = who;
  asker.grant = std::move(*grant);
  return asker;
}

void join(std::vector<app::Notice>& all, std::vector<app::Notice> some) {
  std::ranges::move(some, std::back_inserter(all));
}

/// Latest first.
std::vector<app::Notice> staff_notices(const Ask& ask, Context& context) {
  const app::StaffView view{ask.reading, ask.city, context.parts.clock.now()};
  std::vector<app::Notice> all;
  if (const auto who = asker_of(ask.access, Action::read_stock)) {
    join(all, app::storage_notices(view, app::row_scope(*who)));
  }
  if (const auto who = asker_of(ask.access, Action::read_orders)) {
    const std::string& firm = who->grant.organisation;
    join(all, app::missed_visit_notices(view, [&](const booking::Order& order) {
           return reaches_order(*who, order) || (!firm.empty() && order.customer == firm);
         }));
  }
  if (const auto who = asker_of(ask.access, Action::read_devices)) {
    join(all, device_notices({ask.reading, ask.city, app::row_scope(*who)}, context));
  }
  if (asker_of(ask.access, Action::read_rounds) && !ask.access.account.empty()) {
    join(all, app::round_notices(view, ask.access.account));
  }
  std::ranges::stable_sort(all, std::greater{}, [](const app::Notice& one) { return one.time.s; });
  all.resize(std::min(all.size(), kStaffShown));
  return all;
}

Response unkept_staff(std::string out) {
  auto response = http_server::json_response(200, std::move(out));
  response.headers.add("Cache-Control", "no-store");
  return response;
}

Result<Response> show_staff_notices(const Ask& ask, Context& context) {
  const auto seen = app::read_notices(ask.reading, ask.city.city, ask.access.principal.name);
  std::string out;
  json::Writer w(out);
  w.begin_object().key("items").begin_array();
  for (const app::Notice& one : staff_notices(ask, context)) {
    w.begin_object().member("en", app::text_of(one, true)).member("id", one.id);
    w.member("key", one.key).member("kind", app::info_of(one.kind).code);
    w.member("read", seen.contains(one.id)).member("time", base::format_time(one.time, 0));
    w.member("zh", app::text_of(one, false)).end_object();
  }
  w.end_array().end_object();
  return unkept_staff(std::move(out));
}

Result<std::set<std::string>> parse_read(json::Value data) {
  registry::Fields f(data, "");
  const auto list = f.names("read", app::kReadNoticesMax);
  HUAN_CHECK(f.finish());
  for (const std::string& id : list) {
    if (!base::Uuid::parse(id)) {
      return Error{ErrorCode::bad_field, "/read", "ids of notices"};
    }
  }
  return std::set<std::string>(list.begin(), list.end());
}

Result<Response> mark_read(Context& context, const Request& request, const app::Access& who) {
  const auto reading = context.parts.store.snapshot();
  HUAN_TRY(city, choose_city(request, *reading, who));
  HUAN_CHECK(check_json_body(request));
  if (request.body().size() > kReadBodyMax) {
    return Error{ErrorCode::too_large, "", "at most 16 KiB"};
  }
  HUAN_TRY(document, json::Document::parse(request.body()));
  HUAN_TRY(ids, parse_read(document.root()));
  app::keep_read_notices(context.parts.recorder, city.city, who.principal.name, ids);
  return unkept_staff("{}");
}

}  // namespace

void add_staff_notice_doors(Doors& doors) {
  Context& context = doors.context();
  doors.read("/api/v1/notices", {},
             [&context](const Ask& ask) { return show_staff_notices(ask, context); });
  doors.write("PUT", "/api/v1/notices", {},
              [&context](const Request& request, const app::Access& who) {
                return mark_read(context, request, who);
              });
}

}  // namespace huan::http
