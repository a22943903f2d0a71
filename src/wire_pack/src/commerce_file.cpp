// SPDX-License-Identifier: Apache-2.0
// invoicing.toml: `[[limit]]`, `[[period]]`, `[[withholding]]`, `[[buyer]]`, `[[evidence]]`,
// `[[method]]`, `[[form]]`; subsidy.toml: `[[tier]]`; buying.toml: `[[registration]]`,
// `[[leaving]]`, `[[filing]]`,
// `[[item_file]]`. What a pack states again stands before what its parents do.
#include <algorithm>
#include <array>
#include <iterator>

#include "files.hpp"
#include "huan/invoicing/filing.hpp"
#include "toml_rows.hpp"

namespace huan::wire_pack {
namespace {

using base::ErrorCode;
using base::Result;
using registry::Fields;

constexpr std::int64_t kMillionth = 1'000'000;
constexpr std::int64_t kMonthsMax = 120;
constexpr std::int64_t kDaysMax = 3'650;

base::Day stated_day(Fields& f, std::string_view key) {
  const auto day = f.optional_day(key);
  if (!day) {
    f.refuse(ErrorCode::bad_field, key, "a day like 2026-01-01 is expected");
  }
  return day.value_or(base::Day{});
}

/// `to`, not before `from`.
std::optional<base::Day> last_day_after(Fields& f, base::Day from) {
  const auto to = f.optional_day("to");
  if (to && *to < from) {
    f.refuse(ErrorCode::bad_field, "to", "a day not before `from` is expected");
  }
  return to;
}

std::optional<base::Money> stated_money(Fields& f, std::string_view key) {
  const auto fen = f.optional_integer(key);
  return fen ? std::optional(base::Money{*fen}) : std::nullopt;
}

std::optional<std::int64_t> stated_ppm(Fields& f, std::string_view key) {
  return f.optional_integer(key, {0, kMillionth});
}

invoicing::TaxPeriod read_period(Fields& f) {
  invoicing::TaxPeriod out;
  out.from = stated_day(f, "from");
  out.to = last_day_after(f, out.from);
  out.vat_ppm = stated_ppm(f, "vat_ppm");
  out.exempt_month = stated_money(f, "exempt_month_fen");
  out.income_ppm = stated_ppm(f, "income_ppm");
  out.surcharge_ppm = stated_ppm(f, "surcharge_ppm");
  static_cast<void>(f.flag("withheld", false));  // of packs before `[[withholding]]`
  out.source = f.text("source");
  return out;
}

invoicing::Withholding read_withholding(Fields& f) {
  constexpr std::array<std::string_view, 5> kCertainties{"L", "S", "P", "Y", "M"};
  invoicing::Withholding out;
  const auto tax = invoicing::tax_from(f.text("tax"));
  if (!tax) {
    f.refuse(ErrorCode::bad_field, "tax", "vat, surcharge or income_tax is expected");
  }
  out.tax = tax.value_or(invoicing::Tax::vat);
  out.from = stated_day(f, "from");
  out.to = last_day_after(f, out.from);
  out.withheld = f.flag("withheld", true);
  out.certainty = kCertainties[f.choice("certainty", kCertainties)];
  out.source = f.text("source");
  return out;
}

invoicing::FilingForm read_filing_form(Fields& f) {
  invoicing::FilingForm out;
  constexpr std::array<std::string_view, 2> kRows{"invoice", "seller"};
  out.code = f.name("code");
  out.zh = f.text("zh");
  out.en = f.text("en");
  out.by_seller = f.choice("rows", kRows) == 1;
  out.source = f.text("source");
  const auto columns = f.array("columns");
  if (!columns || columns->size() == 0) {
    f.refuse(ErrorCode::bad_field, "columns", "a list of columns is expected");
    return out;
  }
  for (const json::Value one : columns->elements()) {
    Fields c(one, f.pointer("columns") + "/" + std::to_string(out.columns.size()));
    invoicing::FormColumn column{c.text("field"), c.text("zh"), c.text("en")};
    if (!c.refused() && !invoicing::is_filing_field(column.field, out.by_seller)) {
      c.refuse(ErrorCode::bad_field, "field", "a field of the filing is expected");
    }
    if (auto finished = c.finish(); !finished) {
      f.adopt(std::move(finished).error());
    }
    out.columns.push_back(std::move(column));
  }
  return out;
}

Result<void> read_who_and_how(TomlRows& toml, invoicing::Rules& rules) {
  HUAN_CHECK(toml.each("limit", [&](Fields& f) -> Result<void> {
    invoicing::Limit limit;
    limit.amount = base::Money{f.integer("amount_fen", {1, base::kIntegerMax})};
    limit.months = static_cast<std::int32_t>(f.integer("months", {1, kMonthsMax}));
    limit.warn_ppm = f.integer("warn_ppm", {0, kMillionth});
    limit.source = f.text("source");
    rules.limit = std::move(limit);
    return {};
  }));
  HUAN_CHECK(toml.each("buyer", [&](Fields& f) -> Result<void> {
    rules.buyer_any = f.names("requires_any");
    rules.buyer_source = f.text("source");
    return {};
  }));
  HUAN_CHECK(toml.each("evidence", [&](Fields& f) -> Result<void> {
    const auto kind = invoicing::evidence_kind_from(f.text("kind"));
    if (!kind) {
      f.refuse(ErrorCode::bad_field, "kind",
               "contract, transport, weigh_ticket, payment or ledger is expected");
      return {};
    }
    rules.needed[static_cast<std::size_t>(*kind)] = true;
    rules.evidence_source = f.text("source");
    return {};
  }));
  return toml.each("method", [&](Fields& f) -> Result<void> {
    rules.method_months = static_cast<std::int32_t>(f.integer("months", {1, kMonthsMax}));
    static_cast<void>(f.text("source"));
    return {};
  });
}

/// A pack's own rules replace its parents' of the same clause, and are asked first.
template <class Rule>
void stand_before(std::vector<Rule>& rules, std::vector<Rule> own) {
  std::erase_if(rules, [&](const Rule& before) {
    return std::any_of(own.begin(), own.end(),
                       [&](const Rule& one) { return one.clause == before.clause; });
  });
  rules.insert(rules.begin(), std::make_move_iterator(own.begin()),
               std::make_move_iterator(own.end()));
}

subsidy::Tier read_tier(Fields& f) {
  constexpr std::array<std::string_view, 3> kTiers{"county", "city", "province"};
  subsidy::Tier out;
  out.code = kTiers[f.choice("code", kTiers)];
  out.zh = f.text("zh");
  out.en = f.text("en");
  out.materials = f.names("materials");
  out.fates = f.names("fates");
  out.rate = stated_money(f, "rate_fen_per_t");
  out.cap = stated_money(f, "cap_fen_per_year");
  out.from = stated_day(f, "from");
  out.to = last_day_after(f, out.from);
  out.source = f.text("source");
  return out;
}

}  // namespace

Result<void> read_invoicing(const registry::PackFiles& files, const registry::Pack&, Rules& rules) {
  HUAN_TRY(toml, TomlRows::open(files, "invoicing.toml"));
  invoicing::Rules& out = rules.invoicing;
  HUAN_CHECK(read_who_and_how(toml, out));
  HUAN_CHECK(toml.each("period", [&](Fields& f) -> Result<void> {
    out.periods.push_back(read_period(f));
    return {};
  }));
  HUAN_CHECK(toml.each("withholding", [&](Fields& f) -> Result<void> {
    out.withholding.push_back(read_withholding(f));
    return {};
  }));
  HUAN_CHECK(toml.each("form", [&](Fields& f) -> Result<void> {
    auto form = read_filing_form(f);
    std::erase_if(out.forms, [&](const auto& one) { return one.code == form.code; });
    out.forms.push_back(std::move(form));
    return {};
  }));
  return toml.finish();
}

Result<void> read_subsidy(const registry::PackFiles& files, const registry::Pack&, Rules& rules) {
  HUAN_TRY(toml, TomlRows::open(files, "subsidy.toml"));
  HUAN_CHECK(toml.each("tier", [&](Fields& f) -> Result<void> {
    rules.subsidy.tiers.push_back(read_tier(f));
    return {};
  }));
  return toml.finish();
}

Result<void> read_buying(const registry::PackFiles& files, const registry::Pack&, Rules& rules) {
  HUAN_TRY(toml, TomlRows::open(files, "buying.toml"));
  std::vector<buying::RegistrationRule> registrations;
  HUAN_CHECK(toml.each("registration", [&](Fields& f) -> Result<void> {
    buying::RegistrationRule out;
    out.clause = f.text("clause");
    out.materials = f.names("materials");
    out.sellers = f.names("sellers");
    out.fields = f.names("fields");
    out.from = stated_day(f, "from");
    out.to = last_day_after(f, out.from);
    out.source = f.text("source");
    registrations.push_back(std::move(out));
    return {};
  }));
  stand_before(rules.buying.registrations, std::move(registrations));
  std::vector<buying::LeavingRule> leavings;
  HUAN_CHECK(toml.each("leaving", [&](Fields& f) -> Result<void> {
    buying::LeavingRule out;
    out.clause = f.text("clause");
    out.materials = f.names("materials");
    out.requires_any = f.names("requires_any");
    out.through = f.names("through");
    out.free = f.names("free");
    out.source = f.text("source");
    leavings.push_back(std::move(out));
    return {};
  }));
  stand_before(rules.buying.leavings, std::move(leavings));
  HUAN_CHECK(toml.each("filing", [&](Fields& f) -> Result<void> {
    buying::FilingRule out;
    out.code = f.name("code");
    out.zh = f.text("zh");
    out.en = f.text("en");
    out.authority = f.name("authority");
    out.qualification = f.name("qualification");
    out.materials = f.names("materials");
    out.within_days = f.integer("within_days", {0, kDaysMax});
    out.source = f.text("source");
    std::erase_if(rules.buying.filings, [&](const auto& one) { return one.code == out.code; });
    rules.buying.filings.push_back(std::move(out));
    return {};
  }));
  HUAN_CHECK(toml.each("item_file", [&](Fields& f) -> Result<void> {
    buying::ItemFileRule out;
    out.kind = f.name("kind");
    out.assemblies = f.names("assemblies");
    out.certificate = f.optional_text("certificate").value_or("");
    out.vin = f.flag("vin", false);
    out.source = f.text("source");
    std::erase_if(rules.buying.item_files, [&](const auto& one) { return one.kind == out.kind; });
    rules.buying.item_files.push_back(std::move(out));
    return {};
  }));
  return toml.finish();
}

}  // namespace huan::wire_pack
