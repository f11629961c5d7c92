import { oncePerKey } from "../companies/idempotency.ts";
import type { Database } from "../db/database.ts";
import { newId } from "../db/ids.ts";
import { today } from "../db/today.ts";
import { transact } from "../db/transaction.ts";
import type { Actor } from "../domain/actor.ts";
import type { HoldScope } from "../domain/credit.ts";
import type { BusinessDate } from "../domain/dates.ts";
import { exponentOf, minorFromDecimal } from "../domain/money.ts";
import { at, Refusal } from "../domain/refusal.ts";
import type { Tail } from "../live/tail.ts";
import { holdsByCustomers, holdsByKeys, insertHold, insertLimit, insertRelease } from "./credit.sql.ts";
import { checkText, lockedCustomer, tellChanged } from "./locked-customer.ts";

/** A limit to be set. */
export interface NewLimit {
  readonly companyId: string;
  readonly customerId: string;
  readonly currency: string;
  /** Plain decimal; null takes the limit away. */
  readonly amount?: string | null | undefined;
  readonly expiresOn?: BusinessDate | null | undefined;
  /** Today when left out. */
  readonly effectiveOn?: BusinessDate | null | undefined;
  readonly idempotencyKey?: string | null | undefined;
}

/** A hold to be placed. */
export interface NewHold {
  readonly companyId: string;
  readonly customerId: string;
  readonly scope: HoldScope;
  readonly reason: string;
  readonly since?: BusinessDate | null | undefined;
  readonly idempotencyKey?: string | null | undefined;
}

/** Decides how much credit customers have, and whom nothing is sold to. Every decision is a fact with its day and its author. */
export class CreditService {
  constructor(
    private readonly db: Database,
    private readonly tail: Tail,
  ) {}

  /** Sets the limit that holds from a day on, or takes it away. */
  async setLimit(actor: Actor, { companyId, customerId, idempotencyKey, ...limit }: NewLimit): Promise<void> {
    const { currency, amount = null, expiresOn = null } = limit;
    const effectiveOn = limit.effectiveOn ?? today(this.db);
    at({ field: ["currency"] }, () => exponentOf(currency));
    const minor = amount === null ? null : at({ field: ["amount"] }, () => minorFromDecimal(amount, currency));
    if (minor !== null && minor < 0n) throw new Refusal("AMOUNT_INVALID", "A credit limit is not negative.", { field: ["amount"] });
    if (expiresOn !== null && minor === null) throw new Refusal("VALUE_INVALID", "No limit has no expiry.", { field: ["expiresOn"] });
    if (expiresOn !== null && expiresOn < effectiveOn) throw new Refusal("DATE_INVALID", "It expires before it takes effect.", { field: ["expiresOn"] });
    await transact(this.db, async (tx) => {
      await lockedCustomer(tx, companyId, customerId);
      await oncePerKey(tx, { companyId, command: "setCreditLimit", key: idempotencyKey, input: { customerId, ...limit } }, async () => {
        await insertLimit(tx, companyId, newId(), customerId, currency, minor, expiresOn, effectiveOn, actor.memberId, tx.recordedAt);
        await tellChanged(tx, actor, companyId, [customerId], effectiveOn, "CREDIT_LIMIT");
        return customerId;
      });
    });
    this.tail.ring();
  }

  /** Places a hold. Refuses one of a scope that is held already. Answers with its id. */
  async placeHold(actor: Actor, { companyId, customerId, scope, reason, idempotencyKey, ...hold }: NewHold): Promise<string> {
    const since = hold.since ?? today(this.db);
    checkText(reason, "reason");
    const id = await transact(this.db, async (tx) => {
      await lockedCustomer(tx, companyId, customerId);
      return oncePerKey(tx, { companyId, command: "placeHold", key: idempotencyKey, input: { customerId, scope, reason, since: hold.since } }, async () => {
        const standing = (await holdsByCustomers(tx, [companyId], [customerId])).find((it) => it.scope === scope && (it.releasedOn === null || it.releasedOn > since));
        if (standing) throw new Refusal("DUPLICATE", `It is on hold for ${scope} since ${standing.since} already.`, { field: ["scope"] });
        const placed = newId();
        await insertHold(tx, companyId, placed, customerId, scope, reason, since, actor.memberId, tx.recordedAt);
        await tellChanged(tx, actor, companyId, [customerId], since, "HOLDS");
        return placed;
      });
    });
    this.tail.ring();
    return id;
  }

  /** Releases a hold from a day on, today when none is given. Refuses one that was released before. Answers with its customer. */
  async releaseHold(actor: Actor, companyId: string, id: string, { releasedOn, note }: { readonly releasedOn?: BusinessDate | null | undefined; readonly note?: string | null | undefined }): Promise<string> {
    const day = releasedOn ?? today(this.db);
    if (note) checkText(note, "note");
    const released = await transact(this.db, async (tx) => {
      const find = async () => {
        const [hold] = await holdsByKeys(tx, [companyId], [id]);
        if (!hold) throw new Refusal("NOT_FOUND", "There is no such hold in this company.", { field: ["holdId"] });
        return hold;
      };
      const { customerId, since } = await find();
      await lockedCustomer(tx, companyId, customerId);
      const { releasedOn: before } = await find();
      if (before !== null) throw new Refusal("CONFLICT", `It was released as of ${before} already.`, { field: ["holdId"] });
      if (day < since) throw new Refusal("DATE_INVALID", `It holds since ${since}.`, { field: ["releasedOn"] });
      await insertRelease(tx, companyId, id, note || null, day, actor.memberId, tx.recordedAt);
      await tellChanged(tx, actor, companyId, [customerId], day, "HOLDS");
      return customerId;
    });
    this.tail.ring();
    return released;
  }
}
