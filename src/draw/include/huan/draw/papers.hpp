// SPDX-License-Identifier: Apache-2.0
// The papers of a draw 双随机抽查: whom it may hit (objects with weights), who may be sent (people
// with skills and conflicts of interest), how many of each, and which outside value, known only
// later, will decide. They are one text, and its SHA-256 is put on record before that value is
// known; docs/inspection.md lays the text down to the byte. Personal data does not belong in it:
// people stand there by their codes.
//
// Guarantees: to_text(parse(text)) == text; what parse() accepts can be drawn, with enough people
// for each object. What it does not do: say whether the pool is the right one; it says which it is.
//
//   HUAN_TRY(papers, draw::parse_papers(text));   commitment(text)   // 64 hex digits
#pragma once

#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

#include "huan/base/result.hpp"
#include "huan/crypto/digest.hpp"

namespace huan::draw {

inline constexpr std::size_t kObjectsMax = 1'000'000;
inline constexpr std::size_t kPeopleMax = 20'000;
inline constexpr std::uint64_t kWeightMax = 1'000'000;
inline constexpr std::uint32_t kPeopleEachMax = 10;

struct Object {
  std::string id;
  std::uint64_t weight{1};  ///< 1 … kWeightMax; twice the weight, twice as likely to be drawn first
  std::string party{};      ///< who answers for it; empty: nobody
  std::string district{};
};

struct Person {
  std::string code;
  std::vector<std::string> skills{};     ///< ascending, each once
  std::vector<std::string> conflicts{};  ///< ids of objects, parties or districts; ascending
};

struct Papers {
  std::string key;                    ///< of the draw
  std::string city;                   ///< its code
  std::string item;                   ///< of the published list of checks
  std::uint32_t count{0};             ///< objects to draw; 1 … their number
  std::uint32_t people_each{2};       ///< sent to each
  std::vector<std::string> skills{};  ///< that each of them has; ascending
  std::string known_at;               ///< RFC 3339: the outside value is not known before
  std::string source;                 ///< which value, and how it is written down
  std::vector<Object> objects;        ///< ascending by id
  std::vector<Person> people;         ///< ascending by code
};

/// Sorts what the text wants sorted.
[[nodiscard]] Papers in_order(Papers papers);
/// bad_field at what is wrong: a name with blanks, a weight out of range, something twice or out of
/// order, an object for which there are too few people (its id is in the detail).
[[nodiscard]] base::Result<void> validate(const Papers& papers);
[[nodiscard]] std::string to_text(const Papers& papers);
/// bad_file with the line, or what validate() refuses.
[[nodiscard]] base::Result<Papers> parse_papers(std::string_view text);
/// What is put on record before the value is known.
[[nodiscard]] inline crypto::Digest commitment(std::string_view papers_text) {
  return crypto::sha256(papers_text);
}

}  // namespace huan::draw
