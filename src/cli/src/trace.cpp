// SPDX-License-Identifier: Apache-2.0
#include <fmt/core.h>

#include "huan/app/trace_lot.hpp"
#include "huan/json/document.hpp"
#include "verb.hpp"

namespace huan::cli {
namespace {

constexpr std::size_t kLinesShown = 40;

std::string text_of(json::Value of, std::string_view key) {
  const auto value = of.find(key);
  return value && value->is_string() ? std::string{value->string()} : std::string{};
}

std::string describe(json::Value share) {
  if (const auto outside = share.find("outside")) {
    const std::string place = text_of(*outside, "place");
    return text_of(*outside, "of") + " " + text_of(*outside, "name") +
           (place.empty() ? "" : " at " + place) +
           (text_of(*outside, "class").empty() ? "" : " " + text_of(*outside, "class"));
  }
  const auto node = share.find("node");
  return text_of(share, "kind") +
         (node ? " " + text_of(*node, "lot") + " at " + text_of(*node, "place") : "");
}

void print_trace(json::Value root) {
  fmt::print("{} {}: {} of {}, {}\n",
             text_of(root, "direction") == "up" ? "sources of" : "fates of", text_of(root, "lot"),
             mass_text(root.find("mass_g")->integer()), text_of(root, "material"),
             text_of(root, "place"));
  std::size_t shown = 0;
  const json::Value shares = *root.find("shares");
  for (const auto share : shares.elements()) {
    if (++shown > kLinesShown) {
      fmt::print("  … {} more; --json gives all\n", shares.size() - kLinesShown);
      break;
    }
    const std::string time = text_of(share, "time");
    fmt::print("  {:>16}  {}{}{}\n", mass_text(share.find("grams")->integer()), describe(share),
               time.empty() ? "" : "  ", time);
  }
}

int trace(const Common& common, app::TraceRequest request, bool down) {
  const auto store = common.open(Open::read);
  const auto reading = store->snapshot();
  auto city = common.one_city(*reading);
  if (!city) {
    return refused(common, city.error());
  }
  request.city = std::move(*city);
  request.up = !down;
  app::Tracer tracer;
  const auto answer = app::trace_lot(tracer, *reading, request);
  if (!answer) {
    return refused(common, answer.error());
  }
  if (common.json) {
    fmt::print("{}\n", *answer);
  } else {
    json::ParseOptions options;
    options.text_max = answer->size() + 1;
    options.nodes_max = answer->size();
    const auto document = json::Document::parse(*answer, options);
    HUAN_ASSERT(document.has_value());
    print_trace(document->root());
  }
  return kDone;
}

}  // namespace

void add_trace(CLI::App& root, Common& common, Verb& verb) {
  CLI::App* one = add_verb(root, common, "trace", "where a lot came from, or what became of it");
  auto request = std::make_shared<app::TraceRequest>();
  auto down = std::make_shared<bool>(false);
  request->limit = 0;
  one->add_option("lot", request->lot, "the lot's id")->required();
  one->add_option("--city", common.city, "when the store holds several");
  auto up = std::make_shared<bool>(true);
  auto* up_flag = one->add_flag("--up", *up, "sources (the default)");
  one->add_flag("--down", *down, "fates")->excludes(up_flag);
  one->add_option("--limit", request->limit, "points of the picture in JSON")
      ->capture_default_str();
  one->callback([&common, &verb, request, down, up] {
    verb = [&common, request, down] { return trace(common, *request, *down); };
  });
}

}  // namespace huan::cli
