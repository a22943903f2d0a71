// SPDX-License-Identifier: Apache-2.0
#include "huan/draw/draw.hpp"

#include <gtest/gtest.h>

#include <algorithm>
#include <cmath>
#include <fstream>
#include <map>
#include <set>
#include <sstream>

namespace huan::draw {
namespace {

Papers sample() {
  Papers papers;
  papers.key = "D-1";
  papers.city = "130100";
  papers.item = "stations.order";
  papers.count = 3;
  papers.skills = {"scales"};
  papers.known_at = "2026-11-25T21:30:00+08:00";
  papers.source = "双色球 2026135, red ascending then blue";
  for (int n = 0; n < 12; ++n) {
    std::string id = "S-";
    id += static_cast<char>('a' + n);
    papers.objects.push_back({id, n % 3 == 0 ? 4U : 1U, n % 2 == 0 ? "P-1" : "P-2", "130102"});
  }
  papers.people = {{"i1", {"fire", "scales"}, {}},
                   {"i2", {"scales"}, {"P-1"}},
                   {"i3", {"scales"}, {"S-b"}},
                   {"i4", {"scales"}, {}},
                   {"i5", {"fire"}, {}}};
  return papers;
}

Seeding seeding_of(const Papers& papers, std::string value) {
  return {commitment(to_text(papers)), std::move(value), {7, crypto::sha256("root")}};
}

TEST(draw, papers_are_read_as_they_were_written) {
  const std::string text = to_text(sample());
  const auto again = parse_papers(text);
  ASSERT_TRUE(again) << again.error().detail;
  EXPECT_EQ(to_text(*again), text);
}

TEST(draw, papers_that_cannot_be_drawn_are_refused) {
  const auto refused = [](auto change) {
    Papers papers = sample();
    change(papers);
    const auto read = parse_papers(to_text(papers));
    return !read.has_value();
  };
  EXPECT_FALSE(refused([](Papers&) {}));
  EXPECT_TRUE(refused([](Papers& p) { std::swap(p.objects[0], p.objects[1]); }));
  EXPECT_TRUE(refused([](Papers& p) { p.objects[1].id = p.objects[0].id; }));
  EXPECT_TRUE(refused([](Papers& p) { p.objects[0].weight = 0; }));
  EXPECT_TRUE(refused([](Papers& p) { p.objects[0].weight = kWeightMax + 1; }));
  EXPECT_TRUE(refused([](Papers& p) { p.count = 0; }));
  EXPECT_TRUE(refused([](Papers& p) { p.count = 13; }));
  EXPECT_TRUE(refused([](Papers& p) { p.people_each = 4; }));  // two objects have only three
  EXPECT_TRUE(refused([](Papers& p) { p.skills = {"radiation"}; }));
  EXPECT_TRUE(refused([](Papers& p) { p.known_at = "tonight"; }));
  EXPECT_TRUE(refused([](Papers& p) { p.source = "two\nlines"; }));
  EXPECT_TRUE(refused([](Papers& p) { p.people[0].code = "a b"; }));
}

TEST(draw, a_text_cut_anywhere_is_refused) {
  const std::string text = to_text(sample());
  for (std::size_t n = 0; n < text.size(); ++n) {
    EXPECT_FALSE(parse_papers(text.substr(0, n))) << n;
  }
  EXPECT_FALSE(parse_papers(text + "\n"));
  const Papers papers = sample();
  const std::string result = to_text(run(papers, seeding_of(papers, "1 2 3")));
  for (std::size_t n = 0; n < result.size(); ++n) {
    EXPECT_FALSE(parse_outcome(result.substr(0, n))) << n;
  }
}

TEST(draw, each_object_once_and_two_fit_people_each) {
  Papers papers = sample();
  papers.count = 12;
  const Outcome outcome = run(papers, seeding_of(papers, "03 07 11"));
  std::set<std::string> seen;
  for (const Drawn& one : outcome.drawn) {
    EXPECT_TRUE(seen.insert(one.object).second);
    ASSERT_EQ(one.people.size(), 2U);
    EXPECT_NE(one.people[0], one.people[1]);
    const auto object = std::ranges::find(papers.objects, one.object, &Object::id);
    for (const std::string& code : one.people) {
      EXPECT_NE(code, "i5");
      EXPECT_FALSE(code == "i2" && object->party == "P-1");
      EXPECT_FALSE(code == "i3" && object->id == "S-b");
    }
  }
  EXPECT_EQ(seen.size(), 12U);
}

TEST(draw, any_change_gives_itself_away) {
  const Papers papers = sample();
  const std::string text = to_text(papers);
  const std::string result = to_text(run(papers, seeding_of(papers, "03 07 11")));
  ASSERT_TRUE(verify(text, result));
  for (std::size_t n = 0; n < result.size(); ++n) {
    std::string changed = result;
    changed[n] = changed[n] == '1' ? '2' : '1';
    EXPECT_FALSE(verify(text, changed)) << n;
  }
  Papers other = papers;
  other.objects[0].weight = 5;
  const auto refused = verify(to_text(other), result);
  ASSERT_FALSE(refused);
  EXPECT_EQ(refused.error().at, "papers");
}

// The chance of being drawn first is in proportion to the weight: 4 × 4 and 8 × 1 of 24.
TEST(draw, weights_are_chances) {
  Papers papers = sample();
  papers.count = 1;
  std::map<std::string, int> hits;
  constexpr int kDraws = 24'000;
  for (int n = 0; n < kDraws; ++n) {
    ++hits[run(papers, seeding_of(papers, std::to_string(n))).drawn[0].object];
  }
  for (const Object& one : papers.objects) {
    const double expected = 1'000.0 * static_cast<double>(one.weight);
    EXPECT_NEAR(hits[one.id], expected, 5 * std::sqrt(expected)) << one.id;
  }
}

std::string content_of(const std::string& path) {
  std::ifstream in(path, std::ios::binary);
  std::ostringstream out;
  out << in.rdbuf();
  return out.str();
}

// tools/verify_draw.mjs, which follows docs/inspection.md alone, made the expected result.
TEST(draw, the_published_example_is_drawn_as_the_independent_verifier_draws_it) {
  const std::string papers_text = content_of("tests/data/draw/papers.txt");
  const std::string result_text = content_of("tests/data/draw/result.txt");
  ASSERT_FALSE(papers_text.empty());
  const auto verified = verify(papers_text, result_text);
  ASSERT_TRUE(verified) << verified.error().at << " " << verified.error().detail;
  EXPECT_EQ(to_text(*verified), result_text);
}

}  // namespace
}  // namespace huan::draw
