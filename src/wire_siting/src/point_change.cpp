// SPDX-License-Identifier: Apache-2.0
#include "huan/wire_siting/point_change.hpp"

#include <algorithm>

#include "huan/base/text_map.hpp"
#include "network_fields.hpp"

namespace huan::wire_siting {
namespace {

using base::Error;
using base::ErrorCode;
using siting_problem::Metric;
using siting_problem::Problem;

constexpr json::ParseOptions kChangeParse{.depth_max = 8,
                                          .allow_fractions = true,
                                          .text_max = std::size_t{1} << 24,
                                          .string_max = std::size_t{1} << 16,
                                          .nodes_max = std::size_t{1} << 20};

class PointChange {
 public:
  explicit PointChange(Problem& problem) : problem_(problem) {
    for (std::uint32_t j = 0; j < problem.candidate_count; ++j) {
      by_id_.emplace(
          problem.candidate_ids.empty() ? std::to_string(j + 1) : problem.candidate_ids[j], j);
    }
    problem_.required.resize(problem.candidate_count, 0);
    problem_.forbidden.resize(problem.candidate_count, 0);
  }

  base::Result<std::vector<std::uint32_t>> apply(json::Value root) {
    if (root.is_object()) {
      HUAN_CHECK(apply_each(root, ""));
    } else if (root.is_array()) {
      std::size_t n = 0;
      for (const json::Value one : root.elements()) {
        const std::string at = "/" + std::to_string(n++);
        if (!one.is_object()) {
          return Error{ErrorCode::bad_field, at, "an object is expected"};
        }
        HUAN_CHECK(apply_each(one, at));
      }
    } else {
      return Error{ErrorCode::bad_field, "", "an object, or a list of them, is expected"};
    }
    tidy(problem_.required);
    tidy(problem_.forbidden);
    return std::move(changed_);
  }

 private:
  base::Result<void> apply_each(json::Value object, const std::string& before) {
    for (const json::Member one : object.members()) {
      const std::string list = before + "/" + std::string(one.key);
      if (!one.value.is_array()) {
        return Error{ErrorCode::bad_field, list, "a list is expected"};
      }
      std::size_t n = 0;
      for (const json::Value each : one.value.elements()) {
        HUAN_CHECK(apply_one(one.key, each, list + "/" + std::to_string(n++)));
      }
    }
    return {};
  }

  base::Result<void> apply_one(std::string_view what, const json::Value& value,
                               const std::string& at) {
    if (what == "drop" || what == "close" || what == "open") {
      if (!value.is_string() && !value.is_integer()) {
        return Error{ErrorCode::bad_field, at, "the id of a candidate is expected"};
      }
      HUAN_TRY(
          j, find(value.is_string() ? std::string{value.string()} : std::to_string(value.integer()),
                  at));
      problem_.required[j] = what == "open" ? 1 : 0;
      problem_.forbidden[j] = what == "open" ? 0 : 1;
      return note(j, at);
    }
    if (!value.is_object() || (what != "move" && what != "add")) {
      return Error{ErrorCode::bad_field, at, "drop, open, close, move or add is expected"};
    }
    if (problem_.candidates.empty()) {
      return Error{ErrorCode::bad_field, at,
                   "the problem has no coordinates: drop, open or close is expected"};
    }
    const Members members(value, at);
    HUAN_TRY(id, members.text("id"));
    const char* where = what == "move" ? "to" : "at";
    HUAN_TRY(spot, read_point(members.find(where), at + "/" + where));
    if (what == "move") {
      HUAN_TRY(j, find(id, at + "/id"));
      problem_.candidates[j] = spot;
      return note(j, at);
    }
    return add(members, id, spot);
  }

  [[nodiscard]] base::Result<siting_problem::Point> read_point(
      const std::optional<json::Value>& value, const std::string& at) const {
    if (problem_.metric == Metric::great_circle) {
      return read_spot(value, at);
    }
    std::vector<double> ends;
    if (value && value->is_array()) {
      for (const json::Value one : value->elements()) {
        ends.push_back(one.is_number() ? one.number() : std::nan(""));
      }
    }
    if (ends.size() != 2 || !std::isfinite(ends[0]) || !std::isfinite(ends[1])) {
      return Error{ErrorCode::bad_coordinates, at, "[x, y] is expected"};
    }
    return siting_problem::Point{ends[0], ends[1]};
  }

  base::Result<void> add(const Members& members, const std::string& id,
                         siting_problem::Point spot) {
    HUAN_TRY(like, members.text("like"));
    HUAN_TRY(model, find(like, members.at() + "/like"));
    if (id.empty() || problem_.candidate_ids.empty() || by_id_.contains(id)) {
      return Error{ErrorCode::duplicate_point, members.at() + "/id",
                   problem_.candidate_ids.empty() ? "places without ids of their own get no more"
                                                  : "a new id is expected"};
    }
    const auto again = [model](auto& values) {
      if (!values.empty()) {
        const auto same = values[model];
        values.push_back(same);
      }
    };
    again(problem_.capacity);
    again(problem_.cost);
    again(problem_.sizes);
    problem_.candidates.push_back(spot);
    problem_.candidate_ids.push_back(id);
    problem_.required.push_back(1);
    problem_.forbidden.push_back(0);
    by_id_.emplace(id, problem_.candidate_count);
    return note(problem_.candidate_count++, members.at());
  }

  /// None is as good as nothing said.
  static void tidy(std::vector<std::uint8_t>& marks) {
    if (std::all_of(marks.begin(), marks.end(), [](std::uint8_t mark) { return mark == 0; })) {
      marks.clear();
    }
  }

  base::Result<void> note(std::uint32_t candidate, const std::string& at) {
    if (std::find(changed_.begin(), changed_.end(), candidate) != changed_.end()) {
      return Error{ErrorCode::duplicate_point, at, "the candidate is changed twice"};
    }
    changed_.push_back(candidate);
    return {};
  }

  [[nodiscard]] base::Result<std::uint32_t> find(const std::string& id,
                                                 const std::string& at) const {
    const auto there = by_id_.find(id);
    if (there == by_id_.end()) {
      return Error{ErrorCode::bad_field, at, "no candidate is called " + id};
    }
    return there->second;
  }

  Problem& problem_;
  base::TextMap<std::uint32_t> by_id_;
  std::vector<std::uint32_t> changed_;
};

}  // namespace

base::Result<std::vector<std::uint32_t>> change_points(Problem& problem, std::string_view bytes) {
  HUAN_TRY(document, json::Document::parse(bytes, kChangeParse));
  return PointChange(problem).apply(document.root());
}

}  // namespace huan::wire_siting
