// SPDX-License-Identifier: Apache-2.0
#include "huan/wire_table/mapping.hpp"

#include <algorithm>
#include <functional>
#include <set>
#include <sstream>

#include <toml++/toml.h>

#include "field_table.hpp"
#include "huan/base/id.hpp"
#include "huan/base/text.hpp"
#include "template_text.hpp"

namespace huan::wire_table {
namespace {

using base::Error;
using base::ErrorCode;

constexpr std::size_t kSizeMax = std::size_t{1} << 20;
constexpr std::size_t kLinesMax = 256;

/// Reads one mapping; the first complaint stays.
class MappingReader {
 public:
  MappingReader(Mapping& mapping, std::string_view name) : mapping_(mapping), name_(name) {}

  base::Result<void> read(const toml::table& root);

 private:
  using Take = std::function<void(const toml::node&)>;

  void refuse(const toml::node& node, std::string why);
  std::string text(const toml::node& node, std::string_view key);
  std::vector<std::string> texts(const toml::node& node, std::string_view key);
  std::optional<Unit> unit(const toml::node& node);
  bool table(const toml::node& node, std::string_view key,
             const std::function<void(std::string, const toml::node&)>& visit);
  void take_top(const std::string& key, const toml::node& node);
  void take_setting(const std::string& key, const toml::node& node);
  void take_reading(const std::string& key, const toml::node& node);
  void take_column(const std::string& field, const toml::node& node);
  void take_constant(const std::string& field, const toml::node& node);
  void take_values(const std::string& field, const toml::node& node);
  void take_lines(const toml::node& node);
  void take_line(const toml::node& node);
  bool known_field(const std::string& field, const toml::node& node);
  void check_units();
  void check_lines();

