// SPDX-License-Identifier: Apache-2.0
// POST /api/v1/events: one event, an array, or NDJSON, into the write path. No thread waits for the
// commit: the writer answers when the group is durable.
#include <algorithm>

#include "doors.hpp"
#include "huan/app/recorder.hpp"
#include "huan/base/text.hpp"
#include "huan/http_server/detail.hpp"
#include "huan/json/split.hpp"
#include "huan/json/writer.hpp"

namespace huan::http {
namespace {

using app::Outcome;
using http_server::Responder;

/// One POST on its way: prepared by a worker, posted and answered by the writer.
struct Batch {
  Batch(Request asked, Responder answer)
      : request(std::move(asked)), responder(std::move(answer)) {}

  Request request;
  Responder responder;
  app::Access access;
  app::Mode mode{app::Mode::atomic};
  json::Shape shape{json::Shape::one};
  std::string city;
  std::vector<app::PreparedEvent> events;
  app::BatchResult result;
};

Result<json::Pieces> cut(const Request& request) {
  json::SplitOptions options;
  options.lines_only = media_type(request) == "application/x-ndjson";
  if (!options.lines_only) {
    HUAN_CHECK(check_json_body(request));
  }
  return json::split(request.body(), options);
}

Result<app::Mode> mode_of(const Request& request) {
  const auto mode = request.query_value("mode").value_or("atomic");
  if (mode != "atomic" && mode != "each") {
    return Error{ErrorCode::bad_field, "mode", "atomic or each"};
  }
  return mode == "each" ? app::Mode::each : app::Mode::atomic;
}

/// The one city whose registry has the events' places. What names no known place goes where the
/// others go, and is refused there by name.
Result<std::string> city_of(const Batch& batch, store::Reading& reading) {
  const auto cities = reading.cities();
  const bool of_one = !batch.access.subject.city.empty();
  if (batch.request.query_value("city") || cities.size() < 2 || of_one) {
    HUAN_TRY(chosen, choose_city(batch.request, reading, batch.access));
    return chosen.city;
  }
  std::string city;
  for (const auto& event : batch.events) {
    if (!event.event) {
      continue;
    }
    for (const auto& candidate : cities) {
      const bool there =
          reading.registered(candidate.city, "place", event.event->place).has_value();
      if (there && !city.empty() && city != candidate.city) {
        return Error{ErrorCode::batch_spans_cities, "", city + ", " + candidate.city};
      }
      if (there) {
        city = candidate.city;
        break;
      }
    }
  }
  return city.empty() ? cities.front().city : city;
}

void render_raised(json::Writer& w, const std::vector<ledger::Raised>& raised,
                   base::Language language) {
  w.key("raised").begin_array();
  for (const auto& one : raised) {
    w.begin_object().member("at", one.at).member("code", one.code);
    w.member("detail", http_server::detail_text(one.detail, language)).end_object();
  }
  w.end_array();
}

void render_outcome(json::Writer& w, const Outcome& outcome, bool kept, base::Language language) {
  const bool undone = !kept && outcome.status == app::Status::posted;
  const bool refused = undone || outcome.status == app::Status::refused;
  w.begin_object().member("id", outcome.id);
  w.key("status").string(undone ? "refused" : app::name(outcome.status));
  if (refused) {
    const ErrorCode code = undone ? ErrorCode::batch_refused : outcome.error.code;
    w.key("code").string(base::name(code)).key("message").string(base::message(code, language));
    w.member("at", outcome.error.at);
    w.member("detail", http_server::detail_text(outcome.error.detail, language));
    w.member("advice", base::advice(code, language));
  } else {
    w.member("seq", static_cast<std::int64_t>(outcome.seq));
  }
  render_raised(w, outcome.raised, language);
  w.end_object();
}

std::string render_results(const Batch& batch) {
  std::string out;
  json::Writer w(out);
  w.begin_array();
  for (const auto& outcome : batch.result.outcomes) {
    render_outcome(w, outcome, batch.result.kept, batch.request.language());
  }
  w.end_array();
  return out;
}

Response answer(const Batch& batch) {
  const auto results = render_results(batch);
  if (batch.result.kept) {
    return http_server::json_response(200, "{\"results\":" + results + "}");
  }
  const auto& outcomes = batch.result.outcomes;
  const auto first = std::find_if(outcomes.begin(), outcomes.end(), [](const Outcome& o) {
    return o.status == app::Status::refused;
  });
  auto error = first->error;
  if (batch.shape != json::Shape::one) {
    error = error.within("/" + std::to_string(first - outcomes.begin()));
  }
  const auto language = batch.request.language();
  auto response = http_server::make_response(
      422, "application/problem+json",
      http_server::problem_members(error, 422, language) + ",\"results\":" + results + "}");
  response.headers.add("Content-Language", language == base::Language::zh ? "zh-CN" : "en");
  return response;
}

/// All are the asker's to record. What cannot be read is refused by the writer, by name.
Result<void> check_rows(const Batch& batch, store::Reading& reading) {
  const auto scope = app::row_scope(batch.access);
  for (std::size_t i = 0; !scope.any() && i < batch.events.size(); ++i) {
    const auto& event = batch.events[i].event;
    auto checked = event ? app::may_record(reading, batch.city, *event, scope) : Result<void>();
    if (!checked) {
      const bool one = batch.shape == json::Shape::one;
      return one ? std::move(checked).error()
                 : std::move(checked).error().within("/" + std::to_string(i));
    }
  }
  return {};
}

Result<void> prepare(Batch& batch, store::Store& store) {
  HUAN_TRY(mode, mode_of(batch.request));
  HUAN_TRY(pieces, cut(batch.request));
  batch.mode = mode;
  batch.shape = pieces.shape;
  batch.events.reserve(pieces.items.size());
  for (const auto piece : pieces.items) {
    batch.events.push_back(app::prepare(piece));
  }
  const auto reading = store.snapshot();
  HUAN_TRY(city, city_of(batch, *reading));
  batch.city = std::move(city);
  return check_rows(batch, *reading);
}

void submit(const std::shared_ptr<Batch>& batch, app::Recorder& recorder) {
  app::Job job;
  job.city = batch->city;
  job.weight = std::max<std::size_t>(batch->events.size(), 1);
  job.work = [batch](app::CityWriter& writer) {
    batch->result = app::post_batch(writer, batch->events, batch->mode, batch->access.principal);
    return batch->result.kept;
  };
  job.done = [batch](const std::exception_ptr& failure) {
    batch->responder.send(failure ? answer_exception(failure, batch->request) : answer(*batch));
  };
  if (!recorder.submit(std::move(job))) {
    batch->responder.send(
        http_server::problem_response(Error{ErrorCode::overloaded, "", ""}, batch->request));
  }
}

void post_events(Context& context, Request request, app::Access access, Responder responder) {
  // Shared by the two functions of the job, which have to be copyable.
  const auto batch = std::make_shared<Batch>(std::move(request), std::move(responder));
  batch->access = std::move(access);
  try {
    if (auto prepared = prepare(*batch, context.parts.store); !prepared) {
      batch->responder.send(http_server::problem_response(prepared.error(), batch->request));
      return;
    }
  } catch (const store::Failure&) {
    batch->responder.send(answer_exception(std::current_exception(), batch->request));
    return;
  }
  submit(batch, context.parts.recorder);
}

}  // namespace

void add_event_doors(Doors& doors) {
  doors.async(
      "POST", "/api/v1/events", {"mode"},
      [&context = doors.context()](Request request, app::Access access, Responder responder) {
        post_events(context, std::move(request), std::move(access), std::move(responder));
      });
}

}  // namespace huan::http
