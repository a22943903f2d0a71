// SPDX-License-Identifier: Apache-2.0
// What a table says of persons: where it goes, and where it does not.
#include "imported.hpp"

namespace huan::wire_table {
namespace {

using base::ErrorCode;

TEST(PersonalData, ErrorCellsHoldNoPersonalData) {
  const Imported out = tickets(
      "单号,时间,网点,品类,净重,姓名,身份证号,联系电话,其他\nA1,bad,S-1,paper,1,张三,"
      "11010519491231002X,13800138000,call 13800138000\n");
  ASSERT_EQ(out.error_cells.size(), 1U);
  EXPECT_EQ(out.error_cells[0], (std::vector<std::string>{"A1", "bad", "S-1", "paper", "1", "***",
                                                          "***", "***", "***"}));
}

TEST(PersonalData, PersonalDataOfPartiesGoesToTheVault) {
  const Imported out = import(
      "编号,类型,姓名,手机号,身份证号\nP-1,自然人,张三,13800138000,11010519491231002X\nE-1,企业,"
      "河北示例公司,13800138000,\n",
      plain_mapping(TableKind::parties));
  ASSERT_FALSE(out.refused) << out.refused->detail;
  ASSERT_TRUE(out.results.at(0).record) << out.json()[0];
  EXPECT_EQ(out.json()[0].find("张三"), std::string::npos);
  EXPECT_EQ(out.json()[0].find("138"), std::string::npos);
  EXPECT_EQ(out.results[0].record->personal,
            (std::vector<vault::FieldValue>{{vault::Field::name, "张三"},
                                            {vault::Field::phone, "13800138000"},
                                            {vault::Field::id_number, "11010519491231002X"}}));
  ASSERT_TRUE(out.results.at(1).record) << out.json()[1];
  EXPECT_NE(out.json()[1].find("河北示例公司"), std::string::npos);
}

TEST(PersonalData, PersonalDataIsCheckedByRowAndColumn) {
  const Imported out = import(
      "编号,类型,姓名,手机号,身份证号,银行账号,住址,联系人,邮箱,保存期限至\n"
      "P-1,自然人,张三,call,,,,,,\n"
      "P-2,自然人,张三,,110105194912310021,,,,,\n"
      "P-3,自然人,张三,,,12,,,,\n"
      "P-4,自然人,张三,,,,,,none,\n"
      "P-5,自然人,张三,+86 138-0013-8000,11010519491231002x,6222 0212 3456 "
      "7890,某某路某号,,,2028-11-21\n"
      "E-1,企业,河北示例公司,,,,,李四,a@example.org,\n"
      "P-6,自然人,张三,,,,,,,soon\n",
      plain_mapping(TableKind::parties));
  ASSERT_FALSE(out.refused) << out.refused->detail;
  ASSERT_EQ(out.results.size(), 7U);
  const std::vector<std::pair<std::size_t, std::pair<ErrorCode, std::string>>> refused{
      {0, {ErrorCode::bad_field, "手机号"}},
      {1, {ErrorCode::bad_identifier, "身份证号"}},
      {2, {ErrorCode::bad_field, "银行账号"}},
      {3, {ErrorCode::bad_field, "邮箱"}},
      {6, {ErrorCode::bad_time, "保存期限至"}}};
  for (const auto& [row, why] : refused) {
    ASSERT_TRUE(out.results[row].error) << row;
    EXPECT_EQ(out.results[row].error->code, why.first) << row;
    EXPECT_EQ(out.results[row].error->at, why.second);
  }
  using vault::Field;
  ASSERT_TRUE(out.results[4].record);
  EXPECT_EQ(out.results[4].record->personal,
            (std::vector<vault::FieldValue>{{Field::name, "张三"},
                                            {Field::phone, "+86 138-0013-8000"},
                                            {Field::id_number, "11010519491231002X"},
                                            {Field::address, "某某路某号"},
                                            {Field::bank_account, "6222021234567890"}}));
  EXPECT_EQ(out.results[4].record->keep_until, base::parse_day("2028-11-21"));
  ASSERT_TRUE(out.results[5].record);
  EXPECT_EQ(
      out.results[5].record->personal,
      (std::vector<vault::FieldValue>{{Field::contact, "李四"}, {Field::email, "a@example.org"}}));
}

TEST(PersonalData, WhoeverReadsTheErrorFileLearnsNothingOfAPerson) {
  auto mapping = plain_mapping(TableKind::parties);
  mapping.columns["address"] = {{}, "{街道}{门牌}", {}, 1};
  const Imported out = import(
      "编号,类型,名称,电话,街道,门牌,登记日期\n"
      "P-1,自然人,张三,call 13800138000,甲路,7号,2026-01-01\n"
      "P-2,什么人,李四,,甲路,7号,2026-01-01\n"
      "E-1,企业,河北示例公司,x,甲路,7号,2026-01-01\n"
      "P-3,自然人,王五,,甲路,7号,13800138000\n",
      mapping);
  ASSERT_FALSE(out.refused) << out.refused->detail;
  ASSERT_EQ(out.error_cells.size(), 4U);
  EXPECT_EQ(out.error_cells[0],
            (std::vector<std::string>{"P-1", "自然人", "***", "***", "***", "***", "2026-01-01"}));
  EXPECT_EQ(out.error_cells[1][2], "***") << "nobody knows what this is";
  EXPECT_EQ(out.error_cells[2][2], "河北示例公司");
  EXPECT_EQ(out.error_cells[3][6], "***");
  for (const RowResult& result : out.results) {
    ASSERT_TRUE(result.error);
    EXPECT_EQ(result.error->detail.find("138"), std::string::npos) << result.error->detail;
  }
}

}  // namespace
}  // namespace huan::wire_table
