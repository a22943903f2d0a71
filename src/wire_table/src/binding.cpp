// SPDX-License-Identifier: Apache-2.0
#include "binding.hpp"

#include <algorithm>

#include "template_text.hpp"

namespace huan::wire_table {
namespace {

using base::Error;
using base::ErrorCode;

std::optional<Dimension> dimension_of(FieldType type) {
  switch (type) {
    case FieldType::mass:
    case FieldType::deduction:
      return Dimension::mass;
    case FieldType::price:
      return Dimension::price;
    case FieldType::money:
      return Dimension::money;
    default:
      return std::nullopt;
  }
}

std::string_view usual_unit(Dimension dimension) {
  switch (dimension) {
    case Dimension::mass:
      return "kg";
    case Dimension::price:
      return "元/kg";
    case Dimension::money:
      return "元";
    case Dimension::count:
      return "件";
  }
  return "";
}

class Binder {
 public:
  Binder(const Row& row, const Mapping& mapping, const ImportOptions& options)
      : mapping_(mapping), options_(options), fields_(fields_of(mapping.kind)) {
    for (const std::string_view cell : row.cells) {
      headers_.push_back(read_header(cell));
    }
    used_.resize(headers_.size());
    binding_.plan.header_row = row.number;
  }

  base::Result<Binding> bind(std::size_t& matched);

 private:
  base::Result<void> bind_field(const FieldInfo& field, BoundField& bound);
  base::Result<void> bind_rule(const ColumnRule& rule, const FieldInfo& field, BoundField& bound);
  base::Result<void> bind_parts(const ColumnRule& rule, BoundField& bound);
  base::Result<void> bind_synonym(const FieldInfo& field, BoundField& bound);
  base::Result<void> bind_lines();
  base::Result<void> bind_key();
  base::Result<void> check_required() const;
  base::Result<std::optional<std::size_t>> find(std::string_view header) const;
  /// The unit stated by rule or header; `assumed` when neither does.
  base::Result<Unit> unit_for(Dimension dimension, const std::optional<Unit>& stated,
                              const Header& header, std::string_view field);
  base::Result<void> set_unit(const FieldInfo& field, const std::optional<Unit>& stated,
                              BoundField& bound);
  void finish();
  [[nodiscard]] bool has(std::string_view field) const;
  [[nodiscard]] Error in_mapping(std::int64_t line, std::string detail) const {
    return Error{ErrorCode::missing_column, "mapping line " + std::to_string(line),
                 std::move(detail)};
  }

