// SPDX-License-Identifier: Apache-2.0
// Scores: of the articles that bind a subject and could be judged, the share that it meets. No
// document states weights, so there are none; must and in-principle articles count alike and are
// also shown apart. What is not known is shown beside the score and never guessed; what may be done
// is counted apart and lowers nothing. A district's score is over the district and all subjects in
// it, and can be read down to the article.
//
//   ScoreBoard board;
//   board.add(subject, finding);
//   board.districts().at("130102").total.share();   // 940'000 ppm
#pragma once

#include <cstdint>
#include <functional>
#include <map>
#include <optional>
#include <string>

#include "huan/norms/judge.hpp"

namespace huan::norms {

struct Tally {
  std::int64_t pass{0};
  std::int64_t fail{0};
  std::int64_t not_known{0};
  std::int64_t not_applicable{0};
  std::int64_t must_failed{0};  ///< of fail
  std::int64_t may_met{0};      ///< beside the score
  std::int64_t may_unmet{0};
  /// pass ÷ (pass + fail) in ppm, rounded down; absent when nothing could be judged.
  [[nodiscard]] std::optional<std::int64_t> share() const;
  void add(const Finding& finding);
};

struct DistrictScore {
  Tally total;
  std::map<std::string, Tally, std::less<>> by_norm;  ///< by norm id
};

class ScoreBoard {
 public:
  void add(const Subject& subject, const Finding& finding);
  /// By "kind id"; a subject that no norm is about is absent.
  [[nodiscard]] const std::map<std::string, Tally, std::less<>>& subjects() const {
    return subjects_;
  }
  /// By district code; "" holds what stands in no known district.
  [[nodiscard]] const std::map<std::string, DistrictScore, std::less<>>& districts() const {
    return districts_;
  }
  [[nodiscard]] const DistrictScore& all() const { return all_; }

 private:
  std::map<std::string, Tally, std::less<>> subjects_;
  std::map<std::string, DistrictScore, std::less<>> districts_;
  DistrictScore all_;
};

/// The key of a subject on the board and in records: "place S-1".
[[nodiscard]] std::string subject_key(const Subject& subject);

}  // namespace huan::norms
