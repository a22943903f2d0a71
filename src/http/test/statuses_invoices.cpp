// SPDX-License-Identifier: Apache-2.0
// Every status of the doors of reverse invoicing.
#include "statuses.hpp"

namespace huan::http {

void StatusAsker::put_for_invoices(const std::string& kind, const std::string& key,
                                   const Json& data) {
  app::RegistryPut put;
  put.kind = kind;
  put.key = key;
  put.data = data.dump();
  put.time = "2025-01-01T00:00:00Z";
  const auto outcome = recorder_->put("x-nyc", put, {"tester"});
  EXPECT_EQ(outcome.status, app::Status::posted) << key << " " << outcome.error.detail;
}

std::string StatusAsker::buy_for_invoices() {
  auto bought = receive("", 1'000);
  bought["place"] = "W-1";
  bought["from"]["party"] = "P-1";
  bought["outputs"] = {
      {{"material", "paper.occ"}, {"mass_g", 1'000}, {"price_fen", 10'100}, {"per", "kg"}}};
  EXPECT_EQ(post(bought).status, 200);
  return bought.at("id").get<std::string>();
}

std::string StatusAsker::set_up_invoice() {
  put_for_invoices("party", "B-1",
                   {{"kind", "enterprise"},
                    {"name", "firm"},
                    {"qualifications",
                     {{{"kind", "commerce_filing"}, {"number", "1"}, {"from", "2020-01-01"}}}}});
  put_for_invoices("party", "P-1", {{"kind", "natural_person"}});
  put_for_invoices("place", "W-1",
                   {{"kind", "station"},
                    {"name", "station"},
                    {"district", "B1"},
                    {"operator", "B-1"},
                    {"status", "active"}});
  const Json papers = {{{"source", "form"}}};
  put_for_invoices("dossier", "right",
                   {{"type", "invoicing_right"},
                    {"about", {{"kind", "enterprise"}, {"id", "B-1"}}},
                    {"party", "B-1"},
                    {"fields", {{"method", "simple"}}},
                    {"from", "2025-01-01"},
                    {"evidence", papers},
                    {"state", "granted"}});
  put_for_invoices("dossier", "consent",
                   {{"type", "invoice_consent"},
                    {"about", {{"kind", "person"}, {"id", "P-1"}}},
                    {"party", "B-1"},
                    {"from", "2025-01-01"},
                    {"evidence", papers},
                    {"state", "given"}});
  app::PersonalPut person;
  person.values = {{vault::Field::id_number, "11010519491231002X"}};
  EXPECT_TRUE(personal_->put({"tester", "registration"}, {"x-nyc", "P-1"}, person));
  const auto asked =
      send("POST", "/api/v1/invoices",
           Json{{"key", "I-1"}, {"buyer", "B-1"}, {"events", {buy_for_invoices()}}}.dump());
  EXPECT_EQ(asked.status, 201) << asked.body;
  return "I-1";
}

void StatusesTest::ask_for_invoices() {
  const std::string list = "GET /api/v1/invoices";
  ask({list, "/api/v1/invoices?state=issued&party=B-1&seller=P-1", 200});
  ask({list, "/api/v1/invoices?state=lost", 400, "", {}, true, "bad_field", "state"});
  ask({"GET /api/v1/invoices/{key}", "/api/v1/invoices/none", 404, "", {}, true, "not_found"});
  const std::string limit = "GET /api/v1/invoices/limit";
  const std::string room = "/api/v1/invoices/limit?seller=P-1";
  ask({limit, room + "&at=x", 400, "", {}, true, "bad_time", "at"});
  ask({limit, room + "&at=1980-01-01", 422, "", {}, true, "not_supported"});
  ask({limit, "/api/v1/invoices/limit?seller=none", 404, "", {}, true, "not_found", "seller"});
  const std::string filing = "GET /api/v1/invoices/filing";
  const std::string month = "/api/v1/invoices/filing?party=B-1&form=agent_return&month=";
  ask({filing, month + "x", 400, "", {}, true, "bad_time", "month"});
  ask({filing, month + "1980-01", 422, "", {}, true, "not_supported"});
  ask({filing,
       "/api/v1/invoices/filing?party=none&form=agent_return&month=2026-11",
       404,
       "",
       {},
       true,
       "not_found",
       "party"});
  ask({filing, month + "2026-11&format=csv", 200});
  ask({filing, month + "2026-11&format=xml", 400, "", {}, true, "bad_field", "format"});
  const std::string named = "GET /api/v1/invoices/filing/named";
  const std::string whose =
      "/api/v1/invoices/filing/named?party=B-1&form=agent_return&purpose=return&month=";
  ask({named, whose + "x", 400, "", {}, true, "bad_time", "month"});
  ask({named, whose + "1980-01", 422, "", {}, true, "not_supported"});
  ask({named, whose + "2026-11&format=csv", 200});
  ask({named,
       "/api/v1/invoices/filing/named?party=B-1&form=agent_return&month=2026-11",
       400,
       "",
       {},
       true,
       "bad_field",
       "purpose"});
  const std::string evidence = "GET /api/v1/invoices/evidence";
  ask({evidence, "/api/v1/invoices/evidence?party=B-1&month=x", 400, "", {}, true, "bad_time"});
  const auto listed = get("/api/v1/invoices/evidence?party=B-1&limit=1").body;
  const auto first = Json::parse(listed).at("items").at(0);
  EXPECT_EQ(first.at("missing"), "contract transport weigh_ticket payment ledger") << listed;
  const std::string in = "POST /api/v1/invoices";
  const std::string all = "/api/v1/invoices";
  const auto asking = [](const std::string& key, const std::string& event) {
    return Json{{"key", key}, {"buyer", "B-1"}, {"events", {event}}};
  };
  const auto bought = buy_for_invoices();
  ask({in, all, 201, asking("I-2", bought).dump()});
  ask({in, all, 409, asking("I-3", bought).dump(), {}, true, "id_conflict"});
  ask({in, all, 400, "{", {}, true, "bad_json"});
  ask({in, all, 422, asking("I-3", ids_.next().text()).dump(), {}, true, "unknown_event"});
  ask({in, all, 415, "a", {{"Content-Type", "text/xml"}}, true, "unsupported_media"});
  auto late = asking("I-3", buy_for_invoices());
  late["day"] = "2190-01-01";
  ask({in, all, 422, late.dump(), {}, true, "time_in_future"});
  const auto wrong = buy_for_invoices();
  ask({"POST /api/v1/events", "/api/v1/events", 200,
       Json{{"id", ids_.next().text()},
            {"type", "correct"},
            {"time", "2026-03-02T08:00:00-05:00"},
            {"place", "W-1"},
            {"corrects", wrong},
            {"replacement", nullptr},
            {"reason", "void"}}
           .dump()});
  ask({in, all, 412, asking("I-3", wrong).dump(), {}, true, "version_conflict"});
  const std::string move = "POST /api/v1/invoices/{key}/{move}";
  const std::string to = all + "/I-2/";
  ask({move, to + "attach", 200, R"({"evidence":[{"kind":"payment","source":"slip 7"}]})"});
  const auto attached = get("/api/v1/invoices/evidence?party=B-1").body;
  EXPECT_EQ(Json::parse(attached).at("items").at(1).at("payment"), true) << attached;
  ask({move, to + "attach", 400, R"({"evidence":[{"kind":"hearsay","source":"a"}]})"});
  ask({move, to + "praise", 404, "{}", {}, true, "not_found", "move"});
  ask({move, to + "red", 422, R"({"day":"2190-01-01"})", {}, true, "time_in_future"});
  ask({move, to + "red", 415, "a", {{"Content-Type", "text/xml"}}, true, "unsupported_media"});
  ask({move, to + "red", 200, R"({"reason":"goods came back"})"});
  ask({move, to + "retry", 200, "{}"});
}

}  // namespace huan::http
