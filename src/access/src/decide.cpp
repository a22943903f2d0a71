// SPDX-License-Identifier: Apache-2.0
#include "huan/access/decide.hpp"

#include <algorithm>

namespace huan::access {
namespace {

Scope widest(const Subject& subject, Action action) {
  Scope scope = Scope::none;
  for (const Role role : subject.roles) {
    scope = std::max(scope, reach(role, action));
  }
  return scope;
}

/// A district that is the whole city limits nothing.
bool whole_city(const Subject& subject) {
  return !subject.city.empty() && subject.district == subject.city;
}

bool within(const std::string& limit, const std::string& value) {
  return limit.empty() || limit == value;
}

}  // namespace

std::optional<Grant> decide(const Subject& subject, Action action) {
  Grant grant;
  grant.scope = widest(subject, action);
  switch (grant.scope) {
    case Scope::none:
      return std::nullopt;
    case Scope::own:
    case Scope::all:
      return grant;
    case Scope::district:
      if (subject.district.empty()) {
        return std::nullopt;
      }
      grant.district = whole_city(subject) ? "" : subject.district;
      return grant;
    case Scope::organisation:
      if (subject.organisation.empty()) {
        return std::nullopt;
      }
      grant.organisation = subject.organisation;
      return grant;
    case Scope::place:
      if (subject.place.empty() || subject.organisation.empty()) {
        return std::nullopt;
      }
      grant.organisation = subject.organisation;
      grant.place = subject.place;
      return grant;
  }
  return std::nullopt;
}

bool may_give(const Subject& giver, const Subject& taker) {
  const auto own = decide(giver, Action::write_accounts);
  if (!own || taker.roles.empty()) {
    return false;
  }
  for (std::size_t i = 0; i < kActions; ++i) {
    const auto action = static_cast<Action>(i);
    if (widest(taker, action) > widest(giver, action)) {
      return false;
    }
  }
  const bool same_city = within(giver.city, taker.city);
  return same_city && within(own->district, taker.district) &&
         within(own->organisation, taker.organisation) && within(own->place, taker.place);
}

}  // namespace huan::access
