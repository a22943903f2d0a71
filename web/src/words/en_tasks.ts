// SPDX-License-Identifier: Apache-2.0
import type { tasks as zh } from "./zh_tasks.ts";

export const tasks: typeof zh = {
  "nav.tasks": "Responsibilities", "tasks.sum": "{n} tasks", "tasks.none": "The city's rules share out no tasks.", "tasks.unit": "Unit", "tasks.pace": "Pace", "tasks.task": "Task", "tasks.lead": "Leads", "tasks.supporting": "Supports", "tasks.responsible": "Responsible", "tasks.shared": "Each for its part", "tasks.deadline": "By", "tasks.nodate": "not stated", "tasks.progress": "Done / expected", "tasks.deliver": "To be delivered:",
  "tasks.norule": "The text states no threshold for reminders and notices: until the operator lays one down with its source, nobody is judged slow.", "tasks.draw": "Draw up reminders and notices", "tasks.drawn": "{n} documents drawn up", "tasks.steps": "Steps with dates", "tasks.from": "From",
  "pace.no_date": "no date", "pace.no_rule": "no threshold", "pace.on_time": "on time", "pace.slow": "slow", "pace.seriously_late": "seriously late", "pace.done": "done", "pace.no_report": "not reported",
  "tasks.notices": "Reminders and notices", "tasks.notices.number": "Number", "tasks.notices.day": "Day", "tasks.notices.to": "To", "tasks.notices.paper": "Document", "tasks.notices.issue": "Sign and issue", "tasks.notices.drop": "Drop", "tasks.notices.deliver": "Record delivery", "tasks.notices.how": "Delivered (a line each: unit, day, how)",
  "tasks.of.reminder": "Reminder", "tasks.of.notice": "Notice", "tasks.notice.drawn_up": "drawn up", "tasks.notice.issued": "issued", "tasks.notice.delivered": "delivered", "tasks.notice.dropped": "dropped",
};
