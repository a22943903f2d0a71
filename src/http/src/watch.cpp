// SPDX-License-Identifier: Apache-2.0
// Credit of firms, each point with its rule and dossier; and the look for what is odd in the
// ledger, as a job of the asker.
#include <map>
#include <memory>

#include "huan/app/draws.hpp"
#include "huan/app/find_anomalies.hpp"
#include "huan/declarations/term.hpp"
#include "huan/json/writer.hpp"
#include "huan/oversight/credit_proposals.hpp"
#include "jobs.hpp"
#include "rules_shelf.hpp"

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

std::string found_json(store::Store& store, TrackShelf& tracks, const WatchWish& wish) {
  const auto reading = store.snapshot();
  auto report = app::find_anomalies(*reading, wish.city, wish.days, {wish.due_day},
                                    [&](const std::string& vehicle, base::Day day) {
                                      return tracks.fell_silent(wish.city, vehicle, day);
                                    });
  std::string out;
  json::Writer w(out);
  w.begin_object().member("events", static_cast<std::int64_t>(report.events));
  w.member("from", base::format_day(wish.days.from)).key("items").begin_array();
  for (anomalies::Anomaly& one : report.found) {
    if (is_within(*reading, wish, one)) {
      keep_within(*reading, wish, one);
      app::write_anomaly(w, one);
    }
  }
  w.end_array().member("to", base::format_day(wish.days.to)).end_object();
  return out;
}

Result<std::optional<base::Day>> watched_day(const Request& request, std::string_view name) {
  const auto text = request.query_value(name);
  const auto day = text ? base::parse_day(*text) : std::nullopt;
  if (text && !day) {
    return Error{ErrorCode::bad_time, std::string(name), std::string(*text)};
  }
  return day;
}

Result<Response> watch(Context& context, const Request& request, const app::Access& access) {
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
  HUAN_TRY(view, context.planning.jobs().submit(
                     "anomalies", access.principal.name,
                     [&store = context.parts.store, tracks = context.tracks, wish](app::JobControl&)
                         -> Result<std::string> { return found_json(store, *tracks, wish); }));
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
  doors.write("POST", "/api/v1/anomalies", {"due_day", "from", "to"},
              [&context](const Request& r, const app::Access& a) { return watch(context, r, a); });
}

}  // namespace huan::http
