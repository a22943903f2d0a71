// SPDX-License-Identifier: Apache-2.0
// Checks in the browser that a record is in the log (RFC 9162, section 2.1.3.2), from the leaf's bytes and the path.
import type { Schema } from "../api/client.ts";

const bytes_of = (hex: string) => Uint8Array.from(hex.match(/../g) ?? [], (pair) => Number.parseInt(pair, 16));
const hex_of = (bytes: Uint8Array) => [...bytes].map((byte) => byte.toString(16).padStart(2, "0")).join("");

async function hash(prefix: number, ...parts: Uint8Array[]): Promise<Uint8Array> {
  const whole = new Uint8Array(1 + parts.reduce((sum, part) => sum + part.length, 0));
  whole[0] = prefix;
  let at = 1;
  for (const part of parts) { whole.set(part, at); at += part.length; }
  return new Uint8Array(await crypto.subtle.digest("SHA-256", whole));
}

/// Whether browsers let this page hash: not on plain http beyond this machine.
export const can_check = () => typeof crypto !== "undefined" && crypto.subtle !== undefined;

export async function holds(proof: Schema["Inclusion"]): Promise<boolean> {
  let index = proof.seq - 1, last = proof.size - 1;
  if (index < 0 || index > last) return false;
  let root = await hash(0, new TextEncoder().encode(proof.header));
  for (const step of proof.proof) {
    if (last === 0) return false;
    const sibling = bytes_of(step);
    if (index % 2 === 1 || index === last) {
      root = await hash(1, sibling, root);
      while (index % 2 === 0 && index !== 0) { index = Math.floor(index / 2); last = Math.floor(last / 2); }
    } else {
      root = await hash(1, root, sibling);
    }
    index = Math.floor(index / 2);
    last = Math.floor(last / 2);
  }
  return last === 0 && hex_of(root) === proof.root;
}
