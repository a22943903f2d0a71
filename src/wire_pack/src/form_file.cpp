// SPDX-License-Identifier: Apache-2.0
// forms.toml: `[[form]]`, `[[dispatch]]`, `[[subsidy]]`.
#include <algorithm>
#include <array>

#include "files.hpp"
#include "toml_rows.hpp"

namespace huan::wire_pack {
namespace {

using base::Error;
using base::ErrorCode;
using base::Result;
using registry::Fields;

constexpr std::array<std::string_view, 3> kKinds{"declaration", "evaluation", "project_update"};
constexpr std::array<std::string_view, 4> kPeriods{"once", "month", "quarter", "year"};
constexpr std::array<std::string_view, 2> kDocuments{"reminder", "notice"};
constexpr std::array<std::string_view, 3> kPayers{"county", "city", "province"};
constexpr std::size_t kTextMax = 1'000;
constexpr std::int64_t kMillion = 1'000'000;

std::optional<std::int32_t> small(Fields& f, std::string_view key, std::int64_t max) {
  const auto value = f.optional_integer(key, {1, max});
  return value ? std::optional{static_cast<std::int32_t>(*value)} : std::nullopt;
}

duties::DueRule read_due(Fields& f, duties::Period period) {
  duties::DueRule out;
  out.day = small(f, "due_day", 31);
  out.month = small(f, "due_month", period == duties::Period::quarter ? 3 : 12);
  out.next_period = f.flag("due_in_next_period", true);
  out.deadline = read_deadline(f, "deadline");
  out.reason = f.optional_text("due_reason", kTextMax).value_or("");
  const bool wants_month = period == duties::Period::quarter || period == duties::Period::year;
  const bool stated = period == duties::Period::once
                          ? out.deadline.has_value()
                          : out.day.has_value() && (!wants_month || out.month.has_value());
  if (stated == !out.reason.empty()) {
    f.refuse(ErrorCode::bad_field, "due_reason",
             "either the due day (with its month, or the deadline of a one-off) or the reason why "
             "there is none is expected");
  }
  if (out.deadline && period != duties::Period::once) {
    f.refuse(ErrorCode::bad_field, "deadline", "only a one-off has one");
  }
  return out;
}

duties::Form read_form(Fields& f, const registry::Pack& pack,
                       std::set<std::string, std::less<>>& seen) {
  duties::Form out;
  out.row = read_row(f, pack.name, seen);
  out.kind = static_cast<duties::FormKind>(f.choice("kind", kKinds));
  out.period = static_cast<duties::Period>(f.choice("period", kPeriods));
  out.reporters = f.names("reporters");
  out.receivers = f.names("receivers");
  out.due = read_due(f, out.period);
  out.scheme = f.optional_name("scheme").value_or("");
  out.reconstructed = f.flag("reconstructed", false);
  out.lines = read_texts(f, "lines");
  return out;
}

Result<void> check_form(const duties::Form& form, const registry::Pack& pack, const Rules& rules) {
  for (const auto& [key, units] :
       {std::pair{"reporters", &form.reporters}, {"receivers", &form.receivers}}) {
    const std::string unknown = unknown_unit(rules, pack, *units);
    if (!unknown.empty()) {
      return Error{ErrorCode::bad_pack, key, "a code of units.toml is expected, found " + unknown};
    }
  }
  const bool known = form.scheme.empty() || std::any_of(pack.schemes.begin(), pack.schemes.end(),
                                                        [&](const registry::Scheme& s) {
                                                          return s.label.code == form.scheme;
                                                        });
  if (!known) {
    return Error{ErrorCode::bad_pack, "scheme", "a code of schemes.toml is expected"};
  }
  return {};
}

/// A share that is stated, or the reason why there is none.
std::optional<std::int64_t> share(Fields& f, std::string_view key, std::string& reason) {
  const auto value = f.optional_integer(key, {0, kMillion});
  reason = f.optional_text("reason", kTextMax).value_or("");
  if (value.has_value() == !reason.empty()) {
    f.refuse(ErrorCode::bad_field, "reason",
             "either " + std::string{key} + " or the reason why there is none is expected");
  }
  return value;
}

}  // namespace

Result<void> read_forms(const registry::PackFiles& files, const registry::Pack& pack,
                        Rules& rules) {
  HUAN_TRY(toml, TomlRows::open(files, "forms.toml"));
  std::set<std::string, std::less<>> seen;
  const auto keep = [&](Fields& f) -> Result<void> {
    duties::Form form = read_form(f, pack, seen);
    if (f.refused()) {
      return {};
    }
    HUAN_CHECK(check_form(form, pack, rules));
    rules.duties.forms.push_back(std::move(form));
    return {};
  };
  HUAN_CHECK(toml.each("form", keep));
  seen.clear();
  HUAN_CHECK(toml.each("dispatch", [&](Fields& f) -> Result<void> {
    duties::DispatchLevel out;
    out.row = read_row(f, pack.name, seen);
    out.document = kDocuments.at(f.choice("document", kDocuments));
    out.lag_ppm = share(f, "lag_ppm", out.reason);
    rules.duties.dispatch.push_back(std::move(out));
    return {};
  }));
  seen.clear();
  HUAN_CHECK(toml.each("subsidy", [&](Fields& f) -> Result<void> {
    duties::SubsidyTier out;
    out.row = read_row(f, pack.name, seen);
    out.payer = kPayers.at(f.choice("payer", kPayers));
    out.order = small(f, "order", 3).value_or(1);
    out.rate_ppm = share(f, "rate_ppm", out.reason);
    rules.duties.subsidies.push_back(std::move(out));
    return {};
  }));
  return toml.finish();
}

}  // namespace huan::wire_pack
