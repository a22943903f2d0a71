// SPDX-License-Identifier: Apache-2.0
#include "huan/app/register_purchase.hpp"

#include <algorithm>

#include "huan/app/registry_facts.hpp"
#include "huan/buying/judge.hpp"
#include "huan/vault/retention.hpp"

namespace huan::app {
namespace {

using base::Error;
using base::ErrorCode;
using base::Result;
using vault::Field;

constexpr std::string_view kPurpose = "registration of a purchase";

/// Who is known by this number in the city; empty: nobody.
Result<std::string> known_handler(Personal& personal, store::Reading& reading,
                                  const HandlerEntry& entry) {
  HUAN_TRY(known, personal.parties_of(reading, entry.id_number));
  const auto here = std::find_if(known.begin(), known.end(),
                                 [&](const vault::Subject& one) { return one.city == entry.city; });
  return here == known.end() ? std::string() : here->party;
}

/// A person of this city who was not known before.
Result<std::string> new_person(Recorder& recorder, const HandlerEntry& entry) {
  RegistryPut put;
  put.kind = "party";
  put.key = "H-" + entry.event;
  put.data = R"({"kind":"natural_person"})";
  auto outcome = recorder.put(entry.city, put, entry.by);
  if (outcome.status == Status::refused) {
    return std::move(outcome.error);
  }
  return put.key;
}

}  // namespace

Result<RegistrationAsked> registration_asked(store::Reading& reading, const std::string& city,
                                             const buying::Rules& rules,
                                             const PurchaseAsked& asked) {
  StoreVersions versions{reading, city};
  RegistryFacts facts{versions, asked.offset_s};
  const auto* seller = facts.find_party(asked.seller, asked.at);
  if (seller == nullptr) {
    return Error{ErrorCode::unknown_party, "seller", asked.seller};
  }
  RegistrationAsked found;
  found.seller_kind = registry::name(seller->kind);
  found.seller_name = seller->name;
  found.seller_code = seller->uscc;
  found.rule = buying::registration_for(
      rules, {asked.material, found.seller_kind, base::day_of(asked.at, asked.offset_s)});
  return found;
}

void keep_handler(Recorder& recorder, Personal& personal, const vault::Subject& handler,
                  base::Day day) {
  const auto term = vault::term_of(vault::Retention::scrap_registration, day);
  recorder.run(handler.city, 1, [&](CityWriter& writer) {
    personal.keep(writer, handler.party, term);
    return true;
  });
}

Result<std::string> enter_handler(Recorder& recorder, Personal& personal, store::Reading& reading,
                                  const HandlerEntry& entry) {
  PersonalPut put;
  put.term = vault::term_of(vault::Retention::scrap_registration, entry.day);
  put.values = {{Field::id_number, entry.id_number},
                {Field::name, entry.name},
                {Field::address, entry.address}};
  HUAN_CHECK(personal.check(put, entry.offset_s));
  HUAN_TRY(party, known_handler(personal, reading, entry));
  if (party.empty()) {
    HUAN_TRY(made, new_person(recorder, entry));
    party = std::move(made);
  } else {
    put.values.resize(1);  // what is on record of somebody else's counter is not written over
  }
  const vault::Caller caller{entry.by.name, kPurpose};
  HUAN_CHECK(personal.put(caller, {entry.city, party}, put));
  keep_handler(recorder, personal, {entry.city, party}, entry.day);
  return party;
}

}  // namespace huan::app
