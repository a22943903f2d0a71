// SPDX-License-Identifier: Apache-2.0
#include "published_results.hpp"

#include <algorithm>
#include <charconv>
#include <map>

#include "huan/app/file_dossier.hpp"
#include "huan/dossiers/fields.hpp"
#include "huan/dossiers/inspection.hpp"
#include "inspection_filter.hpp"

namespace huan::http {
namespace {

/// What was looked at, in words: a check of a norm, or a line of the item.
struct Looked {
  std::string zh;
  std::string en;
  std::string clause;
};

Looked looked_at(const wire_pack::Rules& rules, std::string_view check) {
  const auto cut = check.rfind('/');
  const std::string_view owner = check.substr(0, cut);
  const std::string_view part = cut == std::string_view::npos ? "" : check.substr(cut + 1);
  if (const auto* item = duties::item_of(rules.duties.inspection_items, owner)) {
    std::size_t n = 0;
    const auto parsed = std::from_chars(part.data(), part.data() + part.size(), n);
    const bool listed = parsed.ec == std::errc() && n > 0 && n <= item->content.size();
    return listed ? Looked{item->content[n - 1], std::string(duties::content_en(*item, n - 1)),
                           item->row.zh}
                  : Looked{};
  }
  const auto norm = std::ranges::find(rules.norms, owner, &norms::Norm::id);
  if (norm == rules.norms.end()) {
    return {};
  }
  const auto found = std::ranges::find(norm->checks, part, &norms::Check::id);
  const auto& text = found == norm->checks.end() ? norm->text : found->text;
  return {text.zh, text.en, norm->clause};
}

void write_answers(json::Writer& w, const ResultsAt& at, const registry::Dossier& inspection) {
  const auto found = inspection.fields.find("answers");
  const auto* texts = found == inspection.fields.end()
                          ? nullptr
                          : std::get_if<std::vector<std::string>>(&found->second);
  w.key("answers").begin_array();
  for (const std::string& text : texts == nullptr ? std::vector<std::string>{} : *texts) {
    if (const auto answer = dossiers::parse_answer(text)) {
      const Looked what = looked_at(at.rules, answer->check);
      w.begin_object().member("answer", name(answer->kind)).member("check", answer->check);
      w.member("clause", what.clause).member("en", what.en).member("zh", what.zh).end_object();
    }
  }
  w.end_array();
}

/// Its key where the order to put right is published; else "".
std::string published_order(const ResultsAt& at, const std::string& inspection) {
  std::string key = inspection + ":order";
  const auto order = app::dossier_on_record(at.reading, at.city.city, key);
  const auto* type =
      order ? duties::type_of(at.rules.duties.dossier_types, "rectification") : nullptr;
  const auto* state = type == nullptr ? nullptr : duties::state_of(*type, order->dossier.state);
  return state != nullptr && state->is_public ? key : std::string();
}

/// By item, as the results come to: the text of a bulletin may have been worded anew.
void write_figures(json::Writer& w, const ResultsAt& at, const std::string& bulletin) {
  struct Sum {
    std::int64_t inspected{0};
    std::int64_t wanting{0};
  };
  std::map<std::string, Sum, std::less<>> sums;
  const auto filter = InspectionFilter::of_bulletin(at.reading, at.city, bulletin);
  for (const oversight::KeyedDossier* one : at.results) {
    if (filter && filter->holds(*one)) {
      Sum& sum = sums[dossiers::text_in(one->dossier, "item")];
      ++sum.inspected;
      sum.wanting += dossiers::is_wanting(one->dossier) ? 1 : 0;
    }
  }
  w.key("figures").begin_array();
  for (const auto& [code, sum] : sums) {
    const auto* item = duties::item_of(at.rules.duties.inspection_items, code);
    w.begin_object().member("en", item == nullptr ? code : item->row.en);
    w.member("inspected", sum.inspected).member("item", code).member("wanting", sum.wanting);
    w.member("zh", item == nullptr ? code : item->row.zh).end_object();
  }
  w.end_array();
}

/// What the item that was drawn for is called.
void write_item(json::Writer& w, const ResultsAt& at, const registry::Dossier& dossier) {
  const std::string code = dossiers::text_in(dossier, "item");
  const auto* item = duties::item_of(at.rules.duties.inspection_items, code);
  w.member("item_en", item == nullptr ? code : item->row.en);
  w.member("item_zh", item == nullptr ? code : item->row.zh);
}

}  // namespace

void write_results(json::Writer& w, const ResultsAt& at, const oversight::KeyedDossier& one) {
  if (one.dossier.type == "draw" || one.dossier.type == "inspection") {
    write_item(w, at, one.dossier);
  }
  if (one.dossier.type == "inspection") {
    write_answers(w, at, one.dossier);
    w.member("order", published_order(at, one.key));
  } else if (one.dossier.type == "bulletin") {
    write_figures(w, at, one.key);
  }
}

}  // namespace huan::http
