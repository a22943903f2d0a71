// SPDX-License-Identifier: Apache-2.0
#include "row_values.hpp"

#include <algorithm>
#include <array>

#include "huan/base/assert.hpp"
#include "huan/base/id.hpp"
#include "huan/base/quantity.hpp"

namespace huan::wire_table {
namespace {

using base::Error;
using base::ErrorCode;

constexpr std::array<std::string_view, 8> kSheetErrors{"#N/A",   "#REF!",  "#VALUE!", "#DIV/0!",
                                                       "#NAME?", "#NULL!", "#NUM!",   "#SPILL!"};

Error at(std::string_view header, Error error) {
  error.at = header;
  return error;
}

ErrorCode unknown(std::string_view field) {
  return field == "place"                          ? ErrorCode::unknown_place
         : field == "party" || field == "operator" ? ErrorCode::unknown_party
         : field == "vehicle"                      ? ErrorCode::unknown_vehicle
         : field == "scale"                        ? ErrorCode::unknown_scale
         : field == "material"                     ? ErrorCode::unknown_material
                                                   : ErrorCode::bad_text;
}

base::Result<std::int64_t> to_units(const std::string& text, const Unit& unit,
                                    std::string_view header) {
  auto amount = parse_amount(text);
  if (!amount) {
    return at(header, amount.error());
  }
  const Unit& used = amount->unit.value_or(unit);
  if (used.dimension != unit.dimension) {
    return Error{ErrorCode::bad_number, std::string{header},
                 "\"" + text + "\" has another kind of unit than its column"};
  }
  if (amount->value.mantissa < 0) {
    return Error{ErrorCode::bad_number, std::string{header}, "\"" + text + "\" is negative"};
  }
  auto whole = to_whole(amount->value, used.factor);
  if (!whole) {
    return at(header, whole.error());
  }
  return whole;
}

std::string pad(const std::string& text, std::size_t width) {
  return text.size() < width ? std::string(width - text.size(), '0') + text : text;
}

}  // namespace

const BoundField& RowValues::bound(std::string_view field) const {
  const auto fields = fields_of(mapping_.kind);
  const auto found = std::find_if(fields.begin(), fields.end(),
                                  [&](const FieldInfo& f) { return f.name == field; });
  HUAN_ASSERT(found != fields.end());
  return binding_.fields[static_cast<std::size_t>(found - fields.begin())];
}

Error RowValues::refuse(std::string_view field, ErrorCode code, std::string detail) const {
  return Error{code, header(field), std::move(detail)};
}

RowValues::Stated<std::string> RowValues::column(std::size_t column,
                                                 std::string_view header) const {
  if (column >= row_.cells.size()) {
    return std::optional<std::string>{};
  }
  std::string text = narrow(row_.cells[column]);
  if (text.empty() ||
      std::find(mapping_.blanks.begin(), mapping_.blanks.end(), text) != mapping_.blanks.end()) {
    return std::optional<std::string>{};
  }
  if (text.front() == '#' &&
      std::find(kSheetErrors.begin(), kSheetErrors.end(), text) != kSheetErrors.end()) {
    return Error{ErrorCode::bad_text, std::string{header},
                 "the cell holds the spreadsheet's error " + text};
  }
  return std::optional{std::move(text)};
}

RowValues::Stated<std::string> RowValues::text(std::string_view field) const {
  const BoundField& from = bound(field);
  switch (from.from) {
    case BoundField::From::nothing:
      return std::optional<std::string>{};
    case BoundField::From::constant:
      return std::optional{from.constant};
    case BoundField::From::column:
      return column(from.column, from.header);
    case BoundField::From::text:
      break;
  }
  std::string out;
  for (const BoundPart& part : from.parts) {
    out += part.text;
    if (!part.last) {
      HUAN_TRY(cell, column(part.column, from.header));
      if (!cell) {
        return std::optional<std::string>{};  // a part that is not stated leaves the whole open
      }
      out += pad(*cell, part.width);
    }
  }
  return std::optional{std::move(out)};
}

std::optional<std::string> RowValues::translation(const FieldInfo& field,
                                                  std::string_view text) const {
  const std::string folded = lower(text);
  if (const auto values = mapping_.values.find(field.name); values != mapping_.values.end()) {
    if (const auto found = values->second.find(folded); found != values->second.end()) {
      return found->second;
    }
  }
  if (const auto found = builtin_value(field, folded)) {
    return std::string{*found};
  }
  return options_.resolve ? options_.resolve(field.name, text) : std::nullopt;
}

std::string RowValues::translate(std::string_view field, std::string_view word) const {
  return translation(*find_field(mapping_.kind, field), word).value_or(std::string{word});
}

RowValues::Stated<std::string> RowValues::word(std::string_view field) const {
  HUAN_TRY(text, this->text(field));
  if (text) {
    const auto known = translation(*find_field(mapping_.kind, field), *text);
    return std::optional{known ? *known : *text};
  }
  return text;
}

RowValues::Stated<std::string> RowValues::name(std::string_view field, std::size_t size_max) const {
  HUAN_TRY(text, this->word(field));
  if (text && !base::is_name(*text, size_max)) {
    const bool personal = field == "party";
    const std::string shown = personal ? "what the cell says" : "\"" + *text + "\"";
    return refuse(field, unknown(field),
                  shown + " is neither on record nor an id of 1 to " + std::to_string(size_max) +
                      " ASCII characters without space, % and ?");
  }
  return text;
}

RowValues::Stated<std::string> RowValues::material(std::string_view field) const {
  HUAN_TRY(text, this->word(field));
  if (text && !is_material_code(*text)) {
    return refuse(field, ErrorCode::unknown_material,
                  "\"" + *text + "\" has no translation to a code of the catalogue");
  }
  return text;
}

RowValues::Stated<std::string> RowValues::time(std::string_view field) const {
  HUAN_TRY(text, this->text(field));
  if (!text) {
    return text;
  }
  const MomentRule rule{mapping_.offset_s.value_or(options_.offset_s), mapping_.month,
                        mapping_.day_at_s};
  auto moment = parse_moment(*text);
  auto time = moment ? to_time(*moment, rule) : base::Result<std::string>{moment.error()};
  if (!time) {
    return at(header(field), time.error());
  }
  return std::optional{std::move(*time)};
}

RowValues::Stated<std::string> RowValues::day(std::string_view field) const {
  HUAN_TRY(text, this->text(field));
  if (!text) {
    return text;
  }
  const auto moment = parse_moment(*text);
  if (!moment || moment->precision == Moment::Precision::month) {
    return refuse(field, ErrorCode::bad_time, "the cell is not a day like 2026-11-21");
  }
  return std::optional{base::format_day(moment->day)};
}

RowValues::Stated<std::int64_t> RowValues::mass(std::string_view field) const {
  HUAN_TRY(text, this->text(field));
  if (!text) {
    return std::optional<std::int64_t>{};
  }
  HUAN_TRY(grams, to_units(*text, bound(field).unit, header(field)));
  if (grams > base::kMassMax) {
    return refuse(field, ErrorCode::bad_number, "more than a million tonnes");
  }
  return std::optional{grams};
}

RowValues::Stated<std::int64_t> RowValues::line_mass(const BoundLine& line) const {
  HUAN_TRY(text, column(line.column, line.header));
  if (!text) {
    return std::optional<std::int64_t>{};
  }
  HUAN_TRY(grams, to_units(*text, line.unit, line.header));
  if (grams > base::kMassMax) {
    return Error{ErrorCode::bad_number, line.header, "more than a million tonnes"};
  }
  return std::optional{grams};
}

RowValues::Stated<std::int64_t> RowValues::deduction(std::string_view field,
                                                     std::int64_t net) const {
  if (!bound(field).percent) {
    return mass(field);
  }
  HUAN_TRY(text, this->text(field));
  if (!text) {
    return std::optional<std::int64_t>{};
  }
  const std::string_view digits =
      text->ends_with('%') ? std::string_view{*text}.substr(0, text->size() - 1) : *text;
  auto share = parse_decimal(digits);
  const auto scaled =
      share ? to_exact(*share, 1'000'000, 1) : base::Result<std::int64_t>{share.error()};
  if (!scaled || *scaled < 0 || *scaled > 100'000'000) {
    return refuse(field, ErrorCode::bad_number, "\"" + *text + "\" is not a percentage");
  }
  return std::optional{base::multiply_divide_round(net, *scaled, 100'000'000)};
}

RowValues::Stated<std::int64_t> RowValues::money(std::string_view field) const {
  HUAN_TRY(text, this->text(field));
  if (!text) {
    return std::optional<std::int64_t>{};
  }
  HUAN_TRY(fen, to_units(*text, bound(field).unit, header(field)));
  return std::optional{fen};
}

RowValues::Stated<std::int64_t> RowValues::count(std::string_view field) const {
  HUAN_TRY(text, this->text(field));
  if (!text) {
    return std::optional<std::int64_t>{};
  }
  auto value = parse_amount(*text);
  auto whole = value ? to_exact(value->value, bound(field).unit.factor.mantissa, 1)
                     : base::Result<std::int64_t>{value.error()};
  if (!whole || *whole < 0) {
    return refuse(field, ErrorCode::bad_number, "\"" + *text + "\" is not a whole number from 0");
  }
  return std::optional{*whole};
}

RowValues::Stated<std::int64_t> RowValues::degrees(std::string_view field) const {
  HUAN_TRY(text, this->text(field));
  if (!text) {
    return std::optional<std::int64_t>{};
  }
  const auto value = parse_decimal(*text);
  const auto scaled =
      value ? to_whole(*value, Decimal{10'000'000, 0}) : base::Result<std::int64_t>{value.error()};
  if (!scaled || *scaled > 1'800'000'000 || *scaled < -1'800'000'000) {
    return refuse(field, ErrorCode::bad_coordinates,
                  "\"" + *text + "\" is not a number of degrees");
  }
  return std::optional{*scaled};
}

RowValues::Stated<PriceValue> RowValues::price(std::string_view field) const {
  HUAN_TRY(text, this->text(field));
  if (!text) {
    return std::optional<PriceValue>{};
  }
  auto amount = parse_amount(*text);
  if (!amount) {
    return at(header(field), amount.error());
  }
  Unit unit = bound(field).unit;
  if (amount->unit && amount->unit->dimension == Dimension::price) {
    unit = *amount->unit;
  } else if (amount->unit && amount->unit->dimension != Dimension::money) {
    return refuse(field, ErrorCode::bad_number, "\"" + *text + "\" is not a price");
  }
  auto fen = to_exact(amount->value, unit.factor.mantissa, unit.divide);
  if (!fen || *fen < 0) {
    return refuse(field, ErrorCode::bad_number,
                  "\"" + *text + "\" is not a whole number of fen per kg or piece");
  }
  return std::optional{PriceValue{*fen, unit.per_piece}};
}

RowValues::Stated<bool> RowValues::flag(std::string_view field) const {
  HUAN_TRY(text, this->text(field));
  if (!text) {
    return std::optional<bool>{};
  }
  const std::string word = lower(*text);
  for (const std::string_view yes : {"是", "有", "true", "yes", "1", "y", "√"}) {
    if (word == yes) {
      return std::optional{true};
    }
  }
  for (const std::string_view no : {"否", "无", "false", "no", "0", "n", "×"}) {
    if (word == no) {
      return std::optional{false};
    }
  }
  return refuse(field, ErrorCode::bad_text, "\"" + *text + "\" is neither 是 (yes) nor 否 (no)");
}

RowValues::Stated<std::string> RowValues::canonical(const FieldInfo& field) const {
  const auto digits = [](Stated<std::int64_t> value) -> Stated<std::string> {
    if (!value) {
      return std::move(value).error();
    }
    return *value ? std::optional{std::to_string(**value)} : std::nullopt;
  };
  switch (field.type) {
    case FieldType::time:
      return time(field.name);
    case FieldType::material:
      return material(field.name);
    case FieldType::short_name:
    case FieldType::word:
      return word(field.name);
    case FieldType::mass:
      return digits(mass(field.name));
    case FieldType::money:
      return digits(money(field.name));
    case FieldType::count:
      return digits(count(field.name));
    default:
      return text(field.name);
  }
}

std::optional<std::string> plate_key(std::string_view plate) {
  static constexpr std::array<std::pair<std::string_view, std::string_view>, 31> kProvinces{
      {{"京", "BJ"}, {"津", "TJ"}, {"冀", "HE"}, {"晋", "SX"}, {"蒙", "NM"}, {"辽", "LN"},
       {"吉", "JL"}, {"黑", "HL"}, {"沪", "SH"}, {"苏", "JS"}, {"浙", "ZJ"}, {"皖", "AH"},
       {"闽", "FJ"}, {"赣", "JX"}, {"鲁", "SD"}, {"豫", "HA"}, {"鄂", "HB"}, {"湘", "HN"},
       {"粤", "GD"}, {"桂", "GX"}, {"琼", "HI"}, {"渝", "CQ"}, {"川", "SC"}, {"贵", "GZ"},
       {"云", "YN"}, {"藏", "XZ"}, {"陕", "SN"}, {"甘", "GS"}, {"青", "QH"}, {"宁", "NX"},
       {"新", "XJ"}}};
  for (const auto& [character, letters] : kProvinces) {
    const std::string rest{plate.substr(std::min(character.size(), plate.size()))};
    const auto body = [](char c) { return (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9'); };
    if (plate.starts_with(character) && rest.size() >= 5 && rest.size() <= 8 &&
        std::all_of(rest.begin(), rest.end(), body)) {
      return std::string{letters} + '-' + rest;
    }
  }
  return std::nullopt;
}

}  // namespace huan::wire_table
