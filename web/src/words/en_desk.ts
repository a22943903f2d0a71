// SPDX-License-Identifier: Apache-2.0
import type { desk as Desk } from "./zh_desk.ts";

export const desk: typeof Desk = {
  "nav.orders": "Orders", "orders.day": "Day", "orders.call": "A call", "orders.phone": "Calling number", "orders.who": "Look up", "orders.new": "calls for the first time", "orders.place": "Place", "orders.find": "Find", "orders.slot": "Slot", "orders.kind": "Kind",
  "orders.kilos": "About kg", "orders.called": "Called", "orders.address": "Address", "orders.book": "Book", "orders.made": "Booked {key}: {day} {from}", "orders.none": "No orders on this day.", "orders.key": "Order", "orders.state": "State", "orders.next": "Next",
  "nav.team": "Accounts", "nav.privacy": "Privacy audit", "nav.where": "Where it went",
  "login.oidc": "Sign in by {name}", "login.oidc.failed": "Signing in there did not work", "login.oidc.unauthorized": "No account here is linked to that identity, or the login took too long. Ask for your account to be linked, or try again.",
  "login.oidc.other": "The identity service does not answer. Try again later, or use account and password.",
  "team.accounts": "Accounts", "team.tokens": "Tokens of programs", "team.add": "New account", "team.token.add": "New token", "team.account": "Account", "team.name": "Name", "team.roles": "Roles", "team.scope": "Scope",
  "team.state": "State", "team.active": "active", "team.disabled": "disabled", "team.once": "password to be changed", "team.factor": "second factor", "team.disable": "Disable", "team.enable": "Enable", "team.reset": "Reset password",
  "team.organisation": "Enterprise", "team.place": "Place", "team.district": "District code", "team.label": "What for", "team.days": "Days valid", "team.expires": "Expires", "team.never": "never", "team.forget": "Revoke",
  "team.password": "One-time password of {account}", "team.password.help": "Shown this once: hand it over in person. The first login asks for another.", "team.secret": "Token", "team.secret.help": "Shown this once. Send it after Authorization: Bearer.",
  "team.save": "Save", "team.copied": "Copied", "team.copy": "Copy", "team.empty": "No account yet.", "team.tokens.empty": "No token yet. Make one here for scales and other programs.", "team.sure": "Sure? Click again",
  "privacy.title": "Privacy audit", "privacy.help": "Who read or changed whose personal data, when and what for. A purpose is on record before clear text is shown, and stays.", "privacy.who": "Who", "privacy.action": "What", "privacy.party": "Party", "privacy.field": "Field",
  "privacy.purpose": "Purpose", "privacy.from": "From", "privacy.to": "To", "privacy.empty": "Nobody looked at anything here.", "access.put": "set", "access.read": "read in clear", "access.erase": "erased", "access.refused": "refused",
  "field.name": "name", "field.phone": "phone", "field.address": "address", "field.id_number": "identity number", "field.other_document": "other document", "field.bank_account": "bank account", "field.bank_name": "bank", "field.email": "e-mail", "field.contact": "contact", "field.name_en": "English name", "field.all": "all",
  "compare.with": "Compare with", "compare.title": "Two plans compared", "compare.this": "Plan A", "compare.that": "Plan B", "compare.change": "Change (B − A)", "compare.none": "nothing", "compare.only": "in one only", "compare.both": "in both", "compare.legend": "Filled: plan A; hollow: plan B", "compare.figure": "Figure", "compare.places": "Places chosen", "compare.duration": "Duration (h)",
  "where.title": "Where it went", "where.help": "This page is public and holds no personal data. The link is good until {day}.", "where.mass": "Mass", "where.material": "Material", "where.fates": "What became of it", "where.way": "On its way", "where.gone": "The link has expired or is not whole", "where.gone.help": "Ask whoever gave it to you for another.",
  "where.link": "Public link", "where.link.do": "Make a public link", "where.link.help": "Good for 30 days; whoever has it sees where it went. No place ids and no personal data.", "where.print": "Print",
};
