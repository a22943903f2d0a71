// SPDX-License-Identifier: Apache-2.0
// The inspector's day: what the draw gave is read ahead and kept, answers are kept as they are given, and what was
// closed is sent when there is a network: pictures first, then the answers, then the signatures. Sending twice is once:
// what the server has already is seen from its own record.
import { computed, reactive, ref, shallowRef } from "vue";
import { api, csrf_headers, Problem, take, type Schema } from "../api/client.ts";
import { refresh_session, session } from "../api/session.ts";
import { all_drafts, all_tasks, fact, forget_draft, forget_picture, forget_task, keep_fact, picture, put_draft, put_picture, put_task, type Draft, type Group, type Matter, type Picture, type Subject, type Task } from "./drawer.ts";

type Kept = Schema["KeptMatter"];
const kAround = 400;

export const tasks = shallowRef<Task[]>([]);
export const drafts = shallowRef<Draft[]>([]);
export const orders = shallowRef<Kept[]>([]);
export const online = ref(navigator.onLine);
export const sending = ref(false);
export const trouble = shallowRef<unknown>();
export const who = reactive({ account: "", ready: false });
export const waiting = computed(() => drafts.value.filter((one) => one.ended > 0));

export const texts_of = (data: Matter, name: string): string[] => { const value = data.fields?.[name]; return Array.isArray(value) ? value.map(String) : []; };
export const text_of = (data: Matter, name: string): string => { const value = data.fields?.[name]; return typeof value === "string" || typeof value === "number" ? String(value) : ""; };
export const draft_of = (key: string): Draft => drafts.value.find((one) => one.key === key) ?? { key, said: {}, result: "", refusal: "", hand: "", day: "", ended: 0, problem: "", code: "" };

/// Signatures that hold for what stands there now: those under the content of the last one.
export function signed_as(data: Matter): string[] {
  const all = data.signatures ?? [];
  const last = all.at(-1)?.of;
  return data.state === "assigned" ? [] : all.filter((one) => one.of === last).map((one) => one.role);
}
export const mine = (data: Matter): "inspector" | "second" | "" => {
  const at = texts_of(data, "inspectors").indexOf(who.account);
  return at < 0 ? "" : at === 0 ? "inspector" : "second";
};

interface Fact { value: unknown; source: string; origin: string }
interface Row { check: string; zh: string; en: string; verdict: string; seen: Fact | null; threshold: unknown; threshold_unit: string; comparator: string }
interface Finding { norm: string; article: string; clause: string; zh: string; en: string; checks: Row[] }

function groups_of(list: { content: { check: string; zh: string; en: string }[]; findings: Finding[] }): Group[] {
  const known = (row: Row) => (row.seen ? `${String(row.seen.value)}${row.threshold === null ? "" : ` (${row.comparator} ${String(row.threshold)} ${row.threshold_unit})`}` : "");
  const groups = list.findings.map((one) => ({ id: one.norm, article: one.article, clause: one.clause, zh: one.zh, en: one.en,
    checks: one.checks.map((row) => ({ id: `${one.norm}/${row.check}`, zh: row.zh || one.zh, en: row.en || one.en, verdict: row.verdict, known: known(row), source: row.seen?.source || row.seen?.origin || "" })) }));
  const own = list.content.map((line) => ({ id: line.check, zh: line.zh, en: line.en || line.zh, verdict: "", known: "", source: "" }));
  return own.length ? [...groups, { id: "item", article: "", clause: "", zh: "", en: "", checks: own }] : groups;
}

interface Data { name?: string; location?: { lat_e7?: number; lng_e7?: number }; district?: string; operator?: string }
const spot_of = (data: Data): [number, number] | undefined => (data.location?.lat_e7 === undefined || data.location.lng_e7 === undefined ? undefined : [data.location.lng_e7 / 1e7, data.location.lat_e7 / 1e7]);

