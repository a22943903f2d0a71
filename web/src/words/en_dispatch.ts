// SPDX-License-Identifier: Apache-2.0
import type { dispatch as Dispatch } from "./zh_dispatch.ts";

export const dispatch: typeof Dispatch = {
  "nav.dispatch": "Dispatch", "plan.rounds": "dispatch", "board.title": "The day's trucks", "board.day": "Day", "board.plan": "Plan", "board.planning": "Planning…", "board.seconds": "Seconds", "board.publish": "Publish to drivers", "board.published": "published", "board.draft": "draft", "board.closed": "closed", "board.none": "No rounds for that day yet. Plan makes them from orders, contracts and storage limits.",
  "board.rounds": "Rounds", "board.map": "Map of the rounds", "board.time": "Timeline", "board.vehicle": "Vehicle", "board.driver": "Driver", "board.driver.none": "nobody yet", "board.assign": "Assign", "board.stops": "{n} stops", "board.km": "{n} km", "board.left": "Left out", "board.alerts": "Storage alerts", "board.idle": "{n} vehicles do not drive that day: no pass in force, inactive, or kept nowhere",
  "board.move": "Move {stop}", "board.to": "To vehicle", "board.up": "Earlier", "board.down": "Later", "board.out": "Take out", "board.in": "Put in", "board.keep": "Keep the change", "board.undo": "Undo", "board.changed": "Changed, not kept", "board.sound": "No rule is broken", "board.broken": "{n} rules are broken", "board.kept": "Kept",
  "board.kind.order": "door", "board.kind.visit": "contract", "board.kind.station": "station", "board.kind.unload": "unload", "board.state.planned": "ahead", "board.state.arrived": "arrived", "board.state.weighed": "weighed", "board.state.done": "done", "board.state.refused": "not taken", "board.state.missed": "missed", "board.state.late": "late",
  "board.alert.exceeded": "over its limit", "board.alert.exceeded_age": "lies too long", "board.alert.today": "full today", "board.alert.age": "last day", "board.alert.tomorrow": "full tomorrow", "board.by": "by {time}", "board.why": "Why", "board.place": "Place", "board.holds": "Holds",
  "board.help": "Drag a stop to another vehicle or place in the list; or choose it and use the keys below. What has begun stays.", "board.balance": "{loaded} loaded, {unloaded} unloaded, {open} open, {late} late, {missed} missed",
};
