// SPDX-License-Identifier: Apache-2.0
// What the checks of an inspection are called, in the reader's language: answers and orders hold them by their ids. Read
// once an inspection; the ids until then, and for who may not read its checklist.
import { shallowRef } from "vue";
import { api, take } from "../api/client.ts";
import { language } from "../words/index.ts";

interface Named { zh: string; en: string }
interface Checklist { content: { check: string; zh: string; en: string }[]; findings: { norm: string; article: string; zh: string; en: string; checks: { check: string; zh: string; en: string }[] }[] }
const named = shallowRef(new Map<string, Map<string, Named>>());
const reading = new Set<string>();

export function names_in(list: Checklist): Map<string, Named> {
  const out = new Map(list.content.map((line) => [line.check, { zh: line.zh, en: line.en || line.zh }]));
  for (const one of list.findings) {
    for (const row of one.checks) {
      const zh = row.zh || one.zh;
      out.set(`${one.norm}/${row.check}`, { zh: `${one.article} ${zh}`.trim(), en: `${one.article} ${row.en || one.en || zh}`.trim() });
    }
  }
  return out;
}
function names_of(inspection: string): Map<string, Named> | undefined {
  if (inspection && !reading.has(inspection)) {
    reading.add(inspection);
    take(api.GET("/api/v1/inspections/{key}/checklist", { params: { path: { key: inspection } } })).then((list) => { named.value = new Map([...named.value, [inspection, names_in(list as unknown as Checklist)]]); }).catch(() => undefined);
  }
  return named.value.get(inspection);
}
/// The check's name with its id behind it; the id alone where the name is not known.
export function check_name(inspection: string, id: string): string {
  const known = names_of(inspection)?.get(id);
  return known ? `${language() === "zh-CN" ? known.zh : known.en}（${id}）` : id;
}
/// A line of an order, "id：note" or "words（id）：note", in the reader's language.
export function ordered_line(inspection: string, line: string): string {
  const at = line.indexOf("：");
  const what = at < 0 ? line : line.slice(0, at), note = at < 0 ? "" : line.slice(at);
  const id = /（([!-~]+)）$/.exec(what)?.[1] ?? what;
  return names_of(inspection)?.has(id) ? check_name(inspection, id) + note : line;
}
