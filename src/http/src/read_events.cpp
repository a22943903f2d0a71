// SPDX-License-Identifier: Apache-2.0
// Events as they are stored: one with all its versions, and the list by seq.
#include <algorithm>
#include <limits>

#include "huan/base/id.hpp"
#include "huan/base/text.hpp"
#include "huan/json/canonical.hpp"
#include "huan/ledger/event.hpp"
#include "record_pages.hpp"

namespace huan::http {
namespace {

/// All versions of what `seq` belongs to, oldest first.
std::vector<store::Record> versions_of(store::Reading& reading, const std::string& city,
                                       store::Seq seq) {
  std::vector<store::Record> versions;
  for (auto at = seq; at != 0;) {
    auto record = reading.record(city, at);
    at = record ? record->supersedes : 0;
    if (record) {
      versions.push_back(std::move(*record));
    }
  }
  std::reverse(versions.begin(), versions.end());
  for (auto at = reading.superseded_by(city, seq); at != 0; at = reading.superseded_by(city, at)) {
    if (auto record = reading.record(city, at)) {
      versions.push_back(std::move(*record));
    }
  }
  return versions;
}

Result<Response> one_event(const Ask& ask) {
  const auto id = base::Uuid::parse(ask.request.param("id"));
  const auto seq = id ? ask.reading.seq_of(ask.city.city, *id) : 0;
  if (seq == 0) {
    return Error{ErrorCode::unknown_event, "id", std::string(ask.request.param("id"))};
  }
  const auto versions = versions_of(ask.reading, ask.city.city, seq);
  const auto others = [&](const store::Record& record) {
    return !app::sees_record(record.view(), ask.scope());
  };
  if (std::any_of(versions.begin(), versions.end(), others)) {
    return Error{ErrorCode::unknown_event, "id", id->text()};
  }
  std::string out;
  json::Writer w(out);
  w.begin_object().member("city", ask.city.city).member("id", id->text());
  w.member("latest", versions.back().id.text()).key("versions").begin_array();
  for (const auto& record : versions) {
    w.raw(record.body);
  }
  w.end_array().end_object();
  return http_server::json_response(200, std::move(out));
}

struct ListedEvent {
  store::Record record;
  [[nodiscard]] std::string key() const { return std::to_string(record.seq); }
};

struct EventFilter {
  std::string type;
  std::string place;
  bool newest_first{false};
  store::RowScope scope{};
  std::string district{};
  std::string material{};  ///< as a stored record writes the member
  std::string party{};     ///< the same
  base::Instant from{std::numeric_limits<std::int64_t>::min()};
  base::Instant to{std::numeric_limits<std::int64_t>::max()};  ///< not included
  [[nodiscard]] bool takes(const store::RecordView& record) const {
    return record.klass == store::RecordClass::event && (type.empty() || record.type == type) &&
           (place.empty() || record.place == place) &&
           (district.empty() || record.district == district) && record.time >= from &&
           record.time < to && record.body.find(material) != std::string_view::npos &&
           record.body.find(party) != std::string_view::npos && app::sees_record(record, scope);
  }
};

/// A parameter as the member of a stored record, which is canonical JSON; empty: all.
Result<std::string> member_asked(const Ask& ask, std::string_view name) {
  const std::string code = ask.text(name);
  if (!ask.query(name)) {
    return std::string();
  }
  if (!base::is_name(code, base::kLongNameMax)) {
    return Error{ErrorCode::bad_field, std::string(name), "a code as records write it"};
  }
  return "\"" + std::string(name) + "\":" + json::quote(code);
}

Result<void> ask_days(const Ask& ask, EventFilter& filter) {
  constexpr std::int64_t kDayS = 86'400;
  for (const std::string_view name : {"from", "to"}) {
    const auto text = ask.query(name);
    const auto day = text ? base::parse_day(*text) : std::nullopt;
    if (text && !day) {
      return Error{ErrorCode::bad_time, std::string(name), "a day like 2026-11-21"};
    }
    if (day) {
      const std::int64_t begin = std::int64_t{day->n} * kDayS - ask.city.offset_s;
      name == "from" ? filter.from = {begin} : filter.to = {begin + kDayS};
    }
  }
  return {};
}

Found<ListedEvent> oldest_first(const Ask& ask, const EventFilter& filter, store::Seq after,
                                std::size_t limit) {
  std::vector<ListedEvent> rows;
  const store::Seq last = ask.reading.last(ask.city.city).seq;
  const store::Seq until = after < last ? after + std::min(kLookedMax, last - after) : last;
  ask.reading.records(ask.city.city, {after, until}, [&](const store::RecordView& record) {
    if (filter.takes(record)) {
      rows.push_back({store::Record(record)});
    }
    return rows.size() < limit;
  });
  const bool is_end = rows.size() >= limit || until == last;
  return {std::move(rows), is_end ? "" : std::to_string(until)};
}

Result<Response> list_events(const Ask& ask) {
  EventFilter filter{ask.text("type"), ask.text("place"), false, ask.scope()};
  if (ask.query("type") && !ledger::event_type(filter.type)) {
    return Error{ErrorCode::bad_field, "type", "receive, ship, accept, transform, sell, …"};
  }
  const auto order = ask.query("order").value_or("asc");
  if (order != "asc" && order != "desc") {
    return Error{ErrorCode::bad_field, "order", "asc or desc"};
  }
  filter.newest_first = order == "desc";
  filter.district = ask.text("district");
  HUAN_TRY(material, member_asked(ask, "material"));
  HUAN_TRY(party, member_asked(ask, "party"));
  filter.material = std::move(material);
  filter.party = std::move(party);
  HUAN_CHECK(ask_days(ask, filter));
  HUAN_CHECK(check_row_cursor(ask.request));
  return list(
      ask, {"seq", "id", "type", "time", "recorded_at", "place", "operator", "district", "record"},
      [&](const store::Page& page) {
        if (!filter.newest_first) {
          const auto from = static_cast<store::Seq>(base::parse_integer(page.after).value_or(0));
          return oldest_first(ask, filter, from, page.limit);
        }
        return newest_first<ListedEvent>(
            ask, page, [&](const store::RecordView& record) { return filter.takes(record); },
            [](store::Record record) { return std::optional(ListedEvent{std::move(record)}); });
      },
      [&](Table& table, const ListedEvent& row) {
        const auto& record = row.record;
        table.integer(static_cast<std::int64_t>(record.seq)).text(record.id.text());
        table.text(record.type).text(ask.time(record.time)).text(ask.time(record.recorded_at));
        table.text(record.place).text(record.operator_id).text(record.district).json(record.body);
      });
}

}  // namespace

void add_event_list_doors(Doors& doors) {
  doors.read(
      "/api/v1/events",
      list_parameters({"type", "place", "district", "material", "party", "from", "to", "order"}),
      list_events);
  doors.read("/api/v1/events/{id}", {}, one_event);
}

}  // namespace huan::http
