// SPDX-License-Identifier: Apache-2.0
import type { work as zh } from "./zh_work.ts";

export const work: typeof zh = {
  "nav.work": "Arrivals and processing", "work.place": "Number of this place", "work.open.place": "Open", "work.choose": "Enter the number of this place first (such as CS-130102-001).", "work.arrive": "Arrivals", "work.process": "Processing", "work.ship": "Ship", "work.sell": "Sell",
  "work.coming": "On its way here", "work.none": "Nothing is on its way here.", "work.weigh": "Weighed on arrival:", "work.assent": "As it was sent", "work.accepted": "Accepted (kg)", "work.refused": "Refused (kg)", "work.difference": "Difference", "work.doubt": "More than 2 % off what was sent: check before you save; the record will say so.", "work.arrive.do": "Confirm", "work.arrived": "{shipment} accepted, {mass}",
  "work.in": "In", "work.out": "Out", "work.taken": "Taken", "work.stands": "In stock", "work.kg": "Weight (kg)", "work.price": "Price (yuan/kg)", "work.all": "all", "work.nostock": "Nothing is in stock here.", "work.badmass": "no weight", "work.toomuch": "at most {most}",
  "work.line": "Another line", "work.line.gone": "Remove this line", "work.loss": "Loss (kg)", "work.rest": "The rest is loss", "work.yield": "Yield", "work.lossrate": "Loss", "work.process.kind": "Process", "work.balanced": "In and out balance", "work.empty": "Enter what went in and what came out", "work.open": "{mass} have gone nowhere yet", "work.over": "{mass} more came out than went in", "work.process.do": "Save", "work.processed": "Processed: {in} in, {out} out, {loss} lost",
  "process.sort": "sorting", "process.dismantle": "dismantling", "process.shred": "shredding", "process.bale": "baling", "process.wash": "washing", "process.melt": "melting",
  "work.to": "To (number of the place)", "work.vehicle": "Vehicle (may be left out)", "work.buyer": "Buyer's party number", "work.fate": "For", "work.amount": "Amount", "work.ship.do": "Confirm", "work.sell.do": "Confirm", "work.shipped": "{mass} shipped, waybill {shipment}", "work.sold": "{mass} sold, ¥ {yuan}",
  "work.see": "See the record", "work.undo": "Take back", "work.undo.reason": "entered by mistake, taken back",
};
