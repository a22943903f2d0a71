// SPDX-License-Identifier: Apache-2.0
// Plays a history to the model and to the subject at once and compares every reply and, now and
// then, everything that both hold. What differs is shrunk to the smallest history that still does.
#pragma once

#include "generator.hpp"
#include "subject.hpp"

namespace huan::auditor {

struct Mismatch {
  std::size_t step{0};
  std::string kind;  ///< which codes, or "state": shrinking must not wander off to another
  std::string what;  ///< expected and actual, for people
};

struct AuditOptions {
  std::size_t compare_every{25};  ///< steps between comparisons of the whole state; also at the end
};

/// Plays recorded steps.
[[nodiscard]] std::optional<Mismatch> play(const World& world, const MakeSubject& make,
                                           const std::vector<Step>& steps,
                                           const AuditOptions& options = {});

/// Generates a history of the seed and plays it; empty, or the report of a shrunk failure.
[[nodiscard]] std::string audit(const World& world, const MakeSubject& make, std::uint64_t seed);

/// Drops steps and events and simplifies figures while the history still fails.
[[nodiscard]] std::vector<Step> shrink(const World& world, const MakeSubject& make,
                                       std::vector<Step> steps);

[[nodiscard]] std::string as_lines(const std::vector<Step>& steps);

}  // namespace huan::auditor
