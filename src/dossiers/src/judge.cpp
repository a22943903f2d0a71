// SPDX-License-Identifier: Apache-2.0
#include "huan/dossiers/judge.hpp"

#include <algorithm>

namespace huan::dossiers {
namespace {

using base::Error;
using base::ErrorCode;
using base::Result;
using duties::DossierField;
using duties::DossierState;
using duties::FieldType;
using registry::Dossier;
using registry::DossierValue;

Error wrong(const std::string& at, std::string detail) {
  return {ErrorCode::bad_field, "/data/" + at, std::move(detail)};
}

bool among(const std::vector<std::string>& list, std::string_view one) {
  return std::ranges::find(list, one) != list.end();
}

std::string joined(const std::vector<std::string>& words) {
  std::string out;
  for (const std::string& word : words) {
    out += (out.empty() ? "" : ", ") + word;
  }
  return out;
}

bool is_day(const DossierValue& value) {
  const auto* text = std::get_if<std::string>(&value);
  return text != nullptr && base::parse_day(*text).has_value();
}

Result<void> judge_value(const DossierField& field, const DossierValue& value) {
  const auto expect = [&](bool fits, const std::string& what) -> Result<void> {
    return fits ? Result<void>() : wrong("fields/" + field.name, what + " is expected");
  };
  switch (field.type) {
    case FieldType::text:
      return expect(std::holds_alternative<std::string>(value), "a text");
    case FieldType::amount:
      return expect(std::holds_alternative<std::int64_t>(value), "a whole number in " + field.unit);
    case FieldType::yes_no:
      return expect(std::holds_alternative<bool>(value), "true or false");
    case FieldType::day:
      return expect(is_day(value), "a day like 2025-06-30");
    case FieldType::choice: {
      const auto* text = std::get_if<std::string>(&value);
      return expect(text != nullptr && among(field.choices, *text),
                    "one of " + joined(field.choices));
    }
    case FieldType::texts:
      break;
  }
  return expect(std::holds_alternative<std::vector<std::string>>(value), "a list of texts");
}

Result<void> judge_fields(const Step& step) {
  for (const auto& [name, value] : step.after.fields) {
    const DossierField* field = duties::field_of(step.type, name);
    if (field == nullptr) {
      return wrong("fields/" + name, step.type.row.code + " has no such field");
    }
    HUAN_CHECK(judge_value(*field, value));
  }
  return {};
}

bool is_filled(const Dossier& dossier, const std::string& name) {
  if (name == "from") {
    return dossier.from.has_value();
  }
  if (name == "to") {
    return dossier.to.has_value();
  }
  return name == "title" ? !dossier.title.empty() : dossier.fields.contains(name);
}

Result<void> judge_needs(const Step& step, const DossierState& state) {
  for (const std::string& need : state.needs) {
    if (!is_filled(step.after, need)) {
      const bool own = need == "from" || need == "to" || need == "title";
      return wrong((own ? "" : "fields/") + need, "is needed to be " + state.code);
    }
  }
  if (state.evidence && step.after.evidence.empty()) {
    return wrong("evidence", "is needed to be " + state.code);
  }
  for (const std::string& role : state.signed_by) {
    if (!is_signed(step.after, role)) {
      return wrong("signatures", "a signature of the role " + role + " under this content (" +
                                     content_digest(step.after) + ") is needed to be " +
                                     state.code);
    }
  }
  return {};
}

bool same(const registry::DossierSignature& a, const registry::DossierSignature& b) {
  return a.role == b.role && a.by == b.by && a.day == b.day && a.of == b.of;
}

/// Whether the sender signs, or hands in what the subject signed on the glass before them.
bool is_senders(const Step& step, const registry::DossierSignature& one) {
  return one.by == step.by ||
         (one.role == "subject" && one.by.starts_with(signer_name(step.by, "") + "/hand:"));
}

/// Each signs for themselves; what was signed before stands as it was.
Result<void> judge_signatures(const Step& step) {
  for (const registry::DossierSignature& one : step.after.signatures) {
    const bool stood =
        step.before != nullptr &&
        std::ranges::any_of(step.before->signatures,
                            [&](const registry::DossierSignature& old) { return same(old, one); });
    if (!stood && !is_senders(step, one)) {
      return Error{ErrorCode::forbidden, "/data/signatures",
                   "signed by " + one.by + ", sent by " + std::string(step.by)};
    }
    if (!stood && one.of != content_digest(step.after)) {
      return wrong("signatures", "the digest of this content is " + content_digest(step.after));
    }
  }
  return {};
}

/// Who signs what stands there, as it stands, does not bring it anywhere.
bool only_signs(const Step& step) {
  return step.before != nullptr && step.before->state == step.after.state &&
         step.after.signatures.size() > step.before->signatures.size() &&
         content_digest(*step.before) == content_digest(step.after);
}

Result<void> judge_move(const Step& step, const DossierState& state) {
  if (step.before == nullptr) {
    if (!state.first) {
      return wrong("state", "a " + step.type.row.code + " does not begin as " + state.code);
    }
  } else {
    if (step.before->type != step.after.type || step.before->about != step.after.about ||
        step.before->about_kind != step.after.about_kind) {
      return wrong("about", "a dossier stays of its type and about its subject");
    }
    const DossierState* from = duties::state_of(step.type, step.before->state);
    if (from == nullptr || !among(from->next, state.code)) {
      return wrong("state", "from " + step.before->state + " to " +
                                (from == nullptr ? "any" : joined(from->next)) + ", not to " +
                                state.code);
    }
  }
  if (!state.by.empty() && !among(state.by, step.role) && !only_signs(step)) {
    return Error{ErrorCode::forbidden, "/data/state",
                 state.code + " is said by " + joined(state.by)};
  }
  return {};
}

}  // namespace

std::string signer_name(std::string_view by, std::string_view hand) {
  return std::string(by) + (hand.empty() ? "" : "/hand:" + std::string(hand));
}

bool is_signed(const Dossier& dossier, std::string_view role) {
  const std::string digest = content_digest(dossier);
  return std::ranges::any_of(dossier.signatures, [&](const registry::DossierSignature& one) {
    return one.role == role && one.of == digest;
  });
}

Result<void> judge_step(const Step& step) {
  const DossierState* state = duties::state_of(step.type, step.after.state);
  if (state == nullptr) {
    return wrong("state", step.type.row.code + " has no state " + step.after.state);
  }
  if (!among(step.type.about, step.after.about_kind)) {
    return wrong("about/kind", "one of " + joined(step.type.about) + " is expected");
  }
  HUAN_CHECK(judge_move(step, *state));
  HUAN_CHECK(judge_fields(step));
  HUAN_CHECK(judge_signatures(step));
  return judge_needs(step, *state);
}

}  // namespace huan::dossiers