async function subject_of(id: string, title: string): Promise<Subject> {
  try {
    const row = await take(api.GET("/api/v1/{kind}/{key}", { params: { path: { kind: "places", key: id } } }));
    const data = ("data" in row ? row.data : {}) as Data;
    const spot = spot_of(data);
    return { id, name: data.name ?? title, lng: spot?.[0] ?? null, lat: spot?.[1] ?? null, district: data.district ?? "", operator: data.operator ?? "" };
  } catch (error) {
    if (!(error instanceof Problem)) throw error;
    return { id, name: title, lat: null, lng: null, district: "", operator: "" };
  }
}

/// Other places of the district, as marks to find one's way by.
async function marks_of(district: string): Promise<[number, number][]> {
  if (!district) return [];
  const { items } = await take(api.GET("/api/v1/{kind}", { params: { path: { kind: "places" }, query: { district, limit: kAround } } }));
  return items.map((row) => spot_of((row.record.data ?? {}) as Data)).filter((one) => one !== undefined);
}

function item_of(list: unknown): { zh: string; en: string } {
  const { item_zh, item_en } = list as { item_zh?: string; item_en?: string };
  return { zh: item_zh ?? "", en: item_en ?? "" };
}
async function read_task(row: Kept): Promise<Task> {
  const list = await take(api.GET("/api/v1/inspections/{key}/checklist", { params: { path: { key: row.key } } }));
  const subject = await subject_of(row.data.about.id, row.data.title ?? "");
  return { key: row.key, version: row.version, data: row.data, subject, groups: groups_of(list as unknown as Parameters<typeof groups_of>[0]), item: item_of(list), around: await marks_of(subject.district).catch(() => []), read: Date.now() };
}

async function reload() {
  drafts.value = await all_drafts();  // first: a page that opens at a task shows what was entered
  tasks.value = (await all_tasks()).sort((a, b) => text_of(a.data, "due").localeCompare(text_of(b.data, "due")) || a.key.localeCompare(b.key));
}

/// What the draw gave, read ahead of the visit: the checklist of what has changed, and all that is gone is dropped.
export async function refresh(): Promise<void> {
  try {
    const { items } = await take(api.GET("/api/v1/inspections"));
    const open = items.filter((row) => row.data.state !== "published");
    for (const row of open) {
      const kept = tasks.value.find((one) => one.key === row.key);
      if (!kept || kept.version !== row.version || !kept.groups.length) await put_task(await read_task(row));
    }
    for (const kept of tasks.value) if (!open.some((row) => row.key === kept.key) && !draft_of(kept.key).ended) await forget_task(kept.key);
    orders.value = (await take(api.GET("/api/v1/rectifications"))).items.filter((row) => row.data.state === "ordered" || row.data.state === "proof_sent");
    trouble.value = undefined;
    online.value = true;
  } catch (error) {
    if (error instanceof Problem) trouble.value = error;
    else online.value = false;
  }
  await reload();
}

export async function open_day(): Promise<void> {
  who.account = session.account || ((await fact<string>("account")) ?? "");
  if (session.account) await keep_fact("account", session.account);
  await reload();
  who.ready = true;
  await refresh();
  void send();
}

export async function keep(draft: Draft): Promise<void> {
  await put_draft(JSON.parse(JSON.stringify(draft)) as Draft);
  await reload();
}

async function upload(id: string): Promise<string> {
  const kept = await picture(id);
  if (!kept) throw new Problem(404, { code: "not_found", title: id });
  if (!kept.sent) {
    const answer = await fetch(`/api/v1/files?name=${encodeURIComponent(kept.name)}`, { method: "POST", body: kept.blob, credentials: "same-origin", headers: { ...csrf_headers(), "Content-Type": kept.blob.type } });
    if (!answer.ok) throw new Problem(answer.status, (await answer.json().catch(() => undefined)) as Partial<Schema["Problem"]> | undefined);
    const { sha256 } = (await answer.json()) as { sha256: string };
    if (sha256 !== kept.sha256) throw new Problem(422, { code: "wrong_answer", title: kept.name });
    await put_picture({ ...kept, sent: true });
  }
  return kept.sha256;
}

