// SPDX-License-Identifier: Apache-2.0
// The statuses of personal data, with the vault's key and without.
#include "statuses.hpp"

namespace huan::http {

void StatusesTest::ask_for_personal_data() {
  const std::string path = "/api/v1/parties/dsny/personal";
  const std::string look = "GET /api/v1/parties/{key}/personal";
  const std::string set = "PUT /api/v1/parties/{key}/personal";
  const std::string erase = "DELETE /api/v1/parties/{key}/personal";
  const auto body = R"({"fields":{"phone":"13812341234"}})";
  ask({set, path + "?purpose=registration", 200, body});
  ask({set,
       path + "?purpose=registration",
       400,
       R"({"fields":{"age":"7"}})",
       {},
       true,
       "bad_field",
       "/fields/age"});
  ask({set, path, 400, body, {}, true, "bad_field", "purpose"});
  ask({set, "/api/v1/parties/nobody/personal?purpose=a", 404, body, {}, true, "unknown_party"});
  ask({look, path + "?purpose=payout", 200});
  ask({look, path + "?field=age", 400, "", {}, true, "bad_field", "field"});
  ask({look, path + "?purpose=", 400, "", {}, true, "bad_field", "purpose"});
  ask({look, "/api/v1/parties/nobody/personal", 404, "", {}, true, "unknown_party"});
  ask({"GET /api/v1/parties/{key}/personal/accesses",
       path + "/accesses?after=x",
       400,
       "",
       {},
       true,
       "bad_number",
       "after"});
  const std::string copy = "GET /api/v1/parties/{key}/personal/copy";
  ask({copy, path + "/copy?purpose=own", 200});
  ask({copy, path + "/copy", 400, "", {}, true, "bad_field", "purpose"});
  ask({copy, "/api/v1/parties/nobody/personal/copy?purpose=a", 404, "", {}, true, "unknown_party"});
  const std::string deletions = "/api/v1/personal/deletions";
  ask({"GET " + deletions, deletions, 200});
  ask({"GET " + deletions, deletions + "?party=a", 400, "", {}, true, "bad_field", "party"});
  ask({"POST " + deletions, deletions, 200});
  ask({"POST " + deletions, deletions + "?city=none", 404, "", {}, true, "unknown_city", "city"});
  ask({"GET " + deletions, deletions + "?city=none", 404, "", {}, true, "unknown_city", "city"});
  const std::string all = "GET /api/v1/personal/accesses";
  ask({all, "/api/v1/personal/accesses?who=operator/tester&action=read", 200});
  ask({all, "/api/v1/personal/accesses?after=x", 400, "", {}, true, "bad_number", "after"});
  ask({all, "/api/v1/personal/accesses?from=x", 400, "", {}, true, "bad_time", "from"});
  ask({all, "/api/v1/personal/accesses?action=x", 400, "", {}, true, "bad_field", "action"});
  ask({erase, path, 400, "", {}, true, "bad_field", "purpose"});
  const auto kept = R"({"fields":{"email":"a@b.cn"},"keep_until":"2099-01-01"})";
  ask({set, path + "?purpose=registration", 200, kept});
  ask({erase, path + "?purpose=request", 200});
  ask({look, path + "?purpose=payout&field=email", 403, "", {}, true, "forbidden"});
}

void StatusesTest::ask_without_the_key() {
  stop();
  const auto locked = app::Personal::open({*recorder_, vaults(), clock_}, std::nullopt).value();
  serve(*locked);
  const std::string path = "/api/v1/parties/dsny/personal?purpose=a";
  ask({"GET /api/v1/invoices/limit",
       "/api/v1/invoices/limit?seller=P-1",
       409,
       "",
       {},
       true,
       "vault_locked"});
  ask({"GET /api/v1/invoices/filing",
       "/api/v1/invoices/filing?party=B-1&form=agent_return&month=2026-11",
       409,
       "",
       {},
       true,
       "vault_locked"});
  for (const std::string form : {"/api/v1/buying/registrations/named",
                                 "/api/v1/buying/filings/named", "/api/v1/invoices/filing/named"}) {
    const bool month = form.ends_with("filing/named");
    const std::string more = month ? "&party=B-1&form=agent_return&month=2026-11" : "";
    ask({"GET " + form, form + "?purpose=a" + more, 409, "", {}, true, "vault_locked"});
  }
  ask({"GET /api/v1/parties/{key}/personal", path, 409, "", {}, true, "vault_locked"});
  ask({"PUT /api/v1/parties/{key}/personal",
       path,
       409,
       R"({"fields":{"email":"a@b.cn"}})",
       {},
       true,
       "vault_locked"});
  ask({"GET /api/v1/parties/{key}/personal/copy",
       "/api/v1/parties/dsny/personal/copy?purpose=a",
       409,
       "",
       {},
       true,
       "vault_locked"});
  const std::string pushed = "/api/v1/push-subscriptions";
  ask({"GET " + pushed, pushed, 409, "", {}, true, "vault_locked"});
  ask({"POST " + pushed, pushed, 409, "{}", {}, true, "vault_locked"});
  ask({"DELETE " + pushed + "/{id}", pushed + "/1", 409, "", {}, true, "vault_locked"});
  ask_for_second_factor_without_the_key();
  stop();
  serve(*personal_);
}

}  // namespace huan::http
