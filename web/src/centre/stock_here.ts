// SPDX-License-Identifier: Apache-2.0
// What stands at the place that is worked at, by material: most first.
import { watch } from "vue";
import { all, api, take, type Schema } from "../api/client.ts";
import { asked } from "../parts/asked.ts";
import { work } from "./work.ts";

export type Stood = Schema["StockList"]["items"][number];

export function stock_here() {
  const stock = asked(async () => (work.place ? await all<Stood>((after) => take(api.GET("/api/v1/stock", { params: { query: { place: work.place, after, limit: 1000 } } }))) : [])
    .filter((one) => one.mass_g > 0).sort((a, b) => b.mass_g - a.mass_g));
  watch(() => [work.place, work.done], () => void stock.ask(), { immediate: true });
  return stock;
}
