// SPDX-License-Identifier: Apache-2.0
// The registration of productive scrap metal at the counter: asked for only where the rule asks, filled ahead with what
// the device knows of the seller. The handler's own data is sent once and not kept here after that: from then on the
// handler is a party's number and a label that shows no more than the end of it.
import { api, Problem, take, type Schema } from "../api/client.ts";
import { fact, keep_fact } from "./drawer.ts";

export const kRegistered = ["unit", "handler", "handler_name", "handler_id_number", "handler_address", "item", "quantity", "specification", "state"] as const;
export type Field = (typeof kRegistered)[number];
export type Draft = Record<Field, string>;
export type Rule = Schema["RegistrationRule"];
export interface Handler { party: string; label: string }
interface Seller { unit: string; handlers: Handler[] }

const kHandlersKept = 9;
const kPerson = ["handler_name", "handler_id_number", "handler_address"] as const;

export const empty_draft = (): Draft => Object.fromEntries(kRegistered.map((one) => [one, ""])) as Draft;

/// What the server says of this purchase; undefined without a network. Throws what it refuses.
export async function rule_of(material: string, seller: string): Promise<Rule | undefined> {
  try {
    return await take(api.GET("/api/v1/buying/registration-rule", { params: { query: { material, seller } } }));
  } catch (error) {
    if (error instanceof Problem && error.status < 500) throw error;
    return undefined;
  }
}

export const seller_known = async (seller: string): Promise<Seller> => (await fact<Seller>(`seller.${seller}`)) ?? { unit: "", handlers: [] };

/// The first field that still has to be filled; those of the person only where nobody known is chosen.
export const missing_in = (draft: Draft): Field | undefined => kRegistered.find((one) =>
  !draft[one].trim() && one !== "handler" && (!draft.handler || !(kPerson as readonly string[]).includes(one)));

export interface Sent { seller: string; fields: Draft }

/// Enters it under the purchase's id; what is kept of it afterwards.
export async function enter(event: string, sent: Sent): Promise<Sent> {
  const { handler, handler_name, handler_id_number, handler_address, ...rest } = sent.fields;
  const person = handler ? { handler } : { handler_name, handler_id_number, handler_address };
  const { data } = await take(api.PUT("/api/v1/buying/registrations/{event}", { params: { path: { event } }, body: { seller: sent.seller, ...rest, ...person } }));
  const party = String((data as { fields?: { handler?: unknown } }).fields?.handler ?? handler);
  const known = await seller_known(sent.seller);
  const label = known.handlers.find((one) => one.party === party)?.label ?? (handler ? party : `${handler_name.slice(0, 1)}* ${handler_id_number.slice(-4)}`);
  await keep_fact(`seller.${sent.seller}`, { unit: sent.fields.unit, handlers: [{ party, label }, ...known.handlers.filter((one) => one.party !== party)].slice(0, kHandlersKept) });
  return { seller: sent.seller, fields: { ...sent.fields, handler: party, handler_name: "", handler_id_number: "", handler_address: "" } };
}
