// SPDX-License-Identifier: Apache-2.0
// Having points, or what a sale left owing, paid out. Pure, and the same on the phone page and in the mini-program; the
// server decides.
export type Source = "points" | "owed";
export interface Purse { account: string; fen_per_point: number; owed_fen: number; points: number }
export interface PayoutWish { what: Source; amount: number; account: string; name: string }

const kAccountMin = 8;

export const pays_out = (held: Purse | undefined): boolean => Boolean(held && (held.fen_per_point > 0 || held.owed_fen > 0));
/// Of points whole ones, of money yuan.
export const fen_of = (held: Purse | undefined, wish: PayoutWish): number =>
  wish.what === "points" ? wish.amount * (held?.fen_per_point ?? 0) : Math.round(wish.amount * 100);
export function may_ask(held: Purse | undefined, wish: PayoutWish): boolean {
  const fen = fen_of(held, wish);
  if (!held || !(fen > 0)) return false;
  const enough = wish.what === "points" ? Number.isInteger(wish.amount) && wish.amount <= held.points : fen <= held.owed_fen;
  return enough && (held.account !== "" || wish.account.trim().length >= kAccountMin);
}
export const payout_body = (id: string, held: Purse | undefined, wish: PayoutWish) => ({
  id, what: wish.what, amount: wish.what === "points" ? wish.amount : fen_of(held, wish),
  ...(wish.account.trim() ? { account: wish.account.trim() } : {}), ...(wish.name.trim() ? { name: wish.name.trim() } : {}) });
