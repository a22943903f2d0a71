// SPDX-License-Identifier: Apache-2.0
#include "huan/wire_siting/answer_json.hpp"

#include <algorithm>
#include <array>
#include <cmath>

#include "huan/base/text_map.hpp"
#include "huan/json/document.hpp"
#include "huan/json/writer.hpp"

namespace huan::wire_siting {
namespace {

using base::Error;
using base::ErrorCode;
using siting_problem::Answer;
using siting_problem::kNobody;
using siting_problem::Problem;
using siting_problem::ProofNode;

constexpr json::ParseOptions kParse{.depth_max = 16,
                                    .allow_fractions = true,
                                    .text_max = std::size_t{1} << 30,
                                    .string_max = std::size_t{1} << 16,
                                    .nodes_max = std::size_t{64} << 20};

void write_id(json::Writer& w, const std::vector<std::string>& ids, std::uint32_t k) {
  if (k == kNobody) {
    w.null();
  } else if (ids.empty()) {
    w.integer(std::int64_t{k} + 1);
  } else {
    w.string(ids[k]);
  }
}

void write_nodes(json::Writer& w, const std::vector<ProofNode>& nodes) {
  w.key("nodes").begin_array();
  for (const ProofNode& node : nodes) {
    w.begin_object();
    if (node.branch != kNobody) {
      w.member("branch", std::int64_t{node.branch} + 1);
    }
    w.member("closed", std::int64_t{node.when_closed});
    w.key("multipliers").begin_array();
    for (const double multiplier : node.multipliers) {
      w.number(multiplier);
    }
    w.end_array().member("open", std::int64_t{node.when_open}).end_object();
  }
  w.end_array();
}

void write_proof(json::Writer& w, const Answer& answer) {
  const siting_problem::Proof& proof = answer.proof;
  w.key("proof").begin_object().key("bound").number(proof.bound);
  if (!proof.dominated.empty()) {
    w.key("dominated").begin_array();
    for (const auto& [candidate, by] : proof.dominated) {
      w.begin_array().integer(std::int64_t{candidate} + 1).integer(std::int64_t{by} + 1);
      w.end_array();
    }
    w.end_array();
  }
  write_nodes(w, proof.nodes);
  if (!proof.parts.empty()) {
    w.key("parts").begin_array();
    for (const siting_problem::ProofPart& part : proof.parts) {
      w.begin_object().key("bound").number(part.bound).key("customers").begin_array();
      for (const std::uint32_t customer : part.customers) {
        w.integer(std::int64_t{customer} + 1);
      }
      w.end_array();
      write_nodes(w, part.nodes);
      w.end_object();
    }
    w.end_array();
  }
  w.end_object();
}

void write_portions(json::Writer& w, const Problem& problem, const Answer& answer) {
  w.key("portions").begin_array();
  for (const siting_problem::Portion& one : answer.portions) {
    w.begin_object().key("customer");
    write_id(w, problem.customer_ids, one.customer);
    w.key("facility");
    write_id(w, problem.candidate_ids, one.candidate);
    w.key("share").number(one.share).end_object();
  }
  w.end_array();
}

/// Candidates, or customers, by what they are called in the answer.
class Names {
 public:
  explicit Names(const std::vector<std::string>& ids, std::uint32_t count)
      : ids_(ids), count_(count) {
    for (std::uint32_t k = 0; k < ids.size(); ++k) {
      by_id_.emplace(ids[k], k);
    }
  }
  [[nodiscard]] base::Result<std::uint32_t> find(const json::Value& value,
                                                 const std::string& at) const {
    if (value.is_string()) {
      const auto there = by_id_.find(value.string());
      if (there != by_id_.end()) {
        return there->second;
      }
    } else if (value.is_integer() && ids_.empty() && value.integer() >= 1 &&
               value.integer() <= count_) {
      return static_cast<std::uint32_t>(value.integer() - 1);
    }
    return Error{ErrorCode::bad_field, at, "no candidate or customer of the problem is called so"};
  }

