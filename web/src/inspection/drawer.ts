// SPDX-License-Identifier: Apache-2.0
// What an inspector's device keeps in IndexedDB, so that a visit needs no network: what the draw gave them with its
// checklist, the answers, photos and signatures, and what of them the server has already.
import type { Schema } from "../api/client.ts";

export type Matter = Schema["Matter"];
export type Answer = "pass" | "fail" | "not_applicable" | "not_seen";
export interface Check { id: string; zh: string; en: string; verdict: string; known: string; source: string }
export interface Group { id: string; article: string; clause: string; zh: string; en: string; checks: Check[] }
export interface Subject { id: string; name: string; lat: number | null; lng: number | null; district: string; operator: string }
export interface Task { key: string; version: number; data: Matter; subject: Subject; groups: Group[]; item?: { zh: string; en: string }; around: [number, number][]; read: number }
export interface Said { kind: Answer; note: string; photo: string }
/// A visit as it is entered: `ended` is when the inspector closed it, 0 while it is open.
export interface Draft { key: string; said: Record<string, Said>; result: "" | "refused" | "not_found"; refusal: string; hand: string; day: string; ended: number; problem: string; code: string }
export interface Picture { id: string; blob: Blob; name: string; sha256: string; sent: boolean }

const kName = "huan-inspection", kVersion = 1;
const kStores = ["tasks", "drafts"] as const;
let opening: Promise<IDBDatabase> | undefined;

function open_drawer(): Promise<IDBDatabase> {
  opening ??= new Promise((resolve, reject) => {
    const request = indexedDB.open(kName, kVersion);
    request.onupgradeneeded = () => {
      kStores.forEach((store) => request.result.createObjectStore(store, { keyPath: "key" }));
      request.result.createObjectStore("pictures", { keyPath: "id" });
      request.result.createObjectStore("facts");
    };
    request.onsuccess = () => resolve(request.result);
    request.onerror = () => reject(request.error ?? new Error("IndexedDB"));
  });
  return opening;
}

const done = <T>(request: IDBRequest<T>) => new Promise<T>((resolve, reject) => {
  request.onsuccess = () => resolve(request.result);
  request.onerror = () => reject(request.error ?? new Error("IndexedDB"));
});

type Store = "tasks" | "drafts" | "pictures" | "facts";
async function put(store: Store, value: unknown, key?: string): Promise<void> {
  const work = (await open_drawer()).transaction(store, "readwrite", { durability: "strict" });
  work.objectStore(store).put(value, key);
  await new Promise<void>((resolve, reject) => {
    work.oncomplete = () => resolve();
    work.onabort = () => reject(work.error ?? new Error("IndexedDB"));
  });
}
const every = async <T>(store: Store): Promise<T[]> => done((await open_drawer()).transaction(store).objectStore(store).getAll() as IDBRequest<T[]>);
const one = async <T>(store: Store, key: string): Promise<T | undefined> => done((await open_drawer()).transaction(store).objectStore(store).get(key) as IDBRequest<T | undefined>);
const drop = async (store: Store, key: string): Promise<unknown> => done((await open_drawer()).transaction(store, "readwrite").objectStore(store).delete(key));

export const put_task = (task: Task) => put("tasks", task);
export const all_tasks = () => every<Task>("tasks");
export const forget_task = (key: string) => drop("tasks", key);
export const put_draft = (draft: Draft) => put("drafts", draft);
export const all_drafts = () => every<Draft>("drafts");
export const forget_draft = (key: string) => drop("drafts", key);
export const put_picture = (picture: Picture) => put("pictures", picture);
export const picture = (id: string) => one<Picture>("pictures", id);
export const forget_picture = (id: string) => drop("pictures", id);
export const fact = <T>(name: string) => one<T>("facts", name);
export const keep_fact = (name: string, value: unknown) => put("facts", value, name);
