// SPDX-License-Identifier: Apache-2.0
import type { station as zh } from "./zh_station.ts";

export const station: typeof zh = {
  "station.title": "Weigh-in", "station.place": "Number of this station", "station.place.help": "Type the number of this station (such as S-130102-001); this device will remember it.", "station.begin": "Start weighing",
  "station.change": "Other station", "station.materials": "Material (keys 1–9)", "station.weight": "Weight (kg)", "station.price": "Price (yuan/{unit})", "station.amount": "To pay (yuan)", "station.pieces": "Pieces",
  "station.origin": "Origin", "station.seller": "Seller's party number", "station.seller.help": "Scrap metal from production: the seller must be registered.", "station.save": "Save (Enter)", "station.saveonly": "Save",
  "station.other": "Other materials", "station.last": "Last tickets", "station.till": "Cash today", "station.till.lines": "{n} tickets, {mass}", "station.saved": "{ticket} saved",
  "station.waiting": "{n} tickets are not sent yet; they go out when the network is back", "station.offline": "Offline: tickets are kept on this device", "station.refused": "{n} tickets were refused: see to them", "station.sent": "sent", "station.kept": "to be sent", "station.back": "refused",
  "station.need.material": "Choose a material first", "station.need.weight": "Enter the weight", "station.keys.scale": "1–9 picks the material → Enter takes the weight → Enter saves; a weight can be typed, too; Esc clears", "station.need.seller": "Enter the seller", "station.weight.max": "At most {max} kg on one ticket",
  "station.receipt": "Weighing ticket", "station.receipt.print": "Print the receipt", "station.receipt.width": "Paper", "station.receipt.thanks": "Scan to see where it went", "station.receipt.keep": "Please keep this ticket",
  "station.drop": "Drop", "station.again": "Try again", "station.keys": "1–9 picks the material → type the weight → Enter saves; Esc clears", "station.none": "No ticket yet. Pick a material, type the weight, press Enter.",
  "station.confirm.heavy": "That is heavy: press Enter once more", "station.pay": "Paid", "pay.cash": "cash", "pay.bank": "bank", "pay.none": "not paid", "station.ready": "works offline", "station.cancelled": "dropped", "station.mm": "{n} mm",
  "scale.connect": "Connect the scale", "scale.leave": "Disconnect the scale", "scale.name": "Scale", "scale.take": "Take the weight (Enter)", "scale.rests": "at rest", "scale.moves": "moving", "scale.silent": "no signal", "scale.range": "out of range", "scale.lost": "The scale is gone, trying again; weights can be typed",
  "scale.unreachable": "No scale was found on this machine", "scale.unreachable.advice": "Start huan edge here (port 8790), or type the weight.", "scale.taken": "From scale {scale}, number {serial}",
  "scale.no_zero_return": "the scale did not return to zero since the load before", "scale.indicators_differ": "the two indicators differ", "scale.tare_outside_band": "tare outside its usual band", "scale.tare_expired": "the tare has expired", "scale.serial_gap": "numbers of the indicator are missing", "scale.serial_again": "a number of the indicator came twice",
  "station.number": "Ticket", "station.per.kg": "kg", "station.per.piece": "piece",
  "register.title": "Registration of productive scrap metal", "register.unit": "Unit that sells, and its certificate", "register.item": "Item", "register.quantity": "Quantity", "register.specification": "Specification", "register.state": "State", "register.worn": "worn", "register.new": "new", "register.handler": "Handler", "register.handler.new": "A new handler…",
  "register.handler_name": "Handler's name", "register.handler_id_number": "ID number", "register.handler_address": "Address", "register.person.help": "The handler's data is kept sealed and entered once; it does not stay on this device once it is sent.", "register.need": "Still to be registered: {field}", "register.later": "Register", "register.do": "Register and send",
};