  const Mapping& mapping_;
  const ImportOptions& options_;
  std::span<const FieldInfo> fields_;
  std::vector<Header> headers_;
  std::vector<bool> used_;
  Binding binding_;
};

base::Result<std::optional<std::size_t>> Binder::find(std::string_view header) const {
  const Header wanted = read_header(header);
  std::optional<std::size_t> found;
  bool exact = false;
  for (std::size_t i = 0; i < headers_.size(); ++i) {
    const bool full = headers_[i].full == wanted.full;
    if (headers_[i].full.empty() || (!full && headers_[i].name != wanted.full)) {
      continue;
    }
    if (found && exact == full) {
      return Error{ErrorCode::bad_file, headers_[i].text,
                   "the header \"" + headers_[i].text + "\" stands twice"};
    }
    if (!found || full) {
      found = i;
      exact = full;
    }
  }
  return found;
}

base::Result<Unit> Binder::unit_for(Dimension dimension, const std::optional<Unit>& stated,
                                    const Header& header, std::string_view field) {
  PlannedColumn column{std::string{field}, header.text, header.unit, false};
  std::optional<Unit> unit = stated;
  if (unit) {
    column.unit = "mapping";
  } else if (!header.unit.empty()) {
    unit = unit_named(header.unit);
    if (unit && dimension == Dimension::price && unit->dimension == Dimension::money) {
      unit = unit_named(header.unit + "/kg");  // 单价(元)
      column.unit += "/kg";
      column.assumed = true;
    }
    if (!unit || unit->dimension != dimension) {
      return Error{
          ErrorCode::bad_file, header.text,
          "\"" + header.unit + "\" is not a unit that this column can have; state it in a mapping"};
    }
  } else {
    column.unit = usual_unit(dimension);
    column.assumed = true;
    unit = unit_named(column.unit);
  }
  binding_.plan.columns.push_back(std::move(column));
  return *unit;
}

base::Result<void> Binder::set_unit(const FieldInfo& field, const std::optional<Unit>& stated,
                                    BoundField& bound) {
  const Header header = bound.from == BoundField::From::column ? headers_[bound.column] : Header{};
  bound.percent = field.type == FieldType::deduction && header.unit == "%" && !stated;
  const auto dimension = dimension_of(field.type);
  if (dimension && !bound.percent) {
    HUAN_TRY(unit, unit_for(*dimension, stated, header, field.name));
    bound.unit = unit;
    return {};
  }
  bound.unit = stated.value_or(*unit_named("件"));
  if (field.type == FieldType::count && header.unit.starts_with("万")) {
    bound.unit.factor.mantissa = 10'000;
  }
  const bool constant = bound.from == BoundField::From::constant;
  binding_.plan.columns.push_back({std::string{field.name},
                                   constant ? "= " + bound.constant : bound.header, header.unit,
                                   false});
  return {};
}

base::Result<void> Binder::bind_parts(const ColumnRule& rule, BoundField& bound) {
  HUAN_TRY(parts, parse_template(rule.text));
  bound.from = BoundField::From::text;
  for (TemplatePart& part : parts) {
    BoundPart out{std::move(part.text), 0, part.width, part.header.empty()};
    if (!out.last) {
      HUAN_TRY(column, find(part.header));
      if (!column) {
        return in_mapping(rule.line, "the table has no column \"" + part.header + "\"");
      }
      out.column = *column;
      used_[*column] = true;
      bound.header += (bound.header.empty() ? "" : " ") + headers_[*column].text;
    }
    bound.parts.push_back(std::move(out));
  }
  return {};
}

base::Result<void> Binder::bind_rule(const ColumnRule& rule, const FieldInfo& field,
                                     BoundField& bound) {
  if (!rule.text.empty()) {
    HUAN_CHECK(bind_parts(rule, bound));
  }
  for (const std::string& header : rule.headers) {
    HUAN_TRY(column, find(header));
    if (column && bound.from == BoundField::From::nothing) {
      bound.from = BoundField::From::column;
      bound.column = *column;
      bound.header = headers_[*column].text;
      used_[*column] = true;
    }
  }
  if (bound.from == BoundField::From::nothing) {
    return in_mapping(rule.line, "the table has no column \"" + rule.headers.front() + "\"");
  }
  return set_unit(field, rule.unit, bound);
}

base::Result<void> Binder::bind_synonym(const FieldInfo& field, BoundField& bound) {
  std::size_t best = std::string_view::npos;
  bool twice = false;
  for (std::size_t i = 0; i < headers_.size(); ++i) {
    const auto full = synonym_rank(field, headers_[i].full);
    const auto rank = full ? full : synonym_rank(field, headers_[i].name);
    if (!rank || used_[i] || *rank > best) {
      continue;
    }
    twice = *rank == best;
    best = *rank;
    bound.column = twice ? bound.column : i;
  }
  if (best == std::string_view::npos) {
    return {};
  }
  bound.from = BoundField::From::column;
  bound.header = headers_[bound.column].text;
  if (twice) {
    return Error{ErrorCode::bad_file, bound.header,
                 "the header \"" + bound.header + "\" stands twice"};
  }
  used_[bound.column] = true;
  return set_unit(field, std::nullopt, bound);
}

base::Result<void> Binder::bind_field(const FieldInfo& field, BoundField& bound) {
  bound.header = field.name;
  if (const auto rule = mapping_.columns.find(field.name); rule != mapping_.columns.end()) {
    bound.header.clear();
    return bind_rule(rule->second, field, bound);
  }
  const auto constant_from = [&](const auto& constants) -> bool {
    const auto found = constants.find(field.name);
    if (found != constants.end()) {
      bound.from = BoundField::From::constant;
      bound.constant = found->second;
    }
    return found != constants.end();
  };
  if (constant_from(mapping_.constants)) {
    return set_unit(field, std::nullopt, bound);
  }
  if (mapping_.synonyms) {
    HUAN_CHECK(bind_synonym(field, bound));
  }
  if (bound.from == BoundField::From::nothing && constant_from(options_.constants)) {
    return set_unit(field, std::nullopt, bound);
  }
  return {};
}

base::Result<void> Binder::bind_lines() {
  for (const LineRule& line : mapping_.lines) {
    HUAN_TRY(column, find(line.header));
    if (!column) {
      return in_mapping(line.line, "the table has no column \"" + line.header + "\"");
    }
    used_[*column] = true;
    HUAN_TRY(unit, unit_for(Dimension::mass, line.unit, headers_[*column], "mass"));
    binding_.lines.push_back({*column, headers_[*column].text, line.material, unit});
  }
  return {};
}

base::Result<void> Binder::bind_key() {
  if (!mapping_.key.empty() && mapping_.kind != TableKind::tickets) {
    return Error{ErrorCode::bad_mapping, "key", "the key of a register's record is its field key"};
  }
  for (const std::string& name : mapping_.key) {
    if (const FieldInfo* field = find_field(mapping_.kind, name); field != nullptr && has(name)) {
      binding_.key.push_back({field, 0, name});
      continue;
    }
    HUAN_TRY(column, find(name));
    if (!column) {
      return Error{ErrorCode::missing_column, name,
                   "the key's column \"" + name + "\" is not in the table"};
    }
    used_[*column] = true;
    binding_.key.push_back({nullptr, *column, headers_[*column].text});
  }
  if (mapping_.key.empty() && mapping_.kind == TableKind::tickets && has("ticket")) {
    for (const std::string_view name : {"place", "ticket"}) {
      binding_.key.push_back({find_field(mapping_.kind, name), 0, std::string{name}});
    }
  }
  return {};
}

bool Binder::has(std::string_view field) const {
  for (std::size_t i = 0; i < fields_.size(); ++i) {
    if (fields_[i].name == field) {
      return binding_.fields[i].from != BoundField::From::nothing;
    }
  }
  return false;
}

base::Result<void> Binder::check_required() const {
  std::string missing;
  const auto add = [&](std::string_view field) {
    const std::string_view synonyms = find_field(mapping_.kind, field)->synonyms;
    const std::string usual{synonyms.substr(0, synonyms.find('|'))};
    missing += (missing.empty() ? "" : ", ") + std::string{field} + " (" + usual + ")";
  };
  const bool lines = !binding_.lines.empty();
  for (const FieldInfo& field : fields_) {
    if (field.required && !has(field.name) && !(lines && field.name == "material")) {
      add(field.name);
    }
  }
  if (mapping_.kind == TableKind::tickets && !lines && !has("mass") &&
      !(has("gross") && has("tare"))) {
    add("mass");
  }
  if (mapping_.kind == TableKind::vehicles && !has("key") && !has("plate")) {
    add("plate");
  }
  if (!missing.empty()) {
    return Error{ErrorCode::missing_column, "row " + std::to_string(binding_.plan.header_row),
                 missing};
  }
  return {};
}

std::vector<std::size_t> columns_of(const BoundField& field) {
  std::vector<std::size_t> out;
  if (field.from == BoundField::From::column) {
    out.push_back(field.column);
  } else if (field.from == BoundField::From::text) {
    for (const BoundPart& part : field.parts) {
      if (!part.last) {
        out.push_back(part.column);
      }
    }
  }
  return out;
}

void Binder::finish() {
  for (std::size_t i = 0; i < headers_.size(); ++i) {
    if (!used_[i] && !headers_[i].text.empty()) {
      binding_.plan.ignored.push_back(headers_[i].text);
    }
    binding_.headers.push_back(headers_[i].text);
    const bool organisations =
        mapping_.kind == TableKind::places || mapping_.kind == TableKind::materials;
    binding_.personal.push_back(is_personal_header(headers_[i].name) &&
                                !(organisations && headers_[i].name == "name"));
  }
  for (std::size_t i = 0; i < fields_.size(); ++i) {
    const auto columns = columns_of(binding_.fields[i]);
    if (fields_[i].type == FieldType::personal) {
      for (const std::size_t column : columns) {
        binding_.personal[column] = true;
      }
    } else if (mapping_.kind == TableKind::parties && fields_[i].name.starts_with("name")) {
      binding_.persons.insert(binding_.persons.end(), columns.begin(), columns.end());
    }
  }
}

base::Result<Binding> Binder::bind(std::size_t& matched) {
  binding_.fields.resize(fields_.size());
  std::optional<Error> failed;
  for (std::size_t i = 0; i < fields_.size(); ++i) {
    auto bound = bind_field(fields_[i], binding_.fields[i]);
    if (!bound && !failed) {
      failed = bound.error();
    }
    matched += bound && (binding_.fields[i].from == BoundField::From::column ||
                         binding_.fields[i].from == BoundField::From::text)
                   ? 1
                   : 0;
  }
  if (failed) {
    return *failed;
  }
  HUAN_CHECK(bind_lines());
  HUAN_CHECK(check_required());
  HUAN_CHECK(bind_key());
  finish();
  return std::move(binding_);
}

}  // namespace

base::Result<Binding> bind(const Row& row, const Mapping& mapping, const ImportOptions& options,
                           std::size_t& matched) {
  return Binder(row, mapping, options).bind(matched);
}

}  // namespace huan::wire_table
