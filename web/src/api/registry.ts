// SPDX-License-Identifier: Apache-2.0
// Names and spots of what is registered, read once and held: materials, districts, places.
import { reactive, shallowRef } from "vue";
import { language, say } from "../words/index.ts";
import { all, api, take, type Schema } from "./client.ts";
import { session } from "./session.ts";

export interface Material { code: string; zh: string; en: string; parent: string; unit: "kg" | "piece"; group: string; registers_seller: boolean; leaf: boolean }
export interface District { code: string; zh: string; en: string }
export interface Place { id: string; kind: string; name: string; district: string; street: string; operator: string;
  lat: number | null; lng: number | null; synthetic: boolean; status: string; days_max: number | null; limit_g: number | null }

type Row = Schema["RegistryList"]["items"][number];
type Data = Record<string, unknown>;

const text = (value: unknown) => (typeof value === "string" ? value : "");

const whole = (value: unknown) => (typeof value === "number" ? value : null);

export const materials = shallowRef(new Map<string, Material>());
export const districts = shallowRef(new Map<string, District>());
export const places = shallowRef<Place[]>([]);
const by_id = shallowRef(new Map<string, Place>());
const single = reactive(new Map<string, string>());

export const data_of = (row: Row): Data => (row.record.data ?? {}) as Data;

function material_of(row: Row): Material {
  const data = data_of(row);
  const parent = text(data.parent);
  return { code: row.key, zh: text(data.zh), en: text(data.en), parent, unit: data.unit === "piece" ? "piece" : "kg",
           group: row.key.split(".")[0] ?? row.key, registers_seller: data.seller_registration === true, leaf: parent !== "" };
}

export function place_of(row: Row): Place {
  const data = data_of(row);
  const spot = data.location as { lat_e7?: number; lng_e7?: number } | undefined;
  return { id: row.key, kind: row.kind, name: text(data.name) || row.key, district: row.district, street: text(data.street),
           operator: row.party, lat: spot?.lat_e7 === undefined ? null : spot.lat_e7 / 1e7,
           lng: spot?.lng_e7 === undefined ? null : spot.lng_e7 / 1e7, synthetic: data.synthetic === true,
           status: text(data.status) || "unknown", days_max: whole(data.storage_days_max), limit_g: whole(data.storage_limit_g) };
}

export const list = (kind: Kind, query: { kind?: string; district?: string; party?: string } = {}) =>
  all<Row>((after) => take(api.GET("/api/v1/{kind}", { params: { path: { kind }, query: { ...query, after, limit: 1000 } } })));

export type Kind = "places" | "parties" | "assets" | "materials" | "packs" | "prices" | "tasks" | "invoices" | "indicator_values" | "evidence";

let names: Promise<void> | undefined;
/// Materials and districts; what a page calls things.
export function load_names(): Promise<void> {
  names ??= (async () => {
    const [rows, packs] = await Promise.all([list("materials"), list("packs")]);
    const found = new Map(rows.map((row) => [row.key, material_of(row)]));
    for (const one of found.values()) {
      const above = found.get(one.parent);
      if (above) above.leaf = false;
    }
    materials.value = found;
    const areas = packs.flatMap((row) => (data_of(row).districts ?? []) as District[]);
    districts.value = new Map(areas.map((area) => [area.code, area]));
  })();
  names.catch(() => { names = undefined; });
  return names;
}

let loading: Promise<void> | undefined;
/// All places with their spots.
export function load_places(): Promise<void> {
  loading ??= (async () => {
    const found = (await list("places")).map(place_of);
    by_id.value = new Map(found.map((place) => [place.id, place]));
    places.value = found;
  })();
  loading.catch(() => { loading = undefined; });
  return loading;
}

export function forget_all() {
  names = loading = undefined;
}

export const place = (id: string) => by_id.value.get(id);

/// The name of a place: known, or asked for once; the id until it is there.
export function place_name(id: string): string {
  if (!id) return "";
  const known = by_id.value.get(id)?.name ?? single.get(id);
  if (known !== undefined) return known;
  if (by_id.value.size > 0) return id;  // all are here, and it is none of ours
  single.set(id, id);
  take(api.GET("/api/v1/{kind}/{key}", { params: { path: { kind: "places", key: id } } }))
    .then((row) => { if ("data" in row) single.set(id, text((row.data as Data).name) || id); })
    .catch(() => undefined);
  return id;
}

const firms = reactive(new Map<string, string>());
/// The name of a firm, asked for once; the id until it is there.
export function firm_name(id: string): string {
  if (id && !firms.has(id)) {
    firms.set(id, id);
    take(api.GET("/api/v1/{kind}/{key}", { params: { path: { kind: "parties", key: id } } }))
      .then((row) => { if ("data" in row) firms.set(id, text((row.data as Data).name) || id); })
      .catch(() => undefined);
  }
  return firms.get(id) ?? id;
}

export function material_name(code: string): string {
  const known = materials.value.get(code);
  return known ? (language() === "zh-CN" ? known.zh : known.en) || code : code;
}

export function district_name(code: string): string {
  const known = districts.value.get(code);
  return known ? (language() === "zh-CN" ? known.zh : known.en) || code : code;
}

/// What all that somebody may see is to them: their place, their firm, their district or the city.
export const own_scope = (): string => session.place ? place_name(session.place) : session.organisation ? say("scope.firm") : session.district ? district_name(session.district) : say("scope.city");

/// A street's name as the names of its places begin, since only those are on record; its code otherwise.
export function street_name(code: string): string {
  if (!code) return say("unknown");
  const area = districts.value.get(code.slice(0, 6));
  const here = places.value.find((one) => one.street === code);
  const rest = here && area && here.name.startsWith(area.zh) ? here.name.slice(area.zh.length) : "";
  return /^.{1,12}?(?:街道|镇|乡|开发区|办事处)/.exec(rest)?.[0] ?? code;
}
