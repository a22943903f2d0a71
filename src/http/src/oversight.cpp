// SPDX-License-Identifier: Apache-2.0
// Places, firms and districts against the norms of the rules on record, and how indicators stand.
// What is asked about a day is judged by the rules that were in force on it.
#include <algorithm>
#include <map>
#include <memory>
#include <span>

#include "huan/access/decide.hpp"
#include "huan/app/put_all.hpp"
#include "huan/base/text.hpp"
#include "huan/oversight/counted.hpp"
#include "huan/oversight/history.hpp"
#include "huan/oversight/render.hpp"
#include "huan/oversight/standings.hpp"
#include "object_body.hpp"
#include "record_pages.hpp"
#include "rules_shelf.hpp"

namespace huan::http {
namespace {

using oversight::CityName;

Result<access::Grant> grant_of(const Ask& ask) {
  const auto grant = access::decide(ask.access.subject, access::Action::read_reports);
  if (!grant) {
    return Error{ErrorCode::forbidden, "", ""};
  }
  return *grant;
}

bool sees(const access::Grant& grant, const norms::Subject& subject) {
  const store::RowScope scope{grant.district, {}, {}};
  return (grant.district.empty() || scope.holds_district(subject.district)) &&
         (grant.organisation.empty() || subject.party == grant.organisation) &&
         (grant.place.empty() || subject.id == grant.place);
}

std::vector<std::string> split(const std::string& list) {
  std::vector<std::string> parts;
  for (std::size_t from = 0; from < list.size();) {
    const std::size_t comma = std::min(list.find(',', from), list.size());
    parts.push_back(list.substr(from, comma - from));
    from = comma + 1;
  }
  return parts;
}

bool among(const std::vector<std::string>& list, std::string_view one) {
  return list.empty() || std::find(list.begin(), list.end(), one) != list.end();
}

/// What the door was asked, understood.
struct CheckQuestion {
  RulesOnRecord rules;  ///< null: none on record
  CityName city;
  access::Grant grant;
  oversight::CheckRequest request;
  std::vector<std::string> verdicts;
  std::vector<std::string> norms;
};

Result<CheckQuestion> question_of(const Ask& ask, base::Clock& clock, RulesShelf& shelf) {
  constexpr std::array<std::string_view, 4> kVerdicts{"pass", "fail", "not_known",
                                                      "not_applicable"};
  CheckQuestion question;
  HUAN_TRY(grant, grant_of(ask));
  HUAN_TRY(day, asked_day(ask.request, ask.city, clock));
  question.verdicts = split(ask.text("verdict"));
  for (const std::string& verdict : question.verdicts) {
    if (std::find(kVerdicts.begin(), kVerdicts.end(), verdict) == kVerdicts.end()) {
      return Error{ErrorCode::bad_field, "verdict", "pass, fail, not_known or not_applicable"};
    }
  }
  HUAN_TRY(rules, shelf.at(ask.reading, ask.city, day));
  question.rules = std::move(rules);
  question.city = {ask.city.city, ask.city.offset_s};
  question.norms = split(ask.text("norm"));
  question.grant = std::move(grant);
  question.request = {day, ask.text("subject"), ask.text("district"), {}};
  return question;
}

oversight::NormBook book_of(const wire_pack::City& rules) {
  return {rules.pack, rules.rules.facts, rules.rules.norms, &rules.rules.duties};
}

oversight::CheckReport judge(const Ask& ask, const CheckQuestion& question,
                             const oversight::FindingVisit& visit) {
  auto request = question.request;
  request.sees = [&](const norms::Subject& subject) { return sees(question.grant, subject); };
  return oversight::check_norms(ask.reading, question.city, book_of(*question.rules), request,
                                visit);
}

struct FindingRow {
  std::int64_t number{0};
  std::vector<std::string> cells;
  std::string checks;
  [[nodiscard]] std::string key() const { return std::to_string(number); }
};

/// Those behind `after`, in the order of judging, one more than the page takes.
std::vector<FindingRow> rows_of(const Ask& ask, const CheckQuestion& question, std::int64_t after,
                                std::size_t most) {
  std::vector<FindingRow> rows;
  if (!question.rules) {
    return rows;
  }
  const norms::FactTable& table = question.rules->rules.facts;
  std::int64_t number = 0;
  judge(ask, question, [&](const norms::Subject& subject, const norms::Finding& finding) {
    if (!among(question.verdicts, name(finding.verdict)) ||
        !among(question.norms, finding.norm->id) || ++number <= after || rows.size() >= most) {
      return;
    }
    FindingRow row{number, oversight::finding_cells(subject, finding, table), {}};
    json::Writer w(row.checks);
    oversight::write_finding(w, subject, finding, table);
    rows.push_back(std::move(row));
  });
  return rows;
}

Result<Response> findings(const Ask& ask, base::Clock& clock, RulesShelf& shelf) {
  HUAN_CHECK(check_row_cursor(ask.request));
  HUAN_TRY(question, question_of(ask, clock, shelf));
  HUAN_TRY(options, list_options(ask.request));
  HUAN_TRY(after, integer_parameter(ask.request, "after", 0));
  const auto all = rows_of(ask, question, after, options.whole ? SIZE_MAX : options.limit + 1);
  const std::vector<std::string> header = oversight::finding_header();
  Names columns(header.begin(), header.end());
  columns.emplace_back("finding");
  return list(
      ask, std::move(columns),
      [&](const store::Page& page) {
        const auto from = std::upper_bound(
            all.begin(), all.end(), base::parse_integer(page.after).value_or(0),
            [](std::int64_t number, const FindingRow& row) { return number < row.number; });
        const auto left = static_cast<std::size_t>(all.end() - from);
        return std::vector<FindingRow>(
            from, from + static_cast<std::ptrdiff_t>(std::min(left, page.limit)));
      },
      [](Table& into, const FindingRow& row) {
        for (const std::string& cell : row.cells) {
          into.text(cell);
        }
        into.json(row.checks);
      });
}

Result<Response> scores(const Ask& ask, base::Clock& clock, RulesShelf& shelf) {
  HUAN_TRY(question, question_of(ask, clock, shelf));
  std::string out;
  json::Writer w(out);
  w.begin_object().member("city", ask.city.city);
  if (question.rules) {
    const auto report = judge(ask, question, [](const auto&, const auto&) {});
    w.member("pack", question.rules->pack.name);
    w.member("version", question.rules->pack.version);
    oversight::write_report(w, report, book_of(*question.rules));
  } else {
    w.key("pack").null().key("version").null();
    oversight::CheckReport nothing;
    nothing.day = question.request.day;
    oversight::write_report(w, nothing, {registry::Pack{}, norms::FactTable{}, {}});
  }
  w.end_object();
  return http_server::json_response(200, std::move(out));
}

struct StretchRow {
  std::int64_t number{0};
  const oversight::Stretch* stretch{nullptr};
  [[nodiscard]] std::string key() const { return std::to_string(number); }
};

/// What was found over time, as it was kept.
Result<Response> findings_history(const Ask& ask) {
  HUAN_CHECK(check_row_cursor(ask.request));
  HUAN_TRY(grant, grant_of(ask));
  oversight::HistoryRequest request{ask.text("subject"), ask.text("norm"), {}, {}};
  if (const auto since = ask.query("since")) {
    request.since = base::parse_day(*since);
    if (!request.since) {
      return Error{ErrorCode::bad_time, "since", "a day is written 2026-11-21"};
    }
  }
  request.sees = [&](const norms::Subject& subject) { return sees(grant, subject); };
  const auto all = oversight::history(ask.reading, {ask.city.city, ask.city.offset_s}, request);
  return list(
      ask, {"subject_kind", "subject", "norm", "verdict", "from", "to", "pack", "version"},
      [&](const store::Page& page) {
        std::vector<StretchRow> rows;
        const auto after = static_cast<std::size_t>(
            std::max<std::int64_t>(base::parse_integer(page.after).value_or(0), 0));
        for (std::size_t i = after; i < all.size() && rows.size() < page.limit; ++i) {
          rows.push_back({static_cast<std::int64_t>(i) + 1, &all[i]});
        }
        return rows;
      },
      [](Table& table, const StretchRow& row) {
        const oversight::Stretch& one = *row.stretch;
        table.text(name(one.kind)).text(one.subject).text(one.norm).text(one.verdict);
        table.text(base::format_day(one.from));
        if (one.to) {
          table.text(base::format_day(*one.to));
        } else {
          table.none();
        }
        table.text(one.pack).text(one.version);
      });
}

/// Judges everybody as of today and keeps what changed.
Result<Response> keep_findings(Context& context, RulesShelf& shelf, const Request& request,
                               const app::Access& access) {
  HUAN_TRY(body, ObjectBody::parse(request, {}));
  static_cast<void>(body);
  const auto reading = context.parts.store.snapshot();
  HUAN_TRY(city, choose_city(request, *reading, access));
  const CityName name{city.city, city.offset_s};
  const base::Day day = base::day_of(context.parts.clock.now(), city.offset_s);
  HUAN_TRY(rules, shelf.at(*reading, city, day));
  std::vector<app::RegistryPut> puts;
  if (rules) {
    oversight::Findings findings{rules->pack.name, rules->pack.version, day};
    const auto report =
        oversight::check_norms(*reading, name, book_of(*rules), {day},
                               [&](const norms::Subject& subject, const norms::Finding& finding) {
                                 findings.add(subject, finding);
                               });
    static_cast<void>(report);
    HUAN_TRY(changed, findings.changed(*reading, name));
    puts.reserve(changed.size());
    for (const oversight::FindingVersion& one : changed) {
      app::RegistryPut put;
      put.kind = "finding";
      put.key = one.key;
      put.data = registry::to_json(one.judged);
      puts.push_back(std::move(put));
    }
  }
  HUAN_TRY(recorded, app::put_all(context.parts.recorder, city.city, puts, access.principal));
  return http_server::json_response(200, "{\"recorded\":" + std::to_string(recorded) + "}");
}

struct StandingRow {
  const oversight::NamedStanding* named{nullptr};
  std::string json;
  [[nodiscard]] std::string key() const { return named->indicator->id; }
};

/// The district that indicators are asked about: the asker's own where they reach no other.
Result<std::string> indicated_district(const Ask& ask) {
  HUAN_TRY(grant, grant_of(ask));
  if (!grant.organisation.empty() || !grant.place.empty()) {
    return Error{ErrorCode::forbidden, "", "indicators are the city's and its districts'"};
  }
  std::string district = ask.text("district");
  const bool theirs =
      grant.district.empty() || store::RowScope{grant.district, {}, {}}.holds_district(district);
  return theirs ? std::move(district) : std::move(grant.district);
}

/// A part of an indicator's formula as it was asked for, with the rules and the day that it is of.
struct AskedPart {
  RulesOnRecord rules;
  base::Day day;
  oversight::Basis basis;
};

Result<AskedPart> asked_part(const Ask& ask, base::Clock& clock, RulesShelf& shelf,
                             huan::indicators::MeasureSource source) {
  HUAN_TRY(district, indicated_district(ask));
  HUAN_TRY(day, asked_day(ask.request, ask.city, clock));
  HUAN_TRY(rules, shelf.at(ask.reading, ask.city, day));
  const std::string id(ask.request.param("id"));
  const auto all = rules ? std::span<const huan::indicators::Indicator>(rules->rules.indicators)
                         : std::span<const huan::indicators::Indicator>();
  const auto indicator =
      std::find_if(all.begin(), all.end(), [&](const auto& one) { return one.id == id; });
  if (indicator == all.end()) {
    return Error{ErrorCode::not_found, "id", id};
  }
  const std::string part = ask.query("part") ? ask.text("part") : "measure";
  const oversight::CityName city{ask.city.city, ask.city.offset_s};
  const auto named =
      oversight::stand(ask.reading, city, {rules->pack, {&*indicator, 1}}, day, district);
  const auto& basis = named.front().basis;
  const auto asked = std::find_if(basis.begin(), basis.end(), [&](const oversight::Basis& one) {
    return one.denominator ? part == "denominator" : part == "measure";
  });
  if (asked == basis.end() || asked->measure.source != source) {
    return Error{ErrorCode::bad_field, "part",
                 "a part of the formula over the " + std::string(name(source))};
  }
  return AskedPart{std::move(rules), day, *asked};
}

/// The events whose legs an indicator sums, each with what it adds.
Result<Response> events_of_indicator(const Ask& ask, base::Clock& clock, RulesShelf& shelf) {
  HUAN_TRY(asked, asked_part(ask, clock, shelf, huan::indicators::MeasureSource::ledger));
  return list_sum_events(
      ask, oversight::rows_of(ask.reading, {ask.city.city, ask.city.offset_s}, asked.basis));
}

struct CountedRow {
  std::string of;
  std::string id;
  std::string name;
  std::string by;
  std::int64_t amount{0};
  [[nodiscard]] std::string key() const { return id; }
};

/// The things in the registry that an indicator counts, each with what it adds.
Result<Response> counted_by_indicator(const Ask& ask, base::Clock& clock, RulesShelf& shelf) {
  HUAN_TRY(asked, asked_part(ask, clock, shelf, huan::indicators::MeasureSource::registry));
  const auto picture = oversight::read_city(ask.reading, {ask.city.city, ask.city.offset_s},
                                            asked.basis.to.value_or(asked.day));
  std::map<std::string, CountedRow> things;
  oversight::each_counted(
      asked.basis.measure, picture, asked.rules->pack, [&](const oversight::Counted& one) {
        things[std::string(one.id)] = {std::string(one.of), std::string(one.id),
                                       std::string(one.name), std::string(one.by), one.amount};
      });
  return list(
      ask, {"of", "id", "name", "by", "amount"},
      [&](const store::Page& page) {
        std::vector<CountedRow> rows;
        for (auto one = things.upper_bound(page.after);
             one != things.end() && rows.size() < page.limit; ++one) {
          rows.push_back(one->second);
        }
        return rows;
      },
      [](Table& table, const CountedRow& row) {
        table.text(row.of).text(row.id).text(row.name).text(row.by).integer(row.amount);
      });
}

Result<Response> indicators(const Ask& ask, base::Clock& clock, RulesShelf& shelf) {
  HUAN_TRY(district, indicated_district(ask));
  HUAN_TRY(day, asked_day(ask.request, ask.city, clock));
  HUAN_TRY(rules, shelf.at(ask.reading, ask.city, day));
  std::vector<oversight::NamedStanding> standings;
  if (rules) {
    standings = oversight::stand(ask.reading, {ask.city.city, ask.city.offset_s},
                                 {rules->pack, rules->rules.indicators}, day, district);
    std::sort(standings.begin(), standings.end(),
              [](const auto& a, const auto& b) { return a.indicator->id < b.indicator->id; });
  }
  return list(
      ask, {"id", "zh", "unit", "value", "status", "standing"},
      [&](const store::Page& page) {
        std::vector<StandingRow> rows;
        for (const auto& named : standings) {
          if (named.indicator->id > page.after && rows.size() < page.limit) {
            StandingRow row{&named, {}};
            json::Writer w(row.json);
            oversight::write_standing(w, named);
            rows.push_back(std::move(row));
          }
        }
        return rows;
      },
      [](Table& table, const StandingRow& row) {
        const auto& standing = row.named->standing;
        table.text(row.named->indicator->id).text(row.named->indicator->zh);
        table.text(row.named->indicator->unit.text);
        if (standing.value) {
          table.text(huan::indicators::format_amount(*standing.value, row.named->indicator->unit));
        } else {
          table.none();
        }
        table.text(standing.targets.empty() ? std::string_view{}
                                            : name(standing.targets.back().status));
        table.json(row.json);
      });
}

}  // namespace

void add_oversight_doors(Doors& doors) {
  const auto shelf = std::make_shared<RulesShelf>();
  base::Clock& clock = doors.context().parts.clock;
  doors.read("/api/v1/findings", list_parameters({"at", "subject", "district", "verdict", "norm"}),
             [shelf, &clock](const Ask& ask) { return findings(ask, clock, *shelf); });
  doors.read("/api/v1/findings/history", list_parameters({"subject", "norm", "since"}),
             findings_history);
  doors.write(
      "POST", "/api/v1/findings", {},
      [shelf, &context = doors.context()](const Request& request, const app::Access& access) {
        return keep_findings(context, *shelf, request, access);
      });
  doors.read("/api/v1/scores", {"at", "subject", "district"},
             [shelf, &clock](const Ask& ask) { return scores(ask, clock, *shelf); });
  doors.read("/api/v1/indicators/{id}/events", list_parameters({"at", "district", "part"}),
             [shelf, &clock](const Ask& ask) { return events_of_indicator(ask, clock, *shelf); });
  doors.read("/api/v1/indicators/{id}/counted", list_parameters({"at", "district", "part"}),
             [shelf, &clock](const Ask& ask) { return counted_by_indicator(ask, clock, *shelf); });
  doors.read("/api/v1/indicators", list_parameters({"at", "district"}),
             [shelf, &clock](const Ask& ask) { return indicators(ask, clock, *shelf); });
}

}  // namespace huan::http
