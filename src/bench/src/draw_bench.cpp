// SPDX-License-Identifier: Apache-2.0
// A draw of 1,000 from 100,000 with 500 inspectors: drawn, written, read again and verified.
#include <fmt/core.h>

#include "benches.hpp"
#include "huan/draw/draw.hpp"
#include "machine.hpp"

namespace huan::bench {
namespace {

constexpr int kPool = 100'000;
constexpr int kInspectors = 500;
constexpr std::uint32_t kDrawnHere = 1'000;
constexpr double kVerifyGoalS = 1;

draw::Papers large_papers() {
  draw::Papers papers;
  papers.key = "D-1";
  papers.city = "130100";
  papers.item = "station.order";
  papers.count = kDrawnHere;
  papers.known_at = "2026-11-25T21:30:00+08:00";
  papers.source = "bench";
  for (int n = 0; n < kPool; ++n) {
    papers.objects.push_back({fmt::format("S-{:06}", n), static_cast<std::uint64_t>(1 + n % 8),
                              fmt::format("P-{}", n % 9'000), fmt::format("1301{:02}", n % 24)});
  }
  for (int n = 0; n < kInspectors; ++n) {
    papers.people.push_back({fmt::format("I-{:03}", n),
                             {},
                             {fmt::format("P-{}", n), fmt::format("1301{:02}", n % 24)}});
  }
  return draw::in_order(std::move(papers));
}

}  // namespace

base::Result<Report> bench_draw(const Bench&) {
  Report report;
  const draw::Papers papers = large_papers();
  const std::string text = draw::to_text(papers);
  const draw::Seeding seeding{draw::commitment(text), "03 07 11", {812, crypto::sha256("root")}};
  const Watch drawing;
  const std::string result = draw::to_text(draw::run(papers, seeding));
  report.figures.push_back({"draw s", drawing.wall()});
  const Watch verifying;
  const auto verified = draw::verify(text, result);
  report.ratios.push_back({"verify s", verifying.wall(), kVerifyGoalS, false});
  report.figures.push_back({"pool", kPool});
  report.figures.push_back({"drawn", kDrawnHere});
  if (!verified) {
    report.wrong.push_back(verified.error().detail);
  }
  return report;
}

}  // namespace huan::bench
