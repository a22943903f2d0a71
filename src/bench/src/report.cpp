// SPDX-License-Identifier: Apache-2.0
#include "report.hpp"

#include <fmt/core.h>

#include <cmath>

#include "huan/json/writer.hpp"

namespace huan::bench {
namespace {

/// Four digits are all that a measurement here is good for.
double rounded(double value) {
  if (value == 0 || !std::isfinite(value)) {
    return 0;
  }
  const double unit = std::pow(10.0, 3 - std::floor(std::log10(std::fabs(value))));
  return std::round(value * unit) / unit;
}

std::string text(double value) {
  return std::fabs(value) >= 1000 ? fmt::format("{:.0f}", value) : fmt::format("{:.4g}", value);
}

}  // namespace

std::string to_json(const Report& report) {
  std::string out;
  json::Writer w(out);
  w.begin_object().member("name", report.name).key("machine").begin_object();
  w.member("cpu", report.machine.cpu).member("cores", report.machine.cores);
  w.member("memory_mib", report.machine.memory_mib).member("kernel", report.machine.kernel);
  w.member("compiler", report.machine.compiler).key("fsync_us");
  w.number(rounded(report.machine.fsync_us)).end_object().key("figures").begin_object();
  for (const Figure& figure : report.figures) {
    w.key(figure.name).number(rounded(figure.value));
  }
  w.end_object().key("ratios").begin_object();
  for (const Ratio& ratio : report.ratios) {
    w.key(ratio.name).number(rounded(ratio.value));
  }
  w.end_object().key("targets").begin_object();
  for (const Ratio& ratio : report.ratios) {
    w.key(ratio.name).begin_object().key(ratio.at_least ? "at_least" : "at_most");
    w.number(ratio.bound).member("kept", ratio.kept()).end_object();
  }
  w.end_object().key("wrong").begin_array();
  for (const std::string& one : report.wrong) {
    w.string(one);
  }
  w.end_array().end_object();
  return out;
}

std::string to_table(const Report& report) {
  const Machine& m = report.machine;
  std::string out =
      fmt::format("{}\n{}, {} cores, {} MiB, {}, {}, fsync {} us\n\n", report.name, m.cpu, m.cores,
                  m.memory_mib, m.kernel, m.compiler, text(m.fsync_us));
  for (const Figure& figure : report.figures) {
    out += fmt::format("  {:<32} {:>14}\n", figure.name, text(figure.value));
  }
  out += '\n';
  for (const Ratio& ratio : report.ratios) {
    out += fmt::format("  {:<32} {:>14}   {} {:<8} {}\n", ratio.name, text(ratio.value),
                       ratio.at_least ? "at least" : "at most ", text(ratio.bound),
                       ratio.kept() ? "kept" : "MISSED");
  }
  for (const std::string& one : report.wrong) {
    out += "wrong: " + one + "\n";
  }
  return out;
}

}  // namespace huan::bench
