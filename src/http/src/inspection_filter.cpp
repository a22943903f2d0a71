// SPDX-License-Identifier: Apache-2.0
#include "inspection_filter.hpp"

#include <algorithm>
#include <array>

#include "huan/dossiers/fields.hpp"
#include "huan/registry/record.hpp"

namespace huan::http {
namespace {

constexpr std::array<std::string_view, 5> kResults{"in_order", "wanting", "refused", "not_found",
                                                   "problem"};

}  // namespace

Result<InspectionFilter> InspectionFilter::of_bulletin(store::RegistryReading& reading,
                                                       const store::CityRow& city,
                                                       const std::string& key) {
  InspectionFilter out;
  const auto versions = reading.versions(city.city, "dossier", key);
  const auto first = versions.empty() ? std::nullopt : oversight::keyed_dossier(versions.front());
  if (!first || first->dossier.type != "bulletin" || !first->dossier.from || !first->dossier.to) {
    return Error{ErrorCode::not_found, "bulletin", key};
  }
  out.set_ = true;
  out.offset_s_ = city.offset_s;
  out.cover_ = Cover{
      {*first->dossier.from, *first->dossier.to}, first->seq, {first->dossier.district, {}, {}}};
  return out;
}

Result<InspectionFilter> InspectionFilter::parse(const Request& request,
                                                 store::RegistryReading& reading,
                                                 const store::CityRow& city) {
  const auto text = [&](std::string_view name) {
    return std::string(request.query_value(name).value_or(""));
  };
  InspectionFilter out;
  if (const std::string key = text("bulletin"); !key.empty()) {
    HUAN_TRY(covered, of_bulletin(reading, city, key));
    out = covered;
  }
  out.draw_ = text("draw");
  out.item_ = text("item");
  out.result_ = text("result");
  if (!out.result_.empty() && std::ranges::find(kResults, out.result_) == kResults.end()) {
    return Error{ErrorCode::bad_field, "result", out.result_};
  }
  out.set_ = out.set_ || !(out.draw_ + out.item_ + out.result_).empty();
  return out;
}

bool InspectionFilter::holds(const oversight::KeyedDossier& one) const {
  const registry::Dossier& data = one.dossier;
  if (!set_) {
    return true;
  }
  const auto is = [&](const std::string& wanted, std::string_view field) {
    return wanted.empty() || dossiers::text_in(data, field) == wanted;
  };
  const bool covered =
      !cover_ || (one.seq < cover_->drafted && cover_->scope.holds_district(data.district) &&
                  dossiers::is_result_of(data, base::day_of(one.time, offset_s_), cover_->period));
  const bool result = result_ == "problem"
                          ? !dossiers::text_in(data, "result").empty() && dossiers::is_wanting(data)
                          : is(result_, "result");
  return data.type == "inspection" && covered && result && is(draw_, "draw") && is(item_, "item");
}

}  // namespace huan::http
