// SPDX-License-Identifier: Apache-2.0
import type { plan as words } from "./zh_plan.ts";

export const plan: typeof words = {
  "plan.whole": "The city's whole network (by its rules)", "plan.whole.help": "Plans the network from drop-off points to processors by the rules on record (villages, norms, what exists); the result has to pass an independent check.", "plan.relax": "Also compute what each rule costs",
  "plan.yuan": "Cost (yuan a year)", "plan.sites.cost": "Facilities (yuan a year)", "plan.ways.cost": "Transport (yuan a year)", "plan.covered": "Households served", "plan.uncovered": "Households not served", "plan.infeasible": "These rules cannot hold together", "plan.infeasible.help": "Ease one of them, or take a change back, and compute again. Reason: {reason}",
  "plan.rules": "What became of the rules", "plan.rule": "Rule", "plan.rule.asked": "Asked", "plan.rule.found": "Planned", "plan.rule.shared": "{n} (counted {times} times: neighbours share)", "plan.rule.binds": "Areas where it binds", "plan.rule.saves": "One step eased saves (yuan a year)", "plan.changed": "{n} changes",
  "plan.tiered": "Whole network",
  "standing.free": "new", "standing.existing": "exists", "standing.closable": "exists, may close", "standing.required": "required", "standing.forbidden": "ruled out",
  "whatif.title": "What if", "whatif.help": "Choose a facility on the map or in the table, drop or move it, or add one. The network is solved again from this plan, and compared with it.", "whatif.help.route": "Choose a stop on the map or in the table, drop or move it, add one, or change the number of vehicles. Routes are computed again and compared with these.",
  "whatif.group": "Tier", "whatif.line": "Route", "whatif.line.of": "Route {n}", "whatif.find": "Id or name", "whatif.list": "Facilities that can be changed", "whatif.list.route": "Stops", "whatif.shown": "{n} of {all} shown; filter for the others", "whatif.nothing": "None of them. Try another tier, district or id.",
  "whatif.chosen": "Chosen: {name}", "whatif.drop": "Drop", "whatif.move": "Move to…", "whatif.add": "Add one", "whatif.place": "Click a spot on the map, or enter its coordinates:", "whatif.lng": "Longitude", "whatif.lat": "Latitude", "whatif.here": "Put it here", "whatif.stop": "Cancel", "whatif.kg": "Mass (kg)",
  "whatif.steps": "Changes", "whatif.steps.none": "No change yet.", "whatif.dropped": "Drop {name}", "whatif.moved": "Move {name} to {at}", "whatif.added": "Add: {group}, at {at}", "whatif.undo": "Take back", "whatif.again": "Compute with these changes", "whatif.lost": "This page has not kept this job's problem (a reload forgets it). Compute it anew, then change it.",
  "whatif.unserved": "not served",
};
