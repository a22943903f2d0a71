// SPDX-License-Identifier: Apache-2.0
// The draw itself: objects without replacement by weight, then people for each. It is decided by
// the papers and the seed alone, in whole numbers, so that anyone gets the same from the same. The
// seed is made of three things that no one of the parties holds alone: the papers as they were
// committed, the outside value, and the root of the city's log when the papers went on record.
//
//   const draw::Seeding seeding{commitment, "03 07 11 18 24 31 09", {size, root}};
//   const draw::Outcome outcome = draw::run(papers, seeding);
//   draw::verify(papers_text, result_text);   // anyone, without the city's store
#pragma once

#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

#include "huan/base/result.hpp"
#include "huan/crypto/digest.hpp"
#include "huan/draw/papers.hpp"

namespace huan::draw {

/// The city's log as it was once the papers were in it.
struct LogState {
  std::uint64_t size{0};
  crypto::Digest root{};
};

struct Seeding {
  crypto::Digest commitment{};
  std::string value;  ///< the outside value, as its source writes it
  LogState log;
};
/// Is it a value that can be entered: 1 to 200 bytes of clean UTF-8, no control characters, no
/// blank at either end. bad_field.
[[nodiscard]] base::Result<void> check_value(std::string_view value);
[[nodiscard]] crypto::Digest seed_of(const Seeding& seeding);

struct Drawn {
  std::string object;
  std::vector<std::string> people;  ///< in the order drawn
};

struct Outcome {
  Seeding seeding;
  crypto::Digest seed{};
  std::vector<Drawn> drawn;  ///< in the order drawn
};

/// Papers must be valid. O(objects + count × (log objects + people)).
[[nodiscard]] Outcome run(const Papers& papers, const Seeding& seeding);

[[nodiscard]] std::string to_text(const Outcome& outcome);
/// bad_file with the line. Whether it is the papers' outcome is for verify().
[[nodiscard]] base::Result<Outcome> parse_outcome(std::string_view text);
/// Draws again from the papers with what the result says it was made of. bad_file; wrong_answer at
/// the first thing that differs. That the log had this root at this size is for whoever holds a
/// checkpoint to say.
[[nodiscard]] base::Result<Outcome> verify(std::string_view papers_text,
                                           std::string_view result_text);

}  // namespace huan::draw
