// SPDX-License-Identifier: Apache-2.0
#include "huan/http_server/detail.hpp"

#include <gtest/gtest.h>

#include "huan/http_server/problem.hpp"

namespace huan::http_server {
namespace {

using base::Error;
using base::ErrorCode;
using base::Language;

TEST(DetailText, NamesAndNumbersKeepTheirOrder) {
  EXPECT_EQ(detail_text("L-7: 100 g there, 200 g asked", Language::zh),
            "L-7：现有 100 克，需要 200 克");
  EXPECT_EQ(detail_text("in 5 g, out 3 g, loss 1 g", Language::zh),
            "投入 5 克，产出 3 克，损耗 1 克");
  EXPECT_EQ(detail_text("S-1 does not take paper.occ", Language::zh), "S-1 不收 paper.occ");
  EXPECT_EQ(detail_text("a string is expected", Language::zh), "应为文本");
  EXPECT_EQ(detail_text("S-1 stands at S-2; count what is more by its material", Language::zh),
            "S-1 在 S-2；多出的请按品类盘点");
}

TEST(DetailText, EnglishAndWhatIsNoSentenceStayAsTheyAre) {
  EXPECT_EQ(detail_text("a string is expected", Language::en), "a string is expected");
  EXPECT_EQ(detail_text("L-none", Language::zh), "L-none");
  EXPECT_EQ(detail_text("", Language::zh), "");
  EXPECT_EQ(detail_text(" has ended", Language::zh), " has ended");
  EXPECT_EQ(detail_text("in 5 g, out 3 g", Language::zh), "in 5 g, out 3 g");
}

TEST(DetailText, AProblemSpeaksOneLanguage) {
  const Error error{ErrorCode::bad_field, "/place", "required"};
  const std::string zh = problem_members(error, 422, Language::zh);
  EXPECT_NE(zh.find("\"detail\":\"必填\""), std::string::npos) << zh;
  EXPECT_NE(zh.find("\"advice\":\"请对照接口说明检查该字段\""), std::string::npos) << zh;
  const std::string en = problem_members(error, 422, Language::en);
  EXPECT_NE(en.find("\"detail\":\"required\""), std::string::npos) << en;
}

}  // namespace
}  // namespace huan::http_server
