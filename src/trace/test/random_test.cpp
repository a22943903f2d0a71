// SPDX-License-Identifier: Apache-2.0
// Random cities: the graph against the oracle, in parts against all at once, read while written.
#include <gtest/gtest.h>

#include <atomic>
#include <mutex>
#include <random>
#include <shared_mutex>
#include <thread>

#include "city.hpp"
#include "data.hpp"
#include "oracle.hpp"

namespace huan::trace::test {
namespace {

NodeId node_of(const Graph& graph, const std::string& name) {
  const std::size_t slash = name.find('/');
  const auto found = slash == std::string::npos
                         ? graph.find(name)
                         : graph.find_line(name.substr(0, slash), name.substr(slash + 1));
  return found.value_or(kNoNode);
}

std::set<std::pair<std::uint64_t, std::string>> cuts_of(const Graph& graph) {
  std::set<std::pair<std::uint64_t, std::string>> cuts;
  for (const Break& entry : graph.breaks()) {
    if (entry.kind == LabelKind::break_cycle) {
      const NodeInfo info = graph.describe(entry.node);
      const Node& node = graph.data().nodes[static_cast<Ref>(entry.node)];
      cuts.emplace(entry.seq, info.kind == NodeKind::lot ? info.lot
                              : info.kind == NodeKind::transit
                                  ? info.shipment + "/" + info.lot
                                  : "run " + info.run + "#" + std::to_string(node.at));
    }
  }
  return cuts;
}

// Every share within 1 g + 2⁻²⁰ of the exact one, none missing, none too many, the sum exact.
void expect_near(const Graph& graph, const Shares& shares, const Mix& mix, std::int64_t mass) {
  ASSERT_EQ(shares.mass, mass);
  std::map<std::string, std::pair<std::uint64_t, std::uint64_t>> sums;
  std::int64_t total = 0;
  for (const Share& share : shares.shares) {
    ASSERT_GE(share.grams, 0);
    std::string name = name_of(graph, share);
    if (share.seq != 0) {
      name += "#" + std::to_string(share.seq);
    }
    auto& [grams, count] = sums[name];
    grams += static_cast<std::uint64_t>(share.grams);
    ++count;
    total += share.grams;
  }
  EXPECT_EQ(total, mass);
  for (const auto& [name, part] : mix) {
    const Rational exact = part * Rational{Natural(static_cast<std::uint64_t>(mass)), 1};
    if (const auto found = sums.find(name); found == sums.end()) {
      EXPECT_TRUE(exact.zero()) << name << " is missing";
    } else {
      EXPECT_TRUE(within(found->second.first, exact, found->second.second))
          << name << " " << found->second.first;
      sums.erase(found);
    }
  }
  for (const auto& [name, sum] : sums) {
    EXPECT_EQ(sum.first, 0U) << name << " is not in the exact answer";
  }
}

TEST(RandomCity, SharesAgreeWithTheExactOnes) {
  std::size_t asked = 0;
  std::size_t cut = 0;
  for (std::uint64_t seed = 1; seed <= 60; ++seed) {
    City city(seed);
    city.live(30 + static_cast<int>(seed % 5) * 20);
    Graph graph;
    append(graph, city.story());
    Oracle oracle(city.story(), cuts_of(graph));
    cut += cuts_of(graph).size();
    Reader reader(graph);
    for (const std::string& name : oracle.nodes()) {
      SCOPED_TRACE("seed " + std::to_string(seed) + " " + name);
      const NodeId node = node_of(graph, name);
      ASSERT_NE(node, kNoNode);
      expect_near(graph, reader.upstream(node), oracle.upstream(name), oracle.mass(name));
      expect_near(graph, reader.downstream(node), oracle.downstream(name), oracle.mass(name));
      ++asked;
      ASSERT_FALSE(HasFailure());
    }
  }
  EXPECT_GT(asked, 1500U);
  EXPECT_GT(cut, 0U);
}

void expect_same(const Graph& a, const Graph& b) {
  ASSERT_EQ(a.size().nodes, b.size().nodes);
  EXPECT_EQ(a.size().edges, b.size().edges);
  EXPECT_EQ(a.breaks().size(), b.breaks().size());
  Reader read_a(a);
  Reader read_b(b);
  for (std::uint32_t i = 0; i < a.size().nodes; ++i) {
    EXPECT_EQ(told(a, read_a.upstream(NodeId{i})), told(b, read_b.upstream(NodeId{i})));
    EXPECT_EQ(told(a, read_a.downstream(NodeId{i})), told(b, read_b.downstream(NodeId{i})));
    EXPECT_EQ(a.describe(NodeId{i}).made_by, b.describe(NodeId{i}).made_by);
  }
}

TEST(RandomCity, PartsGiveWhatAllAtOnceGives) {
  for (std::uint64_t seed = 500; seed < 530; ++seed) {
    City city(seed);
    city.live(120);
    Graph whole;
    append(whole, city.story());
    Graph parts{GraphOptions{.hash_key = seed}};
    std::mt19937_64 random(seed);
    for (std::uint64_t at = 0; at < whole.last_seq();) {
      const std::uint64_t until = at + 1 + random() % 20;
      append(parts, city.story(), at, until);
      at = until;
    }
    SCOPED_TRACE(seed);
    expect_same(whole, parts);
    ASSERT_FALSE(HasFailure());
  }
}

TEST(RandomCity, IsReadWhileItIsWritten) {
  City city(77);
  city.live(600);
  Graph graph;
  std::shared_mutex mutex;
  std::atomic<bool> done{false};
  std::atomic<std::size_t> answers{0};
  const auto read = [&](std::uint64_t seed) {
    std::mt19937_64 random(seed);
    Reader reader(graph);
    do {
      const std::shared_lock lock(mutex);
      const std::size_t nodes = graph.size().nodes;
      if (nodes == 0) {
        continue;
      }
      const NodeId node{static_cast<std::uint32_t>(random() % nodes)};
      const bool up = random() % 2 == 0;
      const Shares& shares = up ? reader.upstream(node) : reader.downstream(node);
      std::int64_t sum = 0;
      for (const Share& share : shares.shares) {
        sum += share.grams;
      }
      EXPECT_EQ(sum, shares.mass);
      EXPECT_EQ(graph.describe(node).mass, shares.mass);
      ++answers;
    } while (!done);
  };
  std::thread first(read, 1);
  std::thread second(read, 2);
  for (std::uint64_t at = 0; at < city.story().events().back().event.seq; at += 5) {
    {
      const std::unique_lock lock(mutex);
      append(graph, city.story(), at, at + 5);
    }
    while (answers < at / 2) {  // the readers get their turns
      std::this_thread::yield();
    }
  }
  done = true;
  first.join();
  second.join();
  Graph whole;
  append(whole, city.story());
  expect_same(whole, graph);
}

}  // namespace
}  // namespace huan::trace::test
