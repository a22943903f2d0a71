// SPDX-License-Identifier: Apache-2.0
// A dossier: what an office or a firm keeps about one matter from its beginning to its end (a
// task's progress, an evaluation 评估, an award 创建, a project 项目, a piece of land 用地, a title
// 称号, a drill 演练, a survey 调查, a notice 通报 …). Which types there are, with which fields and
// states, is the pack's data (duties/dossier_type.hpp); here stands what all of them have: whom it
// is about, its state, its fields, its term, its evidence, its signatures. Each step is a version
// of the record. A signature names the content that it was put under, by its digest, and counts
// only while the content is that.
//
//   dossier  {"about":{"id":"130102","kind":"district"},"district":"130102",
//             "evidence":[{"source":"minutes 2025-3"}],"fields":{"score_ppm":870000},
//             "signatures":[{"by":"commerce","day":"2025-11-20","of":"9f…","role":"lead"}],
//             "state":"accepted","title":"2025","type":"evaluation"}
#pragma once

#include <cstdint>
#include <map>
#include <optional>
#include <string>
#include <string_view>
#include <variant>
#include <vector>

#include "huan/base/result.hpp"
#include "huan/base/time.hpp"
#include "huan/json/value.hpp"

namespace huan::registry {

struct DossierEvidence {
  std::string source;  ///< document, inspection, photo, minutes
  std::string file;    ///< hash of an uploaded file; empty: none
  std::optional<base::Day> day;
};

struct DossierSignature {
  std::string role;  ///< as the type calls it: "lead", "self"
  std::string by;    ///< account that signed
  base::Day day;
  std::string of;  ///< content_digest() of what was signed
};

using DossierValue = std::variant<bool, std::int64_t, std::string, std::vector<std::string>>;

struct Dossier {
  std::string type;        ///< code of one of the pack's
  std::string about_kind;  ///< task, district, place, party, unit, award, campaign, city, …
  std::string about;       ///< its id or code
  std::string district;    ///< whose it is; empty: the city's
  std::string party;
  std::string title;
  std::string state;
  std::map<std::string, DossierValue, std::less<>> fields;
  std::optional<base::Day> from;  ///< its term, both days included; absent: open
  std::optional<base::Day> to;
  std::vector<DossierEvidence> evidence;
  std::vector<DossierSignature> signatures;
  std::string note;
};

/// bad_field, bad_text, bad_number, personal data by the names of its fields.
[[nodiscard]] base::Result<Dossier> parse_dossier(json::Value data, std::string_view pointer);
[[nodiscard]] std::string to_json(const Dossier& dossier);
/// SHA-256 in hex over the RFC 8785 bytes of all but state, signatures and note.
[[nodiscard]] std::string content_digest(const Dossier& dossier);

}  // namespace huan::registry
