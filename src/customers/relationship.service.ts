import { oncePerKey } from "../companies/idempotency.ts";
import type { Database } from "../db/database.ts";
import { newId } from "../db/ids.ts";
import { lockCustomers } from "../db/locks.ts";
import { transact } from "../db/transaction.ts";
import type { Actor } from "../domain/actor.ts";
import { firstCycle, type ParentFact, spansMeet } from "../domain/customer-tree.ts";
import type { BusinessDate } from "../domain/dates.ts";
import { Refusal } from "../domain/refusal.ts";
import type { Tail } from "../live/tail.ts";
import { lockedCustomer, tellChanged } from "./locked-customer.ts";
import { insertParent, insertPaying, insertPayingEnd, lockTreeOf, parentFactsAbove, payingBetween, payingByKeys } from "./relationship.sql.ts";

/** A place in the corporate tree from a day on. */
export interface NewParent extends ParentFact {
  readonly companyId: string;
}

/** Who pays for whom, from a day to a day. */
export interface NewPaying {
  readonly companyId: string;
  readonly payerId: string;
  readonly customerId: string;
  readonly startsOn: BusinessDate;
  readonly endsOn?: BusinessDate | null | undefined;
  readonly idempotencyKey?: string | null | undefined;
}

/** Keeps who belongs to whom, and, apart from it, who pays for whom. */
export class RelationshipService {
  constructor(
    private readonly db: Database,
    private readonly tail: Tail,
  ) {}

  /** Places a customer below another from a day on, or alone. Refuses what would put a customer above itself on any day. */
  async setParent(actor: Actor, { companyId, customerId, parentId, effectiveOn }: NewParent): Promise<void> {
    if (customerId === parentId) throw new Refusal("VALUE_INVALID", "A customer does not belong to itself.", { field: ["parentId"] });
    await transact(this.db, async (tx) => {
      await lockTreeOf(tx, companyId);
      const both = parentId === null ? [customerId] : [customerId, parentId];
      await lockCustomers(tx, companyId, both);
      await lockedCustomer(tx, companyId, customerId);
      if (parentId !== null) {
        await lockedCustomer(tx, companyId, parentId, "parentId");
        const day = firstCycle(await parentFactsAbove(tx, companyId, parentId), { customerId, parentId, effectiveOn });
        if (day !== null) throw new Refusal("VALUE_INVALID", `On ${day} the customer would belong to itself: it stands above that parent.`, { field: ["parentId"] });
      }
      await insertParent(tx, companyId, newId(), customerId, parentId, effectiveOn, actor.memberId, tx.recordedAt);
      await tellChanged(tx, actor, companyId, both, effectiveOn, "RELATIONSHIPS");
    });
    this.tail.ring();
  }

  /** Lets one customer pay what another owes. Refuses days on which it does already. Answers with the id of the relationship. */
  async addPaying(actor: Actor, paying: NewPaying): Promise<string> {
    const { companyId, payerId, customerId, startsOn, endsOn = null, idempotencyKey } = paying;
    if (payerId === customerId) throw new Refusal("VALUE_INVALID", "A customer pays for itself anyway.", { field: ["payerId"] });
    if (endsOn !== null && endsOn < startsOn) throw new Refusal("DATE_INVALID", "The last day comes before the first.", { field: ["endsOn"] });
    const id = await transact(this.db, async (tx) => {
      await lockCustomers(tx, companyId, [payerId, customerId]);
      await lockedCustomer(tx, companyId, payerId, "payerId");
      await lockedCustomer(tx, companyId, customerId);
      return oncePerKey(tx, { companyId, command: "addPayingRelationship", key: idempotencyKey, input: { payerId, customerId, startsOn, endsOn } }, async () => {
        const others = await payingBetween(tx, companyId, payerId, customerId);
        if (others.some((other) => spansMeet(other, { startsOn, endsOn }))) {
          throw new Refusal("DUPLICATE", "It pays for that customer on some of these days already.", { field: ["startsOn"] });
        }
        const added = newId();
        await insertPaying(tx, companyId, added, payerId, customerId, startsOn, endsOn, actor.memberId, tx.recordedAt);
        await tellChanged(tx, actor, companyId, [payerId, customerId], startsOn, "RELATIONSHIPS");
        return added;
      });
    });
    this.tail.ring();
    return id;
  }

  /** Ends a paying relationship after a day. Refuses one that was ended before, and a day that is not within it. */
  async endPaying(actor: Actor, companyId: string, id: string, endsOn: BusinessDate): Promise<void> {
    await transact(this.db, async (tx) => {
      const find = async () => {
        const [paying] = await payingByKeys(tx, [companyId], [id]);
        if (!paying) throw new Refusal("NOT_FOUND", "There is no such paying relationship in this company.", { field: ["payingRelationshipId"] });
        return paying;
      };
      const { payerId, customerId } = await find();
      await lockCustomers(tx, companyId, [payerId, customerId]);
      const paying = await find();
      if (paying.endedAt !== null) throw new Refusal("CONFLICT", `It was ended already, with ${paying.endsOn} as its last day.`, { field: ["payingRelationshipId"] });
      if (endsOn < paying.startsOn) throw new Refusal("DATE_INVALID", `It starts on ${paying.startsOn}.`, { field: ["endsOn"] });
      if (paying.endsOn !== null && endsOn > paying.endsOn) throw new Refusal("DATE_INVALID", `It ends on ${paying.endsOn} anyway.`, { field: ["endsOn"] });
      await insertPayingEnd(tx, companyId, id, endsOn, actor.memberId, tx.recordedAt);
      await tellChanged(tx, actor, companyId, [payerId, customerId], endsOn, "RELATIONSHIPS");
    });
    this.tail.ring();
  }
}
