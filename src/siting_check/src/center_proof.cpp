// SPDX-License-Identifier: Apache-2.0
#include "center_proof.hpp"

#include <algorithm>
#include <utility>

#include "measure.hpp"

namespace huan::siting_check {
namespace {

using base::Error;
using base::ErrorCode;
using siting_problem::kNobody;
using siting_problem::Proof;

/// Customers without a multiplier in any node do not count.
std::vector<std::uint32_t> who_counts(const Problem& problem, const Proof& proof) {
  std::vector<std::uint8_t> counts(problem.customer_count, 0);
  for (const siting_problem::ProofNode& node : proof.nodes) {
    for (std::size_t u = 0; u < node.multipliers.size() && u < counts.size(); ++u) {
      counts[u] = counts[u] != 0 || node.multipliers[u] != 0 ? 1 : 0;
    }
  }
  std::vector<std::uint32_t> out;
  for (std::uint32_t u = 0; u < problem.customer_count; ++u) {
    if (counts[u] != 0) {
      out.push_back(u);
    }
  }
  return out;
}

/// Of candidates that cover the same customers one is enough: opening another of them beside it
/// covers nobody more. The first stands for all; who is required or forbidden for itself.
std::vector<std::uint32_t> who_differs(const Problem& links) {
  std::vector<std::vector<std::uint32_t>> covers(links.candidate_count);
  for (const siting_problem::Link& link : links.links) {
    covers[link.candidate].push_back(link.customer);
  }
  std::vector<std::uint32_t> order;
  std::vector<std::uint32_t> out;
  for (std::uint32_t j = 0; j < links.candidate_count; ++j) {
    if (links.is_required(j)) {
      out.push_back(j);
    } else if (!covers[j].empty() && !links.is_forbidden(j)) {
      order.push_back(j);
    }
  }
  std::sort(order.begin(), order.end(), [&](std::uint32_t a, std::uint32_t b) {
    return covers[a] != covers[b] ? covers[a] < covers[b] : a < b;
  });
  for (std::size_t k = 0; k < order.size(); ++k) {
    if (k == 0 || covers[order[k]] != covers[order[k - 1]]) {
      out.push_back(order[k]);
    }
  }
  std::sort(out.begin(), out.end());
  return out;
}

/// Those, unless a case is about one that another stands for: then all.
std::vector<std::uint32_t> who_is_named(const Problem& links, const Proof& proof) {
  std::vector<std::uint32_t> out = who_differs(links);
  const bool all = std::any_of(proof.nodes.begin(), proof.nodes.end(), [&](const auto& node) {
    return node.branch != kNobody && !std::binary_search(out.begin(), out.end(), node.branch);
  });
  if (all) {
    out.clear();
    for (std::uint32_t j = 0; j < links.candidate_count; ++j) {
      if (!links.is_forbidden(j)) {
        out.push_back(j);
      }
    }
  }
  return out;
}

Problem only(const Problem& problem, const std::vector<std::uint32_t>& customers) {
  Problem out = problem;
  out.weight.clear();
  out.customer_ids.clear();
  out.candidate_ids.clear();
  out.customer_count = static_cast<std::uint32_t>(customers.size());
  out.customers.clear();
  out.customers.reserve(customers.size());
  for (const std::uint32_t u : customers) {
    out.customers.push_back(problem.customers[u]);
  }
  return out;
}

base::Result<Proof> narrowed(const Proof& proof, const std::vector<std::uint32_t>& customers,
                             const std::vector<std::uint32_t>& place) {
  Proof out;
  out.bound = proof.bound;
  out.nodes.reserve(proof.nodes.size());
  for (const siting_problem::ProofNode& node : proof.nodes) {
    siting_problem::ProofNode less = node;
    less.multipliers.clear();
    less.multipliers.reserve(customers.size());
    for (const std::uint32_t u : customers) {
      if (u >= node.multipliers.size()) {
        return Error{ErrorCode::wrong_answer, "proof", "a multiplier for each customer is needed"};
      }
      less.multipliers.push_back(node.multipliers[u]);
    }
    if (node.branch != kNobody) {
      less.branch = node.branch < place.size() ? place[node.branch] : kNobody;
      if (less.branch == kNobody) {
        return Error{ErrorCode::wrong_answer, "proof", "branches on what is no candidate"};
      }
    }
    out.nodes.push_back(std::move(less));
  }
  return out;
}

}  // namespace

base::Result<Proven> center_bound(const Problem& problem, const Proof& proof, double radius) {
  if (problem.metric == siting_problem::Metric::table) {
    Problem links = linked(problem, radius);
    links.weight.clear();
    return follow(links, proof, 1);
  }
  const std::vector<std::uint32_t> customers = who_counts(problem, proof);
  const Problem links = linked(only(problem, customers), radius);
  const std::vector<std::uint32_t> kept = who_is_named(links, proof);
  std::vector<std::uint32_t> place(problem.candidate_count, kNobody);
  Problem less;
  less.metric = siting_problem::Metric::listed;
  less.customer_count = links.customer_count;
  less.candidate_count = static_cast<std::uint32_t>(kept.size());
  less.p = std::min(problem.p, static_cast<std::int64_t>(kept.size()));
  for (std::uint32_t k = 0; k < kept.size(); ++k) {
    place[kept[k]] = k;
    if (!problem.required.empty()) {
      less.required.push_back(problem.required[kept[k]]);
    }
  }
  for (const siting_problem::Link& link : links.links) {
    if (place[link.candidate] != kNobody) {
      less.links.push_back({place[link.candidate], link.customer});
    }
  }
  HUAN_TRY(smaller, narrowed(proof, customers, place));
  return follow(less, smaller, 1);
}

}  // namespace huan::siting_check
