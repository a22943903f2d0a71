// SPDX-License-Identifier: Apache-2.0
#include <algorithm>
#include <array>
#include <cmath>
#include <cstdio>

#include "huan/reports/html.hpp"

namespace huan::reports {
namespace {

constexpr double kWidth = 640;
constexpr double kLabelWidth = 130;
constexpr double kValueWidth = 90;
constexpr double kBarStep = 20;
constexpr double kBarHeight = 13;
constexpr double kTitleHeight = 26;
constexpr double kColumnArea = 170;
constexpr double kFooter = 40;

std::string decimal(double value, const char* format) {
  std::array<char, 64> out{};
  const int size = std::snprintf(out.data(), out.size(), format, value);  // NOLINT
  return std::string(out.data(), static_cast<std::size_t>(std::max(size, 0)));
}
std::string px(double value) { return decimal(value, "%.1f"); }
std::string figure(double value) {
  return decimal(value, std::abs(value) >= 100 || value == std::floor(value) ? "%.0f" : "%.2f");
}

double largest(const Chart& chart) {
  double most = 0;
  for (const Bar& bar : chart.bars) {
    most = std::isfinite(bar.value) ? std::max(most, bar.value) : most;
  }
  return most > 0 ? most : 1;
}

double share(const Bar& bar, double most) {
  return std::isfinite(bar.value) ? std::clamp(bar.value / most, 0.0, 1.0) : 0;
}

std::string label(double x, double y, const char* anchor, const std::string& text) {
  return "<text x=\"" + px(x) + "\" y=\"" + px(y) + "\" text-anchor=\"" + anchor + "\">" +
         escape_html(text) + "</text>";
}

std::string rect(double x, double y, double width, double height) {
  return "<rect x=\"" + px(x) + "\" y=\"" + px(y) + "\" width=\"" + px(width) + "\" height=\"" +
         px(height) + "\"/>";
}

std::string bars(const Chart& chart) {
  const double most = largest(chart);
  const double space = kWidth - kLabelWidth - kValueWidth;
  std::string out;
  double y = kTitleHeight;
  for (const Bar& bar : chart.bars) {
    const double width = space * share(bar, most);
    out += label(kLabelWidth - 6, y + 11, "end", bar.label);
    out += rect(kLabelWidth, y, width, kBarHeight);
    out += label(kLabelWidth + width + 5, y + 11, "start", figure(bar.value));
    y += kBarStep;
  }
  return out;
}

std::string columns(const Chart& chart) {
  const double most = largest(chart);
  const double step = kWidth / static_cast<double>(std::max<std::size_t>(chart.bars.size(), 1));
  std::string out;
  double x = 0;
  for (const Bar& bar : chart.bars) {
    const double height = kColumnArea * share(bar, most);
    const double top = kTitleHeight + 12 + kColumnArea - height;
    out += rect(x + step * 0.15, top, step * 0.7, height);
    out += label(x + step / 2, top - 3, "middle", figure(bar.value));
    out += label(x + step / 2, kTitleHeight + kColumnArea + 28, "middle", bar.label);
    x += step;
  }
  return out;
}

}  // namespace

std::string to_svg(const Chart& chart) {
  const bool upright = chart.kind == ChartKind::columns;
  const double height =
      kTitleHeight +
      (upright ? kColumnArea + kFooter : kBarStep * static_cast<double>(chart.bars.size()) + 6);
  return "<svg xmlns=\"http://www.w3.org/2000/svg\" viewBox=\"0 0 " + px(kWidth) + " " +
         px(height) + "\" width=\"100%\" role=\"img\">" + "<title>" + escape_html(chart.title) +
         "</title>" + label(0, 15, "start", chart.title + "（" + chart.unit + "）") +
         (upright ? columns(chart) : bars(chart)) + "</svg>";
}

}  // namespace huan::reports
