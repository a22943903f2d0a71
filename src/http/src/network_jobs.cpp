// SPDX-License-Identifier: Apache-2.0
// POST /api/v1/site?problem=tiered: a whole network, with what differs from a plan before. And who
// has a place near them now, or under a plan.
#include <algorithm>
#include <memory>
#include <mutex>

#include "huan/app/pack_rules.hpp"
#include "huan/json/writer.hpp"
#include "huan/siting/network.hpp"
#include "huan/siting/reach.hpp"
#include "huan/siting_report/report.hpp"
#include "huan/wire_pack/text.hpp"
#include "huan/wire_siting/coverage.hpp"
#include "huan/wire_siting/network.hpp"
#include "huan/wire_siting/network_report.hpp"
#include "huan/wire_siting/pack_network.hpp"
#include "plan_jobs.hpp"

namespace huan::http {
namespace {

constexpr double kWalkMetres = 500;

Result<siting_report::Report> tiered_now(const wire_siting::NetworkQuestion& question, bool costs,
                                         const siting::Limits& limits) {
  siting_report::Wishes wishes;
  wishes.from = question.from ? &*question.from : nullptr;
  wishes.changed = question.changed;
  wishes.costs = costs;
  return siting_report::plan_network(question.network, wishes, limits);
}

/// What a list of jobs says of one.
std::string figures_of(const wire_siting::NetworkQuestion& question,
                       const siting_report::Report& report) {
  std::string out;
  json::Writer w(out);
  w.begin_object();
  if (report.plan.status != siting_problem::Status::infeasible) {
    w.key("best").number(report.plan.upper);
  }
  w.member("changes", static_cast<std::int64_t>(question.changes.size()));
  w.member("problem", "tiered").end_object();
  return out;
}

Result<std::string> tiered_job(const wire_siting::NetworkQuestion& question, bool costs,
                               const PlanBudget& budget, app::JobControl& control) {
  HUAN_TRY(report, tiered_now(question, costs, job_limits(budget, control)));
  control.progress(1, figures_of(question, report));
  return wire_siting::report_json(question.network, report, question.changes);
}

/// The text of a plan that the asker had planned before; empty when none is named.
Result<std::shared_ptr<const std::string>> plan_before(Context& context, const Request& request,
                                                       const app::Access& access) {
  const auto id = request.query_value("from");
  if (!id) {
    return std::make_shared<const std::string>();
  }
  const auto view = context.planning.jobs().find(access.principal.name, *id);
  if (!view || view->kind != "site" || view->result == nullptr) {
    return Error{ErrorCode::not_found, "from", std::string(*id)};
  }
  return view->result;
}

Result<std::optional<siting_problem::Network>> asked_network(Context& context,
                                                             const Request& request,
                                                             const app::Access& access) {
  const auto of = request.query_value("of").value_or("body");
  if (of != "body" && of != "city") {
    return Error{ErrorCode::bad_field, "of", "body or city"};
  }
  if (of == "body") {
    return std::optional<siting_problem::Network>{};
  }
  const auto reading = context.parts.store.snapshot();
  HUAN_TRY(city, choose_city(request, *reading, access));
  HUAN_TRY(network, city_network(*reading, city.city));
  return std::optional{std::move(network)};
}

std::vector<std::string> kinds_of(const Ask& ask) {
  const std::string text = ask.text("kind");
  std::vector<std::string> kinds;
  for (std::size_t from = 0; from < text.size();) {
    const std::size_t comma = std::min(text.find(',', from), text.size());
    kinds.push_back(text.substr(from, comma - from));
    from = comma + 1;
  }
  return kinds.empty() ? std::vector<std::string>{"drop-off-point", "station"} : kinds;
}

std::vector<siting_problem::Point> active_places(const Ask& ask) {
  constexpr std::size_t kPlacesOfPage = 1'000;
  std::vector<siting_problem::Point> places;
  for (const std::string& kind : kinds_of(ask)) {
    store::RegistryFilter filter;
    filter.subkind = kind;
    store::Page page{"", kPlacesOfPage};
    for (bool more = true; more;) {
      const auto rows = ask.reading.registry(ask.city.city, "place", filter, page);
      for (const store::RegistryRow& row : rows) {
        if (const auto spot = wire_siting::active_spot(row.body)) {
          places.push_back(*spot);
        }
      }
      more = rows.size() == page.limit;
      page.after = rows.empty() ? page.after : rows.back().key;
    }
  }
  return places;
}

/// What a job of the asker planned for this very network.
Result<siting_problem::NetworkPlan> planned(const Ask& ask, Context& context,
                                            const siting_problem::Network& network) {
  const std::string id = ask.text("job");
  const auto view = context.planning.jobs().find(ask.access.principal.name, id);
  if (!view || view->result == nullptr) {
    return Error{ErrorCode::not_found, "job", id};
  }
  auto plan = wire_siting::read_network_plan(*view->result, network);
  if (!plan || plan->served.size() != network.homes.size()) {
    return Error{ErrorCode::bad_field, "job", "is no plan of this city's network"};
  }
  return plan;
}

/// The network that was read last.
class NetworkShelf {
 public:
  Result<std::shared_ptr<const siting_problem::Network>> of(const Ask& ask) {
    const auto text = app::rules_at(ask.reading, ask.city.city, std::nullopt);
    const std::lock_guard lock(mutex_);
    if (!network_ || text.value_or("") != text_) {
      auto network = city_network(ask.reading, ask.city.city);
      if (!network && network.error().code != ErrorCode::not_found) {
        return network.error();
      }
      // Where nobody is known to live, nobody is reached.
      network_ = std::make_shared<const siting_problem::Network>(
          network ? std::move(*network) : siting_problem::Network{});
      text_ = text.value_or("");
    }
    return network_;
  }

