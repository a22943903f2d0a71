// SPDX-License-Identifier: Apache-2.0
// Routes: a method and a pattern of path segments. `{name}` takes one segment, decoded; `{name...}`
// as last segment takes the rest, joined with '/' (segments that are empty, ".", ".." or contain a
// slash or backslash do not match there, so that the value is safe below a directory). Literal
// segments win over names, names over the rest. HEAD is answered by GET's route, OPTIONS by the
// router. Patterns that contradict each other assert when they are added.
//
//   Router router;
//   router.add("GET", "/api/v1/lots/{lot}/trace", [&](const Request& r) { return trace(r); });
#pragma once

#include <memory>
#include <string>
#include <string_view>
#include <vector>

#include "huan/http_server/responder.hpp"

namespace huan::http_server {

struct Route {
  std::string method;
  std::string pattern;
  AsyncHandler handler;
};

struct RouteMatch {
  const Route* route{nullptr};  ///< null: nothing found, or another method
  Pairs params;
  std::vector<std::string> allowed;  ///< methods of the path, when there is such a path
};

class Router {
 public:
  Router();
  ~Router();
  Router(Router&&) noexcept;
  Router& operator=(Router&&) noexcept;

  void add(std::string_view method, std::string_view pattern, Handler handler);
  void add_async(std::string_view method, std::string_view pattern, AsyncHandler handler);
  /// `segments` are decoded (split_path).
  [[nodiscard]] RouteMatch match(std::string_view method,
                                 const std::vector<std::string>& segments) const;
  /// Every (method, pattern), in order of their addition.
  [[nodiscard]] std::vector<std::pair<std::string, std::string>> routes() const;
  /// Finds the route and runs its handler; answers 400, 404, 405, and 204 to OPTIONS. What a
  /// handler throws goes through; its responder has then answered 500.
  void dispatch(Request request, Responder responder) const;

 private:
  struct Node;
  Node& node_for(std::string_view pattern);
  std::unique_ptr<Node> root_;
  std::vector<std::unique_ptr<Route>> routes_;
};

}  // namespace huan::http_server
