// SPDX-License-Identifier: Apache-2.0
#include "verb.hpp"

namespace huan::cli {

namespace {

void add_oidc(CLI::App& verb, OidcOptions& oidc) {
  auto* group = verb.add_option_group("identity provider", "log in by OpenID Connect");
  auto* issuer = group->add_option("--oidc-issuer", oidc.issuer, "its address, to the letter");
  group->add_option("--oidc-client", oidc.client, "our name there")->needs(issuer);
  group->add_option("--oidc-secret", oidc.secret_file, "file with our secret there")->needs(issuer);
  group
      ->add_option("--oidc-redirect", oidc.redirect,
                   "our address as registered there: https://…/api/v1/oidc/return")
      ->needs(issuer);
  group->add_option("--oidc-name", oidc.name, "on the sign-in page")->needs(issuer);
  group->add_option("--oidc-ca", oidc.ca_file, "PEM file, instead of the system's")->needs(issuer);
  group->add_option("--oidc-claim", oidc.claim, "whose values give roles")->needs(issuer);
  group
      ->add_option("--oidc-map", oidc.maps,
                   "VALUE=ROLE[,city:…][,district:…][,organisation:…][,place:…]: who has that "
                   "value gets an account; more than one may stand here")
      ->needs(issuer);
}

void add_tiles(CLI::App& verb, ServeOptions& options) {
  auto* tiles = verb.add_option(
      "--tiles", options.tiles,
      "map tiles to lie beneath the city's own geometry: https://…/{z}/{x}/{y}.png, in WGS-84 or "
      "CGCS2000, of a service that you have a licence for; without it maps ask nothing outside");
  verb.add_option("--tiles-attribution", options.tiles_attribution,
                  "who made that map, shown with it")
      ->needs(tiles);
}

}  // namespace

void add_serve(CLI::App& root, Common& common, Verb& verb) {
  CLI::App* one =
      add_verb(root, common, "serve", "answer HTTP until told to stop (SIGTERM ends gracefully)");
  auto options = std::make_shared<ServeOptions>();
  one->add_option("--listen", options->listen,
                  "address and port; beyond loopback only with TLS or a proxy")
      ->envname("HUAN_LISTEN")
      ->capture_default_str();
  one->add_option("--certificate", options->certificate, "PEM file, for TLS");
  one->add_option("--key", options->key, "PEM file of its private key");
  one->add_option("--proxy", options->proxies,
                  "address or network (10.0.0.0/8) of a proxy that says who asks, by "
                  "X-Forwarded-For and X-Forwarded-Proto; more than one may stand here")
      ->envname("HUAN_PROXY")
      ->delimiter(',');
  add_oidc(*one, options->oidc);
  add_tiles(*one, *options);
  one->add_option("--payments", options->payments,
                  "what pays out: simulated, simulated:N (N of ten go wrong), or the address of a "
                  "payment service")
      ->envname("HUAN_PAYMENTS")
      ->capture_default_str();
  one->add_option("--payments-secret", options->payments_secret,
                  "file with the bearer token that the payment service asks for");
  one->add_option("--invoicing", options->invoicing,
                  "what issues invoices in reverse: simulated, or the address of a service to the "
                  "tax platform")
      ->envname("HUAN_INVOICING")
      ->capture_default_str();
  one->add_option("--invoicing-secret", options->invoicing_secret,
                  "file with the bearer token that the service asks for");
  one->add_option("--messages", options->messages,
                  "where codes and notices to phones go: outbox (a file beside the store), or the "
                  "address of a gateway to SMS and WeChat")
      ->envname("HUAN_MESSAGES")
      ->capture_default_str();
  one->add_option("--messages-secret", options->messages_secret,
                  "file with the bearer token that the gateway asks for");
  one->add_option("--web", options->web, "folder of the page's files")->envname("HUAN_WEB");
  one->add_flag("--link", options->link, "print a one-time login link");
  one->add_flag("--demo", options->demo,
                "print a one-time login link and simulate events going on");
  one->callback([&common, &verb, options] {
    verb = [&common, options] {
      options->store_path = common.path();
      options->json = common.json;
      return common.doors.serve(*options);
    };
  });
}

}  // namespace huan::cli
