// SPDX-License-Identifier: Apache-2.0
#include "huan/scales/weighing.hpp"

#include <algorithm>
#include <array>
#include <cstdlib>
#include <string>

namespace huan::scales {
namespace {

using base::Error;
using base::ErrorCode;
using base::Mass;

constexpr std::int64_t kMillion = 1'000'000;
constexpr std::array<std::string_view, 6> kFindings{"no_zero_return",    "indicators_differ",
                                                    "tare_outside_band", "tare_expired",
                                                    "serial_gap",        "serial_again"};

bool within(Mass a, Mass b, Mass tolerance) {
  return std::abs((a - b).count()) <= tolerance.count();
}

std::string grams(Mass mass) { return std::to_string(mass.count()) + " g"; }

}  // namespace

std::string_view name(Finding finding) noexcept {
  return kFindings[static_cast<std::size_t>(finding)];
}

Platform::Platform(const PlatformOptions& options)
    : options_(options), first_(options.steady), second_(options.steady) {}

void Platform::see(const Reading& reading, std::int64_t at_ms) {
  rest_ = first_.see(reading, at_ms);
  was_empty_ = was_empty_ || (rest_->at_rest && within(reading.mass, Mass{}, options_.zero_band));
}

void Platform::see_second(const Reading& reading, std::int64_t at_ms) {
  second_rest_ = second_.see(reading, at_ms);
}

std::optional<Rest> Platform::now(std::int64_t now_ms) const {
  std::optional<Rest> rest = rest_;
  if (rest && now_ms - rest->at_ms > options_.steady.silence_ms) {
    rest->at_rest = false;
  }
  return rest;
}

base::Result<Taken> Platform::take(std::int64_t now_ms) {
  const auto rest = now(now_ms);
  if (!rest || now_ms - rest->at_ms > options_.steady.silence_ms) {
    return Error{ErrorCode::bad_field, "/scale", "the indicator is silent"};
  }
  if (rest->reading.out_of_range) {
    return Error{ErrorCode::bad_field, "/scale", "the load is out of the scale's range"};
  }
  if (!rest->at_rest) {
    return Error{ErrorCode::bad_field, "/scale", "the load does not rest yet"};
  }
  if (rest->reading.mass < options_.start) {
    return Error{ErrorCode::bad_field, "/scale",
                 "no load: " + grams(rest->reading.mass) + " on the platform"};
  }
  Taken taken{rest->reading.mass, rest->since_ms, {}};
  if (!was_empty_) {
    taken.findings.push_back(Finding::no_zero_return);
  }
  const bool second_agrees =
      !second_rest_ ||
      (now_ms - second_rest_->at_ms <= options_.steady.silence_ms && second_rest_->at_rest &&
       within(second_rest_->reading.mass, taken.mass, options_.second_tolerance));
  if (!second_agrees) {
    taken.findings.push_back(Finding::indicators_differ);
  }
  was_empty_ = false;
  return taken;
}

base::Result<Net> net_of(TareMode mode, const TwoWeighings& weighings) {
  const bool gross_first = mode == TareMode::gross_first;
  const Net net{gross_first ? weighings.first : weighings.second,
                gross_first ? weighings.second : weighings.first};
  if (net.gross < net.tare) {
    return Error{ErrorCode::bad_number, "/tare_g",
                 "the tare " + grams(net.tare) + " is above the gross " + grams(net.gross)};
  }
  return net;
}

base::Result<NetOnRecord> net_of(const TareOnRecord& tare, Mass gross, base::Day day) {
  HUAN_TRY(net, net_of(TareMode::gross_first, {gross, tare.tare}));
  NetOnRecord result{net, {}};
  if (tare.until < day) {
    result.findings.push_back(Finding::tare_expired);
  }
  return result;
}

std::optional<Finding> judge_tare(Mass tare, std::span<const Mass> before, const TareBand& band) {
  if (before.empty()) {
    return std::nullopt;
  }
  std::vector<Mass> sorted(before.begin(), before.end());
  const auto middle = sorted.begin() + static_cast<std::ptrdiff_t>(sorted.size() / 2);
  std::nth_element(sorted.begin(), middle, sorted.end());
  const Mass relative{base::multiply_divide_round(middle->count(), band.ppm, kMillion)};
  if (within(tare, *middle, std::max(relative, band.absolute))) {
    return std::nullopt;
  }
  return Finding::tare_outside_band;
}

std::optional<Finding> judge_serial(std::int64_t before, std::int64_t now) {
  if (now <= before) {
    return Finding::serial_again;
  }
  return now == before + 1 ? std::nullopt : std::optional{Finding::serial_gap};
}

}  // namespace huan::scales
