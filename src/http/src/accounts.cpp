// SPDX-License-Identifier: Apache-2.0
// People who log in and the tokens of programs, for whoever may make them: nobody gives more than
// they have, and sees no more than what they could give.
#include <algorithm>

#include "huan/access/decide.hpp"
#include "huan/app/accounts.hpp"
#include "huan/crypto/digest.hpp"
#include "object_body.hpp"
#include "table.hpp"

namespace huan::http {
namespace {

constexpr std::int64_t kDayS = 86'400;
constexpr std::int64_t kDaysMax = 3'650;
constexpr std::size_t kLabelMax = 80;

bool sees(const app::Access& who, const store::AccountRow& row) {
  const auto fits = [](const std::string& limit, const std::string& value) {
    return limit.empty() || limit == value;
  };
  return fits(who.subject.city, row.city) && fits(who.grant.district, row.district) &&
         fits(who.grant.organisation, row.organisation);
}

template <class Row>
struct ListedAccount {
  Row row;
  std::string name;
  [[nodiscard]] std::string key() const { return name; }
};

/// Few rows: a page is cut from all of them.
template <class Row>
std::vector<ListedAccount<Row>> page_of(std::vector<ListedAccount<Row>> all,
                                        const store::Page& page) {
  std::erase_if(all, [&](const auto& one) { return one.name <= page.after; });
  std::sort(all.begin(), all.end(), [](const auto& a, const auto& b) { return a.name < b.name; });
  if (all.size() > page.limit) {
    all.erase(all.begin() + static_cast<std::ptrdiff_t>(page.limit), all.end());
  }
  return all;
}

Result<Response> list_accounts(const Ask& ask) {
  return list(
      ask,
      {"account", "name", "roles", "city", "district", "organisation", "place", "disabled",
       "must_change", "second_factor"},
      [&](const store::Page& page) {
        std::vector<ListedAccount<store::AccountRow>> all;
        for (auto& row : ask.reading.accounts()) {
          if (sees(ask.access, row)) {
            auto name = row.account;
            all.push_back({std::move(row), std::move(name)});
          }
        }
        return page_of(std::move(all), page);
      },
      [](Table& table, const ListedAccount<store::AccountRow>& one) {
        const auto& row = one.row;
        table.text(row.account).text(row.name).text(row.roles).text(row.city).text(row.district);
        table.text(row.organisation).text(row.place).boolean(row.disabled);
        table.boolean(row.must_change).boolean(!row.totp.empty() && row.totp_step >= 0);
      });
}

/// What is shown once.
Response told(int status, const std::pair<std::string, std::string>& first,
              const std::pair<std::string, std::string>& second) {
  std::string out;
  json::Writer w(out);
  w.begin_object().member(first.first, first.second).member(second.first, second.second);
  w.end_object();
  auto response = http_server::json_response(status, std::move(out));
  response.headers.add("Cache-Control", "no-store");
  return response;
}

Result<app::TokenLimits> limits_of(const ObjectBody& body) {
  app::TokenLimits limits;
  HUAN_TRY(city, body.optional_text("city"));
  HUAN_TRY(district, body.optional_text("district"));
  HUAN_TRY(organisation, body.optional_text("organisation"));
  HUAN_TRY(place, body.optional_text("place"));
  limits.city = std::move(city);
  limits.district = std::move(district);
  limits.organisation = std::move(organisation);
  limits.place = std::move(place);
  return limits;
}

Result<Response> add_account(Context& context, const Request& request, const app::Access& who) {
  HUAN_TRY(body, ObjectBody::parse(request, {"account", "name", "roles", "city", "district",
                                             "organisation", "place"}));
  app::AccountRequest account;
  HUAN_TRY(word, body.text("account"));
  HUAN_TRY(name, body.optional_text("name"));
  HUAN_TRY(roles, body.texts("roles"));
  HUAN_TRY(limits, limits_of(body));
  account.account = std::move(word);
  account.name = std::move(name);
  account.roles = std::move(roles);
  account.limits = std::move(limits);
  HUAN_TRY(password, context.accounts.add(who.subject, account));
  return told(201, {"account", account.account}, {"password", password});
}

Result<Response> change_account(Context& context, const Request& request, const app::Access& who) {
  HUAN_TRY(body, ObjectBody::parse(request, {"disabled"}));
  HUAN_TRY(disabled, body.flag("disabled"));
  const std::string account(request.param("account"));
  HUAN_CHECK(context.accounts.disable(who.subject, account, disabled));
  context.gate.forget_all();
  return http_server::empty_response(204);
}

Result<Response> reset_password(Context& context, const Request& request, const app::Access& who) {
  const std::string account(request.param("account"));
  HUAN_TRY(password, context.accounts.reset(who.subject, account));
  context.gate.forget_all();
  return told(200, {"account", account}, {"password", password});
}

std::vector<ListedAccount<store::TokenRow>> tokens_of(store::Reading& reading,
                                                      const app::Access& who) {
  std::vector<ListedAccount<store::TokenRow>> all;
  for (auto& row : reading.tokens()) {
    if (app::is_program_token(row) && access::may_give(who.subject, app::subject_of_token(row))) {
      auto name = crypto::hex(row.hash);
      all.push_back({std::move(row), std::move(name)});
    }
  }
  return all;
}

Result<Response> list_tokens(const Ask& ask) {
  return list(
      ask, {"id", "label", "role", "limits", "created", "expires"},
      [&](const store::Page& page) { return page_of(tokens_of(ask.reading, ask.access), page); },
      [](Table& table, const ListedAccount<store::TokenRow>& one) {
        table.text(one.name).text(one.row.label).text(one.row.role).text(one.row.scope);
        table.text(base::format_time(one.row.created, 0));
        table.text(one.row.expires.s == 0 ? "" : base::format_time(one.row.expires, 0));
      });
}

Result<Response> add_token(Context& context, const Request& request, const app::Access& who) {
  HUAN_TRY(body, ObjectBody::parse(request, {"label", "role", "days", "city", "district",
                                             "organisation", "place"}));
  app::TokenRequest token;
  HUAN_TRY(label, body.text("label"));
  HUAN_TRY(role, body.text("role"));
  HUAN_TRY(days, body.integer("days", 0));
  HUAN_TRY(limits, limits_of(body));
  const auto known = access::role_from(role);
  if (!known) {
    return Error{ErrorCode::bad_field, "/role", role};
  }
  if (days < 1 || days > kDaysMax || label.empty() || label.size() > kLabelMax) {
    const bool of_days = days < 1 || days > kDaysMax;
    return Error{ErrorCode::bad_field, of_days ? "/days" : "/label",
                 of_days ? "1 to 3650" : "1 to 80 bytes"};
  }
  const access::Subject subject{
      {*known}, limits.city, limits.district, limits.organisation, limits.place};
  if (!access::may_give(who.subject, subject)) {
    return Error{ErrorCode::forbidden, "/role", "that reaches further than your own account"};
  }
  token.role = access::name(*known);
  token.label = std::move(label);
  token.valid_for_s = days * kDayS;
  token.limits = std::move(limits);
  HUAN_TRY(secret, app::issue_token(context.parts.recorder, context.parts.clock, token));
  return told(201, {"id", crypto::hex(crypto::sha256(secret))}, {"token", secret});
}

Result<Response> forget_token(Context& context, const Request& request, const app::Access& who) {
  const std::string id(request.param("token"));
  const auto all = tokens_of(*context.parts.store.snapshot(), who);
  const auto found =
      std::find_if(all.begin(), all.end(), [&](const auto& one) { return one.name == id; });
  if (found == all.end()) {
    return Error{ErrorCode::not_found, "token", id};
  }
  app::end_session(context.parts.recorder, found->row.hash);
  context.gate.forget_all();
  return http_server::empty_response(204);
}

}  // namespace

void add_account_doors(Doors& doors) {
  auto& context = doors.context();
  const auto write = [&](std::string_view method, std::string_view pattern, auto door) {
    doors.write(method, pattern, {}, [&context, door](const Request& r, const app::Access& who) {
      return door(context, r, who);
    });
  };
  doors.read_any("/api/v1/accounts", list_parameters({}), list_accounts);
  write("POST", "/api/v1/accounts", add_account);
  write("PUT", "/api/v1/accounts/{account}", change_account);
  write("POST", "/api/v1/accounts/{account}/password", reset_password);
  doors.read_any("/api/v1/tokens", list_parameters({}), list_tokens);
  write("POST", "/api/v1/tokens", add_token);
  write("DELETE", "/api/v1/tokens/{token}", forget_token);
}

}  // namespace huan::http
