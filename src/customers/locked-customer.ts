import { lockCustomers } from "../db/locks.ts";
import type { Tx } from "../db/transaction.ts";
import type { Actor } from "../domain/actor.ts";
import type { BusinessDate } from "../domain/dates.ts";
import { TOPIC_EVENTS, type CustomerTopic } from "../domain/customer-topic.ts";
import { Refusal } from "../domain/refusal.ts";
import { append } from "../live/event-log.ts";
import { type CustomerRow, customersByKeys } from "./customer.sql.ts";

/** Locks a customer and reads it as it is then. Refuses one that is not there, naming the field. */
export async function lockedCustomer(tx: Tx, companyId: string, id: string, field = "customerId"): Promise<CustomerRow> {
  await lockCustomers(tx, companyId, [id]);
  const [customer] = await customersByKeys(tx, [companyId], [id]);
  if (!customer) throw new Refusal("NOT_FOUND", "There is no such customer in this company.", { field: [field] });
  return customer;
}

/** Refuses a command that counted on another version of what it changes. */
export function refuseOtherVersion(what: "customer" | "contact", version: number, expectedVersion: number): void {
  if (version === expectedVersion) return;
  throw new Refusal("CONFLICT", `The ${what} is at version ${version}, not ${expectedVersion}; read it again.`, { field: ["expectedVersion"] });
}

/** Tells the log what about customers changed, as of a day. */
export async function tellChanged(tx: Tx, actor: Actor, companyId: string, customerIds: readonly string[], effectiveOn: BusinessDate, what: CustomerTopic): Promise<void> {
  const nothing = { documentId: null, reason: null, currency: null, minor: null, batchId: null };
  const events = customerIds.map((id) => ({ ...nothing, kind: TOPIC_EVENTS[what], companyId, customerId: id, subjectId: id, effectiveOn }));
  await append(tx, actor.memberId, events);
}

/** Refuses a text that is blank or too long. */
export function checkText(text: string, field: string, longest = 300): void {
  if (text.trim() === "" || text.length > longest) throw new Refusal("VALUE_INVALID", `${field} takes 1 to ${longest} characters.`, { field: [field] });
}
