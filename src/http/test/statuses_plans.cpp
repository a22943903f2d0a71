// SPDX-License-Identifier: Apache-2.0
// The statuses of planning: jobs, and who has a place near them.
#include "statuses.hpp"

namespace huan::http {

void StatusesTest::ask_for_plans() {
  const std::string network = "2 1 1\n1 2 5\n";
  ask({"POST /api/v1/site", "/api/v1/site?format=pmed&iterations=10", 202, network});
  ask({"POST /api/v1/site", "/api/v1/site?p=x", 400, network, {}, true, "bad_number", "p"});
  ask({"POST /api/v1/site", "/api/v1/site?format=pmed", 422, "2 1", {}, true, "bad_file"});
  ask({"POST /api/v1/site",
       "/api/v1/site?problem=tiered&of=city&city=nowhere",
       404,
       "",
       {},
       true,
       "unknown_city",
       "city"});
  ask({"POST /api/v1/site",
       "/api/v1/site?problem=tiered&of=x",
       400,
       "",
       {},
       true,
       "bad_field",
       "of"});
  ask({"POST /api/v1/site",
       "/api/v1/site?format=pmed&relax=true",
       400,
       network,
       {},
       true,
       "bad_field",
       "relax"});
  const std::string coverage = "GET /api/v1/coverage";
  ask({coverage, "/api/v1/coverage?format=csv&kind=station", 200});
  ask({coverage, "/api/v1/coverage?format=geojson&metres=800", 200});
  ask({coverage, "/api/v1/coverage?metres=far", 400, "", {}, true, "bad_number", "metres"});
  ask({coverage, "/api/v1/coverage?format=xml", 400, "", {}, true, "bad_field", "format"});
  ask({coverage,
       "/api/v1/coverage?job=00000000-0000-4000-8000-000000000000",
       404,
       "",
       {},
       true,
       "not_found",
       "job"});
  const std::string rounds = R"({"vehicles":[{"id":1,"start":[114.5,38]}],)"
                             R"("jobs":[{"id":7,"location":[114.5,38.1]}]})";
  ask({"POST /api/v1/route", "/api/v1/route?iterations=10", 202, rounds});
  ask({"POST /api/v1/route", "/api/v1/route?format=x", 400, rounds, {}, true, "bad_field"});
  ask({"POST /api/v1/route", "/api/v1/route?format=solomon", 422, "R101", {}, true, "bad_file"});
  const std::string long_one = "/api/v1/route?seconds=600";
  while (send("POST", long_one, rounds).status == 202) {
  }
  ask({"POST /api/v1/route", long_one, 503, rounds, {}, true, "overloaded"});
  ask({"POST /api/v1/site", "/api/v1/site?format=pmed", 503, network, {}, true, "overloaded"});
  const std::string tickets = "POST /api/v1/imports/tickets";
  const std::string records = "POST /api/v1/imports/{table}";
  const std::string table = "时间,网点,品类,来源,净重\n2026-03-03,CD-101,paper.mixed,居民,1\n";
  ask({tickets, "/api/v1/imports/tickets?dry_run=true", 202, table});
  ask({tickets, "/api/v1/imports/tickets?dry_run=2", 400, table, {}, true, "bad_field", "dry_run"});
  ask({tickets, "/api/v1/imports/tickets", 422, "a,b\n1,2\n", {}, true, "missing_column"});
  ask({tickets, "/api/v1/imports/tickets?mapping=x", 422, table, {}, true, "bad_mapping"});
  const auto book = get("/api/v1/statistics?by=material&format=xlsx").body;
  ask({records, "/api/v1/imports/places", 422, book, {}, true, "missing_column"});
  ask({records, "/api/v1/imports/places", 422, book.substr(0, 700), {}, true, "bad_file"});
  ask({records, "/api/v1/imports/places?dry_run=true", 202, "编号,类型,名称,区县\n"});
  ask({records, "/api/v1/imports/none", 404, table, {}, true, "not_found", "table"});
  std::string many = table;  // none of them is done before the queue was asked once more
  for (int i = 0; i < 100'000; ++i) {
    many += "2026-03-03,CD-101,paper.mixed,居民,1\n";
  }
  while (send("POST", "/api/v1/imports/tickets?dry_run=true", many).status == 202) {
  }
  ask({tickets, "/api/v1/imports/tickets?dry_run=true", 503, many, {}, true, "overloaded"});
  ask({records, "/api/v1/imports/places", 503, "编号,类型,名称,区县\n", {}, true, "overloaded"});
  const auto jobs = get_json("/api/v1/jobs");
  for (const auto& one : jobs["items"]) {
    send("DELETE", "/api/v1/jobs/" + one["id"].get<std::string>(), "");
  }
  const std::string job = "/api/v1/jobs/" + job_;
  ask({"DELETE /api/v1/jobs/{id}", job, 200});
  for (const std::string door : {"GET /api/v1/jobs/{id}", "DELETE /api/v1/jobs/{id}",
                                 "GET /api/v1/jobs/{id}/result", "GET /api/v1/jobs/{id}/stream"}) {
    auto target = door.substr(door.find(' ') + 1);
    target.replace(target.find("{id}"), 4, "none");
    ask({door, target, 404, "", {}, true, "not_found", "id"});
  }
  expect_stream("GET /api/v1/jobs/{id}/stream", job + "/stream");
}

}  // namespace huan::http
