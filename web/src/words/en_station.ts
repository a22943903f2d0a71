// SPDX-License-Identifier: Apache-2.0
import type { station as zh } from "./zh_station.ts";

export const station: typeof zh = {
  "station.title": "Weigh-in", "station.place": "Number of this station", "station.place.help": "Type the number of this station (such as S-130102-001); this device will remember it.", "station.begin": "Start weighing",
  "station.change": "Other station", "station.materials": "Material (keys 1–9)", "station.weight": "Weight (kg)", "station.price": "Price (yuan/{unit})", "station.amount": "To pay (yuan)", "station.pieces": "Pieces",
  "station.origin": "Origin", "station.seller": "Seller's party number", "station.seller.help": "Scrap metal from production: the seller must be registered.", "station.save": "Save (Enter)", "station.saveonly": "Save",
  "station.other": "Other materials", "station.last": "Last tickets", "station.till": "Cash today", "station.till.lines": "{n} tickets, {mass}", "station.saved": "{ticket} saved",
  "station.waiting": "{n} tickets are not sent yet; they go out when the network is back", "station.offline": "Offline: tickets are kept on this device", "station.refused": "{n} tickets were refused: see to them", "station.sent": "sent", "station.kept": "to be sent", "station.back": "refused",
  "station.need.material": "Choose a material first", "station.need.weight": "Enter the weight", "station.need.seller": "Enter the seller", "station.weight.max": "At most {max} kg on one ticket",
  "station.receipt": "Weighing ticket", "station.receipt.print": "Print the receipt", "station.receipt.width": "Paper", "station.receipt.thanks": "Scan to see where it went", "station.receipt.keep": "Please keep this ticket",
  "station.drop": "Drop", "station.again": "Try again", "station.keys": "1–9 picks the material → type the weight → Enter saves; Esc clears", "station.none": "No ticket yet. Pick a material, type the weight, press Enter.",
  "station.confirm.heavy": "That is heavy: press Enter once more", "station.pay": "Paid", "pay.cash": "cash", "pay.bank": "bank", "pay.none": "not paid", "station.ready": "works offline", "station.cancelled": "dropped", "station.mm": "{n} mm",
  "station.number": "Ticket", "station.per.kg": "kg", "station.per.piece": "piece",
};
