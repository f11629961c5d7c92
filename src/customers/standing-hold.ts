import type { Tx } from "../db/transaction.ts";
import { Role, ROLE_PERMISSIONS } from "../domain/actor.ts";
import { holdMeets, HoldScope, holdStops } from "../domain/credit.ts";
import type { BusinessDate } from "../domain/dates.ts";
import { Refusal } from "../domain/refusal.ts";
import { holdsByCustomers } from "./credit.sql.ts";

/** The roles that place and release holds. */
const RELEASERS = Object.values(Role).filter((role) => ROLE_PERMISSIONS[role].includes("credit:write"));

/**
 * Refuses to bill a customer that a hold on invoices, or on everything, stands on. The refusal says which hold, since when, by whom
 * and who may release it. The customer is locked, so that no hold is placed meanwhile.
 */
export async function refuseHeld(tx: Tx, { companyId, customerId }: { readonly companyId: string; readonly customerId: string }, today: BusinessDate, datedOn: BusinessDate): Promise<void> {
  const hold = (await holdsByCustomers(tx, [companyId], [customerId])).find((it) => holdStops(it.scope, HoldScope.INVOICES) && holdMeets(it, today, datedOn));
  if (!hold) return;
  const { id, scope, since, placedBy, reason } = hold;
  throw new Refusal("CUSTOMER_ON_HOLD", `Nothing is billed to this customer: a hold on ${scope} stands since ${since}, placed by ${placedBy ?? "no member"} ("${reason}"). ${RELEASERS.join(" or ")} may release it.`, {
    field: ["account"], subject: { type: "Hold", companyId, id },
  });
}
