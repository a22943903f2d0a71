// SPDX-License-Identifier: Apache-2.0
#include "huan/wire_table/mapping.hpp"

#include <gtest/gtest.h>

#include "field_table.hpp"

namespace huan::wire_table {
namespace {

TEST(Mapping, ReadsAllThatAMappingCanSay) {
  const auto mapping = parse_mapping(R"(
kind = "tickets"
city = "130100"
offset = "+08:00"
month = "start"
day_at = "12:30"
key = ["ticket", "time"]
blank = ["-", "/"]
sheet = "磅单"
delimiter = ";"
encoding = "gbk"
header_row = 3
amount_tolerance_fen = 50
synonyms = false
[columns]
ticket = ["单号", "票号"]
place = { text = "S-{站:03}" }
mass = { header = "净重", unit = "t" }
[constants]
origin = "household"
[values.material]
"废纸板" = "paper.occ"
"ＰＥＴ" = "plastic.pet"
)",
                                     "m.toml");
  ASSERT_TRUE(mapping.has_value()) << mapping.error().at << mapping.error().detail;
  EXPECT_EQ(mapping->city, "130100");
  EXPECT_EQ(mapping->offset_s, 28'800);
  EXPECT_EQ(mapping->month, MomentRule::Month::start);
  EXPECT_EQ(mapping->day_at_s, 45'000);
  EXPECT_EQ(mapping->key, (std::vector<std::string>{"ticket", "time"}));
  EXPECT_EQ(mapping->blanks, (std::vector<std::string>{"-", "/"}));
  EXPECT_EQ(mapping->table.sheet, "磅单");
  EXPECT_EQ(mapping->table.delimiter, ';');
  EXPECT_EQ(mapping->table.encoding, Encoding::gb18030);
  EXPECT_EQ(mapping->header_row, 3);
  EXPECT_EQ(mapping->amount_tolerance_fen, 50);
  EXPECT_FALSE(mapping->synonyms);
  EXPECT_EQ(mapping->columns.at("ticket").headers.size(), 2U);
  EXPECT_EQ(mapping->columns.at("place").text, "S-{站:03}");
  EXPECT_EQ(mapping->columns.at("mass").unit->factor, (Decimal{1'000'000, 0}));
  EXPECT_EQ(mapping->constants.at("origin"), "household");
  EXPECT_EQ(mapping->values.at("material").at("pet"), "plastic.pet");
}

struct Bad {
  const char* toml;
  const char* at;
  const char* says;
};

class BadMapping : public testing::TestWithParam<Bad> {};

TEST_P(BadMapping, NamesTheLine) {
  const auto mapping = parse_mapping(GetParam().toml, "m.toml");
  ASSERT_FALSE(mapping.has_value());
  EXPECT_EQ(mapping.error().code, base::ErrorCode::bad_mapping);
  EXPECT_EQ(mapping.error().at, GetParam().at);
  EXPECT_NE(mapping.error().detail.find(GetParam().says), std::string::npos)
      << mapping.error().detail;
}

INSTANTIATE_TEST_SUITE_P(
    All, BadMapping,
    testing::Values(
        Bad{"", "m.toml line 1", "kind is missing"},
        Bad{"kind = \"loans\"", "m.toml line 1", "kind is"},
        Bad{"kind = \"tickets\"\nkind = \"places\"", "m.toml line 2", ""},
        Bad{"kind = \"tickets\"\n[columns", "m.toml line 2", ""},
        Bad{"kind = \"tickets\"\nspeed = 3", "m.toml line 2", "unknown key \"speed\""},
        Bad{"kind = \"tickets\"\n[columns]\nweight = \"净重\"", "m.toml line 3",
            "no field \"weight\"; it has: ticket, time"},
        Bad{"kind = \"tickets\"\n[columns]\nmass = { header = \"净重\", unit = \"ton\" }",
            "m.toml line 3", "\"ton\" is not a unit"},
        Bad{"kind = \"tickets\"\n[columns]\nmass = { header = \"净重\", unit = \"元\" }",
            "m.toml line 3", "does not fit"},
        Bad{"kind = \"tickets\"\n[columns]\nmass = { unit = \"kg\" }", "m.toml line 3",
            "either a header or a text"},
        Bad{"kind = \"tickets\"\n[columns]\nplace = { text = \"S-1\" }", "m.toml line 3",
            "names no header"},
        Bad{"kind = \"tickets\"\n[columns]\nplace = { text = \"{a\" }", "m.toml line 3",
            "never closed"},
        Bad{"kind = \"tickets\"\n[columns]\nplace = { text = \"{a:0x}\" }", "m.toml line 3",
            "width"},
        Bad{"kind = \"tickets\"\n[columns]\nplace = 5", "m.toml line 3", "has to be a text"},
        Bad{"kind = \"tickets\"\n\n\ncity = \"Rome\"", "m.toml line 4", "six digits"},
        Bad{"kind = \"tickets\"\noffset = \"8\"", "m.toml line 2", "+08:00"},
        Bad{"kind = \"tickets\"\nmonth = \"middle\"", "m.toml line 2", "\"end\" or \"start\""},
        Bad{"kind = \"tickets\"\nencoding = \"latin1\"", "m.toml line 2", "utf-8"},
        Bad{"kind = \"tickets\"\ndelimiter = \"；\"", "m.toml line 2", "one ASCII character"},
        Bad{"kind = \"tickets\"\nheader_row = 0", "m.toml line 2", "1 to 1000"},
        Bad{"kind = \"tickets\"\n[values.material]\n\"PET\" = \"a\"\n\"pet\" = \"b\"",
            "m.toml line 4", "twice"},
        Bad{"kind = \"tickets\"\n[[lines]]\nheader = \"P\"", "m.toml line 2",
            "needs header and material"},
        Bad{"kind = \"tickets\"\n[[lines]]\nheader = \"P\"\nmaterial = \"m\"\nunit = \"元\"",
            "m.toml line 5", "one of mass"},
        Bad{"kind = \"tickets\"\n[[lines]]\nheader = \"P\"\nmaterial = \"m\"\n[[lines]]\nheader = "
            "\"P\"\nmaterial = \"n\"",
            "m.toml line 5", "stands in two lines"},
        Bad{"kind = \"places\"\n[[lines]]\nheader = \"P\"\nmaterial = \"m\"", "m.toml line 2",
            "lines are for tickets"}));

TEST(Mapping, HostileTextIsRefused) {
  EXPECT_EQ(parse_mapping(std::string(2'000'000, 'a'), "").error().code,
            base::ErrorCode::too_large);
  EXPECT_EQ(parse_mapping("kind = \"\xFF\"", "").error().code, base::ErrorCode::bad_encoding);
  EXPECT_FALSE(parse_mapping("kind = " + std::string(100'000, '['), "").has_value());
}

TEST(Header, IsTakenApart) {
  const auto expect = [](std::string_view cell, std::string_view name, std::string_view unit) {
    const Header header = read_header(cell);
    EXPECT_EQ(header.name, name) << cell;
    EXPECT_EQ(header.unit, unit) << cell;
  };
  expect("净重(吨)", "净重", "吨");
  expect(" 净重（KG） ", "净重", "KG");
  expect("单价（元/吨）", "单价", "元/吨");
  expect("净重/吨", "净重", "吨");
  expect("单价 元/kg", "单价", "元/kg");
  expect("Weight [kg]", "weight", "kg");
  expect("weight_kg", "weight", "kg");
  expect("net_weight_kg", "netweight", "kg");
  expect("Net Weight", "netweight", "");
  expect("扣杂(%)", "扣杂", "%");
  expect("日期*", "日期", "");
  expect("", "", "");
  expect("(吨)", "(吨)", "");
}

}  // namespace
}  // namespace huan::wire_table
