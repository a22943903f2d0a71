// SPDX-License-Identifier: Apache-2.0
#include <fmt/core.h>

#include "huan/app/access.hpp"
#include "huan/json/writer.hpp"
#include "verb.hpp"

namespace huan::cli {
namespace {

constexpr std::int64_t kDayS = 86'400;

int token(const Common& common, app::TokenRequest request, std::int64_t days) {
  request.valid_for_s = days * kDayS;
  Writing writing{common};
  const auto secret = app::issue_token(writing.recorder, writing.clock, request);
  if (!secret) {
    return refused(common, secret.error());
  }
  if (common.json) {
    std::string out;
    json::Writer w(out);
    w.begin_object().member("role", request.role).member("token", *secret).end_object();
    fmt::print("{}\n", out);
  } else {
    fmt::print("{}\n", *secret);
    fmt::print(stderr, "It is shown once and kept nowhere. Send it as: Authorization: Bearer …\n");
  }
  return kDone;
}

}  // namespace

void add_token(CLI::App& root, Common& common, Verb& verb) {
  CLI::App* one = add_verb(root, common, "token", "make a bearer token and print it once");
  auto request = std::make_shared<app::TokenRequest>();
  auto days = std::make_shared<std::int64_t>(0);
  one->add_option("--role", request->role, "one of `huan access`")->capture_default_str();
  one->add_option("--label", request->label, "whose it is; stands in the records' `by`");
  one->add_option("--city", request->limits.city, "only this city");
  one->add_option("--district", request->limits.district, "what a county's regulator reaches");
  one->add_option("--organisation", request->limits.organisation, "what an enterprise reaches");
  one->add_option("--place", request->limits.place, "what a station's people reach");
  one->add_option("--days", *days, "how long it is good; 0: until it is forgotten")
      ->check(CLI::Range(0, 36'500));
  one->callback([&common, &verb, request, days] {
    verb = [&common, request, days] { return token(common, *request, *days); };
  });
}

}  // namespace huan::cli
