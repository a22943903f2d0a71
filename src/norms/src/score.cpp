// SPDX-License-Identifier: Apache-2.0
#include "huan/norms/score.hpp"

namespace huan::norms {

std::optional<std::int64_t> Tally::share() const {
  constexpr std::int64_t kPpm = 1'000'000;
  const std::int64_t judged = pass + fail;
  return judged == 0 ? std::nullopt : std::optional(pass * kPpm / judged);
}

void Tally::add(const Finding& finding) {
  for (const CheckResult& check : finding.checks) {
    if (check.force == Force::may) {
      may_met += check.verdict == Verdict::pass ? 1 : 0;
      may_unmet += check.verdict == Verdict::fail ? 1 : 0;
    }
  }
  if (finding.force == Force::may) {
    return;
  }
  switch (finding.verdict) {
    case Verdict::pass:
      ++pass;
      break;
    case Verdict::fail:
      ++fail;
      must_failed += finding.force == Force::must ? 1 : 0;
      break;
    case Verdict::not_known:
      ++not_known;
      break;
    case Verdict::not_applicable:
      ++not_applicable;
      break;
  }
}

void ScoreBoard::add(const Subject& subject, const Finding& finding) {
  DistrictScore& district = districts_[subject.district];
  subjects_[subject_key(subject)].add(finding);
  district.total.add(finding);
  district.by_norm[finding.norm->id].add(finding);
  all_.total.add(finding);
  all_.by_norm[finding.norm->id].add(finding);
}

std::string subject_key(const Subject& subject) {
  return std::string(name(subject.kind)) + ' ' + subject.id;
}

}  // namespace huan::norms
