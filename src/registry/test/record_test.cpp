// SPDX-License-Identifier: Apache-2.0
#include "huan/registry/record.hpp"

#include <gtest/gtest.h>

#include <string>

#include "huan/json/canonical.hpp"
#include "huan/json/document.hpp"

namespace huan::registry {
namespace {

using base::ErrorCode;

std::string record_text(const std::string& kind, const std::string& data,
                        const std::string& key = "K-1") {
  return R"({"id":"0190d2c8-7b5a-7c3d-8e4f-000000000001","kind":")" + kind + R"(","key":")" + key +
         R"(","version":1,"time":"2026-01-01T00:00:00+08:00","data":)" + data + "}";
}

base::Result<Record> read(const std::string& text) {
  const auto document = json::Document::parse(text);
  if (!document) {
    return document.error();
  }
  return parse_record(document->root());
}

void expect_refused(const std::string& text, ErrorCode code, const std::string& at) {
  const auto record = read(text);
  ASSERT_FALSE(record) << text;
  EXPECT_EQ(base::name(record.error().code), base::name(code)) << record.error().detail;
  EXPECT_EQ(record.error().at, at) << record.error().detail;
}

const std::string kStation =
    R"({"kind":"station","form":"fixed","name":"建北回收站","district":"130102",)"
    R"("district_year":2023,"street":"130102001","operator":"E-001","status":"active",)"
    R"("location":{"lat_e7":380533000,"lng_e7":1145262600,"datum":"wgs84"},)"
    R"("capacity_g_per_day":3000000,"materials":["paper","plastic.pet"],)"
    R"("hours":[{"days":[1,2,3,4,5],"from":"08:00","to":"18:00"}],"synthetic":true})";

TEST(PlaceRecord, IsReadWhole) {
  const auto record = read(record_text("place", kStation, "S-130102-001"));
  ASSERT_TRUE(record) << record.error().at << record.error().detail;
  const auto& place = std::get<Place>(record->data);
  EXPECT_EQ(place.kind, PlaceKind::station);
  EXPECT_EQ(place.form, PlaceForm::fixed);
  EXPECT_EQ(place.operator_id, "E-001");
  EXPECT_EQ(place.capacity_per_day, base::Mass{3000000});
  EXPECT_EQ(place.location->at.lat_e7, 380533000);
  EXPECT_TRUE(place.synthetic);
  EXPECT_EQ(record->key, "S-130102-001");
  EXPECT_EQ(record->time.s, 1767196800);
  EXPECT_TRUE(takes(place, "paper.occ"));
  EXPECT_TRUE(takes(place, "plastic.pet"));
  EXPECT_FALSE(takes(place, "plastic.pp"));
  EXPECT_FALSE(takes(place, "paperweight"));
  EXPECT_TRUE(is_open(place, 5, 8 * 60));
  EXPECT_FALSE(is_open(place, 5, 18 * 60));
  EXPECT_FALSE(is_open(place, 6, 9 * 60));
}

TEST(PlaceRecord, WrittenAndReadAgainIsTheSame) {
  const auto first = read(record_text("place", kStation));
  ASSERT_TRUE(first);
  const std::string text = to_json(first->data);
  const auto again = read(record_text("place", text));
  ASSERT_TRUE(again) << again.error().at << again.error().detail;
  EXPECT_EQ(to_json(again->data), text);
  const auto document = json::Document::parse(text);
  ASSERT_TRUE(document);
  EXPECT_EQ(json::canonical(document->root()), text);
}

TEST(PlaceRecord, Gcj02IsTurnedBackAndRemembered) {
  const auto record =
      read(record_text("place", R"({"kind":"station","name":"a","district":"130102","location":)"
                                R"({"lat_e7":399164043,"lng_e7":1164102445,"datum":"gcj02"}})"));
  ASSERT_TRUE(record);
  const auto& place = std::get<Place>(record->data);
  EXPECT_NEAR(place.location->at.lat_e7, 399150000, 20);
  EXPECT_EQ(place.location->source_datum, Datum::gcj02);
  const auto again = read(record_text("place", to_json(place)));
  ASSERT_TRUE(again);
  EXPECT_EQ(std::get<Place>(again->data).location, place.location);
}

