// SPDX-License-Identifier: Apache-2.0
// The doors of logging in by an identity provider. Both end with the browser on a page of ours:
// signed in, or on the sign-in page with the code of what went wrong.
#include "huan/app/identities.hpp"
#include "huan/json/writer.hpp"
#include "object_body.hpp"
#include "oidc_login.hpp"
#include "session_cookie.hpp"

namespace huan::http {
namespace {

Response sent_to(std::string address) {
  auto response = http_server::empty_response(303);
  response.headers.add("Location", std::move(address));
  response.headers.add("Cache-Control", "no-store");
  return response;
}

Response back_with(const Error& error) {
  auto response = sent_to("/#oidc-failed=" + std::string(base::name(error.code)));
  return response;
}

Response oidc_offer(const Context& context) {
  std::string out;
  json::Writer w(out);
  w.begin_object().key("name");
  if (context.oidc) {
    const auto& settings = context.oidc->settings();
    w.string(settings.name.empty() ? settings.issuer : settings.name);
  } else {
    w.null();
  }
  w.end_object();
  return http_server::json_response(200, std::move(out));
}

Response oidc_begin(Context& context, const Request& request) {
  if (!context.oidc) {
    return back_with({ErrorCode::not_found, "", ""});
  }
  auto begun = context.oidc->begin();
  if (!begun) {
    return back_with(begun.error());
  }
  auto response = sent_to(std::move(begun->address));
  response.headers.add("Set-Cookie", oidc_cookie(begun->cookie, request.secure));
  return response;
}

struct OidcSession {
  std::string secret;
  std::string token;  ///< sealed
};

Result<OidcSession> oidc_session(Context& context, const Request& request) {
  if (!context.oidc) {
    return Error{ErrorCode::not_found, "", ""};
  }
  HUAN_TRY(entered, context.oidc->finish(request));
  const auto& identity = entered.identity;
  auto& parts = context.parts;
  app::Identities identities({parts.store, parts.recorder, parts.clock});
  HUAN_TRY(secret, identities.log_in({identity.issuer, identity.subject, identity.name},
                                     context.oidc->mapped(identity)));
  return OidcSession{std::move(secret), context.oidc->sealed_token(entered.token)};
}

Response oidc_return(Context& context, const Request& request) {
  Result<OidcSession> session = Error{};
  try {
    session = oidc_session(context, request);
  } catch (const store::Failure& failure) {
    session = Error{failure.code(), "", ""};
  }
  auto response = session ? sent_to("/") : back_with(session.error());
  response.headers.add("Set-Cookie", oidc_cookie("", request.secure));
  if (session) {
    response.headers.add("Set-Cookie", session_cookie(session->secret, request.secure));
    response.headers.add("Set-Cookie", oidc_token_cookie(session->token, request.secure));
  }
  return response;
}

Result<Response> link_identity(Context& context, const Request& request, const app::Access& who) {
  HUAN_TRY(body, ObjectBody::parse(request, {"issuer", "subject"}));
  HUAN_TRY(issuer, body.optional_text("issuer"));
  HUAN_TRY(subject, body.text("subject"));
  if (issuer.empty() && context.oidc) {
    issuer = context.oidc->settings().issuer;
  }
  if (issuer.empty() || subject.empty()) {
    return Error{ErrorCode::bad_field, issuer.empty() ? "/issuer" : "/subject", "whose?"};
  }
  auto& parts = context.parts;
  app::Identities identities({parts.store, parts.recorder, parts.clock});
  HUAN_CHECK(
      identities.link(who.subject, std::string(request.param("account")), {issuer, subject}));
  return http_server::empty_response(204);
}

Result<Response> unlink_identity(Context& context, const Request& request, const app::Access& who) {
  auto& parts = context.parts;
  app::Identities identities({parts.store, parts.recorder, parts.clock});
  HUAN_CHECK(identities.unlink(who.subject, std::string(request.param("account"))));
  context.gate.forget_all();
  return http_server::empty_response(204);
}

}  // namespace

void add_oidc_doors(Doors& doors) {
  auto& context = doors.context();
  doors.open("GET", "/api/v1/oidc", [&context](const Request&) { return oidc_offer(context); });
  doors.open("GET", "/api/v1/oidc/login",
             [&context](const Request& request) { return oidc_begin(context, request); });
  doors.open("GET", "/api/v1/oidc/return",
             [&context](const Request& request) { return oidc_return(context, request); });
  doors.write("PUT", "/api/v1/accounts/{account}/identity", {},
              [&context](const Request& r, const app::Access& who) {
                return link_identity(context, r, who);
              });
  doors.write("DELETE", "/api/v1/accounts/{account}/identity", {},
              [&context](const Request& r, const app::Access& who) {
                return unlink_identity(context, r, who);
              });
}

}  // namespace huan::http
