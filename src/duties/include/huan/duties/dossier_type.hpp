// SPDX-License-Identifier: Apache-2.0
// Types of dossier, as a pack lays them down: what a dossier of the type is about, which fields it
// has, through which states it goes, who may bring it there and what has to be there by then, and
// which facts about its subject it gives once it is in force. One table says it all; a city that
// wants another way adds a row, not code.
//
//   [[dossier]] code = "drill" about = ["party", "place"] …
//   [[dossier.states]] code = "held" next = ["void"] needs = ["day"] evidence = true gives = true
#pragma once

#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

#include "huan/duties/row.hpp"

namespace huan::duties {

enum class FieldType : std::uint8_t { text, amount, yes_no, day, choice, texts };
[[nodiscard]] std::string_view name(FieldType type) noexcept;

struct DossierField {
  std::string name;
  std::string zh;
  std::string en;
  FieldType type{FieldType::text};
  std::string unit;                  ///< of amounts: "fen", "g", "ppm", "m2", "count"
  std::vector<std::string> choices;  ///< of a choice
};

struct DossierState {
  std::string code;
  std::string zh;
  std::string en;
  std::vector<std::string> next;       ///< states that may follow
  std::vector<std::string> needs;      ///< fields that are filled in by then
  std::vector<std::string> signed_by;  ///< roles whose signature under its content is asked for
  std::vector<std::string> by;         ///< roles of accounts that may bring it here; empty: any
  bool evidence{false};                ///< asks for a piece of evidence
  bool first{false};                   ///< a dossier may begin here
  bool gives{false};                   ///< its facts hold while it is here
  bool is_public{false};               ///< it stands in the public list
  bool ended{false};                   ///< nothing more is expected
};

/// A fact about its subject that a dossier gives.
struct DossierGift {
  std::string dossier;     ///< type
  std::string fact;        ///< "enterprise.drill_held"
  std::string field;       ///< whose value it takes; "from": its first day; empty: true
  std::string when_field;  ///< only where this field …
  std::string when;        ///< … is this choice; empty: always
  std::string pack;
};

struct DossierType {
  Row row;
  std::vector<std::string> about;  ///< kinds of subject
  std::vector<DossierField> fields;
  std::vector<DossierState> states;  ///< in the order that they are shown
  bool numbered{false};  ///< each gets the next number of its type and year when it is drawn up
};

[[nodiscard]] const DossierState* state_of(const DossierType& type, std::string_view code);
[[nodiscard]] const DossierField* field_of(const DossierType& type, std::string_view name);
/// The last one of that code: a pack's own stands for its parents'.
[[nodiscard]] const DossierType* type_of(const std::vector<DossierType>& types,
                                         std::string_view code);

}  // namespace huan::duties
