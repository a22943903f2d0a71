// SPDX-License-Identifier: Apache-2.0
// The keys of inspections that stand in a text, as in "某站（P-7）：发现问题 (D-1:3)", so that they can be opened.
export interface Piece { text: string; key?: string }

export function keys_in(text: string): Piece[] {
  return text.split(/\(([A-Za-z0-9._-]+:\d+)\)/).map((part, n) => (n % 2 ? { text: part, key: part } : { text: part }));
}
