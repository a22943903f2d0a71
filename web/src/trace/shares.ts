// SPDX-License-Identifier: Apache-2.0
// Shares of a lot gathered by what they are, for people.
import type { Schema } from "../api/client.ts";
import { say, word } from "../words/index.ts";

export interface Group { label: string; grams: number; count: number; places: [string, number][]; broken: boolean }

export function label_of(share: Schema["Trace"]["shares"][number]): string {
  const outside = share.outside;
  if (!outside) return word("share", share.kind);
  const city = /^other-city:(.+)$/.exec(outside.class ?? "")?.[1];
  const further = city ? say("share.othercity", { code: city }) : outside.class && outside.class !== outside.name ? word("outside", outside.class) : "";
  const kind = outside.of === "source" || outside.of === "sink" ? "" : word("of", outside.of);
  return [kind, outside.name ? word("outside", outside.name) : "", further].filter(Boolean).join(" · ");
}

export function group_of(trace: Schema["Trace"]): Group[] {
  const groups = new Map<string, Group & { at: Map<string, number> }>();
  for (const share of trace.shares) {
    const label = label_of(share);
    const group = groups.get(label) ?? { label, grams: 0, count: 0, places: [], at: new Map<string, number>(),
      broken: share.kind === "unknown" || (share.outside?.of.startsWith("break") ?? false) };
    group.grams += share.grams;
    group.count += 1;
    const place = share.outside?.place ?? share.node?.place ?? "";
    if (place) group.at.set(place, (group.at.get(place) ?? 0) + share.grams);
    groups.set(label, group);
  }
  return [...groups.values()].map((group) => ({ ...group, places: [...group.at].sort((a, b) => b[1] - a[1]) })).sort((a, b) => b.grams - a.grams);
}
