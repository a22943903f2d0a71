// SPDX-License-Identifier: Apache-2.0
#include "references.hpp"

#include "huan/json/document.hpp"

namespace huan::app {
namespace {

using base::Error;
using base::ErrorCode;
using base::Result;

constexpr std::size_t kPacksMax = 100;  // of one city

class References {
 public:
  References(store::Reading& reading, const std::string& city) : reading_(reading), city_(city) {}

  Result<void> check(const registry::Place& place) {
    HUAN_CHECK(party("/data/operator", place.operator_id));
    HUAN_CHECK(materials(place.materials));
    return district("/data/district", place.district);
  }
  Result<void> check(const registry::Party& party_data) {
    HUAN_CHECK(party("/data/affiliated_to", party_data.affiliated_to));
    return party("/data/party", party_data.buyer);
  }
  Result<void> check(const registry::Asset& asset) {
    HUAN_CHECK(party("/data/party", asset.party));
    return place("/data/place", asset.place);
  }
  Result<void> check(const registry::Price& price) {
    HUAN_CHECK(material("/data/material", price.material));
    return place("/data/place", price.place);
  }
  Result<void> check(const registry::Contract& contract) {
    HUAN_CHECK(party("/data/party", contract.party));
    HUAN_CHECK(place("/data/place", contract.place));
    HUAN_CHECK(party("/data/with", contract.with));
    return materials(contract.materials);
  }
  Result<void> check(const registry::Material&) { return {}; }  // its parent is in its code
  Result<void> check(const registry::Hold&) { return {}; }
  Result<void> check(const registry::OtherData&) { return {}; }
  Result<void> subject(std::string_view kind, const std::string& id) {
    if (kind == "place") {
      return place("/data/about/id", id);
    }
    if (kind == "district") {
      return district("/data/about/id", id);
    }
    if (kind == "vehicle") {
      return named("asset", id, Error{ErrorCode::unknown_vehicle, "/data/about/id", id});
    }
    return kind == "enterprise" || kind == "person" ? party("/data/about/id", id) : Result<void>{};
  }

 private:
  Result<void> party(const char* at, const std::string& id) {
    return named("party", id, Error{ErrorCode::unknown_party, at, id});
  }
  Result<void> place(const char* at, const std::string& id) {
    return named("place", id, Error{ErrorCode::unknown_place, at, id});
  }
  Result<void> material(const std::string& at, const std::string& code) {
    return named("material", code, Error{ErrorCode::unknown_material, at, code});
  }
  Result<void> materials(const std::vector<std::string>& codes) {
    for (std::size_t i = 0; i < codes.size(); ++i) {
      HUAN_CHECK(material("/data/materials/" + std::to_string(i), codes[i]));
    }
    return {};
  }
  /// Empty: nothing is named.
  Result<void> named(std::string_view kind, const std::string& id, Error unknown) {
    if (id.empty() || reading_.registered(city_, kind, id)) {
      return {};
    }
    return unknown;
  }

  Result<void> district(const char* at, const std::string& code) {
    bool listed = false;
    for (const auto& row : reading_.registry(city_, "pack", {}, {"", kPacksMax})) {
      const auto document = json::Document::parse(row.body, json::kStored);
      const auto record = document ? document->root().find("record") : std::nullopt;
      const auto data = record ? record->find("data") : std::nullopt;
      const auto districts = data ? data->find("districts") : std::nullopt;
      if (!districts || !districts->is_array()) {
        continue;
      }
      for (const json::Value one : districts->elements()) {
        const auto its_code = one.is_object() ? one.find("code") : std::nullopt;
        listed = true;
        if (its_code && its_code->is_string() && its_code->string() == code) {
          return {};
        }
      }
    }
    if (!listed) {
      return {};
    }
    return Error{ErrorCode::unknown_district, at, code};
  }

  store::Reading& reading_;
  const std::string& city_;
};

}  // namespace

Result<void> check_references(const registry::Record& record, store::Reading& reading,
                              const std::string& city) {
  References references{reading, city};
  return std::visit([&](const auto& data) { return references.check(data); }, record.data);
}

Result<void> check_subject(std::string_view kind, const std::string& id, store::Reading& reading,
                           const std::string& city) {
  return References{reading, city}.subject(kind, id);
}

}  // namespace huan::app
