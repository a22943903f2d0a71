// SPDX-License-Identifier: Apache-2.0
// The API description as data: the part of YAML that openapi.yaml is written in (block maps, flow
// maps and lists, quoted and plain scalars, literal blocks), and what it says of each door.
#pragma once

#include <map>
#include <nlohmann/json.hpp>
#include <string>
#include <vector>

namespace huan::http {

using Json = nlohmann::json;

/// Throws std::runtime_error, with the line, for what is not of that part.
[[nodiscard]] Json read_yaml(const std::string& text);

class Description {
 public:
  explicit Description(const std::string& yaml) : root_(read_yaml(yaml)) {}

  /// Follows $ref as often as it takes.
  [[nodiscard]] const Json& resolve(const Json& node) const;
  /// "GET /api/v1/stock" -> its operation.
  [[nodiscard]] std::map<std::string, Json> doors() const;
  /// "404" -> response, of one door, and of any (x-any-door).
  [[nodiscard]] std::map<std::string, Json> responses(const Json& operation) const;
  [[nodiscard]] std::map<std::string, Json> any_door() const;
  [[nodiscard]] std::vector<Json> parameters(const Json& operation) const;
  /// It is answered in pages, as JSON or CSV.
  [[nodiscard]] bool is_list(const Json& operation) const;

  /// What is wrong with `value` by `schema`, with pointers; empty: nothing. Members that no schema
  /// names are wrong too, unless it is an object without properties.
  [[nodiscard]] std::vector<std::string> faults(const Json& value, const Json& schema,
                                                const std::string& at = "") const;

 private:
  void object_faults(const Json& value, const Json& schema, const std::string& at,
                     std::vector<std::string>& out) const;
  /// All allOf parts as one.
  [[nodiscard]] Json merged(const Json& schema) const;

  Json root_;
};

}  // namespace huan::http
