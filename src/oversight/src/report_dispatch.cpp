// SPDX-License-Identifier: Apache-2.0
// What dispatch drew up, as a document to print and as a list within the notice of the late.
#include <algorithm>

#include "huan/dossiers/fields.hpp"
#include "huan/oversight/dossiers.hpp"
#include "report_words.hpp"

namespace huan::oversight {
namespace {

using base::Error;
using base::ErrorCode;
using base::Result;
using registry::Dossier;
using reports::Report;

std::vector<std::string> texts_in(const Dossier& dossier, std::string_view field) {
  const auto found = dossier.fields.find(field);
  const auto* list = found == dossier.fields.end()
                         ? nullptr
                         : std::get_if<std::vector<std::string>>(&found->second);
  return list == nullptr ? std::vector<std::string>{} : *list;
}

std::string joined_zh(const std::vector<std::string>& words) {
  std::string out;
  for (const std::string& one : words) {
    out += (out.empty() ? "" : "、") + one;
  }
  return out;
}

/// Units by the names that the pack gives them, before its parents.
std::string unit_names(const ReportAsk& ask, const std::vector<std::string>& codes) {
  std::vector<std::string> names = codes;
  for (std::size_t i = 0; i < codes.size(); ++i) {
    bool own = false;
    for (const duties::Unit& unit : ask.forms.duties.units) {
      if (unit.code == codes[i] && !own) {
        names[i] = unit.zh;
        own = unit.pack == ask.forms.pack.name;
      }
    }
  }
  return joined_zh(names);
}

const duties::Task* task_of(const ReportAsk& ask, const std::string& code) {
  const auto& tasks = ask.forms.duties.tasks;
  const auto found = std::ranges::find_if(tasks, [&](const duties::Task& one) {
    return one.row.code == code && one.row.pack == ask.forms.pack.name;
  });
  return found == tasks.end() ? nullptr : &*found;
}

/// The words of the pack for a type and its state.
struct TypeWords {
  std::string type;
  std::string state;
};
TypeWords words_of(const duties::Duties& duties, const Dossier& dossier) {
  const auto* type = duties::type_of(duties.dossier_types, dossier.type);
  const auto* state = type == nullptr ? nullptr : duties::state_of(*type, dossier.state);
  return {type == nullptr ? dossier.type : type->row.zh,
          state == nullptr ? dossier.state : state->zh};
}

std::string signed_by(const Dossier& dossier) {
  std::vector<std::string> names;
  names.reserve(dossier.signatures.size());
  for (const registry::DossierSignature& one : dossier.signatures) {
    names.push_back(one.by + " " + base::format_day(one.day));
  }
  return joined_zh(names);
}

reports::Cell lag_cell(const Dossier& dossier) {
  const auto percent = indicators::unit_from("%").value_or(indicators::Unit{});
  return amount_cell(dossiers::amount_in(dossier, "lag_ppm"), percent);
}

std::vector<KeyedDossier> documents_of(const ReportAsk& ask) {
  std::vector<KeyedDossier> all;
  for (const char* type : {"notice", "reminder"}) {
    auto some = read_dossiers(ask.reading, ask.city, {.type = type, .scope = {}, .day = ask.day});
    std::erase_if(some, [](const KeyedDossier& one) { return one.dossier.state == "dropped"; });
    all.insert(all.end(), std::make_move_iterator(some.begin()),
               std::make_move_iterator(some.end()));
  }
  return all;
}

}  // namespace

reports::Section dispatch_section(const ReportAsk& ask) {
  reports::Section section{"调度提醒与通报", "", {}, std::nullopt};
  section.table.columns = {"文号", "文种", "日期",   "任务", "滞后（百分点）",
                           "主送", "状态", "签发人", "送达"};
  for (const KeyedDossier& one : documents_of(ask)) {
    const Dossier& dossier = one.dossier;
    const TypeWords words = words_of(ask.forms.duties, dossier);
    section.table.rows.push_back(
        {reports::text(dossiers::text_in(dossier, "number")), reports::text(words.type),
         reports::text(day_text(dossiers::day_in(dossier, "day"))),
         reports::text(dossier.about + " " + dossier.title), lag_cell(dossier),
         reports::text(unit_names(ask, texts_in(dossier, "recipients"))),
         reports::text(words.state), reports::text(signed_by(dossier)),
         reports::text(joined_zh(texts_in(dossier, "delivered")))});
  }
  section.note = section.table.rows.empty() ? "没有发出的提醒和通报。" : "";
  return section;
}

Result<Report> dispatch_document(const ReportAsk& ask, const std::string& key) {
  const auto all = documents_of(ask);
  const auto found = std::ranges::find(all, key, &KeyedDossier::key);
  if (found == all.end()) {
    return Error{ErrorCode::not_found, "--document", key};
  }
  const Dossier& dossier = found->dossier;
  const TypeWords words = words_of(ask.forms.duties, dossier);
  const duties::Task* task = task_of(ask, dossier.about);
  Report report{"关于“" + dossier.title + "”进展情况的" + words.type,
                dossiers::text_in(dossier, "number"),
                {{"主送", unit_names(ask, texts_in(dossier, "recipients"))},
                 {"日期", day_text(dossiers::day_in(dossier, "day"))},
                 {"状态", words.state},
                 {"签发人", dossier.signatures.empty() ? "（未签发）" : signed_by(dossier)}},
                {}};
  const auto delivered = texts_in(dossier, "delivered");
  report.facts.emplace_back("送达",
                            delivered.empty() ? std::string("（未送达）") : joined_zh(delivered));
  reports::Section section{"事由", "", {}, std::nullopt};
  section.table.columns = {"任务", "依据", "时限", "滞后（百分点）"};
  section.table.rows.push_back(
      {reports::text(dossier.about + " " + dossier.title),
       reports::text(task == nullptr ? "" : task->row.clause),
       reports::text(task == nullptr || !task->deadline ? "未写明"
                                                        : duties::format_deadline(*task->deadline)),
       lag_cell(dossier)});
  section.note = "按任务起止日均衡推进计算应有进度，与最近一次报送的进度相比。";
  report.sections.push_back(std::move(section));
  return report;
}

}  // namespace huan::oversight
