// SPDX-License-Identifier: Apache-2.0
#include "description.hpp"

#include <algorithm>
#include <stdexcept>

#include "huan/base/id.hpp"
#include "huan/base/time.hpp"

namespace huan::http {
namespace {

bool is_of_type(const Json& value, const std::string& type) {
  return (type == "object" && value.is_object()) || (type == "array" && value.is_array()) ||
         (type == "string" && value.is_string()) || (type == "boolean" && value.is_boolean()) ||
         (type == "integer" && value.is_number_integer()) ||
         (type == "number" && value.is_number()) || (type == "null" && value.is_null());
}

bool is_of_any_type(const Json& value, const Json& types) {
  if (types.is_string()) {
    return is_of_type(value, types.get<std::string>());
  }
  return std::any_of(types.begin(), types.end(),
                     [&](const Json& type) { return is_of_type(value, type.get<std::string>()); });
}

bool is_of_format(const std::string& text, const std::string& format) {
  if (format == "uuid") {
    return base::Uuid::parse(text).has_value();
  }
  if (format == "date-time") {
    return base::parse_time(text).has_value();
  }
  return format != "date" || base::parse_day(text).has_value();
}

void scalar_faults(const Json& value, const Json& schema, const std::string& at,
                   std::vector<std::string>& out) {
  if (schema.contains("enum")) {
    const Json& choices = schema.at("enum");
    if (std::find(choices.begin(), choices.end(), value) == choices.end()) {
      out.push_back(at + ": none of the enum: " + value.dump());
    }
  }
  if (value.is_number_integer()) {
    const auto number = value.get<std::int64_t>();
    if (number < schema.value("minimum", number) || number > schema.value("maximum", number)) {
      out.push_back(at + ": out of range: " + value.dump());
    }
  }
  if (value.is_string()) {
    const auto text = value.get<std::string>();
    const bool wrong_size = text.size() < schema.value("minLength", std::size_t{0}) ||
                            text.size() > schema.value("maxLength", text.size());
    if (wrong_size || !is_of_format(text, schema.value("format", std::string{}))) {
      out.push_back(at + ": wrong size or format: " + text);
    }
  }
}

}  // namespace

const Json& Description::resolve(const Json& node) const {
  const Json* found = &node;
  while (found->is_object() && found->contains("$ref")) {
    found = &root_.at(Json::json_pointer{found->at("$ref").get<std::string>().substr(1)});
  }
  return *found;
}

std::map<std::string, Json> Description::doors() const {
  std::map<std::string, Json> doors;
  for (const auto& [path, item] : root_.at("paths").items()) {
    for (const auto& [method, operation] : item.items()) {
      std::string name = method;
      std::transform(name.begin(), name.end(), name.begin(),
                     [](char c) { return static_cast<char>(c - 32); });
      doors[name + " " + path] = operation;
    }
  }
  return doors;
}

std::map<std::string, Json> Description::responses(const Json& operation) const {
  std::map<std::string, Json> all;
  for (const auto& [status, response] : operation.at("responses").items()) {
    all[status] = resolve(response);
  }
  return all;
}

std::map<std::string, Json> Description::any_door() const {
  std::map<std::string, Json> all;
  for (const auto& [status, response] : root_.at("x-any-door").items()) {
    all[status] = resolve(response);
  }
  return all;
}

std::vector<Json> Description::parameters(const Json& operation) const {
  std::vector<Json> all;
  for (const auto& parameter : operation.value("parameters", Json::array())) {
    all.push_back(resolve(parameter));
  }
  return all;
}

bool Description::is_list(const Json& operation) const {
  const auto all = parameters(operation);
  const auto has = [&](const char* name) {
    return std::any_of(all.begin(), all.end(),
                       [name](const Json& p) { return p.at("name") == name; });
  };
  return has("format") && has("after");
}

Json Description::merged(const Json& given) const {
  Json schema = resolve(given);
  if (!schema.contains("allOf")) {
    return schema;
  }
  Json whole{{"type", "object"}, {"required", Json::array()}, {"properties", Json::object()}};
  for (const auto& one : schema.at("allOf")) {
    const Json part = merged(one);
    whole["properties"].update(part.value("properties", Json::object()));
    for (const auto& name : part.value("required", Json::array())) {
      whole["required"].push_back(name);
    }
  }
  return whole;
}

void Description::object_faults(const Json& value, const Json& schema, const std::string& at,
                                std::vector<std::string>& out) const {
  for (const auto& name : schema.value("required", Json::array())) {
    if (!value.contains(name.get<std::string>())) {
      out.push_back(at + ": lacks " + name.get<std::string>());
    }
  }
  if (!schema.contains("properties")) {
    return;
  }
  const Json& properties = schema.at("properties");
  for (const auto& [name, member] : value.items()) {
    if (!properties.contains(name)) {
      out.push_back(at + "/" + name + ": not described");
      continue;
    }
    const auto inner = faults(member, properties.at(name), at + "/" + name);
    out.insert(out.end(), inner.begin(), inner.end());
  }
}

std::vector<std::string> Description::faults(const Json& value, const Json& given,
                                             const std::string& at) const {
  const Json schema = merged(given);
  std::vector<std::string> out;
  if (schema.contains("oneOf")) {
    const Json& choices = schema.at("oneOf");
    const auto fitting = std::count_if(choices.begin(), choices.end(), [&](const Json& choice) {
      return faults(value, choice, at).empty();
    });
    return fitting == 1 ? out : std::vector{at + ": fits " + std::to_string(fitting) + " of oneOf"};
  }
  if (schema.contains("type") && !is_of_any_type(value, schema.at("type"))) {
    return {at + ": is not of type " + schema.at("type").dump() + ": " + value.dump()};
  }
  scalar_faults(value, schema, at, out);
  if (value.is_object()) {
    object_faults(value, schema, at, out);
  }
  if (value.is_array() && schema.contains("items")) {
    for (std::size_t i = 0; i < value.size(); ++i) {
      const auto inner = faults(value[i], schema.at("items"), at + "/" + std::to_string(i));
      out.insert(out.end(), inner.begin(), inner.end());
    }
  }
  return out;
}

}  // namespace huan::http
