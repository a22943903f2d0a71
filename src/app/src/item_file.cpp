// SPDX-License-Identifier: Apache-2.0
#include "huan/app/item_file.hpp"

#include <algorithm>
#include <map>

#include "huan/app/file_dossier.hpp"
#include "huan/app/scope.hpp"
#include "huan/dossiers/fields.hpp"
#include "huan/json/document.hpp"
#include "huan/ledger/event.hpp"
#include "huan/registry/identifiers.hpp"

namespace huan::app {
namespace {

constexpr std::size_t kPaperPage = 1'000;
constexpr std::string_view kMarks = "part_mark";
constexpr std::string_view kReuse = "reuse";

/// The event in force of a record: as sent, or a correction's replacement.
std::optional<ledger::Event> item_event(std::string_view body) {
  const auto document = json::Document::parse(body, json::kStored);
  const auto sent = document ? document->root().find("event") : std::nullopt;
  const auto event = sent && sent->find("replacement") ? sent->find("replacement") : sent;
  if (!event || !event->is_object()) {
    return std::nullopt;
  }
  auto parsed = ledger::parse_version(*event);
  return parsed ? std::optional(std::move(*parsed)) : std::nullopt;
}

/// For what a sale was: as it says, or as the server drew it from who bought.
std::string class_of(const ledger::Event& event, std::string_view body) {
  if (event.type != ledger::EventType::sell || !event.cls.empty()) {
    return event.cls;
  }
  const auto document = json::Document::parse(body, json::kStored);
  const auto drawn = document ? document->root().find("drawn") : std::nullopt;
  const auto cls = drawn && drawn->is_object() ? drawn->find("class") : std::nullopt;
  return cls && cls->is_string() ? std::string(cls->string()) : std::string();
}

class ItemFiling {
 public:
  ItemFiling(store::Reading& reading, const ItemAsked& asked) : reading_(reading), asked_(asked) {}

  /// Steps in force, in the order of the log; what the asker may not see is passed over.
  std::vector<ItemStep> steps_of(const std::string& code) {
    std::vector<ItemStep> steps;
    for (const store::ItemHistoryRow& row : reading_.item_history(asked_.city, code)) {
      const auto record = reading_.record(asked_.city, row.seq);
      const auto event = record ? item_event(record->body) : std::nullopt;
      if (!event || reading_.superseded_by(asked_.city, row.seq) != 0 ||
          !sees_record(record->view(), asked_.scope)) {
        continue;
      }
      ItemStep step;
      step.seq = row.seq;
      step.event = record->id.text();
      step.type = ledger::name(event->type);
      step.time = event->time;
      step.cls = class_of(*event, record->body);
      step.place = event->place;
      step.party = event->type == ledger::EventType::ship ? event->to_place : event->party;
      step.lot_before = row.move.lot_before.starts_with('%') ? "" : row.move.lot_before;
      step.lot_after = row.move.lot_after.starts_with('%') ? "" : row.move.lot_after;
      if (!steps.empty() && steps.back().seq == step.seq) {
        step.lot_before = steps.back().lot_before;  // taken back and moved anew by one record
        steps.pop_back();
      }
      steps.push_back(std::move(step));
    }
    return steps;
  }

  /// As it was named when it came up: later moves do not say it again.
  std::string kind_of(const std::string& code) {
    for (const store::ItemHistoryRow& row : reading_.item_history(asked_.city, code)) {
      if (!row.move.kind.empty()) {
        return row.move.kind;
      }
    }
    return {};
  }

  /// What came out of it with the records that moved it, and what stands where it was made.
  std::vector<ItemPart> parts_of(const std::string& code, const std::vector<ItemStep>& steps) {
    std::map<std::string, std::string, std::less<>> found;  // code -> lot
    for (const ItemStep& step : steps) {
      for (const ledger::ItemMove& move : reading_.item_moves(asked_.city, step.seq)) {
        if (move.parent == code) {
          const auto row = reading_.item(asked_.city, move.code);
          found[move.code] = row ? row->lot : std::string();
        }
      }
    }
    reading_.all_items(asked_.city, [&](const store::ItemRow& row) {
      if (row.parent == code) {
        found[row.code] = row.lot;
      }
      return true;
    });
    std::vector<ItemPart> parts;
    parts.reserve(found.size());
    for (const auto& [part, lot] : found) {
      parts.push_back({part, kind_of(part), lot, {}, {}, {}, {}});
    }
    const auto marks = keys_by_code(kMarks, "part");
    for (ItemPart& part : parts) {
      const auto mark = marks.find(part.code);
      part.mark = mark == marks.end() ? std::string() : mark->second;
      if (!part.lot.empty() && !part.lot.starts_with('%')) {
        part.place = place_of(part.lot);
        continue;
      }
      part.lot.clear();
      const auto left = steps_of(part.code);
      if (!left.empty()) {
        part.left_by = left.back().type;
        part.taker = left.back().party;
        if (left.back().cls == kReuse && part.mark.empty()) {
          unmarked_.push_back(part.code);
        }
      }
    }
    return parts;
  }

