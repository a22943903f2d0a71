// SPDX-License-Identifier: Apache-2.0
#include "huan/dossiers/inspection.hpp"

#include <algorithm>
#include <array>
#include <map>
#include <set>

#include "huan/crypto/digest.hpp"
#include "huan/dossiers/fields.hpp"

namespace huan::dossiers {
namespace {

using base::Day;
using base::Error;
using base::ErrorCode;
using base::Result;
using duties::InspectionItem;
using registry::Dossier;

constexpr std::size_t kAnswersMax = 200;
constexpr std::array<std::string_view, 4> kAnswers{"pass", "fail", "not_applicable", "not_seen"};

struct PlanFigureRow {
  std::string_view name;
  std::int64_t PlanStanding::* sum;
};
/// By PlanFigure.
constexpr std::array<PlanFigureRow, 6> kPlanFigures{{
    {"subjects", &PlanStanding::subjects},
    {"visited", &PlanStanding::visited},
    {"published", &PlanStanding::published},
    {"wanting", &PlanStanding::wanting},
    {"late_visits", &PlanStanding::late_visits},
    {"late_publications", &PlanStanding::late_publications},
}};

std::string_view cut(std::string_view& rest) {
  const auto blank = rest.find(' ');
  const std::string_view word = rest.substr(0, blank);
  rest = blank == std::string_view::npos ? std::string_view{} : rest.substr(blank + 1);
  return word;
}

Day later(Day day, std::int64_t days) {
  day.n += static_cast<std::int32_t>(days);
  return day;
}

std::vector<std::string> texts_in(const Dossier& dossier, std::string_view field) {
  const auto found = dossier.fields.find(field);
  const auto* texts = found == dossier.fields.end()
                          ? nullptr
                          : std::get_if<std::vector<std::string>>(&found->second);
  return texts == nullptr ? std::vector<std::string>{} : *texts;
}

bool is_replaced_item(const std::vector<InspectionItem>& items, const InspectionItem& item) {
  return duties::item_of(items, item.row.code) != &item;
}

bool is_of_year(const Filed& one, Day day) {
  return one.day.n <= day.n && base::civil_of(one.day).year == base::civil_of(day).year;
}

/// Draws that were made of an item in the day's year, up to it.
std::set<std::string, std::less<>> draws_of_year(std::string_view item,
                                                 const std::vector<Filed>& dossiers, Day day) {
  std::set<std::string, std::less<>> draws;
  for (const Filed& one : dossiers) {
    if (one.dossier.type == "draw" && one.dossier.state == "drawn" && is_of_year(one, day) &&
        text_in(one.dossier, "item") == item) {
      draws.insert(one.key);
    }
  }
  return draws;
}

/// Subjects are of the year of their draw; the visits follow.
bool counts_in(PlanFigure figure, const Filed& one, Day day) {
  const Dossier& dossier = one.dossier;
  const bool open = dossier.state == "assigned";
  const bool published = dossier.state == "published";
  const auto due = day_in(dossier, open ? "due" : "publish_due");
  switch (figure) {
    case PlanFigure::subjects:
      return true;
    case PlanFigure::visited:
      return !open;
    case PlanFigure::published:
      return published;
    case PlanFigure::wanting:
      return text_in(dossier, "result") == "wanting";
    case PlanFigure::late_visits:
      return open && due && due->n < day.n;
    case PlanFigure::late_publications:
      return !open && due && due->n < (published ? one.day : day).n;
  }
  return false;
}

Result<void> judge_signers(const Dossier& inspection) {
  const std::string digest = registry::content_digest(inspection);
  const auto drawn = texts_in(inspection, "inspectors");
  std::map<std::string, std::string, std::less<>> signers;
  for (const registry::DossierSignature& one : inspection.signatures) {
    if (one.of != digest) {
      continue;
    }
    const bool of_the_drawn = std::ranges::any_of(
        drawn, [&](const std::string& code) { return is_inspector(code, one.by); });
    const bool fits = one.role == "subject"
                          ? !of_the_drawn
                          : (one.role == "inspector" || one.role == "second") && of_the_drawn;
    if (!fits) {
      return Error{ErrorCode::forbidden, "/data/signatures",
                   one.by + " does not sign as " + one.role};
    }
    signers[one.role] = one.by;
  }
  if (signers.contains("second") && signers["second"] == signers["inspector"]) {
    return Error{ErrorCode::forbidden, "/data/signatures", "two inspectors sign"};
  }
  return {};
}

}  // namespace

std::string_view name(AnswerKind kind) noexcept {
  return kAnswers.at(static_cast<std::size_t>(kind));
}

std::string_view name(LateStep step) noexcept {
  constexpr std::array<std::string_view, 3> kSteps{"visit", "publication", "rectification"};
  return kSteps.at(static_cast<std::size_t>(step));
}

Result<Answer> parse_answer(std::string_view text) {
  Answer out;
  std::string_view rest = text;
  out.check = cut(rest);
  const auto* const kind = std::ranges::find(kAnswers, cut(rest));
  if (out.check.empty() || kind == kAnswers.end()) {
    return Error{ErrorCode::bad_field, "answers",
                 "a check and pass, fail, not_applicable or not_seen: " + std::string(text)};
  }
  out.kind = static_cast<AnswerKind>(kind - kAnswers.begin());
  if (const std::string_view photo = cut(rest); !photo.empty() && photo != "-") {
    if (!crypto::digest_from_hex(photo)) {
      return Error{ErrorCode::bad_field, "answers",
                   "the SHA-256 of a photo, or -: " + std::string(photo)};
    }
    out.photo = photo;
  }
  out.note = rest;
  return out;
}

std::string to_text(const Answer& answer) {
  std::string out = answer.check + " " + std::string(name(answer.kind)) + " ";
  out += answer.photo.empty() ? "-" : answer.photo;
  return answer.note.empty() ? out : out + " " + answer.note;
}

bool asks_norm(const InspectionItem& item, std::string_view norm) {
  return item.norms.empty() || std::ranges::any_of(item.norms, [&](const std::string& begin) {
           return norm.starts_with(begin);
         });
}

Dossier assigned(const InspectionItem& item, const Assignment& assignment) {
  Dossier out;
  out.type = "inspection";
  out.about_kind = "place";
  out.about = assignment.subject;
  out.district = assignment.district;
  out.party = assignment.party;
  out.title = assignment.title;
  out.state = "assigned";
  out.fields["draw"] = assignment.draw;
  out.fields["item"] = item.row.code;
  out.fields["inspectors"] = assignment.inspectors;
  out.fields["due"] = base::format_day(later(assignment.day, item.visit_days));
  return out;
}

Result<Dossier> visited(const InspectionItem& item, const Dossier& inspection, const Visit& visit) {
  Dossier out = inspection;
  std::set<std::string_view> seen;
  std::vector<std::string> texts;
  texts.reserve(visit.answers.size());
  bool failed = false;
  for (const Answer& one : visit.answers) {
    if (!seen.insert(one.check).second || seen.size() > kAnswersMax) {
      return Error{ErrorCode::bad_field, "answers", "each check once, at most 200: " + one.check};
    }
    failed = failed || one.kind == AnswerKind::fail;
    texts.push_back(to_text(one));
  }
  if (texts.empty() && visit.result != "refused" && visit.result != "not_found") {
    return Error{ErrorCode::bad_field, "answers", "an answer is expected"};
  }
  const std::string by_answers = failed ? "wanting" : "in_order";
  if ((visit.result == "in_order" || visit.result == "wanting") && visit.result != by_answers) {
    return Error{ErrorCode::bad_field, "result", "by the answers it is " + by_answers};
  }
  out.fields["answers"] = std::move(texts);
  out.fields["result"] = visit.result.empty() ? by_answers : visit.result;
  out.fields.erase("refusal");
  if (!visit.refusal.empty()) {
    out.fields["refusal"] = visit.refusal;
  }
  out.fields["visited"] = base::format_day(visit.day);
  out.fields["publish_due"] = base::format_day(later(visit.day, item.publish_days));
  out.state = "visited";
  out.signatures.clear();  // they were under other answers; earlier versions keep them
  return out;
}

namespace {

/// What was looked at in the words of the item's list, with its check; the check alone, if of a
/// norm.
std::string named(const InspectionItem& item, const std::string& check) {
  const std::string own = item.row.code + "/";
  for (std::size_t n = 0; n < item.content.size(); ++n) {
    if (check == own + std::to_string(n + 1)) {
      return item.content[n] + "（" + check + "）";
    }
  }
  return check;
}

}  // namespace

std::optional<Dossier> order_for(const InspectionItem& item, const Filed& inspection) {
  const auto day = day_in(inspection.dossier, "visited");
  std::vector<std::string> articles;
  for (const std::string& text : texts_in(inspection.dossier, "answers")) {
    const auto answer = parse_answer(text);
    if (answer && answer->kind == AnswerKind::fail) {
      const std::string what = named(item, answer->check);
      articles.push_back(answer->note.empty() ? what : what + "：" + answer->note);
    }
  }
  if (articles.empty() || !day) {
    return std::nullopt;
  }
  Dossier out;
  out.type = "rectification";
  out.about_kind = inspection.dossier.about_kind;
  out.about = inspection.dossier.about;
  out.district = inspection.dossier.district;
  out.party = inspection.dossier.party;
  out.title = inspection.dossier.title;
  out.state = "ordered";
  out.fields["day"] = base::format_day(*day);
  out.fields["inspection"] = inspection.key;
  out.fields["articles"] = std::move(articles);
  out.fields["due"] = base::format_day(later(*day, item.rectify_days));
  return out;
}

std::vector<PlanStanding> plan_standings(const std::vector<InspectionItem>& items,
                                         const std::vector<Filed>& dossiers, Day day) {
  std::vector<PlanStanding> out;
  for (const InspectionItem& item : items) {
    if (is_replaced_item(items, item)) {
      continue;
    }
    PlanStanding standing;
    standing.item = &item;
    const auto draws = draws_of_year(item.row.code, dossiers, day);
    for (const Filed& one : dossiers) {
      if (one.dossier.type != "inspection" || !draws.contains(text_in(one.dossier, "draw"))) {
        continue;
      }
      for (std::size_t n = 0; n < kPlanFigures.size(); ++n) {
        standing.*(kPlanFigures.at(n).sum) +=
            counts_in(static_cast<PlanFigure>(n), one, day) ? 1 : 0;
      }
    }
    standing.draws = static_cast<std::int64_t>(draws.size());
    out.push_back(standing);
  }
  return out;
}

std::optional<PlanFigure> plan_figure_from(std::string_view text) noexcept {
  const auto* found = std::ranges::find(kPlanFigures, text, &PlanFigureRow::name);
  return found == kPlanFigures.end()
             ? std::nullopt
             : std::optional(static_cast<PlanFigure>(found - kPlanFigures.begin()));
}

std::vector<std::string> counted_in_plan(std::string_view item, PlanFigure figure,
                                         const std::vector<Filed>& dossiers, Day day) {
  const auto draws = draws_of_year(item, dossiers, day);
  std::vector<std::string> keys;
  for (const Filed& one : dossiers) {
    if (one.dossier.type == "inspection" && draws.contains(text_in(one.dossier, "draw")) &&
        counts_in(figure, one, day)) {
      keys.push_back(one.key);
    }
  }
  return keys;
}

bool is_inspector(std::string_view code, std::string_view name) {
  constexpr std::string_view kAccount = "account/";
  return name == code || (name.starts_with(kAccount) && name.substr(kAccount.size()) == code);
}

Result<void> judge_drawn(const Dossier* before, const Dossier& after) {
  static const std::vector<std::string> kDraw{"item",  "papers",   "people", "pool",
                                              "count", "known_at", "source"};
  static const std::vector<std::string> kInspection{"draw", "item", "inspectors"};
  const bool inspection = after.type == "inspection";
  if (!inspection && after.type != "draw") {
    return {};
  }
  for (const std::string& field : inspection ? kInspection : kDraw) {
    const auto now = after.fields.find(field);
    const auto then = before == nullptr ? now : before->fields.find(field);
    const bool is = now != after.fields.end();
    const bool was = before == nullptr ? is : then != before->fields.end();
    if (is != was || (is && now->second != then->second)) {
      return Error{ErrorCode::bad_field, "/data/fields/" + field, "stays as it was drawn"};
    }
  }
  return inspection ? judge_signers(after) : Result<void>();
}

std::vector<Late> late_on(const std::vector<Filed>& dossiers, Day day) {
  std::vector<Late> out;
  for (const Filed& one : dossiers) {
    const Dossier& d = one.dossier;
    const bool inspection = d.type == "inspection" && d.state != "published";
    const bool order =
        d.type == "rectification" && (d.state == "ordered" || d.state == "proof_sent");
    if (!inspection && !order) {
      continue;
    }
    const bool open = d.state == "assigned";
    const LateStep step = order  ? LateStep::rectification
                          : open ? LateStep::visit
                                 : LateStep::publication;
    const auto due = day_in(d, step == LateStep::publication ? "publish_due" : "due");
    if (due && due->n < day.n) {
      out.push_back({step, one.key, d.about, *due, texts_in(d, "inspectors")});
    }
  }
  std::ranges::sort(out, [](const Late& a, const Late& b) {
    return a.due.n != b.due.n ? a.due.n < b.due.n : a.key < b.key;
  });
  return out;
}

bool is_result_of(const Dossier& inspection, Day published, const Period& period) {
  return inspection.type == "inspection" && inspection.state == "published" &&
         published.n >= period.from.n && published.n <= period.to.n;
}

bool is_wanting(const Dossier& inspection) { return text_in(inspection, "result") != "in_order"; }

namespace {

std::string result_zh(const Dossier& inspection) {
  const std::string result = text_in(inspection, "result");
  return result == "refused" ? "拒绝检查" : result == "not_found" ? "未找到该对象" : "发现问题";
}

}  // namespace

Dossier bulletin(const std::vector<InspectionItem>& items, const std::vector<Filed>& dossiers,
                 const Period& period) {
  struct Sum {
    std::int64_t inspected{0};
    std::vector<std::string> wanting;
  };
  std::map<std::string, Sum, std::less<>> sums;
  std::int64_t inspected = 0;
  std::int64_t wanting = 0;
  for (const Filed& one : dossiers) {
    const Dossier& d = one.dossier;
    if (!is_result_of(d, one.day, period)) {
      continue;
    }
    Sum& sum = sums[text_in(d, "item")];
    ++sum.inspected;
    ++inspected;
    if (is_wanting(d)) {
      ++wanting;
      sum.wanting.push_back(d.title + "（" + d.about + "）：" + result_zh(d) + " (" + one.key +
                            ")");
    }
  }
  std::vector<std::string> lines;
  for (const auto& [code, sum] : sums) {
    const InspectionItem* item = duties::item_of(items, code);
    lines.push_back((item == nullptr ? code : item->row.zh) + "：抽查 " +
                    std::to_string(sum.inspected) + " 家，发现问题 " +
                    std::to_string(sum.wanting.size()) + " 家。");
    lines.insert(lines.end(), sum.wanting.begin(), sum.wanting.end());
  }
  if (lines.empty()) {
    lines.emplace_back("本期没有公示的抽查结果。");
  }
  lines.resize(std::min(lines.size(), kAnswersMax));
  Dossier out;
  out.type = "bulletin";
  out.about_kind = "city";
  out.state = "drafted";
  out.from = period.from;
  out.to = period.to;
  out.title = base::format_day(period.from) + " – " + base::format_day(period.to);
  out.fields["day"] = base::format_day(period.to);
  out.fields["inspected"] = inspected;
  out.fields["wanting"] = wanting;
  out.fields["lines"] = std::move(lines);
  return out;
}

}  // namespace huan::dossiers
