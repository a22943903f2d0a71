// SPDX-License-Identifier: Apache-2.0
// Papers and results of a draw, as anyone may hand them to whoever repeats it. Two texts stand in
// one input, parted by a line "====". What is accepted is in its canonical form, draws without
// harm, and what is drawn verifies.
#include <cstddef>
#include <cstdint>
#include <string>
#include <string_view>

#include "huan/base/assert.hpp"
#include "huan/draw/draw.hpp"

namespace draw = huan::draw;

namespace {

constexpr std::string_view kBetween = "\n====\n";
constexpr std::size_t kSmall = 200;  // objects and people that are drawn from here

void draw_from(const draw::Papers& papers, const std::string& text) {
  draw::Seeding seeding;
  seeding.commitment = draw::commitment(text);
  seeding.value = "03 07 11 18 24";
  seeding.log.size = 1;
  const auto outcome = draw::run(papers, seeding);
  HUAN_ASSERT(outcome.drawn.size() == papers.count);
  const auto checked = draw::verify(text, draw::to_text(outcome));
  HUAN_ASSERT(checked.has_value());
}

}  // namespace

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  const std::string_view all(reinterpret_cast<const char*>(data), size);
  const auto between = all.find(kBetween);
  const std::string_view first = all.substr(0, between);
  const std::string_view second =
      between == std::string_view::npos ? "" : all.substr(between + kBetween.size());
  const auto papers = draw::parse_papers(first);
  if (papers.has_value()) {
    const std::string text = draw::to_text(*papers);
    HUAN_ASSERT(draw::parse_papers(text).has_value());
    if (papers->objects.size() <= kSmall && papers->people.size() <= kSmall) {
      draw_from(*papers, text);
    }
  }
  const auto outcome = draw::parse_outcome(second);
  if (outcome.has_value()) {
    const std::string once = draw::to_text(*outcome);
    const auto again = draw::parse_outcome(once);
    HUAN_ASSERT(again.has_value() && draw::to_text(*again) == once);
  }
  static_cast<void>(draw::verify(first, second));
  return 0;
}
