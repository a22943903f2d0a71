// SPDX-License-Identifier: Apache-2.0
#include <fmt/core.h>

#include "huan/json/writer.hpp"
#include "verb.hpp"

namespace huan::cli {
namespace {

constexpr std::size_t kLotsPage = 1'000;

struct StockOptions {
  std::string place;
  std::string material;
};

int stock(const Common& common, const StockOptions& options) {
  const auto store = common.open(Open::read);
  const auto reading = store->snapshot();
  const auto city = common.one_city(*reading);
  if (!city) {
    return refused(common, city.error());
  }
  std::string out;
  json::Writer w(out);
  w.begin_object().member("city", *city).key("items").begin_array();
  std::int64_t total = 0;
  store::Page page{"", kLotsPage};
  for (bool more = true; more;) {
    const auto rows = reading->stock(*city, {options.place, options.material, true}, page);
    for (const store::StockRow& row : rows) {
      total += row.mass_g;
      if (common.json) {
        w.begin_object().member("lots", row.lots).member("mass_g", row.mass_g);
        w.member("material", row.material)
            .member("pieces", row.pieces)
            .member("place", row.place)
            .end_object();
      } else {
        fmt::print("{:<20} {:<24} {:>18} {:>6} lots\n", row.place, row.material,
                   mass_text(row.mass_g), row.lots);
      }
    }
    more = rows.size() == page.limit;
    if (more) {
      page.after = rows.back().key();
    }
  }
  if (common.json) {
    w.end_array().member("total_g", total).end_object();
    fmt::print("{}\n", out);
  } else {
    fmt::print("{:<45} {:>18}\n", "total", mass_text(total));
  }
  return kDone;
}

}  // namespace

void add_stock(CLI::App& root, Common& common, Verb& verb) {
  CLI::App* one = add_verb(root, common, "stock", "what stands where");
  auto options = std::make_shared<StockOptions>();
  one->add_option("--city", common.city, "when the store holds several");
  one->add_option("--place", options->place, "this place only");
  one->add_option("--material", options->material, "this leaf of the catalogue only");
  one->callback(
      [&common, &verb, options] { verb = [&common, options] { return stock(common, *options); }; });
}

}  // namespace huan::cli
