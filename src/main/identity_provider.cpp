// SPDX-License-Identifier: Apache-2.0
#include "identity_provider.hpp"

#include <fstream>

#include "huan/access/table.hpp"
#include "huan/app/identities.hpp"

namespace huan {
namespace {

base::Error wrong_option(const std::string& option, const std::string& why) {
  return {base::ErrorCode::bad_config, option, why};
}

/// The next part up to a comma, taken off.
std::string next_word(std::string& rest) {
  const auto comma = rest.find(',');
  auto word = rest.substr(0, comma);
  rest = comma == std::string::npos ? std::string() : rest.substr(comma + 1);
  return word;
}

/// "city-staff=regulator_city,city:130100"
base::Result<std::pair<std::string, app::AccountRequest>> parse_map(const std::string& text) {
  const auto equal = text.find('=');
  std::string rest = equal == std::string::npos ? std::string() : text.substr(equal + 1);
  const auto role = access::role_from(next_word(rest));
  if (!role || equal == 0) {
    return wrong_option("--oidc-map", text + ": VALUE=ROLE is expected");
  }
  app::AccountRequest request;
  request.roles = {std::string(access::name(*role))};
  while (!rest.empty()) {
    const auto word = next_word(rest);
    const auto colon = word.find(':');
    const auto name = word.substr(0, colon);
    auto* limit = name == "city"           ? &request.limits.city
                  : name == "district"     ? &request.limits.district
                  : name == "organisation" ? &request.limits.organisation
                  : name == "place"        ? &request.limits.place
                                           : nullptr;
    if (limit == nullptr || colon == std::string::npos) {
      return wrong_option("--oidc-map", word + ": city:…, district:…, organisation:… or place:…");
    }
    *limit = word.substr(colon + 1);
  }
  HUAN_CHECK(app::check_reach_of(request));
  return std::pair{text.substr(0, equal), std::move(request)};
}

base::Result<std::string> read_secret_file(const std::string& path) {
  std::ifstream file(path);
  std::string secret;
  if (!path.empty() && (!std::getline(file, secret) || secret.empty())) {
    return wrong_option("--oidc-secret", path + " holds none");
  }
  return secret;
}

}  // namespace

base::Result<std::optional<http::OidcSettings>> identity_provider(const cli::OidcOptions& options) {
  if (options.issuer.empty()) {
    return std::optional<http::OidcSettings>();
  }
  if (options.client.empty() || options.redirect.empty()) {
    return wrong_option("--oidc-issuer", "--oidc-client and --oidc-redirect are needed with it");
  }
  http::OidcSettings settings;
  HUAN_TRY(secret, read_secret_file(options.secret_file));
  settings.issuer = options.issuer;
  settings.client = options.client;
  settings.secret = std::move(secret);
  settings.redirect = options.redirect;
  settings.name = options.name;
  settings.ca_file = options.ca_file;
  settings.claim = options.claim;
  for (const auto& map : options.maps) {
    HUAN_TRY(parsed, parse_map(map));
    settings.mapped.insert(std::move(parsed));
  }
  return std::optional(std::move(settings));
}

}  // namespace huan
