import { oncePerKey } from "../companies/idempotency.ts";
import type { Database } from "../db/database.ts";
import { newId } from "../db/ids.ts";
import { transact, type Tx } from "../db/transaction.ts";
import type { Actor } from "../domain/actor.ts";
import { type ChannelWish, type ContactChannel, type ContactRole, languageTag, timeZone } from "../domain/contact.ts";
import { at, Refusal } from "../domain/refusal.ts";
import type { Tail } from "../live/tail.ts";
import { contactsByKeys, insertContact, insertWish, updateContactRow } from "./contact.sql.ts";
import { insertChange } from "./customer.sql.ts";
import { checkText, lockedCustomer, refuseOtherVersion, tellChanged } from "./locked-customer.ts";

/** Everything that is said of a person. What is left out of a change stays; null takes it away. */
export interface ContactFacts {
  readonly name: string;
  readonly role: ContactRole;
  readonly title?: string | null | undefined;
  readonly email?: string | null | undefined;
  readonly phone?: string | null | undefined;
  readonly channel?: ContactChannel | null | undefined;
  readonly language?: string | null | undefined;
  readonly timeZone?: string | null | undefined;
  /** What the person said about channels; a channel that is not named stays as it was. */
  readonly wishes?: readonly ChannelWish[] | null | undefined;
}

/** A person to be added. */
export interface ContactToAdd extends ContactFacts {
  readonly companyId: string;
  readonly customerId: string;
  readonly idempotencyKey?: string | null | undefined;
}

/** A person as they should be known from now on. */
export interface ContactToChange extends Partial<ContactFacts> {
  readonly companyId: string;
  readonly contactId: string;
  readonly expectedVersion: number;
}

/** Keeps the people to talk to at customers. */
export class ContactService {
  constructor(
    private readonly db: Database,
    private readonly tail: Tail,
  ) {}

  /** Adds a person to talk to. Answers with the contact's id. */
  async add(actor: Actor, { companyId, customerId, idempotencyKey, ...facts }: ContactToAdd): Promise<string> {
    const contact = checked(facts);
    const id = await transact(this.db, async (tx) => {
      await lockedCustomer(tx, companyId, customerId);
      return oncePerKey(tx, { companyId, command: "addContact", key: idempotencyKey, input: { customerId, ...facts } }, async () => {
        const added = await addContact(tx, actor, companyId, customerId, contact);
        await tellChanged(tx, actor, companyId, [customerId], tx.recordedAt.slice(0, 10), "CONTACTS");
        return added;
      });
    });
    this.tail.ring();
    return id;
  }

  /** Changes what is known of a person. Refuses as a conflict when somebody else changed it first. */
  async update(actor: Actor, { companyId, contactId, expectedVersion, ...change }: ContactToChange): Promise<void> {
    await transact(this.db, async (tx) => {
      const { customerId } = await findContact(tx, companyId, contactId);
      await lockedCustomer(tx, companyId, customerId);
      const held = await findContact(tx, companyId, contactId);
      refuseOtherVersion("contact", held.version, expectedVersion);
      const { wishes: _wishes, ...known } = held;
      const given = Object.fromEntries(Object.entries(change).filter(([, value]) => value !== undefined));
      const contact = checked({ ...known, wishes: [], ...given } as ContactFacts);
      await updateContactRow(tx, companyId, contactId, ...valuesOf(contact));
      await noteWishes(tx, actor, companyId, contactId, contact.wishes ?? []);
      await insertChange(tx, companyId, newId(), customerId, contactId, expectedVersion + 1, Object.keys(given).sort(), actor.memberId, tx.recordedAt);
      await tellChanged(tx, actor, companyId, [customerId], tx.recordedAt.slice(0, 10), "CONTACTS");
    });
    this.tail.ring();
  }
}

/** The facts in the spelling they are kept in. Refuses blank texts, unknown languages and time zones, and two wishes for one channel. */
export function checked(contact: ContactFacts): ContactFacts {
  const { name, role, title, email, phone, channel, language, timeZone: zone, wishes } = contact;
  if (name === null || role === null) throw new Refusal("VALUE_INVALID", "A contact has a name and a role.", { field: [name === null ? "name" : "role"] });
  checkText(name, "name");
  if (title) checkText(title, "title");
  if (phone) checkText(phone, "phone", 50);
  if (email && !/^[^\s@]{1,64}@[^\s@]{1,255}$/.test(email)) throw new Refusal("VALUE_INVALID", `"${email}" is not an e-mail address.`, { field: ["email"] });
  const told = (wishes ?? []).map((wish) => wish.channel);
  if (new Set(told).size < told.length) throw new Refusal("VALUE_INVALID", "Two wishes are about one channel.", { field: ["wishes"] });
  return {
    name, role, title: title || null, email: email || null, phone: phone || null, channel: channel ?? null,
    language: language ? at({ field: ["language"] }, () => languageTag(language)) : null,
    timeZone: zone ? at({ field: ["timeZone"] }, () => timeZone(zone)) : null,
    wishes: wishes ?? [],
  };
}

/** Adds a person whose facts are checked, and what the person said about channels. */
export async function addContact(tx: Tx, actor: Actor, companyId: string, customerId: string, contact: ContactFacts): Promise<string> {
  const id = newId();
  await insertContact(tx, companyId, id, ...valuesOf(contact), customerId, tx.recordedAt);
  await noteWishes(tx, actor, companyId, id, contact.wishes ?? []);
  await insertChange(tx, companyId, newId(), customerId, id, 1, ["added"], actor.memberId, tx.recordedAt);
  return id;
}

const valuesOf = ({ name, role, title = null, email = null, phone = null, channel = null, language = null, timeZone: zone = null }: ContactFacts) =>
  [name, role, title, email, phone, channel, language, zone] as const satisfies readonly unknown[];

async function noteWishes(tx: Tx, actor: Actor, companyId: string, contactId: string, wishes: readonly ChannelWish[]): Promise<void> {
  for (const { channel, consent, doNotContact } of wishes) {
    await insertWish(tx, companyId, newId(), contactId, channel, consent, doNotContact, actor.memberId, tx.recordedAt);
  }
}

async function findContact(tx: Tx, companyId: string, id: string) {
  const [contact] = await contactsByKeys(tx, [companyId], [id]);
  if (!contact) throw new Refusal("NOT_FOUND", "There is no such contact in this company.", { field: ["contactId"] });
  return contact;
}
