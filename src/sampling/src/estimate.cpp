// SPDX-License-Identifier: Apache-2.0
#include "huan/sampling/estimate.hpp"

#include <algorithm>
#include <cmath>

namespace huan::sampling {
namespace {

double real(std::uint64_t n) { return static_cast<double>(n); }

/// One stratum as both estimators see it.
struct Part {
  std::uint64_t population{0};
  std::uint64_t answered{0};
  double mean{0};
  double spread{0};  ///< variance of the answers, over n − 1; 0 with one answer
};

std::optional<Estimate> combine(const std::vector<Part>& parts) {
  Estimate out;
  for (const Part& part : parts) {
    if (part.answered > part.population || (part.population > 0 && part.answered == 0)) {
      return std::nullopt;
    }
    out.population += part.population;
    out.answered += part.answered;
  }
  if (out.population == 0) {
    return std::nullopt;
  }
  double variance = 0;
  bool known = true;
  for (const Part& part : parts) {
    if (part.population == 0) {
      continue;
    }
    const double weight = real(part.population) / real(out.population);
    const double left_out = 1 - real(part.answered) / real(part.population);
    out.value += weight * part.mean;
    variance += weight * weight * left_out * part.spread / real(part.answered);
    known = known && (part.answered > 1 || part.population == 1);
  }
  if (known) {
    out.error = std::sqrt(variance);
  }
  return out;
}

/// Wilson 1927, with the finite population's correction in the sample's size.
void put_wilson(Estimate& one, double quantile) {
  const double left_out = 1 - real(one.answered) / real(one.population);
  if (left_out <= 0) {
    one.low = one.high = one.value;
    return;
  }
  const double n = real(one.answered) / left_out;
  const double z2 = quantile * quantile;
  const double middle = (one.value + z2 / (2 * n)) / (1 + z2 / n);
  const double half =
      quantile / (1 + z2 / n) * std::sqrt(one.value * (1 - one.value) / n + z2 / (4 * n * n));
  one.low = std::max(0.0, middle - half);
  one.high = std::min(1.0, middle + half);
}

void put_normal(Estimate& one, double quantile) {
  if (one.error) {
    one.low = one.value - quantile * *one.error;
    one.high = one.value + quantile * *one.error;
  }
}

}  // namespace

std::optional<Estimate> share(const std::vector<ShareStratum>& strata, double quantile) {
  std::vector<Part> parts;
  parts.reserve(strata.size());
  for (const ShareStratum& stratum : strata) {
    if (stratum.yes > stratum.answered) {
      return std::nullopt;
    }
    Part part{stratum.population, stratum.answered};
    if (part.answered > 0) {
      part.mean = real(stratum.yes) / real(stratum.answered);
    }
    if (part.answered > 1) {
      part.spread = part.mean * (1 - part.mean) * real(part.answered) / (real(part.answered) - 1);
    }
    parts.push_back(part);
  }
  auto out = combine(parts);
  if (out && strata.size() == 1) {
    put_wilson(*out, quantile);
  } else if (out && out->error) {
    put_normal(*out, quantile);
    out->low = std::max(0.0, *out->low);
    out->high = std::min(1.0, *out->high);
  }
  return out;
}

std::optional<Estimate> mean(const std::vector<MeanStratum>& strata, double quantile) {
  std::vector<Part> parts;
  parts.reserve(strata.size());
  for (const MeanStratum& stratum : strata) {
    Part part{stratum.population, stratum.values.size()};
    for (const std::int64_t value : stratum.values) {
      part.mean += static_cast<double>(value) / real(part.answered);
    }
    for (const std::int64_t value : stratum.values) {
      const double off = static_cast<double>(value) - part.mean;
      part.spread += part.answered > 1 ? off * off / (real(part.answered) - 1) : 0;
    }
    parts.push_back(part);
  }
  auto out = combine(parts);
  if (out) {
    put_normal(*out, quantile);
  }
  return out;
}

std::uint64_t answers_needed(std::uint64_t population, double margin, double quantile) {
  if (population == 0 || !(margin > 0)) {
    return population;
  }
  const double endless = quantile * quantile / (4 * margin * margin);
  const double needed = endless / (1 + (endless - 1) / real(population));
  return std::min(population, static_cast<std::uint64_t>(std::ceil(needed)));
}

}  // namespace huan::sampling
