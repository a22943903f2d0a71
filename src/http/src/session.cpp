// SPDX-License-Identifier: Apache-2.0
// Logging in and out, who one is, and what one may do: for the pages, which show no more than that.
#include "huan/access/decide.hpp"
#include "huan/app/accounts.hpp"
#include "huan/base/text.hpp"
#include "huan/json/document.hpp"
#include "huan/json/writer.hpp"
#include "object_body.hpp"
#include "session_cookie.hpp"

namespace huan::http {
namespace {

constexpr std::string_view kSessionPath = "/api/v1/session";

void write_permissions(json::Writer& w, const access::Subject& subject) {
  w.key("permissions").begin_array();
  for (std::size_t i = 0; i < access::kActions; ++i) {
    const auto action = static_cast<access::Action>(i);
    if (const auto grant = access::decide(subject, action)) {
      w.begin_object().member("action", access::name(action));
      w.member("scope", access::name(grant->scope)).end_object();
    }
  }
  w.end_array();
}

void write_tiles(json::Writer& w, const std::optional<TileService>& tiles) {
  w.key("tiles");
  if (!tiles) {
    w.null();
    return;
  }
  w.begin_object().member("attribution", tiles->attribution).member("url", tiles->url).end_object();
}

/// Without the secret's own csrf for a bearer token, which needs none.
Response session_response(const Context& context, const app::Access& who, std::string_view csrf) {
  const auto& subject = who.subject;
  std::string out;
  json::Writer w(out);
  w.begin_object().member("account", who.account.empty() ? who.label : who.account);
  w.member("city", subject.city).key("csrf");
  csrf.empty() ? w.null() : w.string(csrf);
  w.member("district", subject.district).key("expires");
  who.expires.s == 0 ? w.null() : w.string(base::format_time(who.expires, 0));
  w.member("must_change", who.must_change).member("name", who.label);
  w.member("organisation", subject.organisation);
  write_permissions(w, subject);
  w.member("place", subject.place).key("roles").begin_array();
  for (const auto role : subject.roles) {
    w.string(access::name(role));
  }
  w.end_array();
  write_tiles(w, context.parts.tiles);
  w.end_object();
  auto response = http_server::json_response(200, std::move(out));
  response.headers.add("Cache-Control", "no-store");
  return response;
}

/// The session that a secret was just made for.
Result<Response> begun(Context& context, const Request& request, const std::string& secret) {
  auto& parts = context.parts;
  HUAN_TRY(who, app::authenticate(*parts.store.snapshot(), parts.clock, secret));
  auto response = session_response(context, who, app::csrf_of(secret));
  response.headers.add("Set-Cookie", session_cookie(secret, request.secure));
  return response;
}

Result<Response> log_in(Context& context, const Request& request) {
  HUAN_CHECK(from_no_other_site(request));
  HUAN_TRY(body, ObjectBody::parse(request, {"account", "password", "totp"}));
  app::LoginRequest login;
  HUAN_TRY(account, body.text("account"));
  HUAN_TRY(password, body.text("password"));
  HUAN_TRY(totp, body.optional_text("totp"));
  login.account = std::move(account);
  login.password = std::move(password);
  login.totp = std::move(totp);
  login.address = request.remote;
  HUAN_TRY(session, context.accounts.log_in(login));
  return begun(context, request, session.secret);
}

Result<Response> whoami(const Context& context, const Request& request, const app::Access& who) {
  return session_response(context, who, who.session ? app::csrf_of(session_secret(request)) : "");
}

/// The page goes there itself: it has to leave ours.
Response go_on_at(const std::string& address) {
  std::string out;
  json::Writer w(out);
  w.begin_object().member("next", address).end_object();
  auto response = http_server::json_response(200, std::move(out));
  response.headers.add("Cache-Control", "no-store");
  return response;
}

Result<Response> log_out(Context& context, const Request& request, const app::Access& who) {
  const auto everywhere = request.query_value("everywhere").value_or("false");
  if (everywhere != "true" && everywhere != "false") {
    return Error{ErrorCode::bad_field, "everywhere", "true or false"};
  }
  if (everywhere == "true" && !who.account.empty()) {
    context.accounts.log_out_everywhere(who.account);
  }
  if (who.session) {
    app::end_session(context.parts.recorder, who.secret);
  }
  context.gate.forget_all();
  const auto sealed = cookie_of(request, kOidcTokenCookie);
  const auto next = context.oidc ? context.oidc->logout_address(sealed) : std::nullopt;
  auto response = next ? go_on_at(*next) : http_server::empty_response(204);
  response.headers.add("Set-Cookie", session_cookie("", request.secure));
  if (!sealed.empty()) {
    response.headers.add("Set-Cookie", oidc_token_cookie("", request.secure));
  }
  return response;
}

/// Their own password; all their sessions end, and this one goes on under a new secret.
Result<Response> change_password(Context& context, const Request& request, const app::Access& who) {
  HUAN_TRY(body, ObjectBody::parse(request, {"password", "fresh", "totp"}));
  HUAN_TRY(password, body.text("password"));
  HUAN_TRY(fresh, body.text("fresh"));
  HUAN_TRY(totp, body.optional_text("totp"));
  if (who.account.empty()) {
    return Error{ErrorCode::forbidden, "", "a token has no password"};
  }
  HUAN_TRY(secret,
           context.accounts.change_password({who.account, password, totp, request.remote}, fresh));
  context.gate.forget_all();
  return begun(context, request, secret);
}

/// A secret for an authenticator program, shown once; asked for once its digits were shown.
Result<Response> begin_second_factor(Context& context, const Request& request,
                                     const app::Access& who) {
  HUAN_TRY(body, ObjectBody::parse(request, {"password"}));
  HUAN_TRY(password, body.text("password"));
  if (who.account.empty()) {
    return Error{ErrorCode::forbidden, "", "a token has no second factor"};
  }
  HUAN_TRY(secret, context.accounts.begin_totp({who.account, password, "", request.remote}));
  std::string out;
  json::Writer w(out);
  w.begin_object().member("secret", secret);
  w.member("uri", "otpauth://totp/Huan:" + who.account + "?secret=" + secret + "&issuer=Huan");
  w.end_object();
  auto response = http_server::json_response(200, std::move(out));
  response.headers.add("Cache-Control", "no-store");
  return response;
}

Result<Response> confirm_second_factor(Context& context, const Request& request,
                                       const app::Access& who) {
  HUAN_TRY(body, ObjectBody::parse(request, {"totp"}));
  HUAN_TRY(totp, body.text("totp"));
  HUAN_CHECK(context.accounts.confirm_totp(who.account, totp));
  return http_server::empty_response(204);
}

}  // namespace

void add_session_doors(Doors& doors) {
  auto& context = doors.context();
  doors.open("POST", kSessionPath, [&context](const Request& request) {
    return guarded(request, [&] { return log_in(context, request); });
  });
  doors.write("GET", kSessionPath, {}, [&context](const Request& r, const app::Access& who) {
    return whoami(context, r, who);
  });
  doors.write(
      "DELETE", kSessionPath, {"everywhere"},
      [&context](const Request& r, const app::Access& who) { return log_out(context, r, who); });
  doors.write("PUT", "/api/v1/session/password", {},
              [&context](const Request& r, const app::Access& who) {
                return change_password(context, r, who);
              });
  doors.write("POST", "/api/v1/session/totp", {},
              [&context](const Request& r, const app::Access& who) {
                return begin_second_factor(context, r, who);
              });
  doors.write("PUT", "/api/v1/session/totp", {},
              [&context](const Request& r, const app::Access& who) {
                return confirm_second_factor(context, r, who);
              });
}

}  // namespace huan::http