TEST(PlaceRecord, RefusalsNameTheField) {
  const auto place = [](const std::string& more) {
    return record_text("place", R"({"kind":"station","name":"a","district":"130102")" + more + "}");
  };
  expect_refused(place(R"(,"colour":"red")"), ErrorCode::bad_field, "/data/colour");
  expect_refused(place(R"(,"form":"specialised")"), ErrorCode::bad_field, "/data/form");
  expect_refused(place(R"(,"status":"open")"), ErrorCode::bad_field, "/data/status");
  expect_refused(place(R"(,"capacity_g_per_day":0)"), ErrorCode::bad_number,
                 "/data/capacity_g_per_day");
  expect_refused(place(R"(,"location":{"lat_e7":0,"lng_e7":0,"datum":"wgs84"})"),
                 ErrorCode::bad_coordinates, "/data/location");
  expect_refused(place(R"(,"location":{"lat_e7":1,"lng_e7":1})"), ErrorCode::bad_coordinates,
                 "/data/location/datum");
  expect_refused(place(R"(,"location":{"lat_e7":1,"lng_e7":1,"datum":"bd09"})"),
                 ErrorCode::bad_coordinates, "/data/location/datum");
  expect_refused(place(R"(,"hours":[{"from":"18:00","to":"08:00"}])"), ErrorCode::bad_field,
                 "/data/hours/0/to");
  expect_refused(place(R"(,"hours":[{"from":"08:00","to":"24:01"}])"), ErrorCode::bad_field,
                 "/data/hours/0/to");
  expect_refused(place(R"(,"materials":["paper","paper"])"), ErrorCode::bad_field,
                 "/data/materials/1");
  expect_refused(place(R"(,"phone":"13812341234")"), ErrorCode::bad_field, "/data/phone");
  expect_refused(record_text("place", R"({"kind":"kiosk","name":"a","district":"130102"})"),
                 ErrorCode::bad_field, "/data/kind");
  expect_refused(record_text("place", R"({"kind":"station","name":"a","district":"990102"})"),
                 ErrorCode::bad_identifier, "/data/district");
  expect_refused(record_text("place", R"({"kind":"station","district":"130102"})"),
                 ErrorCode::bad_field, "/data/name");
}

TEST(PlaceKinds, CodesAreUniqueAndFound) {
  for (const PlaceKindInfo& kind : place_kinds()) {
    EXPECT_EQ(place_kind_from(kind.code), kind.kind);
    EXPECT_FALSE(kind.zh.empty());
  }
  EXPECT_GE(place_kinds().size(), 30U);
  EXPECT_EQ(info(PlaceKind::sorting_centre).code, "sorting-centre");
}

TEST(PartyRecord, QualificationsHoldInTheirTerm) {
  const auto record = read(record_text(
      "party",
      R"({"kind":"enterprise","name":"合成企业 001","uscc":"914403001922038216","qualifications":[)"
      R"({"kind":"elv","number":"1","from":"2025-01-01","to":"2025-12-31"},{"kind":"weee"}]})"));
  ASSERT_TRUE(record) << record.error().detail;
  const auto& party = std::get<Party>(record->data);
  const auto on = [](int y, int m, int d) { return base::day_of(base::Civil{y, m, d}); };
  EXPECT_TRUE(qualified(party, "elv", on(2025, 1, 1)));
  EXPECT_TRUE(qualified(party, "elv", on(2025, 12, 31)));
  EXPECT_FALSE(qualified(party, "elv", on(2026, 1, 1)));
  EXPECT_FALSE(qualified(party, "elv", on(2024, 12, 31)));
  EXPECT_TRUE(qualified(party, "weee", on(1990, 1, 1)));
  EXPECT_FALSE(qualified(party, "hazardous_permit", on(2025, 6, 1)));
  // 2025-12-31T20:00Z is already 2026 at +08:00.
  const auto late = base::parse_time("2025-12-31T20:00:00Z");
  EXPECT_FALSE(qualified(party, "elv", *late, 8 * 3600));
  EXPECT_TRUE(qualified(party, "elv", *late, -5 * 3600));
  const auto again = read(record_text("party", to_json(party)));
  ASSERT_TRUE(again);
  EXPECT_EQ(to_json(again->data), to_json(party));
}

TEST(PartyRecord, PersonalDataIsRefused) {
  const auto person = [](const std::string& more) {
    return record_text("party", R"({"kind":"natural_person")" + more + "}");
  };
  EXPECT_TRUE(read(person("")));
  expect_refused(person(R"(,"name":"某人")"), ErrorCode::bad_field, "/data/name");
  EXPECT_TRUE(read(person(R"(,"party":"E-1")")));  // whose seller
  expect_refused(person(R"(,"party":"E-1","titles":[{"kind":"key_enterprise"}])"),
                 ErrorCode::bad_field, "/data/party");
  expect_refused(record_text("party", R"({"kind":"enterprise","name":"a","party":"E-1"})"),
                 ErrorCode::bad_field, "/data/party");
  for (const std::string field :
       {"phone", "address", "id_number", "bank_account", "mobile", "email"}) {
    const auto refused = read(person(",\"" + field + "\":\"x\""));
    ASSERT_FALSE(refused) << field;
    EXPECT_EQ(refused.error().at, "/data/" + field);
    EXPECT_NE(refused.error().detail.find("vault"), std::string::npos);
  }
  expect_refused(record_text("party", R"({"kind":"enterprise","name":"电话13812341234"})"),
                 ErrorCode::bad_field, "/data/name");
  expect_refused(record_text("order", R"({"phone":"13812341234"})"), ErrorCode::bad_field,
                 "/data/phone");
}

