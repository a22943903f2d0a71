// SPDX-License-Identifier: Apache-2.0
// A lower bound on serving every customer from p of the candidates, by letting go of the rule that
// each is served exactly once and paying for it (Cornuejols, Fisher and Nemhauser 1977; Beasley
// 1985): sum of w*nu plus the p smallest rho, where rho of a candidate is the sum of
// w*min(0, d - nu) over its customers. Multipliers nu are per unit of weight and climb along a
// smoothed subgradient with steps from the distance to the best known plan.
#pragma once

#include <cstdint>
#include <functional>
#include <memory>
#include <vector>

#include "arcs.hpp"
#include "gathered_prices.hpp"

namespace huan::siting {

struct Bound {
  double value{0};
  std::vector<double> multipliers;   ///< by customer
  std::vector<double> rho;           ///< by place in Arcs::candidates; not over 0
  std::vector<std::uint8_t> chosen;  ///< by place: one of the p smallest
  double last_chosen{0};             ///< largest rho among the chosen
  double first_left{0};              ///< smallest rho among the others
};

struct Climb {
  double upper{0};   ///< value of a known plan
  double enough{0};  ///< stop once the bound reaches this
  int rounds{0};     ///< at most so many evaluations
  double step{1};    ///< first share of the distance to `upper`
  double step_min{1e-3};
  int patience{15};  ///< rounds without a better bound before the step is halved
};

class Relaxation {
 public:
  /// `in_time` is asked within rounds that are long; one that it ends counts for nothing.
  Relaxation(const Arcs& arcs, const std::vector<double>& weight,
             std::function<bool()> in_time = {});

  /// The bound with these multipliers, made smaller where they go beyond what is listed.
  [[nodiscard]] Bound evaluate(std::vector<double> multipliers);
  /// The last evaluation did not get to its end.
  [[nodiscard]] bool broken_off() const { return broken_off_; }
  /// Climbs from `best`, which is replaced by what is better; `look` sees every evaluation and says
  /// whether to go on. Returns the rounds used.
  int climb(Bound& best, const Climb& climb, const std::function<bool(const Bound&)>& look);
  /// How often each candidate was chosen lately, in [0, 1].
  [[nodiscard]] const std::vector<double>& often() const { return often_; }

 private:
  void price(Bound& bound, bool whole);
  void price_unlisted(Bound& bound);
  void price_gathered(Bound& bound, bool whole);
  void find_likely(const std::vector<double>& rho);
  [[nodiscard]] std::vector<int> times_unlisted(const Bound& bound);
  bool goes_on(std::uint32_t at);
  void choose(Bound& bound);
  double slope(const Bound& bound, std::vector<double>& out);

  const Arcs& arcs_;
  const std::vector<double>& weight_;
  std::vector<double> top_;  ///< largest useful multiplier
  std::vector<double> often_;
  std::vector<std::uint32_t> rank_;
  std::unique_ptr<GatheredPrices> gathered_;  ///< of unlisted arcs with many customers a facility
  std::vector<std::uint32_t> likely_;         ///< places that may be among the p lowest
  std::function<bool()> in_time_;
  bool broken_off_{false};
};

}  // namespace huan::siting
