// SPDX-License-Identifier: Apache-2.0
// Points from the shell: the rule of earning, rewards and their stock, who has how many, spending.
#include "huan/app/points.hpp"

#include <fmt/core.h>

#include <fstream>
#include <iostream>
#include <iterator>

#include "huan/json/document.hpp"
#include "huan/json/writer.hpp"
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
  one->add_option("action", options->action, "rule, reward, rewards, balance or spend")
      ->required()
      ->check(CLI::IsMember({"rule", "reward", "rewards", "balance", "spend"}));
  one->add_option("--city", common.city, "when the store holds several");
  one->add_option("--party", options->party, "whose points");
  one->add_option("--key", options->key, "of the reward");
  one->add_option("--id", options->id, "spend: UUID; sent again, nothing is taken again");
  one->add_option("--file", options->file, "JSON that is laid down; - is standard input");
  one->callback([&common, &verb, options] {
    verb = [&common, options] {
      const bool reads = options->action == "balance" || options->action == "rewards";
      return reads ? show_points(common, *options) : change_points(common, *options);
    };
  });
}

}  // namespace huan::cli
