// SPDX-License-Identifier: Apache-2.0
// Jobs as the API shows them: how far each is, its result, an end on demand, and a live stream.
#include "jobs.hpp"

#include <algorithm>
#include <iterator>

#include "doors.hpp"
#include "huan/http_server/problem.hpp"
#include "huan/json/writer.hpp"

namespace huan::http {
namespace {

constexpr std::string_view kJobsPath = "/api/v1/jobs/";

http_server::ServerSentEvent told(const app::JobView& view) {
  return {.event = app::has_ended(view.state) ? "ended" : "progress", .data = job_json(view)};
}

Result<app::JobView> job_of(Context& context, const Request& request, const app::Access& access) {
  const auto id = request.param("id");
  auto view = context.planning.find(access.principal.name, id);
  if (!view) {
    return Error{ErrorCode::not_found, "id", std::string(id)};
  }
  return std::move(*view);
}

Response as_json(const app::JobView& view) {
  auto response = http_server::json_response(200, job_json(view));
  response.headers.add("Cache-Control", "no-store");
  return response;
}

Result<Response> list_jobs(Context& context, const app::Access& access) {
  std::string out;
  json::Writer w(out);
  w.begin_object().key("items").begin_array();
  for (const auto& view : context.planning.list(access.principal.name)) {
    w.raw(job_json(view));
  }
  w.end_array().key("next").null().end_object();
  auto response = http_server::json_response(200, std::move(out));
  response.headers.add("Cache-Control", "no-store");
  return response;
}

Result<Response> result_of(Context& context, const Request& request, const app::Access& access) {
  HUAN_TRY(view, job_of(context, request, access));
  if (view.result == nullptr) {
    return Error{ErrorCode::not_found, "id",
                 "the job is " + std::string(app::name(view.state)) + ": there is no result" +
                     (app::has_ended(view.state) ? "" : " yet")};
  }
  return http_server::json_response(200, *view.result);
}

Result<Response> cancel(Context& context, const Request& request, const app::Access& access) {
  HUAN_TRY(before, job_of(context, request, access));
  const auto view = context.planning.cancel(before.by, before.id);
  return as_json(view.value_or(before));
}

}  // namespace

void PlanningJobs::announce(const app::JobView& view) { hub_.publish(view.id, told(view)); }

void PlanningJobs::follow(http_server::Responder responder, const app::JobView& view) {
  hub_.subscribe(std::move(responder), view.id,
                 [&] { return std::vector{told(find(view.by, view.id).value_or(view))}; });
}

std::optional<app::JobView> PlanningJobs::find(std::string_view by, std::string_view id) const {
  auto view = jobs_.find(by, id);
  return view ? view : imports_.find(by, id);
}

std::vector<app::JobView> PlanningJobs::list(std::string_view by) const {
  auto all = jobs_.list(by);
  auto imports = imports_.list(by);
  std::move(imports.begin(), imports.end(), std::back_inserter(all));
  std::stable_sort(all.begin(), all.end(),
                   [](const app::JobView& a, const app::JobView& b) { return a.asked > b.asked; });
  return all;
}

std::optional<app::JobView> PlanningJobs::cancel(std::string_view by, std::string_view id) {
  auto view = jobs_.cancel(by, id);
  return view ? view : imports_.cancel(by, id);
}

void PlanningJobs::close() {
  jobs_.close();
  imports_.close();
  hub_.close();
}

std::string job_json(const app::JobView& view) {
  const auto time = [](const std::optional<base::Instant>& at) {
    return at ? "\"" + base::format_time(*at, 0) + "\"" : std::string("null");
  };
  std::string out;
  json::Writer w(out);
  w.begin_object().member("asked_at", base::format_time(view.asked, 0));
  w.key("began_at").raw(time(view.began)).key("ended_at").raw(time(view.ended)).key("error");
  if (view.error) {
    w.raw(http_server::problem_members(*view.error, http_server::http_status(*view.error),
                                       base::Language::zh) +
          "}");
  } else {
    w.null();
  }
  w.key("figures").raw(view.figures.empty() ? "null" : view.figures);
  w.key("fraction").number(view.fraction).member("id", view.id).member("kind", view.kind);
  w.key("result");
  view.result ? w.string(std::string(kJobsPath) + view.id + "/result") : w.null();
  w.member("state", app::name(view.state)).end_object();
  return out;
}

Response accepted(const app::JobView& view) {
  auto response = http_server::json_response(202, job_json(view));
  response.headers.add("Location", std::string(kJobsPath) + view.id);
  return response;
}

void add_job_doors(Doors& doors) {
  auto& context = doors.context();
  doors.write("GET", "/api/v1/jobs", {}, [&context](const Request&, const app::Access& access) {
    return list_jobs(context, access);
  });
  doors.write("GET", "/api/v1/jobs/{id}", {},
              [&context](const Request& r, const app::Access& a) -> Result<Response> {
                HUAN_TRY(view, job_of(context, r, a));
                return as_json(view);
              });
  doors.write("DELETE", "/api/v1/jobs/{id}", {},
              [&context](const Request& r, const app::Access& a) { return cancel(context, r, a); });
  doors.write(
      "GET", "/api/v1/jobs/{id}/result", {},
      [&context](const Request& r, const app::Access& a) { return result_of(context, r, a); });
  doors.async("GET", "/api/v1/jobs/{id}/stream", {},
              [&context](const Request& request, const app::Access& access,
                         http_server::Responder responder) {
                const auto view = job_of(context, request, access);
                if (!view) {
                  responder.send(http_server::problem_response(view.error(), request));
                  return;
                }
                context.planning.follow(std::move(responder), *view);
              });
}

}  // namespace huan::http
