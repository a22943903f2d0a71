// SPDX-License-Identifier: Apache-2.0
// Credit of firms, each point with its rule and dossier; and the look for what is odd in the
// ledger, as a job of the asker.
#include <algorithm>
#include <map>
#include <memory>

#include "hint_shelf.hpp"
#include "huan/app/draws.hpp"
#include "huan/app/find_anomalies.hpp"
#include "huan/declarations/term.hpp"
#include "huan/json/writer.hpp"
#include "huan/oversight/credit_proposals.hpp"
#include "jobs.hpp"
#include "rules_shelf.hpp"
#include "table.hpp"

namespace huan::http {
namespace {

constexpr std::int32_t kWatchedDays = 45;
constexpr std::int32_t kWatchedDaysMax = 400;
constexpr std::int64_t kDueDay = 10;
constexpr std::int64_t kDueDayMax = 31;

void write_credit(json::Writer& w, const std::string& party, const dossiers::Credit& credit) {
  w.begin_object().member("base", credit.base).member("party", party);
  w.key("points").begin_array();
  for (const dossiers::CreditPoint& point : credit.points) {
    w.begin_object().member("appealed", point.appealed).member("clause", point.rule->row.clause);
    w.member("counts", point.counts()).member("dossier", point.dossier);
    w.member("en", point.rule->row.en).member("from", base::format_day(point.from));
    w.member("points", point.rule->points).member("repaired", point.repaired);
    w.member("rule", point.rule->row.code).member("until", base::format_day(point.until));
    w.member("zh", point.rule->row.zh).end_object();
  }
  w.end_array().member("score", credit.score).key("tier");
  if (credit.tier == nullptr) {
    w.null().end_object();
    return;
  }
  w.begin_object().member("code", credit.tier->row.code).member("en", credit.tier->row.en);
  w.member("weight", credit.tier->weight).member("zh", credit.tier->row.zh);
  w.end_object().end_object();
}

Result<Response> show_credit(const Ask& ask, Context& context, RulesShelf& shelf) {
  const base::Day today = base::day_of(context.parts.clock.now(), ask.city.offset_s);
  HUAN_TRY(rules, shelf.at(ask.reading, ask.city, today));
  std::string out;
  json::Writer w(out);
  w.begin_object().member("at", base::format_day(today)).key("items").begin_array();
  const auto sees = [&](const std::string& party) {
    const auto row = ask.reading.registered(ask.city.city, "party", party);
    return row && app::sees_thing(ask.reading, ask.city.city, *row, ask.scope());
  };
  const std::string party = ask.text("party");
  if (rules) {
    const auto book = app::credit_on(ask.reading, ask.city, rules->rules.duties, today);
    if (!party.empty() && sees(party)) {
      write_credit(w, party, book.of(party));
    }
    for (const auto& [firm, credit] : book.all()) {
      if (party.empty() && sees(firm)) {
        write_credit(w, firm, credit);
      }
    }
  }
  w.end_array().end_object();
  return http_server::json_response(200, std::move(out));
}

/// Of the month asked for, the last that is over where none is.
Result<Response> show_proposals(const Ask& ask, Context& context, RulesShelf& shelf) {
  const base::Day today = base::day_of(context.parts.clock.now(), ask.city.offset_s);
  const base::Day before{duties::term_of(duties::Period::month, today).first.n - 1};
  const auto month = ask.query("month")
                         ? declarations::parse_term(duties::Period::month, ask.text("month"))
                         : std::optional(duties::term_of(duties::Period::month, before));
  if (!month) {
    return Error{ErrorCode::bad_time, "month", "a month is written 2026-11"};
  }
  HUAN_TRY(rules, shelf.at(ask.reading, ask.city, today));
  std::string out;
  json::Writer w(out);
  w.begin_object().key("items").begin_array();
  if (rules) {
    const oversight::FormBook book{rules->pack, rules->rules.duties, rules->rules.cells,
                                   rules->rules.indicators};
    for (const auto& one :
         oversight::propose_credit(ask.reading, {ask.city.city, ask.city.offset_s}, book,
                                   {month->first, month->last, today})) {
      const auto row = ask.reading.registered(ask.city.city, "party", one.party);
      if (row && app::sees_thing(ask.reading, ask.city.city, *row, ask.scope())) {
        oversight::write_proposal(w, one);
      }
    }
  }
  w.end_array().member("month", declarations::term_text(duties::Period::month, *month));
  w.end_object();
  return http_server::json_response(200, std::move(out));
}

struct WatchWish {
  store::CityRow city;
  store::RowScope scope;
  app::WatchedDays days;
  std::int32_t due_day{0};
};

/// Places of the asker's district: the subject's, or where a seller went.
bool is_within(store::Reading& reading, const WatchWish& wish, const anomalies::Anomaly& one) {
  if (wish.scope.any()) {
    return true;
  }
  for (const std::string& place : {one.subject, one.other}) {
    const auto row = reading.registered(wish.city.city, "place", place);
    if (row && wish.scope.holds_district(row->district)) {
      return true;
    }
  }
  return false;
}

/// Without what happened elsewhere: peers' tickets are not everybody's to read.
void keep_within(store::Reading& reading, const WatchWish& wish, anomalies::Anomaly& one) {
  if (wish.scope.any()) {
    return;
  }
  std::map<std::string, bool, std::less<>> known;
  std::erase_if(one.parts, [&](const anomalies::Part& part) {
    const auto [seen, fresh] = known.try_emplace(part.place, false);
    if (fresh) {
      const auto row = reading.registered(wish.city.city, "place", part.place);
      seen->second = row && wish.scope.holds_district(row->district);
    }
    return !seen->second;
  });
}

struct WatchParts {
  store::Store& store;
  std::shared_ptr<TrackShelf> tracks;
  std::shared_ptr<HintShelf> hints;
  std::shared_ptr<HintShelf::Slot> slot;
};

/// The hints that the asker may see; the events behind each are asked for apart.
std::string found_json(const WatchParts& parts, const WatchWish& wish) {
  const auto reading = parts.store.snapshot();
  auto report = app::find_anomalies(*reading, wish.city, wish.days, {wish.due_day},
                                    [&](const std::string& vehicle, base::Day day) {
                                      return parts.tracks->fell_silent(wish.city, vehicle, day);
                                    });
  HintShelf::Hints seen;
  std::string out;
  json::Writer w(out);
  w.begin_object().member("events", static_cast<std::int64_t>(report.events));
  w.member("from", base::format_day(wish.days.from)).key("items").begin_array();
  for (anomalies::Anomaly& one : report.found) {
    if (!is_within(*reading, wish, one)) {
      continue;
    }
    const std::size_t total = one.parts.size();
    keep_within(*reading, wish, one);
    app::begin_anomaly(w, one);
    w.key("parts_by_column").begin_array();
    for (std::size_t column = 0; column < one.columns.size(); ++column) {
      w.integer(std::count_if(one.parts.begin(), one.parts.end(),
                              [&](const auto& part) { return part.values[column].has_value(); }));
    }
    w.end_array().member("parts_seen", static_cast<std::int64_t>(one.parts.size()));
    w.member("parts_total", static_cast<std::int64_t>(total)).end_object();
    seen.push_back(std::move(one));
  }
  w.end_array().member("to", base::format_day(wish.days.to)).end_object();
  parts.hints->fill(parts.slot, std::move(seen));
  return out;
}

/// The column that is asked for, of the hint's own; nullopt: none is.
Result<std::optional<std::size_t>> column_of(const Ask& ask, const anomalies::Anomaly& hint) {
  const auto asked = ask.query("column");
  const auto found = std::find(hint.columns.begin(), hint.columns.end(), asked.value_or(""));
  if (asked && found == hint.columns.end()) {
    return Error{ErrorCode::bad_field, "column", "one of the hint's columns"};
  }
  return asked ? std::optional(static_cast<std::size_t>(found - hint.columns.begin()))
               : std::nullopt;
}

/// The events behind a hint of a job of the asker's, or those that give something to a column.
Result<Response> list_hint_events(const Ask& ask, Context& context, HintShelf& shelf) {
  const auto id = ask.request.param("id");
  HUAN_TRY(n, integer_parameter(ask.request, "hint", 0));
  const bool own = context.planning.find(ask.access.principal.name, id).has_value();
  const auto hints = own ? shelf.of(id) : nullptr;
  if (hints == nullptr) {
    return Error{ErrorCode::not_found, "id", "no hints of yours are kept under it: look again"};
  }
  if (n < 0 || n >= static_cast<std::int64_t>(hints->size())) {
    return Error{ErrorCode::not_found, "hint",
                 "there are " + std::to_string(hints->size()) + ", counted from 0"};
  }
  const anomalies::Anomaly& hint = (*hints)[static_cast<std::size_t>(n)];
  HUAN_TRY(column, column_of(ask, hint));
  std::vector<const anomalies::Part*> parts;
  for (const anomalies::Part& part : hint.parts) {
    if (!column || part.values[*column]) {
      parts.push_back(&part);
    }
  }
  return numbered(ask, {"event", "place", "values"}, parts,
                  [](Table& table, const anomalies::Part* part) {
                    std::string values;
                    json::Writer w(values);
                    app::write_values(w, *part);
                    table.text(part->event.text()).text(part->place).json(values);
                  });
}

Result<std::optional<base::Day>> watched_day(const Request& request, std::string_view name) {
  const auto text = request.query_value(name);
  const auto day = text ? base::parse_day(*text) : std::nullopt;
  if (text && !day) {
    return Error{ErrorCode::bad_time, std::string(name), std::string(*text)};
  }
  return day;
}

Result<Response> watch(Context& context, const std::shared_ptr<HintShelf>& hints,
                       const Request& request, const app::Access& access) {
  HUAN_TRY(from, watched_day(request, "from"));
  HUAN_TRY(to, watched_day(request, "to"));
  HUAN_TRY(due_day, integer_parameter(request, "due_day", kDueDay));
  if (due_day < 1 || due_day > kDueDayMax) {
    return Error{ErrorCode::bad_number, "due_day", "1 to 31"};
  }
  const auto reading = context.parts.store.snapshot();
  WatchWish wish;
  HUAN_TRY(city, choose_city(request, *reading, access));
  wish.city = std::move(city);
  wish.scope = app::row_scope(access);
  wish.days.to =
      to ? *to : base::day_of(reading->last(wish.city.city).recorded_at, wish.city.offset_s);
  wish.days.from = from ? *from : base::Day{wish.days.to.n - kWatchedDays + 1};
  wish.due_day = static_cast<std::int32_t>(due_day);
  if (wish.days.from.n > wish.days.to.n || wish.days.to.n - wish.days.from.n > kWatchedDaysMax) {
    return Error{ErrorCode::bad_time, "from", "at most 400 days, in their order"};
  }
  const auto slot = std::make_shared<HintShelf::Slot>();
  HUAN_TRY(view,
           context.planning.jobs().submit(
               "anomalies", access.principal.name,
               [parts = WatchParts{context.parts.store, context.tracks, hints, slot}, wish](
                   app::JobControl&) -> Result<std::string> { return found_json(parts, wish); }));
  hints->name(slot, view.id);
  return accepted(view);
}

}  // namespace

void add_watch_doors(Doors& doors) {
  Context& context = doors.context();
  const auto shelf = std::make_shared<RulesShelf>();
  doors.read("/api/v1/credit", {"party"},
             [&context, shelf](const Ask& ask) { return show_credit(ask, context, *shelf); });
  doors.read("/api/v1/credit-proposals", {"month"},
             [&context, shelf](const Ask& ask) { return show_proposals(ask, context, *shelf); });
  const auto hints = std::make_shared<HintShelf>();
  doors.write("POST", "/api/v1/anomalies", {"due_day", "from", "to"},
              [&context, hints](const Request& r, const app::Access& a) {
                return watch(context, hints, r, a);
              });
  doors.read("/api/v1/anomalies/{id}/events", list_parameters({"column", "hint"}),
             [&context, hints](const Ask& ask) { return list_hint_events(ask, context, *hints); });
}

}  // namespace huan::http
