// SPDX-License-Identifier: Apache-2.0
// The doors that a resident uses, and who they are. The session is a cookie that scripts cannot read.
import createClient from "openapi-fetch";
import { ref, shallowRef } from "vue";
import type { components, paths } from "../api/schema.d.ts";
import { price_in, type Material, type Price } from "./booking.ts";
import { language, say } from "./words.ts";
export type { Kept, Material, Place, Price, Slot } from "./booking.ts";

export type Schema = components["schemas"];

let csrf = "";
export const signed_in = ref(false);

export const api = createClient<paths>({ baseUrl: "", credentials: "same-origin" });
api.use({
  onRequest({ request }) {
    request.headers.set("Accept-Language", language());
    if (csrf && request.method !== "GET") request.headers.set("X-CSRF-Token", csrf);
    return request;
  },
});

/// What went wrong, in words for people; what was asked for otherwise.
export async function take<T>(asked: Promise<{ data?: T; error?: unknown; response: Response }>): Promise<Exclude<T, string>> {
  let answer;
  try { answer = await asked; } catch { throw new Error(say("offline")); }
  if (answer.response.ok) return answer.data as Exclude<T, string>;
  if (answer.response.status === 401) signed_in.value = false;
  const problem = answer.error as Partial<Schema["Problem"]> | undefined;
  throw new Error([problem?.title, problem?.advice].filter(Boolean).join(language() === "en" ? ". " : "。") || say("again"));
}

export const text_of = (error: unknown): string => (error instanceof Error ? error.message : String(error));

export async function recall(): Promise<void> {
  try {
    const who = await api.GET("/api/v1/session");
    if (who.data?.roles.includes("resident")) {
      csrf = who.data.csrf ?? "";
      signed_in.value = true;
    }
  } catch { /* no network: nobody is signed in for now */ }
}

export const send_code = (phone: string) => take(api.POST("/api/v1/residents/code", { body: { phone } }));

export async function enter(phone: string, code: string): Promise<void> {
  const begun = await take(api.POST("/api/v1/residents/session", { body: { phone, code } }));
  csrf = begun.csrf;
  signed_in.value = true;
}

/// The photo's digest, by which an order names it.
export async function send_photo(photo: Blob): Promise<string> {
  const sent = await take(api.POST("/api/v1/order-photos", { body: photo as unknown as string, bodySerializer: (body: unknown) => body as Blob, headers: { "Content-Type": photo.type } }));
  return sent.sha256;
}

export async function leave(): Promise<void> {
  await api.DELETE("/api/v1/session");
  csrf = "";
  signed_in.value = false;
}

export const materials = shallowRef<Material[]>([]);
export const prices = shallowRef<Price[]>([]);
let asked: Promise<void> | undefined;
/// Catalogue and prices, once.
export const load_catalogue = (): Promise<void> => asked ??= (async () => {
  try {
    const [known, paid] = await Promise.all([take(api.GET("/api/v1/catalogue")), take(api.GET("/api/v1/published-prices"))]);
    materials.value = known.items;
    prices.value = paid.items;
  } catch (error) {
    asked = undefined;
    throw error;
  }
})();

export const price_of = (code: string, place = ""): Price | undefined => price_in(prices.value, code, place);

export const name_of = (code: string): string => {
  const one = materials.value.find((known) => known.code === code);
  return one ? (language() === "en" ? one.en : one.zh) : code;
};
