// SPDX-License-Identifier: Apache-2.0
// People who log in, from the shell: made, listed, locked out, given another password. And the
// table of who may do what.
#include <fmt/core.h>

#include "huan/access/table.hpp"
#include "huan/app/identities.hpp"
#include "huan/json/writer.hpp"
#include "verb.hpp"

namespace huan::cli {
namespace {

struct Question {
  std::string action;
  app::AccountRequest account;
  app::ProvedIdentity identity;
};

access::Subject whoever_has_the_file() { return {{access::Role::system_operator}}; }

std::string row_text(const store::AccountRow& row) {
  return fmt::format("{:<20} {:<32} {} {} {} {}{}{}", row.account, row.roles, row.city,
                     row.district, row.organisation, row.place, row.disabled ? " disabled" : "",
                     row.must_change ? " (password to be changed)" : "");
}

std::string rows_json(const std::vector<store::AccountRow>& rows) {
  std::string out;
  json::Writer w(out);
  w.begin_array();
  for (const auto& row : rows) {
    w.begin_object().member("account", row.account).member("city", row.city);
    w.member("disabled", row.disabled).member("district", row.district);
    w.member("must_change", row.must_change).member("name", row.name);
    w.member("organisation", row.organisation).member("place", row.place);
    w.member("roles", row.roles).end_object();
  }
  w.end_array();
  return out;
}

int list(const Common& common) {
  const auto rows = common.open(Open::read)->snapshot()->accounts();
  if (common.json) {
    fmt::print("{}\n", rows_json(rows));
    return kDone;
  }
  for (const auto& row : rows) {
    fmt::print("{}\n", row_text(row));
  }
  return kDone;
}

int told(const Common& common, const std::string& account, const std::string& password) {
  if (common.json) {
    std::string out;
    json::Writer w(out);
    w.begin_object().member("account", account).member("password", password).end_object();
    fmt::print("{}\n", out);
    return kDone;
  }
  fmt::print("{}\n", password);
  fmt::print(stderr, "For one login of {}, who then chooses another. It is kept nowhere.\n",
             account);
  return kDone;
}

int run(const Common& common, const Question& question) {
  if (question.action == "list") {
    return list(common);
  }
  if (question.account.account.empty()) {
    return refused(common, {base::ErrorCode::bad_field, "account", "whose?"});
  }
  Writing writing{common};
  app::Accounts accounts({*writing.store, writing.recorder, writing.clock});
  const auto by = whoever_has_the_file();
  const auto& name = question.account.account;
  if (question.action == "disable" || question.action == "enable") {
    auto done = accounts.disable(by, name, question.action == "disable");
    return done ? kDone : refused(common, done.error());
  }
  if (question.action == "link" || question.action == "unlink") {
    app::Identities identities({*writing.store, writing.recorder, writing.clock});
    const auto& identity = question.identity;
    if (question.action == "link" && (identity.issuer.empty() || identity.subject.empty())) {
      return refused(common, {base::ErrorCode::bad_field, "account", "--issuer and --subject"});
    }
    auto done = question.action == "link" ? identities.link(by, name, identity)
                                          : identities.unlink(by, name);
    return done ? kDone : refused(common, done.error());
  }
  const auto password =
      question.action == "add" ? accounts.add(by, question.account) : accounts.reset(by, name);
  return password ? told(common, name, *password) : refused(common, password.error());
}

/// {"actions":{"stock.read":{"operator":"all",…}},"roles":[{"name","zh"}]}
std::string access_json() {
  std::string out;
  json::Writer w(out);
  w.begin_object().key("actions").begin_object();
  for (std::size_t i = 0; i < access::kActions; ++i) {
    const auto action = static_cast<access::Action>(i);
    w.key(access::name(action)).begin_object();
    for (std::size_t k = 0; k < access::kRoles; ++k) {
      const auto role = static_cast<access::Role>(k);
      w.member(access::name(role), access::name(access::reach(role, action)));
    }
    w.end_object();
  }
  w.end_object().key("roles").begin_array();
  for (std::size_t k = 0; k < access::kRoles; ++k) {
    const auto role = static_cast<access::Role>(k);
    w.begin_object().member("name", access::name(role)).member("zh", access::name_zh(role));
    w.end_object();
  }
  w.end_array().end_object();
  out += '\n';
  return out;
}

}  // namespace

void add_account(CLI::App& root, Common& common, Verb& verb) {
  CLI::App* one = add_verb(root, common, "account", "people who log in: add, list, disable, …");
  auto question = std::make_shared<Question>();
  one->add_option("action", question->action,
                  "add, list, disable, enable, reset (password), link or unlink (an identity)")
      ->required()
      ->check(CLI::IsMember({"add", "list", "disable", "enable", "reset", "link", "unlink"}));
  auto& account = question->account;
  one->add_option("account", account.account, "2 to 40 of a-z, 0-9, dot, _ and -");
  one->add_option("--issuer", question->identity.issuer, "of an identity provider");
  one->add_option("--subject", question->identity.subject, "as the provider knows them");
  one->add_option("--name", account.name, "as others see it");
  one->add_option("--role", account.roles, "one or more of `huan access`");
  one->add_option("--city", account.limits.city, "only this city");
  one->add_option("--district", account.limits.district, "of a county's regulator, an inspector");
  one->add_option("--organisation", account.limits.organisation, "of an enterprise's people");
  one->add_option("--place", account.limits.place, "of a station's people");
  one->callback([&common, &verb, question] {
    verb = [&common, question] { return run(common, *question); };
  });
}

void add_access(CLI::App& root, Common& common, Verb& verb) {
  CLI::App* one = add_verb(root, common, "access", "print who may do what");
  one->callback([&common, &verb] {
    verb = [&common] {
      fmt::print("{}", common.json ? access_json() : access::table_markdown());
      return kDone;
    };
  });
}

}  // namespace huan::cli
