// SPDX-License-Identifier: Apache-2.0
#include "huan/http_server/message.hpp"

#include <gtest/gtest.h>

#include "../src/finish.hpp"
#include "../src/gzip.hpp"
#include "huan/http_server/problem.hpp"
#include "huan/http_server/server.hpp"

namespace huan::http_server {
namespace {

using base::ErrorCode;
using base::Language;

TEST(Headers, NamesCompareWithoutCase) {
  Headers headers;
  headers.add("ETag", "\"1\"");
  EXPECT_EQ(headers.find("etag"), "\"1\"");
  headers.set("ETAG", "\"2\"");
  EXPECT_EQ(headers.fields().size(), 1U);
  EXPECT_EQ(headers.value_or("X", "none"), "none");
}

TEST(Negotiation, LanguageIsChineseUnlessEnglishIsPreferred) {
  EXPECT_EQ(preferred_language(""), Language::zh);
  EXPECT_EQ(preferred_language("fr"), Language::zh);
  EXPECT_EQ(preferred_language("en-US,en;q=0.9"), Language::en);
  EXPECT_EQ(preferred_language("zh-CN,en;q=0.8"), Language::zh);
  EXPECT_EQ(preferred_language("zh;q=0.3, en;q=0.8"), Language::en);
  EXPECT_EQ(preferred_language("en;q=0"), Language::zh);
}

TEST(Negotiation, ChoosesByQuality) {
  const std::vector<std::string_view> offers{"application/json", "text/csv"};
  EXPECT_EQ(negotiate("", offers), 0U);
  EXPECT_EQ(negotiate("*/*", offers), 0U);
  EXPECT_EQ(negotiate("text/csv", offers), 1U);
  EXPECT_EQ(negotiate("text/*, application/json;q=0.5", offers), 1U);
  EXPECT_EQ(negotiate("*/*;q=0.1, text/csv;q=0", offers), 0U);
  EXPECT_EQ(negotiate("image/png", offers), std::nullopt);
}

TEST(Negotiation, KnowsWhetherGzipIsWelcome) {
  EXPECT_TRUE(accepts_coding("gzip, deflate", "gzip"));
  EXPECT_TRUE(accepts_coding("*", "gzip"));
  EXPECT_FALSE(accepts_coding("", "gzip"));
  EXPECT_FALSE(accepts_coding("gzip;q=0", "gzip"));
  EXPECT_FALSE(accepts_coding("*;q=1, gzip;q=0.000", "gzip"));
}

TEST(Problem, EveryErrorCodeHasAStatus) {
  for (const auto code : {
#define HUAN_ERROR(code, en, zh, advice_en, advice_zh) ErrorCode::code,
#include "huan/base/error_table.inc"
#undef HUAN_ERROR
       }) {
    const auto status = listed_status(code);
    ASSERT_TRUE(status) << "src/http_server/src/status.cpp has no row for " << base::name(code);
    EXPECT_GE(*status, 400) << base::name(code);
    EXPECT_LE(*status, 503) << base::name(code);
    EXPECT_NE(reason_phrase(*status), "Status") << *status;
  }
}

TEST(Problem, UnknownNamesInsideADocumentAreNotMissingAddresses) {
  EXPECT_EQ(http_status({ErrorCode::unknown_lot, "", ""}), 404);
  EXPECT_EQ(http_status({ErrorCode::unknown_lot, "/inputs/0/lot", ""}), 422);
  EXPECT_EQ(http_status({ErrorCode::not_found, "/x", ""}), 404);
}

TEST(Problem, SpeaksBothLanguagesAndQuotes) {
  const base::Error error{ErrorCode::unknown_lot, "/inputs/0/lot", "lot \"L\n7\" \xff\xed\xa0\x80"};
  const auto zh = problem_response(error, Language::zh);
  EXPECT_EQ(zh.status, 422);
  EXPECT_EQ(zh.headers.find("Content-Type"), "application/problem+json");
  EXPECT_NE(zh.body.find("该网点没有此批次"), std::string::npos);
  EXPECT_NE(zh.body.find(R"("code":"unknown_lot")"), std::string::npos);
  EXPECT_NE(zh.body.find(R"("at":"/inputs/0/lot")"), std::string::npos);
  const std::string bad = "\xef\xbf\xbd";
  EXPECT_NE(zh.body.find(R"(lot \"L\n7\" )" + bad + bad + bad + bad), std::string::npos);
  const auto en = problem_response(error, Language::en);
  EXPECT_NE(en.body.find("lot is not on record"), std::string::npos);
  EXPECT_EQ(en.headers.find("Content-Language"), "en");
}

TEST(Gzip, RoundTrips) {
  for (const std::size_t size : {0U, 1U, 100U, 1000000U}) {
    std::string text(size, 'a');
    for (std::size_t i = 0; i < size; i += 7) {
      text[i] = static_cast<char>(i * 31);
    }
    const auto back = gunzip(gzip(text), {.size_max = 1U << 20U});
    ASSERT_TRUE(back);
    EXPECT_EQ(*back, text);
  }
}

TEST(Gzip, RefusesBombsAndDamage) {
  const auto bomb = gzip(std::string(64U << 20U, '\0'));
  EXPECT_EQ(gunzip(bomb, {.size_max = 1U << 30U}).error().code, ErrorCode::too_large);
  EXPECT_EQ(gunzip(gzip("abc"), {.size_max = 2}).error().code, ErrorCode::too_large);
  const auto good = gzip("hello, hello, hello");
  EXPECT_EQ(gunzip(good.substr(0, good.size() - 1), {.size_max = 99}).error().code,
            ErrorCode::bad_encoding);
  EXPECT_EQ(gunzip(good + "x", {.size_max = 99}).error().code, ErrorCode::bad_encoding);
  EXPECT_EQ(gunzip("plain", {.size_max = 99}).error().code, ErrorCode::bad_encoding);
  EXPECT_EQ(gunzip("", {.size_max = 99}).error().code, ErrorCode::bad_encoding);
}

TEST(Finish, LeavesOutWhatHeadAndNoContentLeaveOut) {
  ReplyTerms head;
  head.head_only = true;
  const auto reply = finish(make_response(200, "text/plain", "hello"), head, 1024);
  EXPECT_NE(reply.head.find("Content-Length: 5\r\n"), std::string::npos);
  EXPECT_TRUE(reply.body.empty());
  const auto none = finish(empty_response(204), {}, 1024);
  EXPECT_EQ(none.head.find("Content-Length"), std::string::npos);
}

TEST(Finish, NoHandlerCanSplitAResponse) {
  auto response = make_response(200, "text/plain", "x");
  response.headers.add("Location", "/a\r\nSet-Cookie: stolen=1");
  response.headers.add("Content-Length", "99");
  response.headers.add("Transfer-Encoding", "chunked");
  const auto reply = finish(std::move(response), {}, 1024);
  EXPECT_EQ(reply.head.find("stolen"), std::string::npos);
  EXPECT_EQ(reply.head.find("99"), std::string::npos);
  EXPECT_EQ(reply.head.find("chunked"), std::string::npos);
}

TEST(Finish, CompressesTextAndKeepsStrongETagsHonest) {
  ReplyTerms terms;
  terms.accepts_gzip = true;
  const std::string text(5000, 'x');
  const auto packed = finish(json_response(200, text), terms, 1024);
  EXPECT_NE(packed.head.find("Content-Encoding: gzip\r\n"), std::string::npos);
  EXPECT_NE(packed.head.find("Vary: Accept-Encoding\r\n"), std::string::npos);
  EXPECT_EQ(*gunzip(packed.body, {.size_max = 9999}), text);
  EXPECT_EQ(finish(make_response(200, "image/png", text), terms, 1024).body, text);
  EXPECT_EQ(finish(json_response(200, std::string(1000, 'x')), terms, 1024).body.size(), 1000U);
  auto tagged = json_response(200, text);
  tagged.headers.add("ETag", "\"1\"");
  EXPECT_EQ(finish(std::move(tagged), terms, 1024).body, text);
}

}  // namespace
}  // namespace huan::http_server
