// SPDX-License-Identifier: Apache-2.0
#include "doors.hpp"

#include <algorithm>

#include "huan/base/text.hpp"

namespace huan::http {
namespace {

using http_server::problem_response;

Result<Response> run_read(Context& context, const Names& parameters, const ReadDoor& door,
                          const Request& request) {
  HUAN_TRY(access, context.gate.let_in(request));
  HUAN_CHECK(check_parameters(request, parameters));
  const auto reading = context.parts.store.snapshot();
  HUAN_TRY(city, choose_city(request, *reading));
  return door(Ask{request, *reading, std::move(city), access});
}

/// The door finds its city itself.
Result<Response> run_read_any(Context& context, const Names& parameters, const ReadDoor& door,
                              const Request& request) {
  HUAN_TRY(access, context.gate.let_in(request));
  HUAN_CHECK(check_parameters(request, parameters));
  const auto reading = context.parts.store.snapshot();
  return door(Ask{request, *reading, {}, access});
}

Result<Response> run_write(Context& context, const Names& parameters, const WriteDoor& door,
                           const Request& request) {
  HUAN_TRY(access, context.gate.let_in(request));
  HUAN_CHECK(check_parameters(request, parameters));
  return door(request, access);
}

Response answered(Result<Response> result, const Request& request) {
  return result ? std::move(result).value() : problem_response(result.error(), request);
}

/// Errors become problems, and so does a store that fails.
http_server::Handler guarded(std::function<Result<Response>(const Request&)> run) {
  return [run = std::move(run)](const Request& request) {
    try {
      return answered(run(request), request);
    } catch (const store::Failure&) {
      return answer_exception(std::current_exception(), request);
    }
  };
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

void Doors::read(std::string_view pattern, Names parameters, ReadDoor door) {
  router_.add("GET", pattern,
              guarded([&context = context_, parameters = with_city(std::move(parameters)),
                       door = std::move(door)](const Request& request) {
                return run_read(context, parameters, door, request);
              }));
}

void Doors::read_any(std::string_view pattern, Names parameters, ReadDoor door) {
  router_.add("GET", pattern,
              guarded([&context = context_, parameters = std::move(parameters),
                       door = std::move(door)](const Request& request) {
                return run_read_any(context, parameters, door, request);
              }));
}

void Doors::write(std::string_view method, std::string_view pattern, Names parameters,
                  WriteDoor door) {
  router_.add(method, pattern,
              guarded([&context = context_, parameters = with_city(std::move(parameters)),
                       door = std::move(door)](const Request& request) {
                return run_write(context, parameters, door, request);
              }));
}

void Doors::async(std::string_view method, std::string_view pattern, Names parameters,
                  AsyncDoor door) {
  router_.add_async(method, pattern,
                    [&context = context_, parameters = with_city(std::move(parameters)),
                     door = std::move(door)](Request request, http_server::Responder responder) {
                      auto access = context.gate.let_in(request);
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
  router_.add(method, pattern, std::move(handler));
}

Result<store::CityRow> choose_city(const Request& request, store::Reading& reading) {
  if (const auto named = request.query_value("city")) {
    auto row = reading.city(*named);
    if (!row) {
      return Error{ErrorCode::unknown_city, "city", std::string(*named)};
    }
    return std::move(*row);
  }
  auto cities = reading.cities();
  if (cities.empty()) {
    return Error{ErrorCode::unknown_city, "city", "no city is on record yet"};
  }
  if (cities.size() > 1) {
    return Error{ErrorCode::bad_field, "city", "several cities are on record: name one"};
  }
  return std::move(cities.front());
}

Result<void> check_parameters(const Request& request, const Names& known) {
  for (const auto& [name, value] : request.query) {
    if (std::find(known.begin(), known.end(), name) == known.end()) {
      return Error{ErrorCode::bad_field, name, "unknown parameter"};
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
  return Error{ErrorCode::unsupported_media, "", type};
}

Error at_parameter(Error error) {
  if (error.at.starts_with('/')) {
    error.at.erase(0, 1);
  }
  return error;
}

}  // namespace huan::http
