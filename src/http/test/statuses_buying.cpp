// SPDX-License-Identifier: Apache-2.0
// Every status of the doors of lawful buying and of subsidies.
#include "huan/wire_pack/text.hpp"
#include "statuses.hpp"

namespace huan::http {

/// The pack's rules with a rate of the county's tier, and a statement drawn under them.
std::string StatusAsker::set_up_subsidy() {
  auto folders = registry::read_pack_folders("packs/x-nyc");
  EXPECT_TRUE(folders);
  folders->back().files["subsidy.toml"] =
      "[[tier]]\ncode=\"county\"\nzh=\"a\"\nen=\"a\"\nfates=[\"recycle\"]\nrate_fen_per_t=5000\n"
      "from=\"2020-01-01\"\nsource=\"made up\"\n";
  folders->back().files["indicators.toml"] =
      "[[indicator]]\ncode=\"in\"\nzh=\"a\"\nen=\"a\"\nunit=\"吨\"\nbase_reason=\"/"
      "\"\nclause=\"1\"\n"
      "responsible_reason=\"/\"\ntargets=[{value=\"1\",comparator=\">=\",deadline=\"2099\"}]\n"
      "formula={window=\"calendar_year\",measure={source=\"ledger\",quantity=\"mass\","
      "flows=[\"receive\"]}}\n"
      "[[indicator]]\ncode=\"there\"\nzh=\"a\"\nen=\"a\"\nunit=\"个\"\nbase_reason=\"/"
      "\"\nclause=\"1\"\nresponsible_reason=\"/\"\n"
      "targets=[{value=\"1\",comparator=\">=\",deadline=\"2099\"}]\n"
      "formula={measure={source=\"registry\",quantity=\"number\"}}\n";
  const auto city = wire_pack::parse(*folders);
  EXPECT_TRUE(city);
  put_for_invoices("document", "rules", Json::parse(wire_pack::to_text(*folders, city->pack)));
  sell_glass("G-1");
  const auto drawn =
      send("POST", "/api/v1/subsidies", R"({"tier":"county","party":"B-1","year":2026})");
  EXPECT_EQ(drawn.status, 201) << drawn.body;
  return Json::parse(drawn.body).at("key").get<std::string>();
}

void StatusAsker::sell_glass(const std::string& lot) {
  auto bought = receive(lot, 2'000'000);
  bought["place"] = "W-1";
  bought["time"] = "2026-03-01T08:00:00-05:00";
  bought["outputs"][0]["material"] = "glass.clear";
  EXPECT_EQ(post(bought).status, 200);
  EXPECT_EQ(post({{"id", ids_.next().text()},
                  {"type", "sell"},
                  {"time", "2026-03-02T08:00:00-05:00"},
                  {"place", "W-1"},
                  {"to", {{"party", "B-1"}, {"class", "recycle"}}},
                  {"inputs", {{{"lot", lot}, {"mass_g", 2'000'000}}}}})
                .status,
            200);
}

void StatusesTest::ask_for_buying() {
  const std::string check = "GET /api/v1/buying/check";
  ask({check, "/api/v1/buying/check?from=2026-01-01&to=2026-12-31", 200});
  ask({check, "/api/v1/buying/check?from=x", 400, "", {}, true, "bad_time", "from"});
  ask({check, "/api/v1/buying/check?to=1980-01-01", 422, "", {}, true, "not_supported"});
  ask({"GET /api/v1/buying/filings",
       "/api/v1/buying/filings?at=1980-01-01",
       422,
       "",
       {},
       true,
       "not_supported"});
  ask({"GET /api/v1/items/{code}/file",
       "/api/v1/items/none/file",
       404,
       "",
       {},
       true,
       "unknown_item"});
  const std::string registration = "PUT /api/v1/buying/registrations/{event}";
  const std::string target = "/api/v1/buying/registrations/" + ids_.next().text();
  Json sent{{"seller", "B-1"}, {"unit", "u"},          {"handler", "P-1"}, {"item", "wire"},
            {"quantity", "1"}, {"specification", "s"}, {"state", "new"}};
  ask({registration, target, 201, sent.dump()});
  ask({registration, target, 200, sent.dump()});
  ask({registration, target, 415, "a", {{"Content-Type", "text/xml"}}, true, "unsupported_media"});
  ask({registration, "/api/v1/buying/registrations/x", 400, sent.dump(), {}, true, "bad_field"});
  sent.erase("handler");
  ask({registration, target, 400, sent.dump(), {}, true, "bad_field", "/handler_name"});
  sent.update({{"handler_name", "张三"}, {"handler_id_number", "1"}, {"handler_address", "a"}});
  ask({registration, target, 400, sent.dump(), {}, true, "bad_identifier"});
  sent["handler_id_number"] = "11010519491231002X";
  ask({registration, target, 200, sent.dump()});
  const std::string rule = "GET /api/v1/buying/registration-rule";
  const std::string of_metal = "/api/v1/buying/registration-rule?material=metal.copper&seller=";
  ask({rule, of_metal + "B-1", 200});
  ask({rule, of_metal + "B-1&at=x", 400, "", {}, true, "bad_time", "at"});
  ask({rule, of_metal + "B-1&at=1980-01-01", 422, "", {}, true, "not_supported"});
  ask({rule, of_metal + "none", 404, "", {}, true, "unknown_party", "seller"});
  ask({"GET /api/v1/buying/registrations", "/api/v1/buying/registrations", 200});
  const std::string named = "/api/v1/buying/registrations/named";
  ask({"GET " + named, named, 400, "", {}, true, "bad_field", "purpose"});
  ask({"GET " + named, named + "?purpose=patrol&from=x", 400, "", {}, true, "bad_time", "from"});
  ask({"GET " + named, named + "?purpose=patrol&format=csv", 200});
  const std::string filed = "/api/v1/buying/filings/named";
  ask({"GET " + filed, filed + "?purpose=patrol&format=xml", 400, "", {}, true, "bad_field"});
  ask({"GET " + filed,
       filed + "?purpose=patrol&at=1980-01-01",
       422,
       "",
       {},
       true,
       "not_supported"});
  sent["seller"] = "none";
  ask({registration,
       "/api/v1/buying/registrations/" + ids_.next().text(),
       422,
       sent.dump(),
       {},
       true,
       "unknown_party"});
}

void StatusesTest::ask_for_subsidies() {
  const std::string in = "POST /api/v1/subsidies";
  const std::string all = "/api/v1/subsidies";
  ask({in, all, 200, R"({"tier":"county","party":"B-1","year":2026})"});
  sell_glass("G-2");
  ask({in, all, 201, R"({"tier":"county","party":"B-1","year":2026})"});
  ask({in, all, 400, R"({"tier":"county","party":"B-1","year":1})", {}, true, "bad_field"});
  ask({in, all, 422, R"({"tier":"city","party":"B-1","year":2026})", {}, true, "not_supported"});
  ask({in, all, 415, "a", {{"Content-Type", "text/xml"}}, true, "unsupported_media"});
  const std::string due = "GET /api/v1/subsidies/due";
  ask({due, "/api/v1/subsidies/due?tier=county&party=none", 404, "", {}, true, "not_found"});
  ask({due,
       "/api/v1/subsidies/due?tier=village&party=B-1&year=2026",
       422,
       "",
       {},
       true,
       "not_supported"});
  ask({"GET /api/v1/subsidies/{key}", "/api/v1/subsidies/none", 404, "", {}, true, "not_found"});
  const std::string first = all + "/" + subsidy_;
  const std::string second = all + "/county.2026.B-1.2";
  for (const char* move : {"appeal", "pay", "withdraw"}) {
    const std::string door = "POST /api/v1/subsidies/{key}/" + std::string(move);
    ask({door, all + "/none/" + move, 404, "{}", {}, true, "not_found"});
    ask({door,
         first + "/" + move,
         415,
         "a",
         {{"Content-Type", "text/xml"}},
         true,
         "unsupported_media"});
    ask({door, (std::string(move) == "withdraw" ? second : first) + "/" + move, 200,
         R"({"note":"because"})"});
  }
  ask({"POST /api/v1/subsidies/{key}/appeal", first + "/appeal", 400, "{}", {}, true, "bad_field"});
}

}  // namespace huan::http
