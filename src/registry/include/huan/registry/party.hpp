// SPDX-License-Identifier: Apache-2.0
// A party 主体: an organisation or a person that hands over, takes or oversees material. The record
// holds what is public or official about it: its code, its qualifications with their terms, its
// titles and affiliation. It never holds personal data: the name of a natural person, phones,
// addresses, identity and bank numbers are refused here and live in the vault (events.md §6).
//
//   {"kind":"enterprise","name":"…","uscc":"…","qualifications":[
//     {"kind":"commerce_filing","number":"…","from":"2025-01-01","to":"2027-12-31"}]}
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "huan/base/result.hpp"
#include "huan/base/time.hpp"
#include "huan/json/value.hpp"

namespace huan::registry {

/// 企业, 个体工商户, 农民专业合作社, 主管部门, 机关事业单位, 居民, 自然人出售者
enum class PartyKind : std::uint8_t {
  enterprise,
  sole_trader,
  cooperative,
  authority,
  institution,
  resident,
  natural_person
};
[[nodiscard]] std::string_view name(PartyKind kind) noexcept;
[[nodiscard]] bool is_person(PartyKind kind) noexcept;  ///< resident or natural_person

/// What mass counts as when it goes to this party and the event does not say.
enum class Destination : std::uint8_t { recycle, reuse, energy };
[[nodiscard]] std::string_view name(Destination destination) noexcept;

/// A paper or title with its term; both days included, an absent day is open.
struct Term {
  std::string
      kind;  ///< commerce_filing, police_filing, hazardous_permit, elv, weee, key_enterprise…
  std::string number;
  std::optional<base::Day> from;
  std::optional<base::Day> to;
  friend bool operator==(const Term&, const Term&) = default;
};

enum class Affiliation : std::uint8_t { none, owned, chain, franchise };
[[nodiscard]] std::string_view name(Affiliation affiliation) noexcept;

struct Party {
  PartyKind kind{};
  std::string name;  ///< empty for persons
  std::string name_en;
  std::string uscc;      ///< 统一社会信用代码, checked; empty: none
  std::string district;  ///< code; empty: not stated
  bool active{true};
  std::vector<Term> qualifications;
  std::vector<Term> titles;  ///< 骨干企业, 规范企业 and the like
  Affiliation affiliation{Affiliation::none};
  std::string affiliated_to;  ///< party id
  std::string buyer;          ///< party id of the firm whose seller this person is; empty: nobody's
  std::optional<Destination> destination;
  std::string origin;  ///< origin class of what it hands over (events.md §3); empty: not stated
  bool synthetic{false};
};

[[nodiscard]] base::Result<Party> parse_party(json::Value data, std::string_view pointer);
[[nodiscard]] std::string to_json(const Party& party);

[[nodiscard]] bool covers(const Term& term, base::Day day) noexcept;
/// Has the party this qualification on that local day?
[[nodiscard]] bool qualified(const Party& party, std::string_view qualification, base::Day day);
/// The same at an instant, at the city's offset.
[[nodiscard]] bool qualified(const Party& party, std::string_view qualification,
                             base::Instant instant, std::int32_t utc_offset_s);
/// household, commercial …, or `other-city:` and a code.
[[nodiscard]] bool is_origin(std::string_view text) noexcept;

}  // namespace huan::registry