 private:
  std::mutex mutex_;
  std::string text_;
  std::shared_ptr<const siting_problem::Network> network_;
};

Result<Response> coverage_now(const Ask& ask, Context& context, NetworkShelf& shelf) {
  HUAN_TRY(metres, decimal_parameter(ask.request, "metres", kWalkMetres));
  const auto format = ask.query("format").value_or("json");
  if (format != "json" && format != "csv" && format != "geojson") {
    return Error{ErrorCode::bad_field, "format", "json, csv or geojson"};
  }
  HUAN_TRY(network, shelf.of(ask));
  siting::Reach reach;
  std::size_t places = 0;
  if (ask.query("job")) {
    HUAN_TRY(plan, planned(ask, context, *network));
    reach = siting::reach_of(*network, plan);
    places = plan.open.size();
  } else {
    const auto spots = active_places(ask);
    reach = siting::reach_of(*network, spots, metres);
    places = spots.size();
  }
  if (format == "csv") {
    return http_server::make_response(200, "text/csv; charset=utf-8",
                                      wire_siting::coverage_csv(*network, reach));
  }
  if (format == "geojson") {
    return http_server::make_response(200, "application/geo+json",
                                      wire_siting::gaps_geojson(*network, reach));
  }
  return http_server::json_response(200,
                                    wire_siting::coverage_json(*network, reach, metres, places));
}

}  // namespace

Result<siting_problem::Network> city_network(store::Reading& reading, const std::string& city) {
  const auto text = app::rules_at(reading, city, std::nullopt);
  if (!text) {
    return Error{ErrorCode::not_found, "city", "no rules are on record"};
  }
  HUAN_TRY(folders, wire_pack::folders_of_text(*text));
  HUAN_TRY(pack, registry::parse_pack_folders(folders));
  if (pack.communities.empty()) {
    return Error{ErrorCode::not_found, "city", "no villages and communities are on record"};
  }
  return wire_siting::network_of_folders(folders);
}

Result<Response> plan_tiered(Context& context, const Request& request, const app::Access& access,
                             const PlanBudget& budget) {
  for (const std::string_view name : {"format", "p", "radius", "detour"}) {
    if (request.query_value(name)) {
      return Error{ErrorCode::bad_field, std::string(name), "is not for problem=tiered"};
    }
  }
  HUAN_TRY(costs, flag_parameter(request, "relax"));
  HUAN_TRY(known, asked_network(context, request, access));
  HUAN_TRY(before, plan_before(context, request, access));
  HUAN_TRY(question, wire_siting::read_question(request.body(), std::move(known), *before));
  HUAN_CHECK(siting::check_network(question.network));
  auto held = std::make_shared<const wire_siting::NetworkQuestion>(std::move(question));
  HUAN_TRY(view, context.planning.jobs().submit("site", access.principal.name,
                                                [held, budget, costs](app::JobControl& control) {
                                                  return tiered_job(*held, costs, budget, control);
                                                }));
  return accepted(view);
}

void add_coverage_doors(Doors& doors) {
  const auto shelf = std::make_shared<NetworkShelf>();
  Context& context = doors.context();
  doors.read("/api/v1/coverage", {"metres", "kind", "job", "format"},
             [shelf, &context](const Ask& ask) { return coverage_now(ask, context, *shelf); });
}

}  // namespace huan::http
