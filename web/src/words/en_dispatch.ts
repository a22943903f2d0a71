// SPDX-License-Identifier: Apache-2.0
import type { dispatch as Dispatch } from "./zh_dispatch.ts";

export const dispatch: typeof Dispatch = {
  "nav.dispatch": "Dispatch", "plan.rounds": "dispatch", "board.title": "The day's trucks", "board.day": "Day", "board.plan": "Plan", "board.planning": "Planning…", "board.seconds": "Seconds", "board.publish": "Publish to drivers", "board.published": "published", "board.draft": "draft", "board.closed": "closed", "board.none": "No rounds for that day yet. Plan makes them from orders, contracts and storage limits.",
  "board.rounds": "Rounds", "board.map": "Map of the rounds", "board.time": "Timeline", "board.vehicle": "Vehicle", "board.driver": "Driver", "board.driver.none": "nobody yet", "board.assign": "Assign", "board.stops": "{n} stops", "board.km": "{n} km", "board.left": "Left out", "board.alerts": "Storage alerts", "board.idle": "{n} vehicles do not drive that day: no pass in force, inactive, or kept nowhere",
  "board.move": "Move {stop}", "board.to": "To vehicle", "board.up": "Earlier", "board.down": "Later", "board.out": "Take out", "board.in": "Put in", "board.keep": "Keep the change", "board.undo": "Undo", "board.changed": "Changed, not kept", "board.sound": "No rule is broken", "board.broken": "{n} rules are broken", "board.kept": "Kept",
  "board.kind.order": "door", "board.kind.visit": "contract", "board.kind.station": "station", "board.kind.unload": "unload", "board.state.planned": "ahead", "board.state.arrived": "arrived", "board.state.weighed": "weighed", "board.state.done": "done", "board.state.refused": "not taken", "board.state.missed": "missed", "board.state.late": "late",
  "board.alert.exceeded": "over its limit", "board.alert.exceeded_age": "lies too long", "board.alert.today": "full today", "board.alert.age": "last day", "board.alert.tomorrow": "full tomorrow", "board.by": "by {time}", "board.why": "Why", "board.place": "Place", "board.holds": "Holds",
  "board.help": "Drag a stop to another vehicle or place in the list; or choose it and use the keys below. What has begun stays.", "board.balance": "{loaded} loaded, {unloaded} unloaded, {open} open, {late} late, {missed} missed",
  "board.because": "{what} ({by})", "board.and": "; ",
  "board.why.no_vehicle": "no vehicle is free for it", "board.why.skills": "no vehicle has the permit or gear it needs", "board.why.capacity": "more than one vehicle holds",
  "board.why.fleet_capacity": "every vehicle that may come is full that day", "board.why.windows": "its hours cannot be met", "board.why.duration": "the shift would be too long", "board.why.distance": "the round would be too far",
  "board.why.travel": "too much driving", "board.why.stops": "the shift has all the stops it may have", "board.why.load_cap": "over the load of the whole shift", "board.why.facility": "no centre takes it or has room",
  "board.why.zone": "closed to trucks at those hours", "board.why.unreachable": "there is no road to it", "board.why.days": "no days fit together", "board.why.prize": "not worth the way",
  "board.why.search": "no room found in the time given: plan for longer", "board.why.could_fit": "this vehicle could still take it", "board.why.by_hand": "taken out by hand", "board.why.no_location": "its position is not on record",
  "board.rule.form": "this is no round", "board.rule.travel_time": "arrives before it can", "board.rule.unreachable": "there is no road", "board.rule.service_time": "less time than the work takes",
  "board.rule.window_early": "before its hours", "board.rule.window_late": "after its hours", "board.rule.shift_early": "before the shift begins", "board.rule.shift_late": "after the shift ends",
  "board.rule.facility_hours": "the centre is closed", "board.rule.facility_allowed": "the vehicle may not unload there", "board.rule.facility_material": "the centre does not take what is on board",
  "board.rule.facility_capacity": "more than the centre takes in a day", "board.rule.empty_at_end": "not empty at the end", "board.rule.break_missing": "a break is missing", "board.rule.break_early": "the break is too early",
  "board.rule.break_late": "the break is too late", "board.rule.break_duration": "the break is too short", "board.rule.break_load": "too much on board in the break", "board.rule.load": "overloaded",
  "board.rule.shift_load": "over the load of the whole shift", "board.rule.distance": "the round is too far", "board.rule.duration": "the shift is too long", "board.rule.travel": "too much driving",
  "board.rule.stops": "too many stops", "board.rule.unloads": "too many unloadings", "board.rule.skills": "the vehicle lacks the permit or gear", "board.rule.vehicle": "the vehicle may not serve this stop",
  "board.rule.release": "leaves before its goods are ready", "board.rule.pair": "a pair is split or out of order", "board.rule.zone": "in a closed zone at closed hours", "board.rule.visits": "more or fewer visits than asked for",
  "board.rule.days": "on days that do not fit", "board.rule.storage": "the place holds more than its limit", "board.rule.figures": "the figures do not add up",
};
