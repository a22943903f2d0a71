// SPDX-License-Identifier: Apache-2.0
#include "huan/http_server/router.hpp"

#include <algorithm>
#include <map>

#include "huan/base/assert.hpp"
#include "huan/http_server/problem.hpp"
#include "huan/http_server/target.hpp"

namespace huan::http_server {
namespace {

bool is_parameter(std::string_view segment) {
  return segment.size() > 2 && segment.front() == '{' && segment.back() == '}';
}

bool is_safe_below_directory(const std::string& segment) {
  return !segment.empty() && segment != "." && segment != ".." &&
         segment.find_first_of("/\\") == std::string::npos;
}

std::string joined(const std::vector<std::string>& parts, std::string_view separator) {
  std::string out;
  for (const auto& part : parts) {
    if (!out.empty()) {
      out += separator;
    }
    out += part;
  }
  return out;
}

AsyncHandler blocking(Handler handler) {
  return [handler = std::move(handler)](const Request& request, Responder responder) {
    responder.send(handler(request));
  };
}

/// Between a request taken apart and its route's handler.
base::Result<std::vector<std::string>> take_apart(Request& request) {
  HUAN_TRY(target, parse_target(request.target));
  request.path = std::move(target.path);
  request.query = std::move(target.query);
  if (request.path == "*") {
    return std::vector<std::string>{};
  }
  return split_path(request.path);
}

void refuse(const Request& request, Responder responder, base::ErrorCode code, std::string detail) {
  responder.send(problem_response(base::Error{code, "", std::move(detail)}, request));
}

void answer_other_method(const Request& request, Responder responder, const RouteMatch& match) {
  const bool options = request.method == "OPTIONS";
  auto response = options ? empty_response(204)
                          : problem_response(base::Error{base::ErrorCode::method_not_allowed, "",
                                                         request.method + " " + request.path},
                                             request);
  response.headers.add("Allow", joined(match.allowed, ", "));
  responder.send(std::move(response));
}

}  // namespace

struct Router::Node {
  std::map<std::string, std::unique_ptr<Node>, std::less<>> literals;
  std::unique_ptr<Node> parameter;
  std::unique_ptr<Node> rest;
  std::string name;  ///< of the parameter that led here
  std::vector<const Route*> routes;

  /// The best node for segments[at...]; params are pushed on the way and taken back when it fails.
  [[nodiscard]] const Node* find(const std::vector<std::string>& segments, std::size_t at,
                                 Pairs& params) const {
    if (at == segments.size()) {
      return routes.empty() ? nullptr : this;
    }
    if (const auto literal = literals.find(segments[at]); literal != literals.end()) {
      if (const auto* found = literal->second->find(segments, at + 1, params)) {
        return found;
      }
    }
    if (parameter != nullptr && !segments[at].empty()) {
      params.emplace_back(parameter->name, segments[at]);
      if (const auto* found = parameter->find(segments, at + 1, params)) {
        return found;
      }
      params.pop_back();
    }
    const auto first = segments.begin() + static_cast<std::ptrdiff_t>(at);
    if (rest != nullptr && std::all_of(first, segments.end(), is_safe_below_directory)) {
      params.emplace_back(rest->name, joined({first, segments.end()}, "/"));
      return rest.get();
    }
    return nullptr;
  }
};

Router::Router() : root_(std::make_unique<Node>()) {}
Router::~Router() = default;
Router::Router(Router&&) noexcept = default;
Router& Router::operator=(Router&&) noexcept = default;

Router::Node& Router::node_for(std::string_view pattern) {
  HUAN_ASSERT(pattern.starts_with('/'));
  Node* node = root_.get();
  for (bool last = false; !last;) {
    pattern.remove_prefix(1);
    const auto end = pattern.find('/');
    const auto segment = pattern.substr(0, end);
    last = end == std::string_view::npos;
    HUAN_ASSERT(node != nullptr);
    if (!is_parameter(segment)) {
      auto& next = node->literals[std::string(segment)];
      next = next ? std::move(next) : std::make_unique<Node>();
      node = next.get();
    } else {
      auto name = segment.substr(1, segment.size() - 2);
      const bool takes_rest = name.ends_with("...");
      HUAN_ASSERT(!takes_rest || last);
      name.remove_suffix(takes_rest ? 3 : 0);
      auto& next = takes_rest ? node->rest : node->parameter;
      if (!next) {
        next = std::make_unique<Node>();
        next->name = name;
      }
      HUAN_ASSERT(next->name == name);
      node = next.get();
    }
    pattern = last ? std::string_view{} : pattern.substr(end);
  }
  return *node;
}

void Router::add(std::string_view method, std::string_view pattern, Handler handler) {
  add_async(method, pattern, blocking(std::move(handler)));
}

void Router::add_async(std::string_view method, std::string_view pattern, AsyncHandler handler) {
  auto& node = node_for(pattern);
  for (const auto* route : node.routes) {
    HUAN_ASSERT(route->method != method);
  }
  routes_.push_back(std::make_unique<Route>(
      Route{std::string(method), std::string(pattern), std::move(handler)}));
  node.routes.push_back(routes_.back().get());
}

RouteMatch Router::match(std::string_view method, const std::vector<std::string>& segments) const {
  RouteMatch match;
  const auto* node = root_->find(segments, 0, match.params);
  if (node == nullptr) {
    return match;
  }
  for (const auto* route : node->routes) {
    match.allowed.push_back(route->method);
    if (route->method == method ||
        (method == "HEAD" && route->method == "GET" && match.route == nullptr)) {
      match.route = route;
    }
    if (route->method == "GET") {
      match.allowed.emplace_back("HEAD");
    }
  }
  match.allowed.emplace_back("OPTIONS");
  return match;
}

std::vector<std::pair<std::string, std::string>> Router::routes() const {
  std::vector<std::pair<std::string, std::string>> list;
  list.reserve(routes_.size());
  for (const auto& route : routes_) {
    list.emplace_back(route->method, route->pattern);
  }
  return list;
}

void Router::dispatch(Request request, Responder responder) const {
  auto segments = take_apart(request);
  if (!segments) {
    responder.send(problem_response(segments.error(), request));
    return;
  }
  if (request.path == "*") {
    if (request.method == "OPTIONS") {
      responder.send(empty_response(204));
    } else {
      refuse(request, std::move(responder), base::ErrorCode::bad_text, "* is for OPTIONS only");
    }
    return;
  }
  auto found = match(request.method, *segments);
  if (found.allowed.empty()) {
    refuse(request, std::move(responder), base::ErrorCode::not_found, request.path);
    return;
  }
  if (found.route == nullptr) {
    answer_other_method(request, std::move(responder), found);
    return;
  }
  request.params = std::move(found.params);
  request.route = found.route->pattern;
  responder.matched(*found.route);
  found.route->handler(std::move(request), std::move(responder));
}

}  // namespace huan::http_server
