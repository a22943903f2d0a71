// SPDX-License-Identifier: Apache-2.0
// Declarations and what the operator lays down about due days, out of the registry.
#include "huan/json/document.hpp"
#include "huan/oversight/forms.hpp"
#include "huan/registry/fields.hpp"
#include "registry_rows.hpp"

namespace huan::oversight {
namespace {

constexpr std::string_view kDeclaration = "declaration";
constexpr std::int64_t kDayMax = 31;
constexpr std::int64_t kMonthMax = 12;

std::string member_text(json::Value value, std::string_view key) {
  const auto found = value.is_object() ? value.find(key) : std::nullopt;
  return found && found->is_string() ? std::string(found->string()) : std::string();
}

/// What cannot be read as a declaration (nobody's door wrote it) is passed over.
std::optional<KeptDeclaration> read_row(const store::RegistryRow& row) {
  const auto document = json::Document::parse(row.body, json::kStored);
  const auto record =
      document && document->root().is_object() ? document->root().find("record") : std::nullopt;
  const auto data = record && record->is_object() ? record->find("data") : std::nullopt;
  if (!data) {
    return std::nullopt;
  }
  auto parsed = declarations::parse_declaration(*data, "/data");
  if (!parsed) {
    return std::nullopt;
  }
  return KeptDeclaration{std::move(*parsed), row.version, member_text(document->root(), "by"),
                         member_text(document->root(), "recorded_at")};
}

std::vector<base::Day> days_in(registry::Fields& f, std::string_view key) {
  std::vector<base::Day> days;
  for (const std::string& text : f.names(key)) {
    if (const auto day = base::parse_day(text)) {
      days.push_back(*day);
    }
  }
  return days;
}

std::optional<std::int32_t> small_in(registry::Fields& f, std::string_view key, std::int64_t max) {
  const auto value = f.optional_integer(key, {1, max});
  return value ? std::optional(static_cast<std::int32_t>(*value)) : std::nullopt;
}

}  // namespace

duties::OperatorChoice choice_on_record(store::RegistryReading& reading, const CityName& city,
                                        std::string_view form_id) {
  duties::OperatorChoice choice;
  const auto row = reading.registered(city.code, "setting", "due." + std::string(form_id));
  const auto document = row ? json::Document::parse(row->body, json::kStored)
                            : base::Result<json::Document>(base::Error{});
  const auto record =
      document && document->root().is_object() ? document->root().find("record") : std::nullopt;
  const auto data = record && record->is_object() ? record->find("data") : std::nullopt;
  if (data) {
    registry::Fields f(*data, "/data");
    choice.day = small_in(f, "day", kDayMax);
    choice.month = small_in(f, "month", kMonthMax);
    choice.move_to_working_day = f.flag("move_to_working_day", false);
    choice.holidays = days_in(f, "holidays");
    choice.working_weekends = days_in(f, "working_weekends");
  }
  return choice;
}

std::optional<KeptDeclaration> read_declaration(store::RegistryReading& reading,
                                                const CityName& city, std::string_view key) {
  const auto row = reading.registered(city.code, kDeclaration, key);
  return row ? read_row(*row) : std::nullopt;
}

std::vector<KeptDeclaration> read_declarations(store::RegistryReading& reading,
                                               const CityName& city, std::string_view form_id,
                                               std::string_view term) {
  constexpr std::size_t kPage = 1'000;
  std::vector<KeptDeclaration> out;
  store::RegistryFilter filter;
  filter.subkind = form_id;
  store::Page page{"", kPage};
  for (;;) {
    const auto rows = reading.registry(city.code, kDeclaration, filter, page);
    for (const auto& row : rows) {
      auto kept = read_row(row);
      if (kept && (term.empty() || kept->declaration.term == term)) {
        out.push_back(std::move(*kept));
      }
    }
    if (rows.size() < kPage) {
      return out;
    }
    page.after = rows.back().key;
  }
}

std::vector<KeptDeclaration> declaration_history(store::RegistryReading& reading,
                                                 const CityName& city, std::string_view key) {
  std::vector<KeptDeclaration> out;
  for (const auto& row : reading.versions(city.code, kDeclaration, key)) {
    if (auto kept = read_row(row)) {
      out.push_back(std::move(*kept));
    }
  }
  return out;
}

}  // namespace huan::oversight