 private:
  const std::vector<std::string>& ids_;
  std::uint32_t count_;
  base::TextMap<std::uint32_t> by_id_;
};

base::Result<json::Value> member(const json::Value& object, const char* key, json::Kind kind) {
  const auto value = object.find(key);
  const bool number = kind == json::Kind::decimal;
  if (!value || (number ? !value->is_number() : value->kind() != kind)) {
    return Error{ErrorCode::bad_field, std::string{"/"} + key, "missing or of another kind"};
  }
  return *value;
}

base::Result<std::uint32_t> index_of(const json::Value& node, const char* key, std::int64_t low,
                                     std::int64_t high) {
  const auto value = node.find(key);
  if (!value) {
    return kNobody;
  }
  if (!value->is_integer() || value->integer() < low || value->integer() > high) {
    return Error{ErrorCode::bad_field, std::string{"/proof/nodes/*/"} + key, "out of range"};
  }
  return static_cast<std::uint32_t>(value->integer() - low);
}

base::Result<ProofNode> read_node(const json::Value& value, const Problem& problem,
                                  std::int64_t nodes) {
  if (!value.is_object()) {
    return Error{ErrorCode::bad_field, "/proof/nodes", "an object expected"};
  }
  ProofNode node;
  HUAN_TRY(branch, index_of(value, "branch", 1, problem.candidate_count));
  HUAN_TRY(open, index_of(value, "open", 0, nodes - 1));
  HUAN_TRY(closed, index_of(value, "closed", 0, nodes - 1));
  node.branch = branch;
  node.when_open = open == kNobody ? 0 : open;
  node.when_closed = closed == kNobody ? 0 : closed;
  HUAN_TRY(multipliers, member(value, "multipliers", json::Kind::array));
  node.multipliers.reserve(multipliers.size());
  for (const json::Value one : multipliers.elements()) {
    if (!one.is_number() || !std::isfinite(one.number())) {
      return Error{ErrorCode::bad_number, "/proof/nodes/*/multipliers", "a number expected"};
    }
    node.multipliers.push_back(one.number());
  }
  return node;
}

base::Result<std::vector<ProofNode>> read_nodes(const json::Value& of, const Problem& problem) {
  HUAN_TRY(list, member(of, "nodes", json::Kind::array));
  std::vector<ProofNode> nodes;
  for (const json::Value node : list.elements()) {
    HUAN_TRY(one, read_node(node, problem, static_cast<std::int64_t>(list.size())));
    nodes.push_back(std::move(one));
  }
  return nodes;
}

base::Result<std::uint32_t> number(const json::Value& value, std::uint32_t count,
                                   const char* where) {
  if (!value.is_integer() || value.integer() < 1 || value.integer() > count) {
    return Error{ErrorCode::bad_number, where, "a number from 1 to " + std::to_string(count)};
  }
  return static_cast<std::uint32_t>(value.integer() - 1);
}

base::Result<void> read_dominated(const json::Value& proof, const Problem& problem,
                                  Answer& answer) {
  if (!proof.find("dominated")) {
    return {};
  }
  HUAN_TRY(list, member(proof, "dominated", json::Kind::array));
  for (const json::Value pair : list.elements()) {
    constexpr const char* kWhere = "/proof/dominated";
    if (pair.kind() != json::Kind::array || pair.size() != 2) {
      return Error{ErrorCode::bad_field, kWhere, "pairs of candidates expected"};
    }
    std::vector<std::uint32_t> two;
    for (const json::Value one : pair.elements()) {
      HUAN_TRY(k, number(one, problem.candidate_count, kWhere));
      two.push_back(k);
    }
    answer.proof.dominated.push_back({two[0], two[1]});
  }
  return {};
}

base::Result<void> read_parts(const json::Value& proof, const Problem& problem, Answer& answer) {
  if (!proof.find("parts")) {
    return {};
  }
  HUAN_TRY(list, member(proof, "parts", json::Kind::array));
  for (const json::Value value : list.elements()) {
    if (!value.is_object()) {
      return Error{ErrorCode::bad_field, "/proof/parts", "an object expected"};
    }
    siting_problem::ProofPart part;
    HUAN_TRY(bound, member(value, "bound", json::Kind::decimal));
    part.bound = bound.number();
    HUAN_TRY(customers, member(value, "customers", json::Kind::array));
    for (const json::Value one : customers.elements()) {
      HUAN_TRY(k, number(one, problem.customer_count, "/proof/parts/*/customers"));
      part.customers.push_back(k);
    }
    HUAN_TRY(nodes, read_nodes(value, problem));
    part.nodes = std::move(nodes);
    answer.proof.parts.push_back(std::move(part));
  }
  return {};
}

base::Result<void> read_proof(const json::Value& root, const Problem& problem, Answer& answer) {
  const auto proof = root.find("proof");
  if (!proof || !proof->is_object()) {
    return {};
  }
  HUAN_TRY(bound, member(*proof, "bound", json::Kind::decimal));
  answer.proof.bound = bound.number();
  HUAN_TRY(nodes, read_nodes(*proof, problem));
  answer.proof.nodes = std::move(nodes);
  HUAN_CHECK(read_dominated(*proof, problem, answer));
  return read_parts(*proof, problem, answer);
}

base::Result<void> read_portions(const json::Value& root, const Problem& problem,
                                 const Names& candidates, Answer& answer) {
  if (!root.find("portions")) {
    return {};
  }
  HUAN_TRY(list, member(root, "portions", json::Kind::array));
  const Names customers(problem.customer_ids, problem.customer_count);
  answer.portions.reserve(list.size());
  for (const json::Value one : list.elements()) {
    const std::string at = "/portions/" + std::to_string(answer.portions.size());
    const auto customer = one.is_object() ? one.find("customer") : std::nullopt;
    const auto facility = one.is_object() ? one.find("facility") : std::nullopt;
    const auto share = one.is_object() ? one.find("share") : std::nullopt;
    if (!customer || !facility || !share || !share->is_number()) {
      return Error{ErrorCode::bad_field, at, "customer, facility and share expected"};
    }
    HUAN_TRY(u, customers.find(*customer, at + "/customer"));
    HUAN_TRY(j, candidates.find(*facility, at + "/facility"));
    answer.portions.push_back({u, j, share->number()});
  }
  return {};
}

base::Result<void> read_sizes(const json::Value& root, Answer& answer) {
  if (!root.find("sizes")) {
    return {};
  }
  HUAN_TRY(list, member(root, "sizes", json::Kind::array));
  answer.sizes.reserve(list.size());
  for (const json::Value one : list.elements()) {
    constexpr std::int64_t kSizesMost = 64;
    if (!one.is_integer() || one.integer() < 1 || one.integer() > kSizesMost) {
      return Error{ErrorCode::bad_field, "/sizes", "numbers from 1 to 64 expected"};
    }
    answer.sizes.push_back(static_cast<std::uint32_t>(one.integer() - 1));
  }
  return {};
}

base::Result<siting_problem::Status> read_status(const json::Value& root) {
  using siting_problem::Status;
  HUAN_TRY(status, member(root, "status", json::Kind::string));
  for (const Status one :
       {Status::optimal, Status::feasible, Status::infeasible, Status::time_limit}) {
    if (siting_problem::name(one) == status.string()) {
      return one;
    }
  }
  return Error{ErrorCode::bad_field, "/status", "optimal, feasible, infeasible or time_limit"};
}

void write_point(json::Writer& w, const siting_problem::Point& point) {
  w.begin_array().number(point.x).number(point.y).end_array();
}

}  // namespace

std::string to_json(const Problem& problem, const Answer& answer) {
  std::string out;
  json::Writer w(out);
  w.begin_object().key("assignment").begin_array();
  for (const std::uint32_t candidate : answer.assignment) {
    write_id(w, problem.candidate_ids, candidate);
  }
  w.end_array().key("facilities").begin_array();
  for (const std::uint32_t candidate : answer.facilities) {
    write_id(w, problem.candidate_ids, candidate);
  }
  w.end_array().key("gap").number(answer.gap());
  w.member("iterations", answer.iterations).key("lower").number(answer.lower);
  if (problem.split) {
    write_portions(w, problem, answer);
  }
  w.member("problem", siting_problem::name(problem.kind));
  write_proof(w, answer);
  if (!answer.sizes.empty()) {
    w.key("sizes").begin_array();
    for (const std::uint32_t size : answer.sizes) {
      w.integer(std::int64_t{size} + 1);
    }
    w.end_array();
  }
  w.member("status", siting_problem::name(answer.status));
  w.member("stop", siting_problem::name(answer.stop));
  w.key("upper").number(answer.upper).end_object();
  out.push_back('\n');
  return out;
}

base::Result<Answer> read_answer(std::string_view bytes, const Problem& problem) {
  HUAN_TRY(document, json::Document::parse(bytes, kParse));
  const json::Value root = document.root();
  if (!root.is_object()) {
    return Error{ErrorCode::bad_field, "", "an object expected"};
  }
  Answer answer;
  HUAN_TRY(status, read_status(root));
  answer.status = status;
  HUAN_TRY(upper, member(root, "upper", json::Kind::decimal));
  HUAN_TRY(lower, member(root, "lower", json::Kind::decimal));
  answer.upper = upper.number();
  answer.lower = lower.number();
  const Names names(problem.candidate_ids, problem.candidate_count);
  HUAN_TRY(facilities, member(root, "facilities", json::Kind::array));
  for (const json::Value value : facilities.elements()) {
    HUAN_TRY(k, names.find(value, "/facilities/" + std::to_string(answer.facilities.size())));
    answer.facilities.push_back(k);
  }
  HUAN_TRY(assignment, member(root, "assignment", json::Kind::array));
  for (const json::Value value : assignment.elements()) {
    if (value.is_null()) {
      answer.assignment.push_back(kNobody);
      continue;
    }
    HUAN_TRY(k, names.find(value, "/assignment/" + std::to_string(answer.assignment.size())));
    answer.assignment.push_back(k);
  }
  HUAN_CHECK(read_portions(root, problem, names, answer));
  HUAN_CHECK(read_sizes(root, answer));
  HUAN_CHECK(read_proof(root, problem, answer));
  return answer;
}

std::string to_geojson(const Problem& problem, const Answer& answer) {
  std::vector<double> served(problem.candidate_count, 0.0);
  for (std::uint32_t u = 0; u < answer.assignment.size(); ++u) {
    if (answer.assignment[u] != kNobody) {
      served[answer.assignment[u]] += problem.weight_of(u);
    }
  }
  std::string out;
  json::Writer w(out);
  w.begin_object().key("features").begin_array();
  for (const std::uint32_t j : answer.facilities) {
    w.begin_object().key("geometry").begin_object().key("coordinates");
    write_point(w, problem.candidates[j]);
    w.member("type", "Point").end_object().key("properties").begin_object().key("id");
    write_id(w, problem.candidate_ids, j);
    w.member("kind", "facility").key("served_weight").number(served[j]).end_object();
    w.member("type", "Feature").end_object();
  }
  for (std::uint32_t u = 0; u < answer.assignment.size(); ++u) {
    const std::uint32_t j = answer.assignment[u];
    if (j == kNobody) {
      continue;
    }
    w.begin_object().key("geometry").begin_object().key("coordinates").begin_array();
    write_point(w, problem.customers[u]);
    write_point(w, problem.candidates[j]);
    w.end_array().member("type", "LineString").end_object().key("properties").begin_object();
    w.key("customer");
    write_id(w, problem.customer_ids, u);
    w.key("facility");
    write_id(w, problem.candidate_ids, j);
    w.member("kind", "assignment").end_object().member("type", "Feature").end_object();
  }
  w.end_array().member("type", "FeatureCollection").end_object();
  out.push_back('\n');
  return out;
}

}  // namespace huan::wire_siting
