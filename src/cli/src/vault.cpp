// SPDX-License-Identifier: Apache-2.0
// Personal data from the shell: another key for all of it, what is kept about somebody and who
// looked at it, erasing. A number that stands for a person is read from standard input, since what
// stands on a command line is read by others.
#include <fmt/core.h>

#include <algorithm>
#include <iostream>

#include "deletions.hpp"
#include "huan/base/text.hpp"
#include "huan/json/writer.hpp"
#include "huan/key_files/key_files.hpp"
#include "huan/vault/retention.hpp"
#include "verb.hpp"

namespace huan::cli {
namespace {

constexpr std::string_view kWho = "operator/shell";
constexpr std::size_t kShownMax = 100'000;

struct VaultOrder {
  std::string action;
  std::string party;
  bool person{false};  ///< all parties of whom the number on standard input belongs to
  std::string purpose;
  std::string who;
  std::size_t limit{100};
};

int say_rotated(const Common& common, const app::RotatedKey& done, const std::string& old_file) {
  if (common.json) {
    std::string out;
    json::Writer w(out);
    w.begin_object().member("fields", static_cast<std::int64_t>(done.vault.fields));
    w.member("old_key", old_file);
    w.member("second_factors", static_cast<std::int64_t>(done.second_factors));
    w.member("unreadable", static_cast<std::int64_t>(done.vault.unreadable)).end_object();
    fmt::print("{}\n", out);
  } else {
    fmt::print("{} fields and {} second factors sealed with another key, {} unreadable before\n",
               done.vault.fields, done.second_factors, done.vault.unreadable);
    fmt::print("the old key is needed for backups made before: {}\n", old_file);
  }
  return done.vault.unreadable == 0 ? kDone : kWanting;
}

/// Each step may be the last one: what was begun is found again and finished.
int rotate(const Common& common) {
  using key_files::Missing;
  const auto folder = common.keys_folder();
  const auto current = key_files::open_vault_key(folder, Missing::refuse);
  auto next = key_files::open_next_vault_key(folder, Missing::leave);
  if (!current || !next) {
    return refused(common, !current ? current.error() : next.error());
  }
  const auto old_name = app::fingerprint_of(**current);
  Writing writing{common};
  app::RotatedKey done;
  if (!*next || !app::is_vault_key(*writing.store->snapshot(), **next)) {
    auto personal =
        app::Personal::open({writing.recorder, common.doors.vaults, writing.clock}, *current);
    if (!personal) {
      return refused(common, personal.error());
    }
    next = key_files::open_next_vault_key(folder, Missing::make);
    if (!next) {
      return refused(common, next.error());
    }
    auto rotated = (*personal)->rotate(**next);
    if (!rotated) {
      return refused(common, rotated.error());
    }
    done = *rotated;
  }
  if (auto adopted = key_files::adopt_next_vault_key(folder, old_name); !adopted) {
    return refused(common, adopted.error());
  }
  return say_rotated(common, done, key_files::old_vault_file(folder, old_name));
}

void write_access(json::Writer& w, const vault::Access& one) {
  w.begin_object().member("action", vault::name(one.action));
  w.member("field", one.field ? vault::name(*one.field) : std::string_view());
  w.member("party", one.subject.party).member("purpose", one.purpose);
  w.member("time", base::format_time(one.at, 0)).member("who", one.who).end_object();
}

int audit(const Common& common, const VaultOrder& order) {
  const auto store = common.open(Open::read);
  const auto reading = store->snapshot();
  const auto city = common.one_city(*reading);
  if (!city) {
    return refused(common, city.error());
  }
  vault::AccessQuestion question;
  question.city = *city;
  question.party = order.party;
  question.who = order.who;
  const auto vaults = common.doors.vaults.of_reading(*reading);
  const auto rows = vaults->accesses(question, {}, std::min(order.limit, kShownMax));
  std::string out;
  json::Writer w(out);
  w.begin_array();
  for (const auto& one : rows) {
    if (common.json) {
      write_access(w, one);
      continue;
    }
    fmt::print("{} {:<8} {:<24} {:<16} {:<12} {}\n", base::format_time(one.at, 0),
               vault::name(one.action), one.who, one.subject.party,
               one.field ? vault::name(*one.field) : "all", one.purpose);
  }
  w.end_array();
  if (common.json) {
    fmt::print("{}\n", out);
  }
  return kDone;
}

/// Whose data is meant: the party named, or all that one person is.
base::Result<std::vector<vault::Subject>> subjects(const Common& common, const VaultOrder& order,
                                                   store::Reading& reading,
                                                   app::Personal& personal) {
  if (order.person) {
    std::string number;
    std::getline(std::cin, number);
    return personal.parties_of(reading, number);
  }
  HUAN_TRY(city, common.one_city(reading));
  if (!reading.registered(city, "party", order.party)) {
    return base::Error{base::ErrorCode::unknown_party, "", order.party};
  }
  return std::vector{vault::Subject{city, order.party}};
}

void write_copy(json::Writer& w, const vault::Subject& subject, const app::PersonalCopy& copy) {
  w.begin_object().key("accesses").begin_array();
  for (const auto& one : copy.accesses) {
    write_access(w, one);
  }
  w.end_array().member("city", subject.city).key("fields").begin_array();
  for (const auto& field : copy.fields) {
    w.begin_object().member("field", vault::name(field.field)).key("keep_until");
    field.keep_until ? w.string(base::format_day(*field.keep_until)) : w.null();
    w.member("state", app::name(field.state)).key("value");
    field.state == app::FieldState::clear ? w.string(field.value) : w.null();
    w.end_object();
  }
  w.end_array().member("party", subject.party).end_object();
}

void write_erased(json::Writer& w, const vault::Subject& subject, const vault::Erased& erased) {
  w.begin_object().member("blocked", static_cast<std::int64_t>(erased.blocked));
  w.member("city", subject.city).key("kept_until");
  erased.kept_until ? w.string(base::format_day(*erased.kept_until)) : w.null();
  w.member("party", subject.party).member("removed", static_cast<std::int64_t>(erased.removed));
  w.end_object();
}

/// A line of JSON a party, for the person whose data it is.
int of_person(const Common& common, const VaultOrder& order) {
  Writing writing{common};
  const auto personal = open_personal(common, *writing.store, writing.recorder, writing.clock);
  if (!personal) {
    return refused(common, personal.error());
  }
  const auto whose = subjects(common, order, *writing.store->snapshot(), **personal);
  if (!whose) {
    return refused(common, whose.error());
  }
  for (const auto& subject : *whose) {
    std::string out;
    json::Writer w(out);
    if (order.action == "copy") {
      const auto copy = (*personal)->copy({kWho, order.purpose}, subject);
      if (!copy) {
        return refused(common, copy.error());
      }
      write_copy(w, subject, *copy);
    } else {
      const auto erased = (*personal)->erase({kWho, order.purpose}, subject);
      if (!erased) {
        return refused(common, erased.error());
      }
      write_erased(w, subject, *erased);
    }
    fmt::print("{}\n", out);
  }
  return kDone;
}

int classes(const Common& common) {
  std::string out;
  json::Writer w(out);
  w.begin_object().key("classes").begin_array();
  for (std::size_t i = 0; i < vault::kRetentionCount; ++i) {
    const auto one = static_cast<vault::Retention>(i);
    w.begin_object().member("name", vault::name(one));
    w.member("years", std::int64_t{vault::years(one)}).end_object();
    if (!common.json) {
      fmt::print("{:<20} {} years\n", vault::name(one), vault::years(one));
    }
  }
  w.end_array().end_object();
  if (common.json) {
    fmt::print("{}\n", out);
  }
  return kDone;
}

int run_vault(const Common& common, const VaultOrder& order) {
  if (order.action == "rotate") {
    return rotate(common);
  }
  if (order.action == "audit") {
    return audit(common, order);
  }
  if (order.action == "classes") {
    return classes(common);
  }
  if (order.action == "retention" || order.action == "deletions") {
    const auto city = common.one_city(*common.open(Open::read)->snapshot());
    if (!city) {
      return refused(common, city.error());
    }
    return order.action == "deletions" ? list_deletions(common, *city)
                                       : delete_ended(common, *city, std::string(kWho));
  }
  if (order.party.empty() != order.person) {
    return refused(common, {base::ErrorCode::bad_field, "party", "a party, or --person"});
  }
  return of_person(common, order);
}

}  // namespace

void add_vault(CLI::App& root, Common& common, Verb& verb) {
  CLI::App* one = add_verb(root, common, "vault",
                           "personal data: another key, who looked at it, a copy, erasing");
  auto order = std::make_shared<VaultOrder>();
  one->add_option("action", order->action,
                  "rotate (the key), audit, copy, erase, classes (of retention), retention (remove "
                  "what has ended), or deletions (their proofs)")
      ->required()
      ->check(
          CLI::IsMember({"rotate", "audit", "copy", "erase", "classes", "retention", "deletions"}));
  one->add_option("party", order->party, "whose");
  one->add_option("--city", common.city, "when there are several");
  one->add_flag("--person", order->person,
                "all parties of the person whose identity number stands on standard input");
  one->add_option("--purpose", order->purpose, "what for, or whose request; kept for good");
  one->add_option("--who", order->who, "of an audit: only these accesses");
  one->add_option("--limit", order->limit, "of an audit: the latest")->capture_default_str();
  one->callback(
      [&common, &verb, order] { verb = [&common, order] { return run_vault(common, *order); }; });
}

}  // namespace huan::cli