  Mapping& mapping_;
  std::string name_;
  std::optional<Error> error_;
};

std::int64_t line_of(const toml::node& node) {
  return static_cast<std::int64_t>(node.source().begin.line);
}

std::string at_line(std::string_view name, std::int64_t line) {
  return std::string{name} + (name.empty() ? "line " : " line ") + std::to_string(line);
}

void MappingReader::refuse(const toml::node& node, std::string why) {
  if (!error_) {
    error_ = Error{ErrorCode::bad_mapping, at_line(name_, line_of(node)), std::move(why)};
  }
}

std::string MappingReader::text(const toml::node& node, std::string_view key) {
  const auto value = node.value_exact<std::string>();
  if (!value || value->empty() || value->size() > 1'000 || !base::is_clean_utf8(*value)) {
    refuse(node, std::string{key} + " has to be a text");
    return {};
  }
  return *value;
}

std::vector<std::string> MappingReader::texts(const toml::node& node, std::string_view key) {
  const toml::array* array = node.as_array();
  if (array == nullptr) {
    return {text(node, key)};
  }
  std::vector<std::string> out;
  for (const toml::node& element : *array) {
    out.push_back(text(element, key));
  }
  if (out.empty() || out.size() > 100) {
    refuse(node, std::string{key} + " has to list 1 to 100 texts");
  }
  return out;
}

std::optional<Unit> MappingReader::unit(const toml::node& node) {
  const std::string name = text(node, "unit");
  auto found = unit_named(name);
  if (!found) {
    refuse(node, "\"" + name +
                     "\" is not a unit; write kg, t, 斤, 元/吨, … or an exact factor such as "
                     "\"907184.74 g\"");
  }
  return found;
}

bool MappingReader::table(const toml::node& node, std::string_view key,
                          const std::function<void(std::string, const toml::node&)>& visit) {
  const toml::table* table = node.as_table();
  if (table == nullptr) {
    refuse(node, std::string{key} + " has to be a table");
    return false;
  }
  for (const auto& [member, value] : *table) {
    visit(std::string{member.str()}, value);
  }
  return true;
}

bool MappingReader::known_field(const std::string& field, const toml::node& node) {
  if (find_field(mapping_.kind, field) != nullptr) {
    return true;
  }
  std::string known;
  for (const FieldInfo& info : fields_of(mapping_.kind)) {
    known += (known.empty() ? "" : ", ") + std::string{info.name};
  }
  refuse(node, "a table of " + std::string{name(mapping_.kind)} + " has no field \"" + field +
                   "\"; it has: " + known);
  return false;
}

void MappingReader::take_column(const std::string& field, const toml::node& node) {
  if (!known_field(field, node)) {
    return;
  }
  ColumnRule rule;
  rule.line = line_of(node);
  if (!node.is_table()) {
    rule.headers = texts(node, field);
  } else {
    table(node, field, [&](const std::string& key, const toml::node& value) {
      if (key == "header") {
        rule.headers = texts(value, key);
      } else if (key == "text") {
        rule.text = text(value, key);
        if (auto parts = parse_template(rule.text); !parts) {
          refuse(value, parts.error().detail);
        }
      } else if (key == "unit") {
        rule.unit = unit(value);
      } else {
        refuse(value, "unknown key \"" + key + "\"; a column has header or text, and unit");
      }
    });
    if (rule.headers.empty() == rule.text.empty()) {
      refuse(node, "a column has either a header or a text");
    }
  }
  mapping_.columns.emplace(field, std::move(rule));
}

void MappingReader::take_constant(const std::string& field, const toml::node& node) {
  if (known_field(field, node)) {
    mapping_.constants.emplace(field, text(node, field));
  }
}

void MappingReader::take_values(const std::string& field, const toml::node& node) {
  if (!known_field(field, node)) {
    return;
  }
  auto& values = mapping_.values[field];
  table(node, field, [&](const std::string& from, const toml::node& to) {
    const std::string folded = lower(narrow(from));
    if (!base::is_clean_utf8(from) || !values.emplace(folded, text(to, from)).second) {
      refuse(to, "\"" + from + "\" is translated twice");
    }
  });
}

void MappingReader::take_line(const toml::node& node) {
  LineRule rule;
  rule.line = line_of(node);
  const bool good = table(node, "lines", [&](const std::string& key, const toml::node& value) {
    if (key == "header") {
      rule.header = text(value, key);
    } else if (key == "material") {
      rule.material = text(value, key);
      if (!is_material_code(rule.material)) {
        refuse(value, "\"" + rule.material + "\" is not a code of the catalogue, like paper.occ");
      }
    } else if (key == "unit") {
      rule.unit = unit(value);
      if (rule.unit && rule.unit->dimension != Dimension::mass) {
        refuse(value, "the unit of a line is one of mass");
      }
    } else {
      refuse(value, "unknown key \"" + key + "\"; a line has header, material and unit");
    }
  });
  if (good && (rule.header.empty() || rule.material.empty())) {
    refuse(node, "a line needs header and material");
  }
  mapping_.lines.push_back(std::move(rule));
}

void MappingReader::take_lines(const toml::node& node) {
  const toml::array* array = node.as_array();
  if (array == nullptr || array->size() > kLinesMax) {
    return refuse(node, "lines are written as [[lines]], at most 256 of them");
  }
  for (const toml::node& line : *array) {
    take_line(line);
  }
}

void MappingReader::take_reading(const std::string& key, const toml::node& node) {
  if (key == "sheet") {
    mapping_.table.sheet = text(node, key);
  } else if (key == "delimiter") {
    const std::string value = text(node, key);
    const auto c = value.empty() ? '\0' : value[0];
    if (value.size() != 1 || c == '"' || c == '\r' || c == '\n' ||
        (static_cast<unsigned char>(c) & 0x80U) != 0) {
      return refuse(node, "delimiter is one ASCII character");
    }
    mapping_.table.delimiter = c;
  } else if (key == "encoding") {
    const std::string value = lower(text(node, key));
    const bool gbk = value == "gbk" || value == "gb18030" || value == "gb2312";
    if (!gbk && value != "utf-8") {
      return refuse(node, "encoding is \"utf-8\" or \"gbk\"");
    }
    mapping_.table.encoding = gbk ? Encoding::gb18030 : Encoding::utf8;
  } else if (key == "header_row") {
    mapping_.header_row = node.value_exact<std::int64_t>().value_or(0);
    if (mapping_.header_row < 1 || mapping_.header_row > 1'000) {
      refuse(node, "header_row is a number from 1 to 1000");
    }
  } else {
    refuse(node, "unknown key \"" + key + "\"");
  }
}

void MappingReader::take_setting(const std::string& key, const toml::node& node) {
  if (key == "city") {
    mapping_.city = text(node, key);
    if (!base::is_city(mapping_.city)) {
      refuse(node, "city is six digits of GB/T 2260, or x- and a name");
    }
  } else if (key == "offset") {
    mapping_.offset_s = parse_offset(text(node, key));
    if (!mapping_.offset_s) {
      refuse(node, "offset is written like +08:00");
    }
  } else if (key == "month") {
    const std::string value = text(node, key);
    mapping_.month = value == "end" ? MomentRule::Month::end : MomentRule::Month::start;
    if (value != "end" && value != "start") {
      refuse(node, "month is \"end\" or \"start\"");
    }
  } else if (key == "day_at") {
    const auto second = parse_clock(text(node, key));
    mapping_.day_at_s = second.value_or(0);
    if (!second) {
      refuse(node, "day_at is written like 12:00");
    }
  } else if (key == "amount_tolerance_fen") {
    mapping_.amount_tolerance_fen = node.value_exact<std::int64_t>().value_or(-1);
    if (mapping_.amount_tolerance_fen < 0 || mapping_.amount_tolerance_fen > 1'000'000) {
      refuse(node, "amount_tolerance_fen is a number of fen");
    }
  } else if (key == "synonyms") {
    const auto value = node.value_exact<bool>();
    mapping_.synonyms = value.value_or(true);
    if (!value) {
      refuse(node, "synonyms is true or false");
    }
  } else {
    take_reading(key, node);
  }
}

void MappingReader::take_top(const std::string& key, const toml::node& node) {
  if (key == "kind") {
    return;  // taken first
  }
  if (key == "columns") {
    table(node, key,
          [&](const std::string& field, const toml::node& value) { take_column(field, value); });
  } else if (key == "constants") {
    table(node, key,
          [&](const std::string& field, const toml::node& value) { take_constant(field, value); });
  } else if (key == "values") {
    table(node, key,
          [&](const std::string& field, const toml::node& value) { take_values(field, value); });
  } else if (key == "lines") {
    take_lines(node);
  } else if (key == "key") {
    mapping_.key = texts(node, key);
  } else if (key == "blank") {
    mapping_.blanks = texts(node, key);
  } else {
    take_setting(key, node);
  }
}

void MappingReader::check_units() {
  for (const auto& [field, rule] : mapping_.columns) {
    const FieldType type = find_field(mapping_.kind, field)->type;
    const auto wanted = type == FieldType::mass || type == FieldType::deduction ? Dimension::mass
                        : type == FieldType::price                              ? Dimension::price
                        : type == FieldType::money                              ? Dimension::money
                                                                                : Dimension::count;
    if (rule.unit && rule.unit->dimension != wanted && !error_) {
      error_ = Error{ErrorCode::bad_mapping, at_line(name_, rule.line),
                     "the unit does not fit the field " + field};
    }
  }
}

void MappingReader::check_lines() {
  std::set<std::string> seen;
  for (const LineRule& line : mapping_.lines) {
    const bool twice = !seen.insert(line.header).second;
    if ((twice || mapping_.kind != TableKind::tickets) && !error_) {
      error_ = Error{ErrorCode::bad_mapping, at_line(name_, line.line),
                     twice ? "the header stands in two lines" : "lines are for tickets"};
    }
  }
}

base::Result<void> MappingReader::read(const toml::table& root) {
  const toml::node* kind = root.get("kind");
  if (kind == nullptr) {
    return Error{ErrorCode::bad_mapping, at_line(name_, 1),
                 "kind is missing: tickets, places, parties, vehicles or materials"};
  }
  const auto known = table_kind_from(kind->value_exact<std::string>().value_or(""));
  if (!known) {
    refuse(*kind, "kind is tickets, places, parties, vehicles or materials");
    return *error_;
  }
  mapping_.kind = *known;
  for (const auto& [key, value] : root) {
    take_top(std::string{key.str()}, value);
  }
  check_units();
  check_lines();
  if (error_) {
    return *error_;
  }
  return {};
}

}  // namespace

Mapping plain_mapping(TableKind kind) {
  Mapping mapping;
  mapping.kind = kind;
  return mapping;
}

base::Result<Mapping> parse_mapping(std::string_view toml, std::string_view name) {
  if (toml.size() > kSizeMax) {
    return Error{ErrorCode::too_large, std::string{name}, "a mapping has at most 1 MiB"};
  }
  if (!base::is_clean_utf8(toml)) {
    return Error{ErrorCode::bad_encoding, std::string{name}, "a mapping is UTF-8"};
  }
  Mapping mapping;
  try {
    const toml::table root = toml::parse(toml);
    HUAN_CHECK(MappingReader(mapping, name).read(root));
  } catch (const toml::parse_error& error) {
    return Error{ErrorCode::bad_mapping,
                 at_line(name, static_cast<std::int64_t>(error.source().begin.line)),
                 std::string{error.description()}};
  }
  return mapping;
}

}  // namespace huan::wire_table
