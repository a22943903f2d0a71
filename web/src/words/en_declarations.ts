// SPDX-License-Identifier: Apache-2.0
import type { declarations as zh } from "./zh_declarations.ts";

export const declarations: typeof zh = {
  "nav.declarations": "Declarations", "report.making": "Making…", "declare.report": "Report of all", "declare.notice": "Who is missing", "declare.form": "Form", "declare.term": "Term", "declare.reporter": "Reporter", "declare.due": "Due", "declare.nodue": "not stated", "declare.late": "{n} days late", "declare.sum": "{n} in all, {open} to come, {late} late",
  "declare.missing": "missing", "declare.draft": "draft", "declare.submitted": "submitted", "declare.returned": "returned", "declare.accepted": "accepted", "declare.none": "No declaration fits.", "declare.noforms": "The city's rules have no form.", "declare.reconstructed": "form not public, reconstructed",
  "declare.cells": "Cells", "declare.cell": "Figure", "declare.filled": "From the ledger", "declare.confirmed": "Confirmed", "declare.why": "Why it differs", "declare.take": "Take what the ledger says:", "declare.note": "Remark", "declare.history": "What was done",
  "declare.missing.help": "Nothing was handed in yet. It can be filled in from ledger and registry, then confirmed figure by figure.", "declare.fill": "Fill in", "declare.refill": "Fill in again", "declare.save": "Save figures", "declare.rest": "Other figures stand as filled in", "declare.submit": "Submit", "declare.return": "Return", "declare.accept": "Accept",
};
