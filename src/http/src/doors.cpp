// SPDX-License-Identifier: Apache-2.0
#include "doors.hpp"

#include <algorithm>
#include <set>

#include "huan/base/assert.hpp"
#include "huan/base/text.hpp"

namespace huan::http {
namespace {

using http_server::problem_response;

struct ReadAt {
  const ReadDoor& door;
  const Rule& rule;
  const Names& parameters;
  bool any_city;  ///< the door finds its city itself
};

Result<Response> run_read(Context& context, const ReadAt& at, const Request& request,
                          Outlet& outlet) {
  HUAN_TRY(access, context.gate.let_in(request, at.rule));
  HUAN_CHECK(check_parameters(request, at.parameters));
  const auto reading = context.parts.store.snapshot();
  store::CityRow city;
  if (!at.any_city) {
    HUAN_TRY(chosen, choose_city(request, *reading, access));
    city = std::move(chosen);
  }
  return at.door(Ask{request, *reading, std::move(city), access, outlet});
}

struct WriteAt {
  const WriteDoor& door;
  const Rule& rule;
  const Names& parameters;
};

Result<Response> run_write(Context& context, const WriteAt& at, const Request& request) {
  HUAN_TRY(access, context.gate.let_in(request, at.rule));
  HUAN_CHECK(check_parameters(request, at.parameters));
  return at.door(request, access);
}

/// Of a door that asks who comes.
const Rule& closed_rule(std::string_view method, std::string_view pattern) {
  const auto& rule = rule_of(method, pattern);
  HUAN_ASSERT(rule.action.has_value());
  return rule;
}

Response answered(Result<Response> result, const Request& request) {
  if (result) {
    return std::move(result).value();
  }
  const auto& error = result.error();
  auto response = problem_response(error, request);
  if (error.code == ErrorCode::too_many_requests) {
    response.headers.add("Retry-After", error.detail.substr(0, error.detail.find(' ')));
  }
  return response;
}

/// A store that fails is an answer too.
Result<app::Access> let_in(Context& context, const Request& request, const Rule& rule) {
  try {
    return context.gate.let_in(request, rule);
  } catch (const store::Failure& failure) {
    return Error{failure.code(), "", ""};
  }
}

Names with_city(Names parameters) {
  parameters.push_back("city");
  return parameters;
}

}  // namespace

Response answer_exception(const std::exception_ptr& thrown, const Request& request) {
  try {
    std::rethrow_exception(thrown);
  } catch (const store::Failure& failure) {
    return problem_response(Error{failure.code(), "", ""}, request);
  }
}

Response guarded(const Request& request, const std::function<Result<Response>()>& run) {
  try {
    return answered(run(), request);
  } catch (const store::Failure&) {
    return answer_exception(std::current_exception(), request);
  }
}

void Doors::read(std::string_view pattern, Names parameters, ReadDoor door) {
  add_reading(pattern, with_city(std::move(parameters)), std::move(door), false);
}

void Doors::read_any(std::string_view pattern, Names parameters, ReadDoor door) {
  add_reading(pattern, std::move(parameters), std::move(door), true);
}

void Doors::add_reading(std::string_view pattern, Names parameters, ReadDoor door, bool any_city) {
  router_.add_async(
      "GET", pattern,
      [&context = context_, &rule = closed_rule("GET", pattern), parameters = std::move(parameters),
       door = std::move(door), any_city](const Request& request, http_server::Responder responder) {
        Outlet outlet(std::move(responder), context.streams);
        outlet.send(guarded(request, [&] {
          return run_read(context, {door, rule, parameters, any_city}, request, outlet);
        }));
      });
}

void Doors::write(std::string_view method, std::string_view pattern, Names parameters,
                  WriteDoor door) {
  router_.add(method, pattern,
              [&context = context_, &rule = closed_rule(method, pattern),
               parameters = with_city(std::move(parameters)),
               door = std::move(door)](const Request& request) {
                return guarded(
                    request, [&] { return run_write(context, {door, rule, parameters}, request); });
              });
}

void Doors::async(std::string_view method, std::string_view pattern, Names parameters,
                  AsyncDoor door) {
  router_.add_async(method, pattern,
                    [&context = context_, &rule = closed_rule(method, pattern),
                     parameters = with_city(std::move(parameters)),
                     door = std::move(door)](Request request, http_server::Responder responder) {
                      auto access = let_in(context, request, rule);
                      if (!access) {
                        responder.send(problem_response(access.error(), request));
                        return;
                      }
                      if (auto checked = check_parameters(request, parameters); !checked) {
                        responder.send(problem_response(checked.error(), request));
                        return;
                      }
                      door(std::move(request), std::move(access).value(), std::move(responder));
                    });
}

void Doors::open(std::string_view method, std::string_view pattern, http_server::Handler handler) {
  HUAN_ASSERT(!rule_of(method, pattern).action.has_value());
  router_.add(method, pattern, std::move(handler));
}

bool sees_city(const app::Access& access, std::string_view city) {
  return access.subject.city.empty() || access.subject.city == city;
}

Result<store::CityRow> choose_city(const Request& request, store::Reading& reading,
                                   const app::Access& access) {
  if (const auto named = request.query_value("city")) {
    auto row = sees_city(access, *named) ? reading.city(*named) : std::nullopt;
    if (!row) {
      return Error{ErrorCode::unknown_city, "city", std::string(*named)};
    }
    return std::move(*row);
  }
  auto cities = reading.cities();
  std::erase_if(cities, [&](const auto& row) { return !sees_city(access, row.city); });
  if (cities.empty()) {
    return Error{ErrorCode::unknown_city, "city", "no city is on record yet"};
  }
  if (cities.size() > 1) {
    return Error{ErrorCode::bad_field, "city", "several cities are on record: name one"};
  }
  return std::move(cities.front());
}

Result<void> check_parameters(const Request& request, const Names& known) {
  std::set<std::string_view> seen;
  for (const auto& [name, value] : request.query) {
    if (std::find(known.begin(), known.end(), name) == known.end()) {
      return Error{ErrorCode::bad_field, name, "unknown parameter"};
    }
    if (!seen.insert(name).second) {
      return Error{ErrorCode::bad_field, name, "stands twice"};
    }
  }
  return {};
}

Result<std::int64_t> integer_parameter(const Request& request, std::string_view name,
                                       std::int64_t otherwise) {
  const auto text = request.query_value(name);
  if (!text) {
    return otherwise;
  }
  const auto value = base::parse_integer(*text);
  if (!value || *value < 0) {
    return Error{ErrorCode::bad_number, std::string(name), std::string(*text)};
  }
  return *value;
}

std::string media_type(const Request& request) {
  const auto type = request.headers.value_or("Content-Type", "");
  std::string name(type.substr(0, type.find(';')));
  name.erase(name.find_last_not_of(" \t") + 1);
  std::transform(name.begin(), name.end(), name.begin(),
                 [](char c) { return c >= 'A' && c <= 'Z' ? static_cast<char>(c + 32) : c; });
  return name;
}

Result<void> check_json_body(const Request& request) {
  const auto type = media_type(request);
  if (type.empty() || type == "application/json" || type == "application/x-www-form-urlencoded") {
    return {};
  }
  return Error{ErrorCode::unsupported_media, "Content-Type", type};
}

Error at_parameter(Error error) {
  if (error.at.starts_with('/')) {
    error.at.erase(0, 1);
  }
  return error;
}

}  // namespace huan::http
