// SPDX-License-Identifier: Apache-2.0
// Who is signed in, for which city, and what they may see. The session itself is a cookie that scripts cannot read.
import { computed, reactive } from "vue";
import { api, on_signed_out, take } from "./client.ts";

export type Right = "read" | "record" | "plan";

interface Session { state: "unknown" | "out" | "in"; city: string; city_name: string; role: string; offset_s: number }

export const session = reactive<Session>({ state: "unknown", city: "", city_name: "", role: "", offset_s: 28800 });

const kMayWrite = new Set(["operator", "clerk", "enterprise"]);

export const may = (right: Right): boolean =>
  session.state === "in" && (right === "read" || kMayWrite.has(session.role));

export const signed_in = computed(() => session.state === "in");

/// Asks the server who this is; signed out when it does not know.
export async function refresh_session(): Promise<void> {
  const cities = await take(api.GET("/api/v1/cities"));
  const city = cities.items[0];
  Object.assign(session, { state: "in", role: cities.role, city: city?.city ?? "", city_name: city?.name ?? "",
                           offset_s: city?.offset_s ?? 28800 });
}

/// Exchanges the secret of a one-time link.
export async function enter(token: string): Promise<void> {
  await take(api.POST("/api/v1/login", { body: { token } }));
  await refresh_session();
}

export async function leave(): Promise<void> {
  await api.POST("/api/v1/logout");
  session.state = "out";
}

on_signed_out(() => { session.state = "out"; });
