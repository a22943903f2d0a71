// SPDX-License-Identifier: Apache-2.0
#include "huan/registry/pack.hpp"

#include <gtest/gtest.h>

#include <algorithm>
#include <chrono>
#include <set>

#include "huan/crypto/digest.hpp"
#include "huan/json/document.hpp"

namespace huan::registry {
namespace {

PackFiles small() {
  return {{"pack.toml",
           "name = \"x-town\"\ncity = \"x-town\"\nversion = \"1\"\nzh = \"镇\"\nen = \"Town\"\n"
           "utc_offset = \"+08:00\"\ntime_zone = \"Asia/Shanghai\"\n"
           "records_from = \"2026-01-01T00:00:00+08:00\"\n"},
          {"materials.toml",
           "[[material]]\ncode = \"paper\"\nzh = \"纸\"\nen = \"paper\"\n\n"
           "[[material]]\ncode = \"paper.occ\"\nzh = \"箱\"\nen = \"boxes\"\n"},
          {"districts.csv", "code,name,level\nD1,东区,district\n"},
          {"streets.csv", "code,name,district\nD1-1,一街,D1\n"},
          {"villages.csv", "code,name,street,kind\nD1-1-1,甲社区,D1-1,urban\n"},
          {"parties.csv", "id,kind,name,qualifications\nE-1,enterprise,甲,elv:2025-01-01;weee\n"},
          {"places.csv",
           "id,kind,name,district,operator,lat_e7,lng_e7,materials,capacity_g_per_day\n"
           "S-1,station,\"甲,乙站\",D1,E-1,380000000,1145000000,paper,5000\n"},
          {"prices.csv", "id,material,fen,per\nP-1,paper.occ,140,kg\n"}};
}

void expect_error(const PackFiles& files, const std::string& at, const std::string& detail) {
  const auto pack = parse_pack(files, nullptr);
  ASSERT_FALSE(pack) << at;
  EXPECT_EQ(base::name(pack.error().code), "bad_pack");
  EXPECT_EQ(pack.error().at, at) << pack.error().detail;
  EXPECT_NE(pack.error().detail.find(detail), std::string::npos) << pack.error().detail;
}

PackFiles with(const std::string& file, const std::string& text) {
  PackFiles files = small();
  files[file] = text;
  return files;
}

TEST(Pack, SmallOneIsReadWhole) {
  const auto pack = parse_pack(small(), nullptr);
  ASSERT_TRUE(pack) << pack.error().at << " " << pack.error().detail;
  EXPECT_EQ(pack->utc_offset_s, 28800);
  EXPECT_EQ(pack->city.code, "x-town");
  ASSERT_EQ(pack->stated.places.size(), 1U);
  const Place& place = pack->stated.places[0].value;
  EXPECT_EQ(place.name, "甲,乙站");
  EXPECT_EQ(place.location->at.lng_e7, 1145000000);
  EXPECT_EQ(place.capacity_per_day, base::Mass{5000});
  EXPECT_EQ(pack->stated.parties[0].value.qualifications.size(), 2U);
  EXPECT_EQ(pack->communities[0].district, "D1");
  EXPECT_EQ(drafts(*pack).size(), 1U + 2U + 1U + 1U + 1U);
}

TEST(Pack, ErrorsNameFileLineAndWhatWasExpected) {
  expect_error(with("districts.csv", "code,name,level\nD1,东区,district\nD1,西区,district\n"),
               "districts.csv line 3 column code", "stands once");
  expect_error(with("districts.csv", "code,name\nD1,东区\n"), "districts.csv line 1",
               "column level is expected");
  expect_error(with("districts.csv", "code,name,level\nD1,东区\n"), "districts.csv line 2",
               "3 cells are expected, found 2");
  expect_error(with("streets.csv", "code,name,district\nD1-1,一街,D9\n"),
               "streets.csv line 2 column district", "districts.csv");
  expect_error(with("villages.csv", "code,name,street,kind\nD1-1-1,甲,D1-1,town\n"),
               "villages.csv line 2 column kind", "urban or rural");
  expect_error(with("places.csv", "id,kind,name,district\nS-1,station,a,D1\nS-2,kiosk,b,D1\n"),
               "places.csv line 3 column kind", "kind of place");
  expect_error(with("places.csv", "id,kind,name,district,lat_e7,lng_e7\nS-1,station,a,D1,x,1\n"),
               "places.csv line 2 column location/lat_e7", "integer");
  expect_error(with("places.csv", "id,kind,name,district\nS-1,station,a,D2\n"), "places.csv S-1",
               "districts.csv");
  expect_error(with("places.csv", "id,kind,name,district\nS-1,station,\"a,D1\n"),
               "places.csv line 2", "quoted cell");
  expect_error(with("prices.csv", "id,material,fen\nP-1,paper,140\n"), "prices.csv P-1", "leaf");
  expect_error(with("pack.toml", "name = \"a\"\nversion = \n"), "pack.toml line 2", "");
  expect_error(
      with("pack.toml", "name = \"a\"\nversion = \"1\"\nzh = \"a\"\nen = \"a\"\nwho = 1\n"),
      "pack.toml line 5 (/who)", "not known");
  expect_error(with("pack.toml", "name = \"a\"\nversion = 1.5\n"), "pack.toml line 2",
               "whole number");
  expect_error(with("materials.toml",
                    "[[material]]\ncode = \"paper\"\nzh = \"纸\"\nen = \"paper\"\n\n"
                    "[[material]]\ncode = \"paper.occ\"\nzh = \"箱\"\nen = 3\n"),
               "materials.toml line 9 (/material/1/en)", "text");
  expect_error(
      with("materials.toml", "[[material]]\ncode = \"glass.clear\"\nzh = \"纸\"\nen = \"paper\"\n"),
      "materials.toml glass.clear", "parent");
  expect_error(with("materials.toml",
                    "[[material]]\ncode = \"paper\"\nzh = \"纸\"\nen = \"paper\"\n"
                    "schemes = { mofcom = \"paper\" }\n"),
               "materials.toml line 5 (/material/0/schemes/mofcom)", "schemes.toml");
  PackFiles none = small();
  none.erase("pack.toml");
  expect_error(none, "pack.toml", "expected in every pack");
}

TEST(Pack, MissingFolderIsAnError) {
  const auto pack = load_pack("packs/no-such-pack");
  ASSERT_FALSE(pack);
  EXPECT_EQ(pack.error().at, "packs/no-such-pack/pack.toml");
}

class CommittedPack : public ::testing::Test {
 protected:
  static const Pack& shijiazhuang() {
    static const auto pack = load_pack("packs/shijiazhuang/");
    EXPECT_TRUE(pack) << pack.error().at << " " << pack.error().detail;
    return *pack;
  }
};

TEST_F(CommittedPack, ShijiazhuangHasTheDocumentsDistricts) {
  const Pack& pack = shijiazhuang();
  EXPECT_EQ(pack.city.code, "130100");
  EXPECT_EQ(pack.utc_offset_s, 28800);
  EXPECT_EQ(pack.districts.size(), 23U);
  EXPECT_EQ(pack.streets.size(), 264U);
  EXPECT_EQ(pack.communities.size(), 4784U);
  for (const District& district : pack.districts) {
    EXPECT_NE(district.code, "130181");
    EXPECT_TRUE(district.seat);
    EXPECT_GT(district.households, 0);
  }
}

TEST_F(CommittedPack, ShijiazhuangHasTheDocumentsNumbers) {
  std::map<std::string_view, int> places;
  std::map<std::string, int> parties;
  std::set<std::string> keys;
  for (const Draft& draft : drafts(shijiazhuang())) {
    EXPECT_TRUE(keys.insert(std::string{name(draft.kind)} + "/" + draft.key).second) << draft.key;
    if (const auto* place = std::get_if<Place>(&draft.data)) {
      ++places[info(place->kind).code];
      EXPECT_TRUE(place->synthetic);
      EXPECT_TRUE(place->location);
    } else if (const auto* party = std::get_if<Party>(&draft.data)) {
      ++parties[draft.key.substr(0, draft.key.find('-'))];
      EXPECT_TRUE(party->synthetic);
    }
  }
  EXPECT_EQ(places["station"], 1570);
  EXPECT_EQ(places["sorting-centre"], 9);
  EXPECT_EQ(places["trading-market"], 1);
  EXPECT_EQ(places["transfer-station"], 23);
  EXPECT_EQ(places["processor"], 42);
  EXPECT_EQ(places["elv-dismantler"], 7);
  EXPECT_EQ(parties["E"], 273);
}

TEST_F(CommittedPack, EveryDraftIsAValidRecord) {
  const Pack& pack = shijiazhuang();
  std::set<base::Uuid> ids;
  for (const Draft& draft : drafts(pack)) {
    const auto id = record_id(pack, draft);
    EXPECT_TRUE(ids.insert(id).second);
    const auto text = to_record_json(draft, id, "2021-01-01T00:00:00+08:00");
    const auto document = json::Document::parse(text);
    ASSERT_TRUE(document) << text;
    const auto record = parse_record(document->root());
    ASSERT_TRUE(record) << text << record.error().at << record.error().detail;
    EXPECT_EQ(to_json(record->data), to_json(draft.data));
  }
}

TEST_F(CommittedPack, ShijiazhuangIsTheSameBytesEverywhere) {
  crypto::Sha256 sum;
  for (const Draft& draft : drafts(shijiazhuang())) {
    sum.update(draft.key);
    sum.update(to_json(draft.data));
  }
  // Changes with the pack's data; must never change with the machine or the compiler.
  EXPECT_EQ(crypto::hex(sum.finish()),
            "b5b6ba3d7a2ebfd8dffea65448e18ca281bbee5921ecf6bd6c61b54bf6b17364");
}

TEST_F(CommittedPack, BaseCatalogueCoversTheMinistrysTenKinds) {
  const Pack& pack = shijiazhuang();
  EXPECT_NE(pack.catalogue.leaf("paper.occ"), nullptr);
  EXPECT_EQ(pack.catalogue.leaf("paper"), nullptr);
  const auto scheme = std::find_if(pack.schemes.begin(), pack.schemes.end(),
                                   [](const Scheme& s) { return s.label.code == "mofcom"; });
  ASSERT_NE(scheme, pack.schemes.end());
  ASSERT_EQ(scheme->items.size(), 10U);
  for (const Label& item : scheme->items) {
    const auto leaves = pack.catalogue.leaves("");
    EXPECT_TRUE(std::any_of(leaves.begin(), leaves.end(), [&](const Material* m) {
      return pack.catalogue.item(m->code, "mofcom") == item.code;
    })) << item.code;
  }
  EXPECT_EQ(pack.catalogue.item("battery.lead_acid", "mofcom"), "");
  EXPECT_EQ(pack.catalogue.item("battery.lead_acid", "sjz"), "battery");
  EXPECT_TRUE(pack.catalogue.find("metal.prohibited")->prohibited);
  EXPECT_TRUE(pack.catalogue.find("metal.copper")->seller_registration);
}

TEST_F(CommittedPack, NewYorkHasItsCommunityDistricts) {
  const auto pack = load_pack("packs/x-nyc");
  ASSERT_TRUE(pack) << pack.error().at << " " << pack.error().detail;
  EXPECT_EQ(pack->utc_offset_s, -18000);
  EXPECT_EQ(pack->stated.places.size(), 59U);
  EXPECT_NE(pack->catalogue.leaf("mixed.mgp"), nullptr);
  EXPECT_NE(pack->catalogue.leaf("paper.mixed"), nullptr);
}

TEST_F(CommittedPack, LoadsFast) {
  const auto start = std::chrono::steady_clock::now();
  const auto pack = load_pack("packs/shijiazhuang");
  ASSERT_TRUE(pack);
  EXPECT_GT(drafts(*pack).size(), 3000U);
  EXPECT_LT(std::chrono::steady_clock::now() - start, std::chrono::seconds(5));
}

}  // namespace
}  // namespace huan::registry
