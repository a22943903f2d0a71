// SPDX-License-Identifier: Apache-2.0
// A driver's step as doors and shell are sent it.
#include <array>

#include "huan/app/drive_round.hpp"
#include "huan/registry/fields.hpp"

namespace huan::app {
namespace {

using base::Error;
using base::ErrorCode;
using base::Result;

constexpr std::array<std::string_view, 5> kTargets{"arrived", "weighed", "done", "refused",
                                                   "missed"};
constexpr std::size_t kReasonMax = 60;

Result<std::vector<rounds::Loaded>> parse_loads(json::Value list) {
  if (!list.is_array() || list.size() > rounds::kLoadsMax) {
    return Error{ErrorCode::bad_field, "/loaded", "an array of at most 50"};
  }
  std::vector<rounds::Loaded> loads;
  loads.reserve(list.size());
  for (const json::Value one : list.elements()) {
    registry::Fields f(one, "/loaded/" + std::to_string(loads.size()));
    rounds::Loaded load;
    load.material = f.name("material", 120);
    load.items = f.names("items", rounds::kItemsMax);
    load.mass = load.items.empty()
                    ? base::Mass{f.integer("mass_g", {1, base::kMassMax})}
                    : base::Mass{f.optional_integer("mass_g", {0, base::kMassMax}).value_or(0)};
    HUAN_CHECK(f.finish());
    loads.push_back(std::move(load));
  }
  return loads;
}

}  // namespace

Result<RoundStep> parse_round_step(json::Value body) {
  registry::Fields f(body, "");
  RoundStep step;
  step.step.stop = f.name("stop", 120);
  step.step.to = static_cast<rounds::StopState>(
      f.choice("to", kTargets) + static_cast<std::size_t>(rounds::StopState::arrived));
  step.step.at = f.optional_time("at").value_or(base::Instant{});
  step.step.reason = f.optional_name("reason", kReasonMax).value_or("");
  step.code = f.optional_text("code", 12).value_or("");
  step.step.photo = f.optional_text("photo", 64).value_or("");
  step.paid_cash = f.flag("paid_cash", false);
  const auto loaded = f.any("loaded");
  HUAN_CHECK(f.finish());
  if (loaded) {
    HUAN_TRY(loads, parse_loads(*loaded));
    step.step.loaded = std::move(loads);
  }
  return step;
}

}  // namespace huan::app
