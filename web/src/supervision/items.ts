// SPDX-License-Identifier: Apache-2.0
// What the items of inspection are called, read once; their codes until then, and for who may not read the plan.
import { shallowRef } from "vue";
import { api, take } from "../api/client.ts";
import { language } from "../words/index.ts";

interface Item { item: string; zh: string; en: string }
const named = shallowRef(new Map<string, Item>());
let reading: Promise<void> | undefined;

export function item_name(code: string): string {
  reading ??= take(api.GET("/api/v1/inspection-plan")).then((plan) => { named.value = new Map((plan as unknown as { items: Item[] }).items.map((one) => [one.item, one])); }).catch(() => undefined);
  const known = named.value.get(code);
  return known ? (language() === "zh-CN" ? known.zh : known.en) : code;
}
