// SPDX-License-Identifier: Apache-2.0
#include "huan/wire_table/importer.hpp"

#include "huan/json/document.hpp"
#include "huan/ledger/event.hpp"
#include "huan/registry/record.hpp"
#include "imported.hpp"
#include "row_identity.hpp"
#include "row_values.hpp"
#include "xlsx_text.hpp"

namespace huan::wire_table {
namespace {

using base::ErrorCode;

/// Every event has to be one that the ledger can read.
void expect_ledger_reads(const Imported& imported) {
  for (const RowResult& result : imported.results) {
    if (result.record && result.record->kind == "receive") {
      const auto document = json::Document::parse(result.record->json);
      ASSERT_TRUE(document.has_value()) << result.record->json;
      const auto event = ledger::parse_event(document->root());
      EXPECT_TRUE(event.has_value())
          << event.error().at << ' ' << event.error().detail << result.record->json;
    }
  }
}

TEST(Importer, APlainFileNeedsNoMapping) {
  const Imported out = tickets(
      "磅单号,时间,网点,品类,毛重(kg),皮重(kg),扣杂(kg),净重(kg),单价(元/"
      "吨),金额(元),车牌,批次,备注,付款方式\n"
      "130102-0007,2026-11-21 "
      "08:30,北城站,废纸板,\"12,500\",5000.5,10,7499.5,1850,13855.58,冀A12345,L-1,"
      "\"第\"\"一\"\"车\",现金\n");
  ASSERT_FALSE(out.refused) << out.refused->detail;
  ASSERT_EQ(out.results.size(), 1U);
  const std::string id = out.results[0].record->id.text();
  EXPECT_EQ(
      out.json()[0],
      R"({"from":{"origin":"household"},"id":")" + id +
          R"(","note":"第\"一\"车","outputs":[{"lot":"L-1","mass_g":7499500,"material":"paper.occ","per":"kg",)"
          R"("price_fen":185}],"payment":{"fen":1385558,"how":"till"},"place":"S-1","ticket":"130102-0007",)"
          R"("time":"2026-11-21T08:30:00+08:00","type":"receive","vehicle":"V-7",)"
          R"("weighings":[{"deduct_g":10000,"gross_g":12500000,"tare_g":5000500}]})");
  EXPECT_EQ(out.results[0].row, 2);
  expect_ledger_reads(out);
}

TEST(Importer, TheSameFromAWorkbook) {
  const std::string csv =
      "磅单号,日期,网点,品类,净重(吨),单价(元/kg)\nA-1,2026-11-21,S-1,paper.occ,1.5,1.85\n";
  const std::string xlsx = zipped(workbook_parts(
      R"(<row r="1"><c t="inlineStr"><is><t>2026年磅单</t></is></c></row>)"
      R"(<row r="2"><c t="inlineStr"><is><t>磅单号</t></is></c><c t="inlineStr"><is><t>日期</t></is></c>)"
      R"(<c t="inlineStr"><is><t>网点</t></is></c><c t="inlineStr"><is><t>品类</t></is></c>)"
      R"(<c t="inlineStr"><is><t>净重(吨)</t></is></c><c t="inlineStr"><is><t>单价(元/kg)</t></is></c></row>)"
      R"(<row r="3"><c t="str"><v>A-1</v></c><c s="1"><v>46347</v></c><c t="str"><v>S-1</v></c>)"
      R"(<c t="str"><v>paper.occ</v></c><c><f>3/2</f><v>1.5000000000000002</v></c><c><v>1.8500000000000001</v></c></row>)"));
  const Imported from_csv = tickets(csv);
  const Imported from_xlsx = tickets(xlsx);
  ASSERT_FALSE(from_xlsx.refused) << from_xlsx.refused->detail;
  EXPECT_EQ(from_csv.json(), from_xlsx.json());
  EXPECT_EQ(from_xlsx.plan.header_row, 2);
  EXPECT_EQ(from_xlsx.results.at(0).row, 3);
  expect_ledger_reads(from_xlsx);
}

TEST(Importer, EnglishHeadersAndUnitsInTheCells) {
  const Imported out = tickets(
      "Ticket,Time,Place,Material,Weight "
      "(kg),Price\nT-1,2026-11-21T08:00:00Z,S-1,metal.copper,12.5,¥45/kg\n");
  ASSERT_FALSE(out.refused) << out.refused->detail;
  ASSERT_TRUE(out.results.at(0).record) << out.json()[0];
  EXPECT_NE(out.json()[0].find("\"mass_g\":12500"), std::string::npos);
  EXPECT_NE(out.json()[0].find("\"price_fen\":4500"), std::string::npos);
  EXPECT_NE(tickets("时间,网点,品类,净重\n2026-11-21,S-1,paper.occ,1.2吨\n")
                .json()[0]
                .find("\"mass_g\":1200000"),
            std::string::npos);
}

TEST(Importer, AssumedUnitsAndIgnoredColumnsAreSaid) {
  const Imported out = tickets("时间,网点,品类,净重,司机\n");
  ASSERT_FALSE(out.refused);
  const auto mass = std::find_if(out.plan.columns.begin(), out.plan.columns.end(),
                                 [](const PlannedColumn& c) { return c.field == "mass"; });
  ASSERT_NE(mass, out.plan.columns.end());
  EXPECT_EQ(mass->unit, "kg");
  EXPECT_TRUE(mass->assumed);
  EXPECT_EQ(out.plan.ignored, (std::vector<std::string>{"司机"}));
}

std::string row_error(const std::string& cells, const std::string& headers) {
  const Imported out = tickets(headers + "\n" + cells + "\n");
  EXPECT_FALSE(out.refused) << out.refused->detail;
  EXPECT_EQ(out.results.size(), 1U) << cells;
  if (out.results.empty() || !out.results[0].error) {
    return "no error";
  }
  const base::Error& error = *out.results[0].error;
  return std::string{base::name(error.code)} + " " + error.at;
}

TEST(Importer, EachRefusalNamesItsColumn) {
  const auto error = [](const std::string& cells) {
    return row_error(cells,
                     "单号,时间,网点,品类,毛重,皮重,净重,扣杂,单价,金额,来源,卖方,备注,件数");
  };
  EXPECT_EQ(error("A1,2026-11-21,S-1,paper,30,10,20,,,,居民,,,"), "no error");
  EXPECT_EQ(error("A1,,S-1,paper,30,10,20,,,,居民,,,"), "bad_field 时间");
  EXPECT_EQ(error("A1,11/21/2026,S-1,paper,30,10,20,,,,居民,,,"), "bad_time 时间");
  EXPECT_EQ(error("A1,2026-11,S-1,paper,30,10,20,,,,居民,,,"), "bad_time 时间");
  EXPECT_EQ(error("A1,2026-11-21,,paper,30,10,20,,,,居民,,,"), "bad_field 网点");
  EXPECT_EQ(error("A1,2026-11-21,南站,paper,30,10,20,,,,居民,,,"), "unknown_place 网点");
  EXPECT_EQ(error("A1,2026-11-21,S-1,纸,30,10,20,,,,居民,,,"), "unknown_material 品类");
  EXPECT_EQ(error("A1,2026-11-21,S-1,,30,10,20,,,,居民,,,"), "bad_field 品类");
  EXPECT_EQ(error("A1,2026-11-21,S-1,paper,30,10,21,,,,居民,,,"), "not_balanced 净重");
  EXPECT_EQ(error("A1,2026-11-21,S-1,paper,10,30,20,,,,居民,,,"), "bad_number 毛重");
  EXPECT_EQ(error("A1,2026-11-21,S-1,paper,30,,,,,,居民,,,"), "bad_field 净重");
  EXPECT_EQ(error("A1,2026-11-21,S-1,paper,,,0,,,,居民,,,"), "bad_number 净重");
  EXPECT_EQ(error("A1,2026-11-21,S-1,paper,,,-5,,,,居民,,,"), "bad_number 净重");
  EXPECT_EQ(error("A1,2026-11-21,S-1,paper,,,12,5,,,居民,,,"), "bad_field 扣杂");
  EXPECT_EQ(error("A1,2026-11-21,S-1,paper,30,10,15,5,,,居民,,,"), "no error");
  EXPECT_EQ(error("A1,2026-11-21,S-1,paper,30,10,,25,,,居民,,,"), "bad_number 扣杂");
  EXPECT_EQ(error("A1,2026-11-21,S-1,paper,,,20,,1.855,,居民,,,"), "bad_number 单价");
  EXPECT_EQ(error("A1,2026-11-21,S-1,paper,,,20,,1.85,36,居民,,,"), "not_balanced 金额");
  EXPECT_EQ(error("A1,2026-11-21,S-1,paper,,,20,,1.85,37.01,居民,,,"), "no error");
  EXPECT_EQ(error("A1,2026-11-21,S-1,paper,,,20,,,37,居民,,,"), "bad_field 金额");
  EXPECT_EQ(error("A1,2026-11-21,S-1,paper,,,20,,,,火星,,,"), "bad_text 来源");
  EXPECT_EQ(error("A1,2026-11-21,S-1,paper,,,20,,,,居民,张三,,"), "unknown_party 卖方");
  EXPECT_EQ(error("单1,2026-11-21,S-1,paper,,,20,,,,居民,,,"), "bad_text 单号");
  EXPECT_EQ(error("A1,2026-11-21,S-1,paper,,,20,,,,居民,,电话13800138000,"), "bad_text 备注");
  EXPECT_EQ(error("A1,2026-11-21,S-1,paper,,,20,,,,居民,,,1.5"), "bad_number 件数");
  EXPECT_EQ(error("A1,2026-11-21,S-1,paper,,,#N/A,,,,居民,,,"), "bad_text 净重");
  EXPECT_EQ(error("A1,2026-11-21,S-1,paper,,,20,,,,居民,,,,extra"), "bad_file ");
  EXPECT_EQ(error("A1,2026-11-21,S-1,paper,,,9999999999,,,,居民,,,"), "bad_number 净重");
}

TEST(Importer, RowsDoNotDependOnEachOther) {
  const Imported out = tickets(
      "单号,时间,网点,品类,净重\nA1,2026-11-21,S-1,paper,1\n\nA2,bad,S-1,paper,2\n,,,,\nA3,2026-11-"
      "21,S-1,paper,3\n");
  ASSERT_EQ(out.results.size(), 3U);
  EXPECT_TRUE(out.results[0].record);
  EXPECT_TRUE(out.results[1].error);
  EXPECT_TRUE(out.results[2].record);
  EXPECT_EQ(out.results[1].row, 4);
  EXPECT_EQ(out.results[2].row, 6);
  EXPECT_EQ(out.counts.rows, 3);
  EXPECT_EQ(out.counts.errors, 1);
}

TEST(Importer, ABrokenFileEndsWithAFatalResult) {
  const Imported out = tickets("单号,时间,网点,品类,净重\nA1,2026-11-21,S-1,paper,1\nA2,\"open\n");
  ASSERT_EQ(out.results.size(), 2U);
  EXPECT_TRUE(out.results[0].record);
  EXPECT_TRUE(out.results[1].fatal);
  EXPECT_EQ(out.results[1].error->code, ErrorCode::bad_file);
}

TEST(Importer, MissingColumnsAreNamedTogether) {
  const Imported out = import("单号,品类\nA1,paper\n", plain_mapping(TableKind::tickets));
  ASSERT_TRUE(out.refused);
  EXPECT_EQ(out.refused->code, ErrorCode::missing_column);
  EXPECT_EQ(out.refused->detail, "time (过磅时间), place (网点编号), mass (净重)");
  ImportOptions bare = options();
  bare.constants.clear();
  const Imported origin = import("时间,网点,品类,净重\n", plain_mapping(TableKind::tickets), bare);
  ASSERT_TRUE(origin.refused);
  EXPECT_EQ(origin.refused->detail, "origin (来源)");
  EXPECT_EQ(tickets("时间,网点,品类,净重,净重\n").refused->code, ErrorCode::bad_file);
  EXPECT_EQ(tickets("时间,网点,品类,净重(ton)\n").refused->code, ErrorCode::bad_file);
  EXPECT_EQ(tickets("时间,网点,品类,净重(元)\n").refused->code, ErrorCode::bad_file);
}

const char* const kUnkeyed = "时间,网点,品类,净重\n";

TEST(Identity, TheSameFileAgainGivesTheSameRecords) {
  const std::string text =
      "单号,时间,网点,品类,净重\nA1,2026-11-21,S-1,paper,1\nA2,2026-11-21,S-1,paper,1\n";
  EXPECT_EQ(tickets(text).json(), tickets(text).json());
  EXPECT_EQ(tickets(text).ids().size(), 2U);
}

TEST(Identity, AReorderedFileGivesTheSameIds) {
  const std::string a = "A1,2026-11-21,S-1,paper,1\n";
  const std::string b = "A2,2026-11-22,S-1,paper,2\n";
  EXPECT_EQ(tickets("单号,时间,网点,品类,净重\n" + a + b).ids(),
            tickets("单号,时间,网点,品类,净重\n" + b + a).ids());
  const std::string c = "2026-11-21,S-1,paper,1\n";
  const std::string d = "2026-11-22,S-1,paper,2\n";
  EXPECT_EQ(tickets(kUnkeyed + c + c + d).ids(), tickets(kUnkeyed + d + c + c).ids());
}

TEST(Identity, EqualRowsWithoutAKeyAreTwoEvents) {
  const std::string row = "2026-11-21,S-1,paper,1\n";
  const Imported twice = tickets(kUnkeyed + row + row);
  EXPECT_EQ(twice.ids().size(), 2U);
  EXPECT_EQ(tickets(kUnkeyed + row).ids().size(), 1U);
  EXPECT_TRUE(twice.ids().contains(*tickets(kUnkeyed + row).ids().begin()));
}

TEST(Identity, AnEditKeepsItsIdOnlyWithAKey) {
  const auto keyed = [](const std::string& mass) {
    return tickets("单号,时间,网点,品类,净重\nA1,2026-11-21,S-1,paper," + mass + "\n").ids();
  };
  const auto unkeyed = [](const std::string& mass) {
    return tickets(kUnkeyed + ("2026-11-21,S-1,paper," + mass + "\n")).ids();
  };
  EXPECT_EQ(keyed("1"), keyed("2"));
  EXPECT_NE(unkeyed("1"), unkeyed("2"));
  EXPECT_EQ(unkeyed("1"), unkeyed("1.000"));  // the content counts, not how it is written
}

TEST(Identity, DiffersByCityAndPlace) {
  const std::string text = "单号,时间,网点,品类,净重\nA1,2026-11-21,S-1,paper,1\n";
  ImportOptions other = options();
  other.city = "140300";
  EXPECT_NE(import(text, plain_mapping(TableKind::tickets), other).ids(), tickets(text).ids());
  EXPECT_NE(tickets("单号,时间,网点,品类,净重\nA1,2026-11-21,S-2,paper,1\n").ids(),
            tickets(text).ids());
}

TEST(Identity, IsFixedForGood) {
  // A change of the rule would post old files a second time.
  const Imported out = tickets("单号,时间,网点,品类,净重\nA1,2026-11-21,S-1,paper,1\n");
  EXPECT_EQ(out.results.at(0).record->id.text()[14], '8');
  EXPECT_EQ(out.results.at(0).record->id.text(), IdentityText(TableKind::tickets, "130100")
                                                     .add("key")
                                                     .add("S-1")
                                                     .add("A1")
                                                     .add("")
                                                     .id()
                                                     .text());
}

TEST(Occurrences, CountThroughGrowth) {
  Occurrences seen;
  for (std::uint64_t round = 0; round < 3; ++round) {
    for (std::uint64_t i = 1; i <= 5'000; ++i) {
      ASSERT_EQ(*seen.count(i * 0x9E3779B97F4A7C15ULL), static_cast<std::int64_t>(round));
    }
  }
}

Mapping mapped(std::string_view toml) {
  auto mapping = parse_mapping(toml, "m.toml");
  EXPECT_TRUE(mapping.has_value()) << mapping.error().at << mapping.error().detail;
  return mapping ? *mapping : Mapping{};
}

TEST(Importer, AMappingNamesEverythingItself) {
  const Mapping mapping = mapped(R"(
kind = "tickets"
key = ["nr"]
blank = ["-"]
day_at = "12:00"
synonyms = false
[columns]
time = "d"
place = { text = "S-{s:03}" }
material = "m"
mass = { header = "w", unit = "斤" }
deduct = { header = "dr", unit = "kg" }
settle = "sw"
[constants]
origin = "commercial"
[values.material]
"纸板" = "paper.occ"
)");
  const Imported out =
      import("nr,d,s,m,w,dr,sw\n1,2026-11-21,7,纸板,3,-,1\n,2026-11-21,7,纸板,3,-,1\n", mapping);
  ASSERT_FALSE(out.refused) << out.refused->detail;
  ASSERT_TRUE(out.results.at(0).record) << out.json()[0];
  EXPECT_NE(
      out.json()[0].find(
          R"("mass_g":1500,"material":"paper.occ","settle_g":1000}],"place":"S-007","time":"2026-11-21T12:00:00+08:00")"),
      std::string::npos)
      << out.json()[0];
  EXPECT_EQ(out.json()[1], "nr: the cell is blank, and it is part of the key");
}

TEST(Importer, ColumnsThatTheMappingNamesMustBeThere) {
  const Mapping mapping = mapped("kind = \"tickets\"\n[columns]\nmass = \"gewicht\"\n");
  const Imported out = import("时间,网点,品类,净重\n", mapping);
  ASSERT_TRUE(out.refused);
  EXPECT_EQ(out.refused->code, ErrorCode::missing_column);
  EXPECT_EQ(out.refused->at, "mapping line 3");
}

TEST(Importer, SeveralMaterialColumnsAreSeveralEvents) {
  const Mapping mapping = mapped(R"(
kind = "tickets"
month = "end"
offset = "-05:00"
city = "x-nyc"
key = ["place", "time"]
[columns]
time = "MONTH"
place = "D"
[constants]
origin = "household"
[[lines]]
header = "PAPER"
material = "paper.mixed"
unit = "907184.74 g"
[[lines]]
header = "MGP"
material = "mixed.mgp"
unit = "907184.74 g"
)");
  const Imported out =
      import("MONTH,D,PAPER,MGP\n2015 / 12,201,262.2,\n2015 / 11,201,0.0,1.5\n2015 / 10,201,x,1\n",
             mapping);
  ASSERT_EQ(out.results.size(), 4U);
  EXPECT_NE(
      out.json()[0].find(
          R"("mass_g":237863839,"material":"paper.mixed"}],"place":"201","time":"2015-12-31T23:59:59-05:00")"),
      std::string::npos)
      << out.json()[0];
  EXPECT_NE(out.json()[1].find("\"mass_g\":1360777,\"material\":\"mixed.mgp\""),
            std::string::npos);  // 1360777.11
  EXPECT_TRUE(out.results[2].error);
  EXPECT_EQ(out.results[2].error->at, "PAPER");
  EXPECT_TRUE(out.results[3].record);
  EXPECT_EQ(out.counts.blanks, 1);
  EXPECT_EQ(out.counts.zeros, 1);
  expect_ledger_reads(out);
}

TEST(Importer, PlatesWithoutARegisterAreKeptAsClaims) {
  const Imported out = tickets("时间,网点,品类,净重,车牌\n2026-11-21,S-1,paper,1,冀B99999\n");
  EXPECT_NE(out.json().at(0).find(R"("ext":{"plate":"冀B99999"})"), std::string::npos);
  expect_ledger_reads(out);
  EXPECT_EQ(plate_key("冀A12345"), "HE-A12345");
  EXPECT_EQ(plate_key("京AD12345"), "BJ-AD12345");
  EXPECT_EQ(plate_key("X"), std::nullopt);
}

TEST(Importer, PlacesBecomeRecords) {
  const std::string text =
      "网点编号,网点类型,名称,区划代码,地址,经度,纬度,营业时间,收购品类,年处理量(万吨),状态\n"
      "S-1,回收站,北城站,130102,中山路1号,114.5148,38.0428,08:00-18:00,paper、plastic.pet,1.5,"
      "营业\n"
      "S-2,火箭,x,130102,,,,,,,\n"
      "S-3,分拣中心,南分拣,130102,,999,38,,,,\n";
  const Imported out = import(text, plain_mapping(TableKind::places));
  ASSERT_FALSE(out.refused) << out.refused->detail;
  ASSERT_EQ(out.results.size(), 3U);
  ASSERT_TRUE(out.results[0].record) << out.json()[0];
  const auto document = json::Document::parse(out.json()[0]);
  const auto record = registry::parse_record(document->root());
  ASSERT_TRUE(record.has_value()) << record.error().at << record.error().detail;
  const auto& place = std::get<registry::Place>(record->data);
  EXPECT_EQ(record->key, "S-1");
  EXPECT_EQ(place.kind, registry::PlaceKind::station);
  EXPECT_EQ(place.location->at.lng_e7, 1'145'148'000);
  EXPECT_EQ(place.materials, (std::vector<std::string>{"paper", "plastic.pet"}));
  EXPECT_EQ(place.output_t_per_year, 15'000);
  EXPECT_EQ(out.results[0].record->kind, "place");
  EXPECT_EQ(out.results[1].error->at, "网点类型");
  EXPECT_EQ(out.results[2].error->at, "经度");
  EXPECT_EQ(import(text, plain_mapping(TableKind::places)).ids(), out.ids());
}

TEST(Importer, VehiclesAndMaterials) {
  const Imported vehicles =
      import("车牌号,所属单位,载重(吨),燃料类型\n冀A12345,E-1,3.5,电动\n无牌,E-1,1,\n",
             plain_mapping(TableKind::vehicles));
  ASSERT_TRUE(vehicles.results.at(0).record) << vehicles.json()[0];
  EXPECT_EQ(vehicles.results[0].record->key, "HE-A12345");
  EXPECT_NE(vehicles.json()[0].find("\"capacity_g\":3500000"), std::string::npos);
  EXPECT_TRUE(vehicles.results.at(1).error);
  const Imported materials =
      import("品类代码,名称,英文名称,计量单位,危险废物\npaper.occ,废纸板,old corrugated,公斤,否\n",
             plain_mapping(TableKind::materials));
  ASSERT_TRUE(materials.results.at(0).record) << materials.json()[0];
  EXPECT_EQ(materials.results[0].record->kind, "material");
}

}  // namespace
}  // namespace huan::wire_table
