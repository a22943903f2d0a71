// SPDX-License-Identifier: Apache-2.0
#include "terms.hpp"

#include "object.hpp"

namespace huan::registry {
namespace {

constexpr std::size_t kTermsMax = 100;

base::Result<Term> parse_term(json::Value value, std::string pointer) {
  Fields f(value, std::move(pointer));
  Term term;
  term.kind = f.name("kind");
  term.number = f.optional_text("number", 100).value_or("");
  term.from = f.optional_day("from");
  term.to = f.optional_day("to");
  if (term.from && term.to && *term.to < *term.from) {
    f.refuse(base::ErrorCode::bad_field, "to", "ends before it begins");
  }
  HUAN_CHECK(f.finish());
  return term;
}

}  // namespace

void read_terms(Fields& f, std::string_view key, std::vector<Term>& out) {
  const auto list = f.array(key);
  if (!list) {
    return;
  }
  if (list->size() > kTermsMax) {
    return f.refuse(base::ErrorCode::too_large, key, "at most 100 entries");
  }
  for (const json::Value entry : list->elements()) {
    auto term = parse_term(entry, f.pointer(key) + "/" + std::to_string(out.size()));
    if (!term) {
      return f.adopt(std::move(term).error());
    }
    out.push_back(std::move(*term));
  }
}

std::string terms_json(const std::vector<Term>& terms) {
  ListText list;
  for (const Term& term : terms) {
    ObjectText o;
    if (term.from) {
      o.put("from", base::format_day(*term.from));
    }
    o.put("kind", term.kind);
    o.optional("number", term.number);
    if (term.to) {
      o.put("to", base::format_day(*term.to));
    }
    list.add(o.text());
  }
  return list.text();
}

}  // namespace huan::registry