/// A picture's file, to be filed with something else than a visit.
export async function file_picture(kept: Picture): Promise<string> {
  await put_picture(kept);
  const digest = await upload(kept.id);
  await forget_picture(kept.id);
  return digest;
}

const path_of = (key: string) => ({ params: { path: { key } } });
const sign = (key: string, body: { role?: "inspector" | "second" | "subject"; state?: string; by_hand?: string }) => take(api.POST("/api/v1/inspections/{key}/signatures", { ...path_of(key), body }));

/// Once all who have to have signed, it is signed.
export async function bring_on(now: Kept): Promise<Kept> {
  const roles = signed_as(now.data);
  if (now.data.state !== "visited" || !roles.includes("inspector") || !roles.includes("second")) return now;
  if (roles.includes("subject")) return sign(now.key, { state: "signed" });
  return text_of(now.data, "refusal") ? sign(now.key, { state: "signed_without" }) : now;
}

export async function sign_mine(task: Task): Promise<void> {
  const role = mine(task.data);
  if (role) await bring_on(await sign(task.key, { role }));
  await refresh();
}

async function send_one(draft: Draft): Promise<void> {
  const { items } = await take(api.GET("/api/v1/inspections"));
  let now = items.find((row) => row.key === draft.key);
  if (!now) throw new Problem(404, { code: "not_found", title: draft.key });
  const answers: string[] = [];
  for (const [check, said] of Object.entries(draft.said)) answers.push([check, said.kind, said.photo ? await upload(said.photo) : "-", said.note.replace(/\s+/g, " ").trim()].filter(Boolean).join(" "));
  const hand = draft.hand ? await upload(draft.hand) : "";
  const same = now.data.state !== "assigned" && JSON.stringify(texts_of(now.data, "answers")) === JSON.stringify(answers) && text_of(now.data, "refusal") === draft.refusal;
  if (!same) now = await take(api.POST("/api/v1/inspections/{key}/visit", { ...path_of(draft.key), body: { answers, day: draft.day, ...(draft.result ? { result: draft.result } : {}), ...(draft.refusal ? { refusal: draft.refusal } : {}) } }));
  const role = mine(now.data);
  if (role && !signed_as(now.data).includes(role)) now = await sign(draft.key, { role });
  if (hand && !signed_as(now.data).includes("subject")) now = await sign(draft.key, { role: "subject", by_hand: hand });
  await bring_on(now);
  for (const id of [...Object.values(draft.said).map((said) => said.photo), draft.hand]) if (id) await forget_picture(id);
  await forget_draft(draft.key);
}

/// Sends what was closed. What is refused says why and waits for the inspector; the rest waits for the network.
export async function send(): Promise<void> {
  await navigator.locks.request("huan-inspection-send", { ifAvailable: true }, async (mine_now) => {
    if (!mine_now || !waiting.value.length) return;
    sending.value = true;
    try {
      if (session.state !== "in") await refresh_session();
      for (const draft of waiting.value.filter((one) => !one.code)) {
        try { await send_one(draft); } catch (error) {
          if (!(error instanceof Problem) || error.status === 401) throw error;
          await put_draft({ ...draft, code: error.code, problem: [error.message, error.detail].filter(Boolean).join(" · ") });
        }
      }
      trouble.value = undefined;
      online.value = true;
    } catch (error) {
      if (error instanceof Problem) trouble.value = error;
      else online.value = false;
    } finally {
      sending.value = false;
    }
    if (online.value && !trouble.value) await refresh();
    else await reload();
  });
}

/// What an order came to, with a photo of what was seen.
export async function recheck(order: Kept, state: "closed" | "ordered", opinion: string, kept: Picture | undefined): Promise<void> {
  const file = kept ? await file_picture(kept) : "";
  const evidence = [...(order.data.evidence ?? []), ...(file ? [{ source: "recheck", file }] : [])];
  await take(api.PUT("/api/v1/rectifications/{key}", { ...path_of(order.key), body: { data: { ...order.data, state, evidence, fields: { ...order.data.fields, recheck: opinion } }, version: order.version } }));
  await refresh();
}