  std::string place_of(const std::string& lot) {
    const auto state = reading_.lot(asked_.city, lot);
    return state ? state->place : std::string();
  }

  /// Dossiers of that type that name the code as their VIN.
  std::vector<std::string> papers_of(const std::string& type, const std::string& code) {
    std::vector<std::string> keys;
    const auto all = keys_by_code(type, "vin");
    for (auto [one, end] = all.equal_range(code); one != end; ++one) {
      keys.push_back(one->second);
    }
    return keys;
  }

  /// Parts that left to be used again without a mark on record, of those that parts_of() found.
  [[nodiscard]] const std::vector<std::string>& unmarked() const { return unmarked_; }

 private:
  /// Keys of the dossiers of a type by the code that a field of theirs names.
  std::multimap<std::string, std::string, std::less<>> keys_by_code(std::string_view type,
                                                                    std::string_view field) {
    std::multimap<std::string, std::string, std::less<>> keys;
    store::Page page{"", kPaperPage};
    for (bool more = !type.empty(); more;) {
      const auto rows =
          reading_.registry(asked_.city, "dossier", {std::string(type), {}, {}, {}}, page);
      for (const store::RegistryRow& row : rows) {
        const auto kept = dossier_on_record(reading_, asked_.city, row.key);
        if (kept && kept->dossier.state != "void") {
          keys.emplace(dossiers::text_in(kept->dossier, field), row.key);
        }
      }
      more = rows.size() == page.limit;
      if (more) {
        page.after = rows.back().key;
      }
    }
    return keys;
  }

  store::Reading& reading_;
  const ItemAsked& asked_;
  std::vector<std::string> unmarked_;
};

void name_missing(ItemFile& file, const buying::ItemFileRule& rule) {
  if (file.number_ok && !*file.number_ok) {
    file.missing.push_back("number");
  }
  for (const std::string& kind : rule.assemblies) {
    const bool there = std::any_of(file.parts.begin(), file.parts.end(),
                                   [&](const ItemPart& part) { return part.kind == kind; });
    if (!there) {
      file.missing.push_back(kind);
    }
  }
  if (!rule.certificate.empty() && file.papers.empty()) {
    file.missing.push_back(rule.certificate);
  }
}

}  // namespace

base::Result<ItemFile> item_file(store::Reading& reading, const ItemAsked& asked,
                                 const std::string& code, const buying::Rules& rules) {
  ItemFiling filing{reading, asked};
  ItemFile file;
  file.code = code;
  file.steps = filing.steps_of(code);
  const auto item = reading.item(asked.city, code);
  if (!item || file.steps.empty()) {
    return base::Error{base::ErrorCode::unknown_item, "code", code};
  }
  file.kind = filing.kind_of(code);
  if (!item->lot.empty() && !item->lot.starts_with('%')) {
    file.lot = item->lot;
    file.place = filing.place_of(item->lot);
  }
  file.parts = filing.parts_of(code, file.steps);
  const auto rule = std::find_if(rules.item_files.begin(), rules.item_files.end(),
                                 [&](const auto& one) { return one.kind == file.kind; });
  if (rule != rules.item_files.end()) {
    file.source = rule->source;
    file.papers = filing.papers_of(rule->certificate, code);
    if (rule->vin) {
      file.number_ok = registry::check_vin(code).has_value();
    }
    name_missing(file, *rule);
    for (const std::string& part : filing.unmarked()) {
      file.missing.push_back("mark " + part);
    }
  }
  return file;
}

void write_item_file(json::Writer& w, const ItemFile& file, std::int32_t offset_s) {
  w.begin_object().member("code", file.code).member("kind", file.kind).member("lot", file.lot);
  w.key("missing").begin_array();
  for (const std::string& one : file.missing) {
    w.string(one);
  }
  w.end_array().key("number_ok");
  if (file.number_ok) {
    w.boolean(*file.number_ok);
  } else {
    w.null();
  }
  w.key("papers").begin_array();
  for (const std::string& one : file.papers) {
    w.string(one);
  }
  w.end_array().key("parts").begin_array();
  for (const ItemPart& part : file.parts) {
    w.begin_object().member("code", part.code).member("kind", part.kind);
    w.member("left_by", part.left_by).member("lot", part.lot).member("mark", part.mark);
    w.member("place", part.place);
    w.member("taker", part.taker).end_object();
  }
  w.end_array().member("place", file.place).member("source", file.source);
  w.key("steps").begin_array();
  for (const ItemStep& step : file.steps) {
    w.begin_object().member("event", step.event).member("lot_after", step.lot_after);
    w.member("lot_before", step.lot_before).member("party", step.party);
    w.member("place", step.place).member("time", base::format_time(step.time, offset_s));
    w.member("type", step.type).end_object();
  }
  w.end_array().end_object();
}

}  // namespace huan::app
