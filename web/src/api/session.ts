// SPDX-License-Identifier: Apache-2.0
// Who is signed in, for which city, and what they may see. The session itself is a cookie that scripts cannot read.
import { computed, reactive } from "vue";
import { api, on_signed_out, set_csrf, take, type Schema } from "./client.ts";

export type Right = "statistics.read" | "events.read" | "events.write" | "stock.read" | "trace.read" | "trace.share" | "registry.read" | "registry.write" | "jobs.read" | "plans.run" | "reports.read" | "indicators.read" | "personal.audit" | "personal.erase" | "personal.forms" | "accounts.read" | "accounts.write" | "orders.read" | "orders.write" | "points.read" | "points.write" | "rounds.read" | "passes.read" | "passes.write" | "tracks.read" | "devices.read" | "devices.write" | "rounds.write" | "inspections.read" | "inspections.write" | "draws.write" | "cases.read" | "cases.write" | "anomalies.run" | "invoices.read" | "invoices.write" | "subsidies.read" | "subsidies.write" | "subsidies.appeal" | "buying.read";

interface Session {
  state: "unknown" | "out" | "must_change" | "in";
  account: string; name: string; roles: string[]; city: string; city_name: string; district: string; organisation: string; place: string; offset_s: number; rights: string[]; everywhere: string[];
  /// Beneath the maps, if the operator has configured any.
  tiles: Schema["Session"]["tiles"];
}

export const session = reactive<Session>({ state: "unknown", account: "", name: "", roles: [], city: "", city_name: "", district: "", organisation: "", place: "",
  offset_s: 28800, rights: [], everywhere: [], tiles: null });

export const may = (right: Right): boolean => session.state === "in" && session.rights.includes(right);
/// Not for their own district, firm or place alone.
export const may_everywhere = (right: Right): boolean => may(right) && session.everywhere.includes(right);
export const signed_in = computed(() => session.state === "in");

async function admit(who: Schema["Session"]): Promise<void> {
  set_csrf(who.csrf ?? "");
  Object.assign(session, { account: who.account, name: who.name || who.account, roles: who.roles, district: who.district, organisation: who.organisation, place: who.place, tiles: who.tiles,
                           rights: who.permissions.map((one) => one.action), everywhere: who.permissions.filter((one) => one.scope === "all").map((one) => one.action) });
  if (who.must_change) {
    session.state = "must_change";
    return;
  }
  const cities = await take(api.GET("/api/v1/cities"));
  const city = cities.items.find((one) => one.city === who.city) ?? cities.items[0];
  Object.assign(session, { state: "in", city: city?.city ?? "", city_name: city?.name ?? "", offset_s: city?.offset_s ?? 28800 });
}

/// Asks the server who this is; throws when it does not know.
export const refresh_session = async (): Promise<void> => admit(await take(api.GET("/api/v1/session")));

/// Exchanges the secret of a one-time link.
export async function enter_by_link(token: string): Promise<void> {
  await take(api.POST("/api/v1/login", { body: { token } }));
  await refresh_session();
}

export const enter = async (account: string, password: string, totp: string): Promise<void> =>
  admit(await take(api.POST("/api/v1/session", { body: { account, password, ...(totp ? { totp } : {}) } })));

export const change_password = async (password: string, fresh: string, totp = ""): Promise<void> =>
  admit(await take(api.PUT("/api/v1/session/password", { body: { password, fresh, ...(totp ? { totp } : {}) } })));

/// Here and, when they came in by an identity provider, there; `everywhere`: on all their devices.
export async function leave(everywhere = false): Promise<void> {
  const { data } = await api.DELETE("/api/v1/session", { params: { query: { everywhere } } });
  set_csrf("");
  session.state = "out";
  if (data?.next) location.assign(data.next);
}

on_signed_out(() => { if (session.state === "in") session.state = "out"; });
