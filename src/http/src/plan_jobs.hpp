// SPDX-License-Identifier: Apache-2.0
// What planning jobs have in common.
#pragma once

#include <optional>

#include "doors.hpp"
#include "huan/app/jobs.hpp"
#include "huan/siting/solve.hpp"
#include "huan/siting_problem/network.hpp"

namespace huan::http {

inline constexpr std::int64_t kSecondsMax = 600;  ///< others wait behind it

struct PlanBudget {
  double seconds{0};
  std::optional<std::int64_t> iterations;  ///< instead of seconds, but for kSecondsMax at most
  std::uint64_t seed{1};
};

/// CPU seconds of the calling thread: what others do meanwhile does not shorten a job.
[[nodiscard]] double thread_seconds();
/// `control` has to outlive them.
[[nodiscard]] siting::Limits job_limits(const PlanBudget& budget, app::JobControl& control);

/// A whole network, of the body or of the city's pack on record, as a job.
[[nodiscard]] Result<Response> plan_tiered(Context& context, const Request& request,
                                           const app::Access& access, const PlanBudget& budget);

/// The network of the rules that the city stands under now; not_found when none are on record or
/// they have no villages.
[[nodiscard]] Result<siting_problem::Network> city_network(store::Reading& reading,
                                                           const std::string& city);

/// A number of metres or more than one; thousandths are enough.
[[nodiscard]] Result<double> decimal_parameter(const Request& request, std::string_view name,
                                               double otherwise);

/// true or false; false when it is left out.
[[nodiscard]] Result<bool> flag_parameter(const Request& request, std::string_view name);

}  // namespace huan::http
