// SPDX-License-Identifier: Apache-2.0
// Personal data over the wire: masked by default, in clear text for a purpose and on record, set,
// erased, and what happens where the key is not.
#include "api_fixture.hpp"
#include "huan/app/accounts.hpp"

namespace huan::http {
namespace {

constexpr const char* kPhone = "13812341234";
constexpr const char* kId = "11010519491231002X";

class PersonalTest : public ApiTest {
 protected:
  PersonalTest() {
    const Json person{{"data", {{"kind", "natural_person"}}}};
    EXPECT_EQ(send("PUT", "/api/v1/parties/P-9", person.dump()).status, 201);
  }
  static std::string door(const std::string& query = "") {
    return "/api/v1/parties/P-9/personal" + query;
  }
  Reply set(const Json& fields, const std::string& query = "?purpose=registration",
            const Json& keep_until = nullptr) {
    Json body{{"fields", fields}};
    if (!keep_until.is_null()) {
      body["keep_until"] = keep_until;
    }
    return send("PUT", door(query), body.dump());
  }
  std::string code(const Reply& reply) {
    const auto body = Json::parse(reply.body, nullptr, false);
    return body.value("code", "") + " " + body.value("at", "");
  }
  Json accesses() { return get_json(door("/accesses"))["items"]; }
  /// Everything that the store's files hold, as bytes.
  std::string stored() const {
    std::string all;
    for (const char* file : {"/a.db", "/a.db-wal"}) {
      std::ifstream in(folder_ + file, std::ios::binary);
      all.append(std::istreambuf_iterator<char>{in}, {});
    }
    return all;
  }
};

TEST_F(PersonalTest, IsMaskedUnlessAPurposeIsStated) {
  const auto put = set({{"phone", kPhone}, {"id_number", kId}, {"name", "张三"}});
  ASSERT_EQ(put.status, 200) << put.body;
  EXPECT_EQ(put.body.find(kPhone), std::string::npos);
  const auto reply = get(door());
  EXPECT_EQ(reply.header("cache-control"), "no-store");
  const auto masked = Json::parse(reply.body);
  EXPECT_EQ(masked, Json::parse(put.body));
  EXPECT_EQ(masked["party"], "P-9");
  ASSERT_EQ(masked["fields"].size(), 3U);
  EXPECT_EQ(
      masked["fields"][0],
      (Json{{"field", "name"}, {"keep_until", nullptr}, {"state", "masked"}, {"value", "张*"}}));
  EXPECT_EQ(masked["fields"][1]["value"], "138****1234");
  EXPECT_EQ(masked["fields"][2]["value"], "1101**********002X");
  EXPECT_EQ(get_json(door("?field=phone"))["fields"].size(), 1U);
  EXPECT_EQ(accesses().size(), 3U) << "looking at masked data is not recorded";
}

TEST_F(PersonalTest, ClearTextIsOnRecordWithWhoAndWhatFor) {
  ASSERT_EQ(set({{"phone", kPhone}, {"name", "张三"}}).status, 200);
  const auto clear = get_json(door("?purpose=payout%20118%20failed&field=phone"));
  ASSERT_EQ(clear["fields"].size(), 1U);
  EXPECT_EQ(clear["fields"][0]["value"], kPhone);
  EXPECT_EQ(clear["fields"][0]["state"], "clear");
  const auto latest = accesses()[0];
  EXPECT_EQ(latest["action"], "read");
  EXPECT_EQ(latest["field"], "phone");
  EXPECT_EQ(latest["who"], "operator/tester");
  EXPECT_EQ(latest["purpose"], "payout 118 failed");
  EXPECT_EQ(latest["time"].get<std::string>().size(), 25U);
  EXPECT_EQ(get_json(door("?purpose=audit"))["fields"][0]["value"], "张三");
  EXPECT_EQ(accesses().size(), 5U) << "two set, one and two read";
  const auto page = get_json(door("/accesses?limit=2"));
  EXPECT_EQ(page["items"].size(), 2U);
  const auto rest = get_json(door("/accesses?after=" + page["next"].get<std::string>()));
  EXPECT_EQ(rest["items"].size(), 3U);
  EXPECT_TRUE(rest["next"].is_null());
  EXPECT_EQ(get(door("/accesses?format=csv")).body.substr(3, 34),
            "n,time,who,action,field,purpose\r\n4");
}

TEST_F(PersonalTest, TheSameAgainChangesNothing) {
  ASSERT_EQ(set({{"phone", kPhone}}).status, 200);
  ASSERT_EQ(set({{"phone", kPhone}}).status, 200);
  EXPECT_EQ(accesses().size(), 1U);
}

TEST_F(PersonalTest, WhatIsWrongIsNamedAndNeverRepeated) {
  const auto refused = [&](const Reply& reply, int status, const std::string& what) {
    EXPECT_EQ(reply.status, status) << reply.body;
    EXPECT_EQ(code(reply), what);
    EXPECT_EQ(reply.body.find("1381234"), std::string::npos) << reply.body;
  };
  refused(set({{"id_number", "110105194912310021"}}), 400, "bad_identifier /fields/id_number");
  refused(set({{"phone", "call 13812341234"}}), 400, "bad_field /fields/phone");
  refused(set({{"phone", kPhone}, {"face", "x"}}), 400, "bad_field /fields/face");
  refused(set({{"phone", 13812341234}}), 400, "bad_field /fields/phone");
  refused(set(Json::object()), 400, "bad_field /fields");
  refused(set("x"), 400, "bad_field /fields");
  refused(set({{"phone", kPhone}}, ""), 400, "bad_field purpose");
  refused(set({{"phone", kPhone}}, "?purpose=call%2013812341234"), 400, "bad_field purpose");
  refused(set({{"phone", kPhone}}, "?purpose=x", "soon"), 400, "bad_field /keep_until");
  refused(send("PUT", door("?purpose=x"), R"({"fields":{"phone":"1381234"},"more":1})"), 400,
          "bad_field /more");
  refused(get(door("?purpose=")), 400, "bad_field purpose");
  refused(get(door("?field=face")), 400, "bad_field field");
  refused(get(door("?reason=x")), 400, "bad_field reason");
  refused(get(door("/accesses?after=x")), 400, "bad_number after");
  refused(send("DELETE", door(), ""), 400, "bad_field purpose");
  refused(get(door("?purpose=x&field=email")), 404, "not_found /fields/email");
  refused(get("/api/v1/parties/P-8/personal"), 404, "unknown_party ");
  refused(get("/api/v1/parties/P-8/personal/accesses"), 404, "unknown_party ");
  refused(get(door("?city=130100")), 404, "unknown_city city");
  refused(get(door("/accesses"), {{"Accept", "image/png"}}), 406, "not_acceptable Accept");
  EXPECT_TRUE(get_json(door())["fields"].empty()) << "nothing of what was refused is kept";
  EXPECT_TRUE(accesses().empty());
}

TEST_F(PersonalTest, ErasingRemovesOrBlocks) {
  ASSERT_EQ(set({{"phone", kPhone}}).status, 200);
  ASSERT_EQ(set({{"id_number", kId}}, "?purpose=law", "2099-01-01").status, 200);
  EXPECT_EQ(get_json(door())["fields"][1]["keep_until"], "2099-01-01");
  const auto erased = send("DELETE", door("?purpose=own%20request"), "");
  ASSERT_EQ(erased.status, 200) << erased.body;
  EXPECT_EQ(Json::parse(erased.body),
            (Json{{"blocked", 1}, {"kept_until", "2099-01-01"}, {"removed", 1}}));
  const auto left = get_json(door())["fields"];
  ASSERT_EQ(left.size(), 1U);
  EXPECT_EQ(left[0]["state"], "blocked");
  EXPECT_TRUE(left[0]["value"].is_null());
  EXPECT_EQ(get_json(door("?purpose=x"))["fields"][0]["state"], "blocked");
  const auto refused = get(door("?purpose=x&field=id_number"));
  EXPECT_EQ(refused.status, 403);
  EXPECT_EQ(code(refused), "forbidden /fields/id_number");
  EXPECT_EQ(accesses()[0]["action"], "refused");
  EXPECT_EQ(accesses()[1]["action"], "erase");
  EXPECT_EQ(accesses()[1]["field"], "");
}

TEST_F(PersonalTest, OnlyOurOwnPagesMayChangeIt) {
  const std::string cookie = "huan_session=" + token_;
  for (const char* method : {"PUT", "DELETE"}) {
    const auto reply = connect().request(method, door("?purpose=x"), R"({"fields":{"name":"x"}})",
                                         {{"Content-Type", "application/json"},
                                          {"Cookie", cookie},
                                          {"Sec-Fetch-Site", "cross-site"}});
    ASSERT_TRUE(reply);
    EXPECT_EQ(reply->status, 403) << method;
  }
}

TEST_F(PersonalTest, NothingReadableIsStored) {
  ASSERT_EQ(set({{"phone", kPhone}, {"address", "长安区某某路某号"}}).status, 200);
  get_json(door("?purpose=audit"));
  const auto all = stored();
  EXPECT_NE(all.find("P-9"), std::string::npos);
  EXPECT_EQ(all.find(kPhone), std::string::npos);
  EXPECT_EQ(all.find("某某路"), std::string::npos);
}

TEST_F(PersonalTest, EachKindOfFieldIsARightOfItsOwn) {
  const Json firm{{"data", {{"kind", "enterprise"}, {"name", "A"}, {"district", "B1"}}}};
  ASSERT_EQ(send("PUT", "/api/v1/parties/E-1", firm.dump()).status, 201);
  const std::string of_firm = "/api/v1/parties/E-1/personal?purpose=payout";
  const Json body{
      {"fields", {{"contact", "张三"}, {"phone", kPhone}, {"bank_account", "6222021234"}}}};
  ASSERT_EQ(send("PUT", of_firm, body.dump()).status, 200);
  const auto shown = [&](const std::string& role, const std::string& query = "") {
    app::TokenRequest request{role, "own", "", 0, {"x-nyc", "B1", "E-1", "CD-101"}};
    const auto token = app::issue_token(*recorder_, clock_, request).value();
    const auto reply = connect().get(of_firm + query, {{"Authorization", "Bearer " + token}});
    std::string states = std::to_string(reply->status);
    const auto found = Json::parse(reply->body);
    for (const auto& field : found.value("fields", Json::array())) {
      states += " " + field["field"].get<std::string>() + ":" + field["state"].get<std::string>();
    }
    return states;
  };
  EXPECT_EQ(shown("operator"), "200 phone:clear bank_account:clear contact:clear");
  EXPECT_EQ(shown("regulator_city"), "200 phone:clear bank_account:masked contact:clear");
  EXPECT_EQ(shown("regulator_city", "&field=bank_account"), "403");
  EXPECT_EQ(shown("enterprise_admin"), "200 phone:clear bank_account:clear contact:clear");
  EXPECT_EQ(shown("auditor"), "403") << "auditors see who looked, not at what";
  EXPECT_EQ(shown("station_clerk"), "403");
  EXPECT_EQ(shown("enterprise_admin", "&field=id_number"), "403");
}

TEST_F(PersonalTest, ARetentionClassSaysHowLong) {
  const Json body{{"fields", {{"id_number", kId}}}, {"retention", "scrap_registration"}};
  const auto put = send("PUT", door("?purpose=registration"), body.dump());
  ASSERT_EQ(put.status, 200) << put.body;
  const auto offset_s = store_->snapshot()->city("x-nyc")->offset_s;
  auto day = base::civil_of(base::day_of(clock_.now(), offset_s));
  day.year += 2;
  EXPECT_EQ(Json::parse(put.body)["fields"][0]["keep_until"], base::format_day(base::day_of(day)));
  const Json wrong{{"fields", {{"phone", kPhone}}}, {"retention", "for ever"}};
  EXPECT_EQ(code(send("PUT", door("?purpose=x"), wrong.dump())), "bad_field /retention");
}

TEST_F(PersonalTest, SomebodyGetsACopyOfAllThatIsKept) {
  ASSERT_EQ(set({{"phone", kPhone}, {"name", "张三"}}).status, 200);
  const auto copy = get_json(door("/copy?purpose=own%20request"));
  ASSERT_EQ(copy["fields"].size(), 2U);
  EXPECT_EQ(copy["fields"][1]["value"], kPhone);
  ASSERT_EQ(copy["accesses"].size(), 4U) << "two set, and the copy itself reads two";
  EXPECT_EQ(copy["accesses"][0]["action"], "read");
  EXPECT_EQ(copy["accesses"][0]["purpose"], "own request");
  EXPECT_EQ(accesses().size(), 4U);
}

TEST_F(PersonalTest, AnAuditorSeesEveryReadingOfTheCity) {
  ASSERT_EQ(send("PUT", "/api/v1/parties/P-8", R"({"data":{"kind":"natural_person"}})").status,
            201);
  ASSERT_EQ(set({{"phone", kPhone}}).status, 200);
  ASSERT_EQ(
      send("PUT", "/api/v1/parties/P-8/personal?purpose=x", R"({"fields":{"name":"李四"}})").status,
      200);
  get_json(door("?purpose=payout"));
  app::TokenRequest request{"auditor", "court", "", 0, {}};
  const auto token = app::issue_token(*recorder_, clock_, request).value();
  const auto seen = [&](const std::string& query) {
    const auto reply =
        connect().get("/api/v1/personal/accesses" + query, {{"Authorization", "Bearer " + token}});
    EXPECT_EQ(reply->status, 200) << reply->body;
    EXPECT_EQ(reply->body.find(kPhone), std::string::npos);
    return Json::parse(reply->body);
  };
  EXPECT_EQ(seen("")["items"].size(), 3U);
  const auto read = seen("?action=read")["items"];
  ASSERT_EQ(read.size(), 1U);
  EXPECT_EQ(read[0]["party"], "P-9");
  EXPECT_EQ(read[0]["who"], "operator/tester");
  EXPECT_EQ(read[0]["purpose"], "payout");
  EXPECT_EQ(seen("?party=P-8")["items"].size(), 1U);
  EXPECT_EQ(seen("?who=nobody")["items"].size(), 0U);
  EXPECT_EQ(seen("?to=2020-01-01")["items"].size(), 0U);
  EXPECT_EQ(seen("?from=2020-01-01&to=2199-01-01")["items"].size(), 3U);
  const auto first = seen("?limit=2");
  ASSERT_EQ(first["items"].size(), 2U);
  const auto rest = seen("?limit=2&after=" + first["next"].get<std::string>());
  EXPECT_EQ(rest["items"].size(), 1U);
  EXPECT_TRUE(rest["next"].is_null());
}

TEST_F(PersonalTest, AnotherKeyTakesOverWithoutAnythingLost) {
  app::Accounts accounts({*store_, *recorder_, clock_, personal_->derived(app::kTotpPurpose)});
  const auto once = accounts.add({{access::Role::system_operator}}, {"sun", "", {"auditor"}, {}});
  ASSERT_TRUE(accounts.begin_totp({"sun", *once, "", ""}));
  ASSERT_EQ(set({{"phone", kPhone}, {"id_number", kId}}).status, 200);
  const auto fresh = crypto::Key::generate();
  const auto done = personal_->rotate(fresh);
  ASSERT_TRUE(done);
  EXPECT_EQ(done->vault.fields, 2U);
  EXPECT_EQ(done->vault.unreadable, 0U);
  EXPECT_EQ(done->second_factors, 1U);
  EXPECT_TRUE(app::is_vault_key(*store_->snapshot(), fresh));
  EXPECT_FALSE(app::Personal::open({*recorder_, vaults(), clock_}, vault_key_));
  const auto again = app::Personal::open({*recorder_, vaults(), clock_}, fresh);
  ASSERT_TRUE(again);
  EXPECT_EQ((*again)->parties_of(*store_->snapshot(), kId)->size(), 1U);
  const auto totp = store_->snapshot()->account("sun")->totp;
  EXPECT_TRUE(crypto::open(fresh.derive(app::kTotpPurpose), totp, "account/sun/totp"));
  EXPECT_EQ(get_json(door("?purpose=payout&field=phone"))["fields"][0]["value"], kPhone);
  EXPECT_EQ(stored().find(kPhone), std::string::npos);
}

TEST_F(PersonalTest, WithoutTheKeyTheRestGoesOn) {
  ASSERT_EQ(set({{"phone", kPhone}}).status, 200);
  stop();
  const auto locked = app::Personal::open({*recorder_, vaults(), clock_}, std::nullopt).value();
  serve(*locked);
  const auto fields = get_json(door())["fields"];
  ASSERT_EQ(fields.size(), 1U);
  EXPECT_EQ(fields[0]["state"], "unreadable");
  EXPECT_TRUE(fields[0]["value"].is_null());
  for (const auto& reply : {get(door("?purpose=x")), set({{"phone", kPhone}})}) {
    EXPECT_EQ(reply.status, 409);
    EXPECT_EQ(code(reply), "vault_locked ");
  }
  EXPECT_EQ(accesses().size(), 1U);
  const auto erased = send("DELETE", door("?purpose=own%20request"), "");
  EXPECT_EQ(erased.status, 200) << "erasing needs no key";
  stop();
  serve(*personal_);
}

TEST_F(PersonalTest, AnotherKeyIsRefusedAtTheStart) {
  const auto other = app::Personal::open({*recorder_, vaults(), clock_}, crypto::Key::generate());
  ASSERT_FALSE(other);
  EXPECT_EQ(other.error().code, base::ErrorCode::bad_config);
  EXPECT_TRUE(app::Personal::open({*recorder_, vaults(), clock_}, vault_key_));
  EXPECT_TRUE(app::knows_vault_key(*store_->snapshot()));
}

}  // namespace
}  // namespace huan::http
