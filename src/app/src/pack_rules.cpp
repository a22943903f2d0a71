// SPDX-License-Identifier: Apache-2.0
#include "huan/app/pack_rules.hpp"

#include "huan/json/canonical.hpp"
#include "huan/json/document.hpp"

namespace huan::app {
namespace {

using base::Error;
using base::ErrorCode;
using base::Result;

constexpr std::string_view kRulesKind = "document";
constexpr std::string_view kRulesKey = "rules";

/// `data` of a stored record in RFC 8785 bytes.
std::string canonical_data_of(const store::RegistryRow& row) {
  const auto document = json::Document::parse(row.body, json::kStored);
  HUAN_ASSERT(document.has_value());  // it went in through the write path
  json::Value value = document->root();
  if (const auto record = value.find("record")) {
    value = *record;
  }
  const auto data = value.find("data");
  HUAN_ASSERT(data.has_value());
  return json::canonical(*data);
}

std::string version_of(const std::string& rules) {
  const auto document = json::Document::parse(rules, json::kStored);
  const auto version =
      document && document->root().is_object() ? document->root().find("version") : std::nullopt;
  return version && version->is_string() ? std::string{version->string()} : std::string{};
}

RegistryPut put_of(const registry::Draft& draft, const std::string& time) {
  RegistryPut put;
  put.kind = registry::name(draft.kind);
  put.key = draft.key;
  put.data = registry::to_json(draft.data);
  put.time = time;
  return put;
}

RegistryPut rules_put(const std::string& json, const std::string& time) {
  RegistryPut put;
  put.kind = kRulesKind;
  put.key = kRulesKey;
  put.data = json;
  put.time = time;
  return put;
}

/// One upgrade inside the writer's transaction.
class Upgrade {
 public:
  Upgrade(CityWriter& writer, const registry::Pack& pack, const RulesText& rules)
      : writer_(writer),
        pack_(pack),
        rules_(rules),
        time_(base::format_time(rules.from, pack.utc_offset_s)) {}

  Result<UpgradeReport> run() {
    report_.city = pack_.city.code;
    if (!writer_.reading().city(pack_.city.code)) {
      return Error{ErrorCode::unknown_city, pack_.city.code, "make it with huan init"};
    }
    HUAN_CHECK(judge_rules());
    for (const registry::Draft& draft : registry::drafts(pack_)) {
      if (draft.kind == registry::Kind::pack || draft.kind == registry::Kind::material) {
        HUAN_CHECK(keep(put_of(draft, time_)));
      }
    }
    HUAN_CHECK(keep(rules_put(rules_.json, time_)));
    return report_;
  }

 private:
  Result<void> judge_rules() {
    const auto row = writer_.reading().registered(pack_.city.code, kRulesKind, kRulesKey);
    if (!row) {
      return {};
    }
    const std::string before = canonical_data_of(*row);
    report_.before = version_of(before);
    const std::string now = canonical(rules_.json);
    if (before != now && report_.before == version_of(now)) {
      return Error{ErrorCode::bad_pack, "pack.toml (/version)",
                   "a new version is expected where rules have changed: " + report_.before +
                       " is on record"};
    }
    if (before != now && rules_.from <= row->time) {
      return Error{ErrorCode::bad_time, "--from",
                   "a time after " + base::format_time(row->time, pack_.utc_offset_s) +
                       " is expected, from when the version on record holds: the past is not "
                       "judged anew"};
    }
    return {};
  }

  static std::string canonical(const std::string& text) {
    const auto document = json::Document::parse(text, json::kStored);
    return document ? json::canonical(document->root()) : text;
  }

  Result<void> keep(const RegistryPut& put) {
    const auto row = writer_.reading().registered(pack_.city.code, put.kind, put.key);
    if (row && canonical_data_of(*row) == canonical(put.data)) {
      ++report_.unchanged;
      return {};
    }
    Outcome outcome = writer_.put(put, Principal{"pack/" + pack_.name});
    if (outcome.status == Status::refused) {
      return std::move(outcome.error).within(put.kind + " " + put.key + " ");
    }
    ++report_.recorded;
    return {};
  }

  CityWriter& writer_;
  const registry::Pack& pack_;
  const RulesText& rules_;
  std::string time_;
  UpgradeReport report_;
};

}  // namespace

Result<UpgradeReport> upgrade_pack(Recorder& recorder, const registry::Pack& pack,
                                   const RulesText& rules) {
  Result<UpgradeReport> result{UpgradeReport{}};
  const std::size_t weight = pack.catalogue.materials().size() + 2;
  recorder.run(pack.city.code, weight, [&](CityWriter& writer) {
    result = Upgrade(writer, pack, rules).run();
    return result.has_value();
  });
  return result;
}

Result<bool> keep_first_rules(Recorder& recorder, const registry::Pack& pack,
                              const RulesText& rules) {
  Result<bool> result{false};
  recorder.run(pack.city.code, 1, [&](CityWriter& writer) {
    if (writer.reading().registered(pack.city.code, kRulesKind, kRulesKey)) {
      return true;
    }
    RegistryPut put = rules_put(rules.json, base::format_time(rules.from, pack.utc_offset_s));
    // Equal packs give equal logs, so the id follows from what is recorded, as init's others do.
    put.id = registry::record_id(pack, {registry::Kind::document, std::string{kRulesKey},
                                        registry::OtherData{rules.json}})
                 .text();
    Outcome outcome = writer.put(put, Principal{"pack/" + pack.name});
    if (outcome.status == Status::refused) {
      result = std::move(outcome.error).within("rules ");
      return false;
    }
    result = true;
    return true;
  });
  return result;
}

std::optional<std::string> rules_at(store::Reading& reading, const std::string& city,
                                    std::optional<base::Instant> at) {
  const auto row = at ? reading.registered_at(city, kRulesKind, kRulesKey, *at)
                      : reading.registered(city, kRulesKind, kRulesKey);
  return row ? std::optional{canonical_data_of(*row)} : std::nullopt;
}

}  // namespace huan::app