TEST(PartyRecord, BadCodeIsRefused) {
  expect_refused(
      record_text("party", R"({"kind":"enterprise","name":"a","uscc":"914403001922038217"})"),
      ErrorCode::bad_identifier, "/data/uscc");
}

TEST(AssetRecord, FourKinds) {
  for (
      const std::string data :
      {R"({"kind":"vehicle","party":"E-1","plate":"冀A12345","number":"017","capacity_g":3000000,)"
       R"("vin":"1M8GDM9AXKP042788","energy":"electric","passes":[{"kind":"pass","to":"2026-12-31"}]})",
       R"({"kind":"scale","place":"S-1","class":"III","max_g":150000,"interval_g":50,)"
       R"("verified_on":"2026-03-01","verified_until":"2027-02-28"})",
       R"({"kind":"container","code":"BOX-1","tare_g":1200,"volume_l":60})",
       R"({"kind":"device","code":"D7","protocol":"yaohua","numbers":[{"from":1,"to":9999}]})"}) {
    const auto record = read(record_text("asset", data));
    ASSERT_TRUE(record) << data << record.error().at << record.error().detail;
    const auto again = read(record_text("asset", to_json(record->data)));
    ASSERT_TRUE(again) << to_json(record->data);
    EXPECT_EQ(to_json(again->data), to_json(record->data));
  }
  expect_refused(record_text("asset", R"({"kind":"scale","plate":"冀A12345"})"),
                 ErrorCode::bad_field, "/data/plate");
}

TEST(AssetRecord, OddPlateOnlyWarns) {
  const auto record = read(record_text("asset", R"({"kind":"vehicle","plate":"无牌"})"));
  ASSERT_TRUE(record);
  const auto found = warnings(std::get<Asset>(record->data), "/data");
  ASSERT_EQ(found.size(), 1U);
  EXPECT_EQ(found[0].at, "/data/plate");
}

TEST(AssetRecord, ScaleNeedsAVerificationInForce) {
  Asset scale;
  scale.kind = AssetKind::scale;
  const auto day = base::parse_day("2026-06-01");
  EXPECT_FALSE(verified(scale, *day));
  scale.verified_until = day;
  EXPECT_TRUE(verified(scale, *day));
  EXPECT_FALSE(verified(scale, base::Day{day->n + 1}));
}

TEST(OtherRecords, PriceContractHoldAndGenericData) {
  const auto price =
      read(record_text("price", R"({"material":"paper.occ","fen":140,"per":"kg","place":"S-1"})"));
  ASSERT_TRUE(price);
  EXPECT_EQ(std::get<Price>(price->data).price, base::Money{140});
  const auto contract = read(record_text(
      "contract",
      R"({"party":"I-7","place":"S-1","visits":[{"days":[2,5],"from":"09:00","to":"11:00"}]})"));
  ASSERT_TRUE(contract) << contract.error().detail;
  EXPECT_EQ(std::get<Contract>(contract->data).visits[0].days, 0b0010010);
  const auto hold = read(record_text("hold", R"({"active":false,"reason":"released"})", "L-7"));
  ASSERT_TRUE(hold);
  EXPECT_FALSE(std::get<Hold>(hold->data).active);
  const auto other = read(record_text("task", R"({"b":[1,{"c":null}],"a":true})"));
  ASSERT_TRUE(other);
  EXPECT_EQ(std::get<OtherData>(other->data).json, R"({"a":true,"b":[1,{"c":null}]})");
  expect_refused(record_text("price", R"({"material":"Paper","fen":1})"), ErrorCode::bad_field,
                 "/data/material");
  expect_refused(record_text("hold", "[]"), ErrorCode::bad_field, "/data");
}

TEST(RecordHeader, IsCheckedToo) {
  expect_refused(record_text("places", kStation), ErrorCode::bad_field, "/kind");
  expect_refused(record_text("place", kStation, "with space"), ErrorCode::bad_text, "/key");
  expect_refused(record_text("place", kStation, std::string(41, 'a')), ErrorCode::bad_text, "/key");
  expect_refused(R"({"id":"1","kind":"place","key":"a","version":1,"time":"x","data":{}})",
                 ErrorCode::bad_field, "/id");
  EXPECT_EQ(kind_from("places"), Kind::place);
  EXPECT_EQ(kind_from("place"), Kind::place);
  EXPECT_EQ(collection(Kind::party), "parties");
}

TEST(Draft, BecomesARecordThatIsReadBack) {
  Hold hold;
  hold.reason = "inspection";
  const Draft draft{Kind::hold, "L-1", hold};
  const auto id = base::Uuid::parse("0190d2c8-7b5a-7c3d-8e4f-000000000001");
  const auto text = to_record_json(draft, *id, "2026-01-01T00:00:00+08:00");
  const auto record = read(text);
  ASSERT_TRUE(record) << text;
  EXPECT_EQ(record->key, "L-1");
}

}  // namespace
}  // namespace huan::registry
