// SPDX-License-Identifier: Apache-2.0
#include <algorithm>

#include "cover_proof.hpp"

namespace huan::siting_check {
namespace {

using base::Error;
using base::ErrorCode;
using siting_problem::kNobody;
using siting_problem::Link;
using siting_problem::Problem;
using siting_problem::Proof;
using siting_problem::ProofNode;
using siting_problem::ProofPart;

base::Error wrong_at(std::string place, std::string why) {
  return Error{ErrorCode::wrong_answer, std::move(place), std::move(why)};
}

/// The customers of the parts, and who of the candidates is left for them.
class PartsFollower {
 public:
  PartsFollower(const Problem& links, const Proof& proof)
      : links_(links),
        proof_(proof),
        part_(links.customer_count, kNobody),
        place_(links.customer_count, 0),
        whom_(links.candidate_count),
        gone_(links.candidate_count, 0) {}

  base::Result<Proven> run() {
    HUAN_CHECK(spread());
    for (std::size_t k = 0; k < proof_.dominated.size(); ++k) {
      HUAN_CHECK(let_go(k));
    }
    HUAN_CHECK(split());
    long double sum = 0;
    for (std::uint32_t j = 0; j < links_.candidate_count; ++j) {
      sum += links_.is_required(j) ? cost(j) : 0;
    }
    Proven out;
    for (std::size_t k = 0; k < proof_.parts.size(); ++k) {
      HUAN_TRY(one, prove(k));
      sum += one.bound;
      out.cases += one.cases;
    }
    out.bound = static_cast<double>(sum);
    return out;
  }

 private:
  [[nodiscard]] double cost(std::uint32_t j) const {
    return links_.cost.empty() ? 1 : links_.cost[j];
  }

  base::Result<void> spread() {
    for (std::uint32_t k = 0; k < proof_.parts.size(); ++k) {
      for (const std::uint32_t i : proof_.parts[k].customers) {
        if (i >= part_.size() || part_[i] != kNobody) {
          return wrong_at("proof part " + std::to_string(k), "names nobody, or somebody twice");
        }
        part_[i] = k;
      }
    }
    for (const Link& link : links_.links) {
      if (part_[link.customer] == kNobody || links_.is_forbidden(link.candidate)) {
        continue;
      }
      if (links_.is_required(link.candidate)) {
        return wrong_at("proof part " + std::to_string(part_[link.customer]),
                        "names whom a required candidate covers");
      }
      whom_[link.candidate].push_back(link.customer);
    }
    for (std::vector<std::uint32_t>& whom : whom_) {
      std::sort(whom.begin(), whom.end());
    }
    return {};
  }

  base::Result<void> let_go(std::size_t at) {
    const auto [j, by] = proof_.dominated[at];
    const bool there = j < whom_.size() && by < whom_.size() && j != by && gone_[j] == 0 &&
                       gone_[by] == 0 && !links_.is_forbidden(by);
    if (!there || cost(by) > cost(j) ||
        !std::includes(whom_[by].begin(), whom_[by].end(), whom_[j].begin(), whom_[j].end())) {
      return wrong_at("proof dominated " + std::to_string(at),
                      "cannot be left out for the one that is named");
    }
    gone_[j] = 1;
    return {};
  }

  /// Who is left covers customers of one part alone.
  base::Result<void> split() {
    candidates_.resize(proof_.parts.size());
    for (std::uint32_t j = 0; j < whom_.size(); ++j) {
      if (gone_[j] != 0 || whom_[j].empty()) {
        continue;
      }
      const std::uint32_t part = part_[whom_[j].front()];
      if (std::any_of(whom_[j].begin(), whom_[j].end(),
                      [&](std::uint32_t i) { return part_[i] != part; })) {
        return wrong_at("proof part " + std::to_string(part),
                        "shares candidate " + std::to_string(j + 1) + " with another");
      }
      candidates_[part].push_back(j);
    }
    return {};
  }

  base::Result<Proven> prove(std::size_t at) {
    const ProofPart& part = proof_.parts[at];
    Problem own;
    own.metric = siting_problem::Metric::listed;
    own.customer_count = static_cast<std::uint32_t>(part.customers.size());
    own.candidate_count = static_cast<std::uint32_t>(candidates_[at].size());
    for (std::uint32_t k = 0; k < part.customers.size(); ++k) {
      place_[part.customers[k]] = k;
    }
    for (std::uint32_t k = 0; k < candidates_[at].size(); ++k) {
      const std::uint32_t j = candidates_[at][k];
      own.cost.push_back(cost(j));
      for (const std::uint32_t i : whom_[j]) {
        own.links.push_back({k, place_[i]});
      }
    }
    HUAN_TRY(nodes, renamed(at));
    Proof proof;
    proof.nodes = std::move(nodes);
    proof.bound = part.bound;
    return follow_cover_cases(own, proof);
  }

  /// With candidates called by their places in the part.
  base::Result<std::vector<ProofNode>> renamed(std::size_t at) const {
    std::vector<ProofNode> nodes = proof_.parts[at].nodes;
    const std::vector<std::uint32_t>& here = candidates_[at];
    for (ProofNode& node : nodes) {
      if (node.branch == kNobody) {
        continue;
      }
      const auto found = std::lower_bound(here.begin(), here.end(), node.branch);
      if (found == here.end() || *found != node.branch) {
        return wrong_at("proof part " + std::to_string(at), "branches on what is not left in it");
      }
      node.branch = static_cast<std::uint32_t>(found - here.begin());
    }
    return nodes;
  }

  const Problem& links_;
  const Proof& proof_;
  std::vector<std::uint32_t> part_;               ///< by customer; kNobody: left out
  std::vector<std::uint32_t> place_;              ///< by customer, in its part
  std::vector<std::vector<std::uint32_t>> whom_;  ///< of these, by candidate, ascending
  std::vector<std::uint8_t> gone_;
  std::vector<std::vector<std::uint32_t>> candidates_;  ///< by part, ascending
};

}  // namespace

base::Result<Proven> follow_cover_parts(const Problem& links, const Proof& proof) {
  if (links.times != 1 || links.share != 1) {
    return wrong_at("proof", "parts are of covers of everybody, once");
  }
  return PartsFollower(links, proof).run();
}

}  // namespace huan::siting_check
