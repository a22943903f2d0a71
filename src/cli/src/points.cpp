// SPDX-License-Identifier: Apache-2.0
// Points from the shell: the rule of earning, rewards and their stock, who has how many, spending.
#include "huan/app/points.hpp"

#include <fmt/core.h>

#include <array>
#include <fstream>
#include <iostream>
#include <iterator>

#include "huan/app/payouts.hpp"
#include "huan/app/points_book.hpp"
#include "huan/json/document.hpp"
#include "huan/json/writer.hpp"
#include "huan/registry/fields.hpp"
#include "verb.hpp"

namespace huan::cli {
namespace {

struct PointOptions {
  std::string action;
  std::string party;
  std::string key;
  std::string id;
  std::string file{"-"};
};

base::Result<json::Document> laid_down(const std::string& file) {
  if (file == "-") {
    return json::Document::parse(std::string(std::istreambuf_iterator<char>(std::cin), {}));
  }
  std::ifstream in(file, std::ios::binary);
  if (!in) {
    return base::Error{base::ErrorCode::bad_file, file, "cannot be opened"};
  }
  return json::Document::parse(std::string(std::istreambuf_iterator<char>(in), {}));
}

base::Result<void> write_one(Writing& writing, const std::string& city,
                             const PointOptions& options) {
  HUAN_TRY(document, laid_down(options.file));
  const app::Principal by{"operator/shell"};
  if (options.action == "rule") {
    HUAN_TRY(rule, rewards::parse_rule(document.root(), ""));
    return app::lay_down_rule(writing.recorder, city, rule, by);
  }
  if (!base::is_name(options.key, base::kShortNameMax)) {
    return base::Error{base::ErrorCode::bad_field, "--key", "a short name of the reward"};
  }
  HUAN_TRY(reward, rewards::parse_reward(document.root(), ""));
  return app::offer_reward(writing.recorder, city, {options.key, 0, reward}, by);
}

int change_points(const Common& common, const PointOptions& options) {
  Writing writing{common};
  const auto city = common.one_city(*writing.store->snapshot());
  if (!city) {
    return refused(common, city.error());
  }
  if (options.action != "spend") {
    const auto done = write_one(writing, *city, options);
    return done ? kDone : refused(common, done.error());
  }
  const std::string id = options.id.empty() ? writing.ids.next().text() : options.id;
  const auto done = app::redeem(writing.recorder, writing.clock,
                                {*city, id, options.party, options.key, {"operator/shell"}});
  if (!done) {
    return refused(common, done.error());
  }
  fmt::print("{} points for {}, {} left, {} in stock\n", done->reward.reward.points, options.key,
             done->left, done->reward.reward.stock);
  return kDone;
}

/// {"account","amount","name","what"}: an account number has no business on a command line.
base::Result<app::PayoutRequest> parse_withdrawal(json::Value sent) {
  registry::Fields f(sent, "");
  app::PayoutRequest request;
  request.account = f.optional_text("account", 40).value_or("");
  request.amount = f.integer("amount", {1, 1'000'000'000});
  request.name = f.optional_text("name", 120).value_or("");
  constexpr std::array<std::string_view, 2> kWhat{"points", "owed"};
  request.what = static_cast<rewards::PayoutOf>(f.optional_choice("what", kWhat).value_or(0));
  HUAN_CHECK(f.finish());
  return request;
}

base::Result<app::KeptPayout> withdraw(Writing& writing, app::Personal& personal,
                                       const std::string& city, const PointOptions& options) {
  if (options.action == "cancel") {
    return app::move_payout(
        writing.recorder, writing.clock,
        {city, options.key, rewards::PayoutState::cancelled, "", "", {"operator/shell"}});
  }
  HUAN_TRY(document, laid_down(options.file));
  HUAN_TRY(request, parse_withdrawal(document.root()));
  request.city = city;
  request.id = options.id.empty() ? writing.ids.next().text() : options.id;
  request.customer = options.party;
  request.by = {"operator/shell"};
  return app::request_payout({writing.recorder, *writing.store, personal, writing.clock}, request);
}

void say_payout(const Common& common, const app::KeptPayout& kept) {
  const rewards::Payout& payout = kept.payout;
  if (common.json) {
    fmt::print("{{\"key\":\"{}\",\"payout\":{}}}\n", kept.key, rewards::to_json(payout));
    return;
  }
  fmt::print("{:<22} {:<10} {:>8} points {:>8}.{:02} yuan  {}{}\n", kept.key,
             rewards::info(payout.state).code, payout.points.count(), payout.money.count() / 100,
             payout.money.count() % 100, payout.reference, payout.reason);
}

int move_payouts(const Common& common, const PointOptions& options) {
  Writing writing{common};
  const auto city = common.one_city(*writing.store->snapshot());
  if (!city) {
    return refused(common, city.error());
  }
  const auto personal = open_personal(common, *writing.store, writing.recorder, writing.clock);
  if (!personal) {
    return refused(common, personal.error());
  }
  const auto kept = withdraw(writing, **personal, *city, options);
  if (!kept) {
    return refused(common, kept.error());
  }
  say_payout(common, *kept);
  return kDone;
}

int expire_now(const Common& common) {
  Writing writing{common};
  const auto city = common.one_city(*writing.store->snapshot());
  if (!city) {
    return refused(common, city.error());
  }
  app::PointsBook book;
  fmt::print("{} points have ended\n",
             app::expire_points(writing.recorder, *writing.store, writing.clock, book, *city));
  return kDone;
}

int show_payouts(const Common& common, const PointOptions& options) {
  const auto store = common.open(Open::read);
  const auto reading = store->snapshot();
  const auto city = common.one_city(*reading);
  if (!city) {
    return refused(common, city.error());
  }
  if (!options.party.empty()) {
    for (const auto& kept : app::payouts_of(*reading, *city, options.party)) {
      say_payout(common, kept);
    }
    return kDone;
  }
  for (const auto& state : rewards::payout_states()) {
    for (const auto& kept : app::payouts_in(*reading, *city, state.state, {"", 1'000})) {
      say_payout(common, kept);
    }
  }
  return kDone;
}

int show_points(const Common& common, const PointOptions& options) {
  const auto store = common.open(Open::read);
  const auto reading = store->snapshot();
  const auto city = common.one_city(*reading);
  if (!city) {
    return refused(common, city.error());
  }
  std::string out;
  json::Writer w(out);
  w.begin_object();
  if (options.action == "balance") {
    const auto points = app::points_of(*reading, *city, options.party);
    w.member("party", options.party).member("points", points);
    if (!common.json) {
      fmt::print("{} points\n", points);
    }
  } else {
    w.key("items").begin_array();
    for (const app::KeptReward& one : app::rewards_on_offer(*reading, *city)) {
      w.begin_object().member("key", one.key).member("points", one.reward.points);
      w.member("stock", one.reward.stock).end_object();
      if (!common.json) {
        fmt::print("{:<20} {:>8} points {:>8} in stock  {}\n", one.key, one.reward.points,
                   one.reward.stock, one.reward.zh);
      }
    }
    w.end_array();
  }
  w.end_object();
  if (common.json) {
    fmt::print("{}\n", out);
  }
  return kDone;
}

}  // namespace

void add_points(CLI::App& root, Common& common, Verb& verb) {
  CLI::App* one = add_verb(root, common, "points", "what residents earn and spend");
  auto options = std::make_shared<PointOptions>();
  one->add_option("action", options->action,
                  "rule, reward, rewards, balance, spend, withdraw, "
                  "payouts, cancel or expire")
      ->required()
      ->check(CLI::IsMember({"rule", "reward", "rewards", "balance", "spend", "withdraw", "payouts",
                             "cancel", "expire"}));
  one->add_option("--city", common.city, "when the store holds several");
  one->add_option("--party", options->party, "whose points");
  one->add_option("--key", options->key, "of the reward, or of the payout");
  one->add_option("--id", options->id, "spend, withdraw: UUID; sent again, nothing is taken again");
  one->add_option("--file", options->file, "JSON that is laid down; - is standard input");
  one->callback([&common, &verb, options] {
    verb = [&common, options] {
      if (options->action == "withdraw" || options->action == "cancel") {
        return move_payouts(common, *options);
      }
      if (options->action == "expire") {
        return expire_now(common);
      }
      if (options->action == "payouts") {
        return show_payouts(common, *options);
      }
      const bool reads = options->action == "balance" || options->action == "rewards";
      return reads ? show_points(common, *options) : change_points(common, *options);
    };
  });
}

}  // namespace huan::cli
