// SPDX-License-Identifier: Apache-2.0
#include "huan/ledger/post.hpp"

#include <charconv>

#include "huan/json/document.hpp"
#include "own_legs.hpp"

namespace huan::ledger {
namespace {

using base::Error;
using base::ErrorCode;

/// The number at the end of a ticket: "130102-0007" is number 7 of device "130102".
std::optional<TicketUse> ticket_of(std::string_view ticket) {
  const auto dash = ticket.rfind('-');
  if (dash == std::string_view::npos || dash == 0 || dash + 1 == ticket.size() ||
      ticket.size() - dash > 16) {
    return std::nullopt;
  }
  std::int64_t number = 0;
  const std::string_view digits = ticket.substr(dash + 1);
  const auto [end, error] = std::from_chars(digits.data(), digits.data() + digits.size(), number);
  if (error != std::errc{} || end != digits.data() + digits.size() || number < 0) {
    return std::nullopt;
  }
  return TicketUse{std::string{ticket.substr(0, dash)}, number};
}

/// A ticket without a number is its own device with number 0, so it cannot be used twice either.
TicketUse use_of(const std::string& ticket) {
  return ticket_of(ticket).value_or(TicketUse{ticket + " ", 0});
}

/// A number is held by the event whose version in force carries it, and may stay with that event in
/// all its versions. One that only versions no longer in force carry is free, and worth a look.
base::Result<void> check_ticket(Worksheet& sheet, const std::string& ticket) {
  if (ticket.empty()) {
    return {};
  }
  const TicketUse use = use_of(ticket);
  const auto last = sheet.book().ticket_last(use.device);
  const bool beyond = !last || use.number > *last;
  const auto holder = beyond ? std::nullopt : sheet.book().ticket(use.device, use.number);
  if (holder && !sheet.is_before(holder->seq)) {
    if (holder->in_force) {
      return Error{ErrorCode::number_range, "/ticket",
                   ticket + " stands in record " + std::to_string(holder->seq)};
    }
    sheet.raise("ticket_again", "/ticket",
                ticket + " stood in record " + std::to_string(holder->seq));
  }
  if (last && use.number > *last + 1) {
    sheet.raise("ticket_gap", "/ticket", ticket + " follows " + std::to_string(*last));
  }
  sheet.posting().tickets.push_back(use);
  return {};
}

base::Result<void> check_vehicle(const Event& event, Book& book) {
  if (!event.vehicle.empty() && !book.vehicle(event.vehicle, event.time)) {
    return Error{ErrorCode::unknown_vehicle, "/vehicle", event.vehicle};
  }
  return {};
}

base::Result<PlaceFacts> check_place(const Event& event, Book& book) {
  auto place = book.place(event.place, event.time);
  if (!place) {
    return Error{ErrorCode::unknown_place, "/place", event.place};
  }
  const bool needs_active =
      event.type == EventType::receive || (event.type == EventType::transform && event.run.empty());
  if (place->state == PlaceState::planned || (needs_active && place->state != PlaceState::active)) {
    return Error{ErrorCode::place_not_active, "/place", event.place};
  }
  return std::move(*place);
}

base::Result<void> check_time(const Event& event, const PostOptions& options) {
  if (event.time.s > options.now.s + options.tolerance_s) {
    return Error{ErrorCode::time_in_future, "/time",
                 base::format_time(event.time, options.offset_s)};
  }
  return {};
}

/// A sale's class, if it was not said, is the buyer's.
std::string class_of(const Event& event, Book& book) {
  std::string cls = flow_class(event);
  if (event.type == EventType::sell && cls.empty()) {
    const auto party = event.party.empty() ? std::nullopt : book.party(event.party, event.time);
    cls = party && !party->destination_class.empty() ? party->destination_class : "recycle";
  }
  return cls;
}

base::Result<void> post_own(Worksheet& sheet) {
  switch (sheet.event().type) {
    case EventType::receive:
      return post_receive(sheet);
    case EventType::ship:
      return post_ship(sheet);
    case EventType::accept:
      return post_accept(sheet);
    case EventType::transform:
      return post_transform(sheet);
    case EventType::sell:
      return post_sell(sheet);
    case EventType::dispose:
      return post_dispose(sheet);
    case EventType::adjust:
      return post_adjust(sheet);
    case EventType::settle:
      return post_settle(sheet);
    case EventType::correct:
      break;
  }
  HUAN_ASSERT(false);
  return {};
}

struct OwnOptions {
  std::string record_id;
  bool correcting{false};
};

/// Checks what every event has in common, then writes its own legs.
base::Result<void> post_event(Worksheet& sheet, const Event& event, const OwnOptions& own) {
  HUAN_CHECK(check_time(event, sheet.options()));
  HUAN_TRY(place, check_place(event, sheet.book()));
  HUAN_CHECK(check_vehicle(event, sheet.book()));
  const FoldContext context{event.type, event.place, place.operator_id, place.district,
                            class_of(event, sheet.book())};
  sheet.open(event, context, own.record_id, own.correcting);
  HUAN_CHECK(check_ticket(sheet, event.ticket));
  return post_own(sheet);
}

base::Result<void> post_correct(Worksheet& sheet, const Event& event, Event& old) {
  Book& book = sheet.book();
  HUAN_CHECK(check_time(event, sheet.options()));
  HUAN_CHECK(check_place(event, book));
  HUAN_CHECK(check_vehicle(event, book));
  const auto version = book.version(event.corrects);
  if (!version) {
    return Error{ErrorCode::unknown_event, "/corrects", event.corrects.text()};
  }
  if (!version->latest) {
    return Error{ErrorCode::version_conflict, "/corrects", event.corrects.text()};
  }
  FoldContext old_context{EventType::correct, version->place, version->operator_id,
                          version->district, ""};
  if (!version->event_json.empty()) {
    HUAN_TRY(document, json::Document::parse(version->event_json, json::kStored));
    HUAN_TRY(parsed, parse_version(document.root()));  // fails on what was not posted here
    old = std::move(parsed);
    old_context.type = old.type;
    old_context.cls = version->cls.empty() ? flow_class(old) : version->cls;
  } else {
    old.time = event.time;
  }
  // A void is posted on the day of what it voids.
  FoldContext context = old_context;
  context.place = version->event_json.empty() ? event.place : version->place;
  sheet.open(version->event_json.empty() ? event : old, context, event.id.text(), true);
  HUAN_CHECK(sheet.reverse(*version, old, old_context));
  HUAN_CHECK(check_ticket(sheet, event.ticket));  // the correction's own paper
  if (event.replacement) {
    auto posted = post_event(sheet, *event.replacement, {event.id.text(), true});
    return posted ? base::Result<void>{}
                  : base::Result<void>{std::move(posted).error().within("/replacement")};
  }
  return {};
}

}  // namespace

base::Result<Posting> post(const Event& event, Book& book, const PostOptions& options,
                           Posting&& room) {
  Worksheet sheet{book, options, std::move(room)};
  if (event.type == EventType::correct) {
    Event old;  // lives as long as the sheet that looks at it
    HUAN_CHECK(post_correct(sheet, event, old));
    return sheet.finish();
  }
  HUAN_CHECK(post_event(sheet, event, {event.id.text(), false}));
  return sheet.finish();
}

}  // namespace huan::ledger
