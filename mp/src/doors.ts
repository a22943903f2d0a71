// SPDX-License-Identifier: Apache-2.0
// The server's doors as a resident uses them, over uni.request. A mini-program keeps no cookies: the session's is kept
// in its own storage and sent along.
import { ref, shallowRef } from "vue";
import { price_in, type Material, type Place, type Price, type Wanted } from "@resident/booking.ts";
import type { components } from "../../web/src/api/schema.d.ts";
import { language, say } from "./words.ts";

export type Schema = components["schemas"];
const kKept = "huan.session", kPatienceMs = 15_000;
/// The server's origin; H5 asks its own.
const kServer = import.meta.env.VITE_HUAN_SERVER ?? "";

interface Kept { cookie: string; csrf: string }
let session: Kept = { cookie: "", csrf: "" };
export const signed_in = ref(false);

function keep(wanted: Kept): void {
  session = wanted;
  signed_in.value = Boolean(wanted.csrf);
  uni.setStorageSync(kKept, wanted);
}

/// What the server set, of one name: `huan_session=…`, without what follows.
function cookie_in(answer: UniApp.RequestSuccessCallbackResult): string {
  const header = (answer.header ?? {}) as Record<string, string | undefined>;
  const lines = [...(answer.cookies ?? []), header["Set-Cookie"] ?? header["set-cookie"] ?? ""];
  return lines.map((line) => line.split(";")[0] ?? "").find((one) => one.includes("=")) ?? "";
}

function headers(method: string, type = "application/json"): Record<string, string> {
  const wanted: Record<string, string> = { "Accept-Language": language() };
  if (method !== "GET") wanted["Content-Type"] = type;
  if (session.csrf && method !== "GET") wanted["X-CSRF-Token"] = session.csrf;
  // #ifdef MP
  if (session.cookie) wanted["Cookie"] = session.cookie;
  // #endif
  return wanted;
}

/// What went wrong, in words for people; what was asked for otherwise.
function ask<T>(method: "GET" | "POST" | "PUT" | "DELETE", path: string, body?: object, more: { type?: string; responseType?: "arraybuffer" } = {}): Promise<{ data: T; cookie: string }> {
  return new Promise((resolve, reject) => {
    uni.request({
      url: kServer + path, method, timeout: kPatienceMs, header: headers(method, more.type), ...(more.responseType ? { responseType: more.responseType } : {}), ...(body ? { data: body } : {}),
      fail: () => { reject(new Error(say("offline"))); },
      success: (answer) => {
        if (answer.statusCode >= 200 && answer.statusCode < 300) { resolve({ data: answer.data as T, cookie: cookie_in(answer) }); return; }
        if (answer.statusCode === 401 && signed_in.value) keep({ cookie: "", csrf: "" });
        const problem = answer.data as Partial<Schema["Problem"]> | undefined;
        reject(new Error([problem?.title, problem?.advice].filter(Boolean).join(language() === "en" ? ". " : "。") || say("again")));
      },
    });
  });
}

const query = (values: Record<string, string | number | undefined>): string =>
  Object.entries(values).filter(([, value]) => value !== undefined && value !== "").map(([name, value]) => `${name}=${encodeURIComponent(String(value))}`).join("&");
export const get = async <T>(path: string, values: Record<string, string | number | undefined> = {}): Promise<T> => {
  const asked = query(values);
  return (await ask<T>("GET", `/api/v1/${path}${asked ? `?${asked}` : ""}`)).data;
};
export const post = async <T>(path: string, body: object): Promise<T> => (await ask<T>("POST", `/api/v1/${path}`, body)).data;
export const put = async <T>(path: string, body: object): Promise<T> => (await ask<T>("PUT", `/api/v1/${path}`, body)).data;
/// The photo's digest, by which an order names it.
export const send_photo = async (bytes: ArrayBuffer, type: string): Promise<string> => (await ask<{ sha256: string }>("POST", "/api/v1/order-photos", bytes, { type })).data.sha256;
/// A picture cannot ask with a session of its own here: it is fetched, and shown as what came.
export async function photo_of(key: string, digest: string): Promise<string> {
  const { data } = await ask<ArrayBuffer>("GET", `/api/v1/orders/${key}/photos/${digest}`, undefined, { responseType: "arraybuffer" });
  return `data:image/jpeg;base64,${uni.arrayBufferToBase64(data)}`;
}
export const text_of = (error: unknown): string => (error instanceof Error ? error.message : String(error));

/// The session of last time, if the server still knows it.
export async function recall(): Promise<void> {
  const kept = uni.getStorageSync(kKept) as Kept | "";
  if (kept) session = kept;
  try {
    const who = await get<Schema["Session"]>("session");
    if (who.roles.includes("resident")) keep({ cookie: session.cookie, csrf: who.csrf ?? "" });
  } catch { /* nobody is signed in, or no network for now */ }
}

export const send_code = (phone: string) => post<{ again_after_s: number }>("residents/code", { phone });

export async function enter(phone: string, code: string): Promise<void> {
  const { data, cookie } = await ask<{ csrf: string }>("POST", "/api/v1/residents/session", { phone, code });
  keep({ cookie, csrf: data.csrf });
}

export async function leave(): Promise<void> {
  await ask("DELETE", "/api/v1/session").catch(() => undefined);
  keep({ cookie: "", csrf: "" });
}

export const materials = shallowRef<Material[]>([]);
export const prices = shallowRef<Price[]>([]);
/// Who comes, and what they are to fetch: chosen on one page, used on another.
export const place = shallowRef<Place>();
export const wanted = ref<Wanted>({});

let asked: Promise<void> | undefined;
/// Catalogue and prices, once.
export const load_catalogue = (): Promise<void> => asked ??= (async () => {
  try {
    const [known, paid] = await Promise.all([get<Schema["PublicCatalogue"]>("catalogue"), get<Schema["PublicPrices"]>("published-prices")]);
    materials.value = known.items;
    prices.value = paid.items;
  } catch (error) {
    asked = undefined;
    throw error;
  }
})();

export const price_of = (code: string, key = ""): Price | undefined => price_in(prices.value, code, key);
export const name_of = (code: string): string => {
  const one = materials.value.find((known) => known.code === code);
  return one ? (language() === "en" ? one.en : one.zh) : code;
};
