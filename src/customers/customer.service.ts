import { oncePerKey } from "../companies/idempotency.ts";
import type { Database } from "../db/database.ts";
import { newId } from "../db/ids.ts";
import { transact, type Tx } from "../db/transaction.ts";
import { accountKey } from "../domain/account-number.ts";
import type { Actor } from "../domain/actor.ts";
import type { ShortPayPolicy } from "../domain/cash-application.ts";
import { exponentOf } from "../domain/money.ts";
import { payerNameKey } from "../domain/payer-name.ts";
import { at, Refusal } from "../domain/refusal.ts";
import type { Tail } from "../live/tail.ts";
import { addContact, checked, type ContactFacts } from "./contact.service.ts";
import { Customer } from "./customer.entity.ts";
import { customersByAccounts, insertAliases } from "./customer.sql.ts";
import { checkText, tellChanged } from "./locked-customer.ts";
import { requireTerms } from "./terms.service.ts";

/** A customer to be added. */
export interface NewCustomer {
  readonly companyId: string;
  readonly accountNumber: string;
  readonly name: string;
  readonly currency: string;
  readonly termsCode?: string | null | undefined;
  readonly shortPayPolicy: ShortPayPolicy;
  readonly aliases: readonly string[];
  readonly contacts: readonly ContactFacts[];
  readonly idempotencyKey?: string | null | undefined;
}

const MOST_ALIASES = 100;
const MOST_CONTACTS = 50;

export class CustomerService {
  constructor(
    private readonly db: Database,
    private readonly tail: Tail,
  ) {}

  /** Adds a customer. Its names count when payers are recognized. Answers with the customer's id. */
  async create(actor: Actor, customer: NewCustomer): Promise<string> {
    const { companyId, idempotencyKey, ...input } = customer;
    const key = at({ field: ["accountNumber"] }, () => accountKey(customer.accountNumber));
    at({ field: ["currency"] }, () => exponentOf(customer.currency));
    checkText(customer.name, "name");
    for (const alias of customer.aliases) checkText(alias, "aliases");
    checkCount(customer.aliases, MOST_ALIASES, "aliases");
    checkCount(customer.contacts, MOST_CONTACTS, "contacts");
    const contacts = customer.contacts.map((contact, index) => within(["contacts", String(index)], () => checked(contact)));
    const added = await transact(this.db, (tx) =>
      oncePerKey(tx, { companyId, command: "createCustomer", key: idempotencyKey, input }, async () => {
        if ((await customersByAccounts(tx, companyId, [key])).length > 0) {
          throw new Refusal("DUPLICATE", `There is an account ${customer.accountNumber} already.`, { field: ["accountNumber"] });
        }
        if (customer.termsCode) await requireTerms(tx, companyId, customer.termsCode);
        const id = newId();
        await this.#write(tx, actor, id, key, { ...customer, contacts });
        return id;
      }),
    );
    this.tail.ring();
    return added;
  }

  async #write(tx: Tx, actor: Actor, id: string, key: string, { companyId, accountNumber, name, currency, termsCode, shortPayPolicy, aliases, contacts }: NewCustomer): Promise<void> {
    const row = { companyId, id, accountNumber, accountKey: key, name, currency, termsCode: termsCode ?? null, shortPayPolicy, version: 1, recordedAt: tx.recordedAt };
    await tx.manager.insert(Customer, row);
    const names = [...new Set([name, ...aliases])];
    await insertAliases(tx, companyId, tx.recordedAt, names.map(() => id), names, names.map(payerNameKey));
    for (const contact of contacts) await addContact(tx, actor, companyId, id, contact);
    await tellChanged(tx, actor, companyId, [id], tx.recordedAt.slice(0, 10), "ADDED");
  }
}

function checkCount(list: readonly unknown[], most: number, field: string): void {
  if (list.length > most) throw new Refusal("LIMIT_EXCEEDED", `${field} takes at most ${most} entries.`, { field: [field] });
}

/** Runs a check of a part of the input and puts the way to that part before the field of its refusal. */
function within<T>(path: readonly string[], check: () => T): T {
  try {
    return check();
  } catch (error) {
    if (!(error instanceof Refusal)) throw error;
    throw new Refusal(error.code, error.message, { field: [...path, ...(error.field ?? [])] });
  }
}
