import type { Database } from "../db/database.ts";
import { newId } from "../db/ids.ts";
import { transact, type Tx } from "../db/transaction.ts";
import type { Actor } from "../domain/actor.ts";
import type { ShortPayPolicy } from "../domain/cash-application.ts";
import { exponentOf } from "../domain/money.ts";
import { payerNameKey } from "../domain/payer-name.ts";
import { at, Refusal } from "../domain/refusal.ts";
import type { Tail } from "../live/tail.ts";
import { type BillToRow, insertAliases, insertChange, removeBillTo, updateCustomerRow, writeBillTo } from "./customer.sql.ts";
import { checkText, lockedCustomer, refuseOtherVersion, tellChanged } from "./locked-customer.ts";
import { requireTerms } from "./terms.service.ts";

/** The address that bills go to. */
export type BillTo = Omit<BillToRow, "companyId" | "customerId">;

/** What a customer should be known as from now on. What is left out stays; null takes it away where that may be. */
export interface CustomerToChange {
  readonly companyId: string;
  readonly customerId: string;
  readonly expectedVersion: number;
  readonly name?: string | null | undefined;
  readonly currency?: string | null | undefined;
  readonly termsCode?: string | null | undefined;
  readonly shortPayPolicy?: ShortPayPolicy | null | undefined;
  readonly billTo?: Partial<BillTo> & Pick<BillTo, "street" | "city" | "country"> | null | undefined;
  readonly newAliases?: readonly string[] | null | undefined;
}

const MOST_NEW_ALIASES = 100;

/** Keeps what customers are known as. */
export class MasterDataService {
  constructor(
    private readonly db: Database,
    private readonly tail: Tail,
  ) {}

  /** Changes a customer's own data. Refuses as a conflict when somebody else changed it first. */
  async update(actor: Actor, { companyId, customerId, expectedVersion, ...change }: CustomerToChange): Promise<void> {
    const { name, currency, termsCode, shortPayPolicy, billTo, newAliases } = change;
    if (name !== undefined) checkText(name ?? "", "name");
    if (currency !== undefined) at({ field: ["currency"] }, () => exponentOf(currency ?? ""));
    if (shortPayPolicy === null) throw new Refusal("VALUE_INVALID", "A customer has a short-pay policy.", { field: ["shortPayPolicy"] });
    if (billTo) checkAddress(billTo);
    const aliases = newAliases ?? [];
    if (aliases.length > MOST_NEW_ALIASES) throw new Refusal("LIMIT_EXCEEDED", `newAliases takes at most ${MOST_NEW_ALIASES} entries.`, { field: ["newAliases"] });
    for (const alias of aliases) checkText(alias, "newAliases");
    await transact(this.db, async (tx) => {
      const held = await lockedCustomer(tx, companyId, customerId);
      refuseOtherVersion("customer", held.version, expectedVersion);
      if (termsCode && termsCode !== held.termsCode) await requireTerms(tx, companyId, termsCode);
      const terms = termsCode === undefined ? held.termsCode : termsCode;
      await updateCustomerRow(tx, companyId, customerId, name ?? held.name, currency ?? held.currency, terms, shortPayPolicy ?? held.shortPayPolicy);
      await writeAddress(tx, companyId, customerId, billTo);
      // Payments go on carrying an old name for years, so that names are only added.
      const names = [...new Set([...(name ? [name] : []), ...aliases])];
      await insertAliases(tx, companyId, tx.recordedAt, names.map(() => customerId), names, names.map(payerNameKey));
      const fields = Object.entries(change).filter(([, value]) => value !== undefined).map(([field]) => field).sort();
      await insertChange(tx, companyId, newId(), customerId, null, expectedVersion + 1, fields, actor.memberId, tx.recordedAt);
      await tellChanged(tx, actor, companyId, [customerId], tx.recordedAt.slice(0, 10), "MASTER_DATA");
    });
    this.tail.ring();
  }
}

async function writeAddress(tx: Tx, companyId: string, customerId: string, billTo: CustomerToChange["billTo"]): Promise<void> {
  if (billTo === undefined) return;
  if (billTo === null) {
    await removeBillTo(tx, companyId, customerId);
    return;
  }
  const { name, street, street2, city, region, postalCode, country } = billTo;
  await writeBillTo(tx, companyId, customerId, name || null, street, street2 || null, city, region || null, postalCode || null, country);
}

function checkAddress(address: NonNullable<CustomerToChange["billTo"]>): void {
  const { country, ...texts } = address;
  for (const [key, text] of Object.entries(texts)) {
    const needed = key === "street" || key === "city";
    if ((needed && text!.trim() === "") || (text?.length ?? 0) > 300) {
      throw new Refusal("VALUE_INVALID", `${key} takes ${needed ? "1" : "0"} to 300 characters.`, { field: ["billTo", key] });
    }
  }
  if (!/^[A-Z]{2}$/.test(country)) throw new Refusal("VALUE_INVALID", `"${country}" is not an ISO 3166 country code of two capital letters.`, { field: ["billTo", "country"] });
}
