// SPDX-License-Identifier: Apache-2.0
// How the network stands against what is asked of it: who is within reach, the targets, what is overdue, broken norms.
import { all, api, take, type Schema } from "../api/client.ts";
import { shows_page } from "../shell/pages.ts";
import { language } from "../words/index.ts";

export type Reached = Schema["Reached"];
export type Indicator = Schema["IndicatorList"]["items"][number];
export interface Target { target_text: string | null; target_statement: string; deadline: string | null; passed: boolean; status: string; progress_ppm: number | null;
  pace_needed_30_days_text: string | null; value_text: string | null; forecast: { value_text: string | null; low_text: string | null; high_text: string | null } | null }
export interface Named { en?: string; value_text: string | null; missing: string | null; expired: boolean; targets: Target[] }
export const named = (row: Indicator) => row.standing as unknown as Named;

const kNobody: Reached = { households: 0, households_reached: 0, people: 0, people_reached: 0, share: 0 };
const sum = (rows: Reached[]): Reached => rows.reduce((so_far, row) => ({ ...so_far, households: so_far.households + row.households,
  households_reached: so_far.households_reached + row.households_reached }), kNobody);

export interface Coverage { metres: number; whole: Reached; urban: Reached; rural: Reached }

/// Of the city, or of one of its districts.
export async function coverage(district: string): Promise<Coverage> {
  const { metres, districts } = (await take(api.GET("/api/v1/coverage", {}))) as Schema["Coverage"];
  const rows = districts.filter((row) => !district || row.district === district);
  return { metres, whole: sum(rows), urban: sum(rows.filter((row) => row.urban)), rural: sum(rows.filter((row) => !row.urban)) };
}

/// What wants attention first: behind while there is time, then missed, then what goes well; what is not known last.
const kUrgent = ["behind", "missed", "open", "on_track", "met", "not_known", ""];
const urgency = (row: Indicator) => kUrgent.indexOf(row.status);

export async function targets(district: string): Promise<Indicator[]> {
  const rows = await all<Indicator>((after) => take(api.GET("/api/v1/indicators", { params: { query: { limit: 1000, after, ...(district ? { district } : {}) } } })));
  return rows.sort((a, b) => urgency(a) - urgency(b));
}

export interface Broken { norm: string; zh: string; en: string; clause: string; n: number }
export interface Norms { rules: boolean; fail: number; not_known: number; broken: Broken[] }
const kShown = 4;

/// The norms that most subjects break, named as the first finding names them.
export async function norms(district: string, place: string): Promise<Norms> {
  const scope = place ? { subject: place } : district ? { district } : {};
  const scores = await take(api.GET("/api/v1/scores", { params: { query: scope } }));
  const { total, articles } = scores.total as { total: Schema["Tally"]; articles: { norm: string; tally: Schema["Tally"] }[] };
  const most = articles.filter((one) => one.tally.fail > 0).sort((a, b) => b.tally.fail - a.tally.fail).slice(0, kShown);
  const broken = await Promise.all(most.map(async ({ norm, tally }): Promise<Broken> => {
    const first = (await take(api.GET("/api/v1/findings", { params: { query: { ...scope, norm, verdict: "fail", limit: 1 } } }))).items[0];
    const text = (first?.finding ?? {}) as { zh?: string; en?: string };
    return { norm, zh: text.zh || norm, en: text.en || norm, clause: [first?.clause, first?.article].filter(Boolean).join(" "), n: tally.fail };
  }));
  return { rules: scores.pack !== null, fail: total.fail, not_known: total.not_known, broken };
}

interface Form { code: string; zh: string; en: string; kind: string }
export interface Overdue { forms: { code: string; name: string; missing: number; late: number }[]; slow: number; very_late: number }

/// Forms of the last term that are not handed in, and tasks that lag behind by their units' own reports.
export async function overdue(): Promise<Overdue> {
  const forms = shows_page("declarations") ? ((await take(api.GET("/api/v1/rules"))) as { rules?: { forms?: Form[] } | null }).rules?.forms ?? [] : [];
  const declared = await Promise.all(forms.filter((one) => one.kind === "declaration").map(async ({ code, zh, en }) => {
    const rows = await all((after) => take(api.GET("/api/v1/declarations", { params: { query: { form: code, state: "missing", limit: 1000, after } } })));
    return { code, name: language() === "zh-CN" ? zh : en || zh, missing: rows.length, late: rows.filter((row) => Number(row.late_days) > 0).length };
  }));
  const tasks = shows_page("tasks") ? ((await take(api.GET("/api/v1/dispatch"))) as { tasks?: { pace: string }[] }).tasks ?? [] : [];
  const paced = (pace: string) => tasks.filter((one) => one.pace === pace).length;
  return { forms: declared.filter((one) => one.missing > 0), slow: paced("slow"), very_late: paced("seriously_late") };
}
