// SPDX-License-Identifier: Apache-2.0
#include <algorithm>
#include <array>
#include <cmath>
#include <cstdio>
#include <numbers>
#include <set>

#include "network_page.hpp"

namespace huan::wire_siting {
namespace {

using siting_problem::kNobody;
using siting_problem::Network;
using siting_problem::NetworkPlan;
using siting_problem::Point;

constexpr double kWide = 920;
constexpr double kEdge = 14;
constexpr double kTallMost = 1'100;
constexpr double kTenth = 10;

/// Degrees onto paper: east shrunk as at the middle latitude.
class Paper {
 public:
  explicit Paper(const Network& network) {
    const auto grow = [&](const Point& at) {
      low_.x = std::min(low_.x, at.x);
      low_.y = std::min(low_.y, at.y);
      high_.x = std::max(high_.x, at.x);
      high_.y = std::max(high_.y, at.y);
    };
    for (const auto& home : network.homes) {
      grow(home.at);
    }
    for (const auto& site : network.sites) {
      grow(site.at);
    }
    shrink_ = std::cos((low_.y + high_.y) / 2 * std::numbers::pi / 180);
    const double east = std::max((high_.x - low_.x) * shrink_, 1e-6);
    const double north = std::max(high_.y - low_.y, 1e-6);
    scale_ = std::min((kWide - 2 * kEdge) / east, (kTallMost - 2 * kEdge) / north);
    tall_ = std::ceil(north * scale_ + 2 * kEdge);
    left_ = (kWide - east * scale_) / 2;
  }

  [[nodiscard]] double tall() const { return tall_; }
  /// In tenths, so that equal spots are drawn once.
  [[nodiscard]] std::pair<long, long> spot(const Point& at) const {
    return {std::lround((left_ + (at.x - low_.x) * shrink_ * scale_) * kTenth),
            std::lround((tall_ - kEdge - (at.y - low_.y) * scale_) * kTenth)};
  }

  [[nodiscard]] double px_of_km() const {
    constexpr double kKmOfDegree = 111.19;
    return scale_ / kKmOfDegree;
  }

 private:
  Point low_{180, 90};
  Point high_{-180, -90};
  double shrink_{1};
  double scale_{1};
  double tall_{0};
  double left_{kEdge};
};

std::string decimal(long tenths) {
  std::array<char, 24> text{};
  const int size =
      std::snprintf(text.data(), text.size(), "%.1f", static_cast<double>(tenths) / kTenth);
  return {text.data(), static_cast<std::size_t>(std::max(size, 0))};
}

/// Dots of one look as one path, each spot once.
std::string dots(const std::set<std::pair<long, long>>& spots, std::string_view look) {
  std::string path;
  for (const auto& [x, y] : spots) {
    path += "M" + decimal(x) + " " + decimal(y) + "h0";
  }
  return path.empty() ? path
                      : "<path fill=\"none\" stroke-linecap=\"round\" " + std::string(look) +
                            " d=\"" + path + "\"/>";
}

std::string stroke(std::string_view colour, double width) {
  return "stroke=\"" + std::string(colour) + "\" stroke-width=\"" +
         decimal(std::lround(width * kTenth)) + "\"";
}

std::string lines_of(const Network& network, const NetworkPlan& plan, const Paper& paper,
                     std::uint32_t tier) {
  std::string path;
  for (const std::uint32_t site : plan.open) {
    const std::uint32_t to = plan.next[site];
    if (network.sites[site].tier != tier || to == kNobody) {
      continue;
    }
    const auto from = paper.spot(network.sites[site].at);
    const auto end = paper.spot(network.sites[to].at);
    path += "M" + decimal(from.first) + " " + decimal(from.second) + "L" + decimal(end.first) +
            " " + decimal(end.second);
  }
  return path.empty() ? path
                      : "<path fill=\"none\" " + stroke(tier_colour(tier), 0.4) +
                            " opacity=\"0.45\" d=\"" + path + "\"/>";
}

std::string scale_bar(const Paper& paper, base::Language language) {
  double km = 100;
  constexpr double kBarMost = 180;
  while (km > 0.02 && km * paper.px_of_km() > kBarMost) {
    km /= km > 1.5 && std::fmod(std::log10(km), 1) < 0.01 ? 2 : 2.5;
  }
  const long wide = std::lround(km * paper.px_of_km() * kTenth);
  std::array<char, 24> text{};
  std::snprintf(text.data(), text.size(), "%.3g", km);
  const std::string y = decimal(std::lround((paper.tall() - 6) * kTenth));
  return "<path stroke=\"#333\" stroke-width=\"2\" d=\"M14 " + y + "h" + decimal(wide) +
         "\"/><text x=\"" + decimal(wide + 200) + "\" y=\"" + y + "\" font-size=\"12\">" +
         text.data() + (language == base::Language::zh ? " 公里" : " km") + "</text>";
}

}  // namespace

std::string_view tier_colour(std::size_t tier) {
  static constexpr std::array<std::string_view, 8> kColours{
      "#3a923a", "#1f6fb4", "#8a56b5", "#d4681c", "#7b3f2a", "#c2408a", "#5a5a5a", "#9a8a12"};
  return kColours.at(tier % kColours.size());
}

std::string page_map(const Network& network, const NetworkPlan& plan, base::Language language) {
  const Paper paper(network);
  const std::string tall = decimal(std::lround(paper.tall() * kTenth));
  std::string out = "<svg viewBox=\"0 0 920 " + tall + "\" role=\"img\" aria-label=\"" +
                    (language == base::Language::zh ? "规划图" : "map of the plan") +
                    "\"><rect width=\"920\" height=\"" + tall + "\" fill=\"#fafaf7\"/>";
  std::set<std::pair<long, long>> served;
  std::set<std::pair<long, long>> left;
  for (std::size_t h = 0; h < network.homes.size(); ++h) {
    (plan.served[h] == kNobody ? left : served).insert(paper.spot(network.homes[h].at));
  }
  out += dots(served, stroke("#c9c9c0", 1.6));
  out += dots(left, stroke("#d64545", 1.8));
  for (std::uint32_t tier = 1; tier + 1 < network.tiers.size(); ++tier) {
    out += lines_of(network, plan, paper, tier);
  }
  for (std::uint32_t tier = 0; tier < network.tiers.size(); ++tier) {
    std::set<std::pair<long, long>> stands;
    std::set<std::pair<long, long>> built;
    for (const std::uint32_t site : plan.open) {
      const auto standing = network.sites[site].standing;
      const bool there = standing == siting_problem::Standing::existing ||
                         standing == siting_problem::Standing::closable;
      if (network.sites[site].tier == tier) {
        (there ? stands : built).insert(paper.spot(network.sites[site].at));
      }
    }
    const double size = 1.8 + 1.7 * tier;
    out += dots(built, stroke(tier_colour(tier), size));
    out += dots(stands, stroke(tier_colour(tier), size));
    if (tier > 1) {
      out += dots(stands, stroke("#ffffff", size * 0.45));
    }
  }
  return out + scale_bar(paper, language) + "</svg>";
}

}  // namespace huan::wire_siting
