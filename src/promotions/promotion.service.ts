import { oncePerKey } from "../companies/idempotency.ts";
import type { Database } from "../db/database.ts";
import { newId } from "../db/ids.ts";
import { lockCustomers } from "../db/locks.ts";
import { transact } from "../db/transaction.ts";
import type { Actor } from "../domain/actor.ts";
import type { BusinessDate } from "../domain/dates.ts";
import { minorFromDecimal } from "../domain/money.ts";
import { promotionKey } from "../domain/promotion.ts";
import { at, Refusal } from "../domain/refusal.ts";
import { findAccount } from "../invoices/invoice.service.ts";
import { insertPromotion, promotionByCode } from "./promotion.sql.ts";

/** What was set aside for a promotion, as somebody writes it down. */
export interface PromotionToRecord {
  readonly companyId: string;
  readonly account: string;
  readonly code: string;
  readonly description: string;
  /** The item it is for; all that the customer buys when left out. */
  readonly item?: string | null | undefined;
  readonly validFrom: BusinessDate;
  readonly validTo: BusinessDate;
  readonly currency: string;
  /** Plain decimal. */
  readonly accrued: string;
  readonly idempotencyKey?: string | null | undefined;
}

const LONGEST = 200;

/** Keeps what was set aside for promotions. The accrual itself is booked where it is made, in the general ledger. */
export class PromotionService {
  constructor(private readonly db: Database) {}

  /** Puts a promotion on record. Answers with its id. */
  async record(actor: Actor, { companyId, idempotencyKey, ...input }: PromotionToRecord): Promise<string> {
    const [code, codeKey] = [input.code.trim(), promotionKey(input.code)];
    const description = words(input.description, "description");
    const item = input.item?.trim() ? words(input.item, "item") : null;
    const accruedMinor = at({ field: ["accrued"] }, () => minorFromDecimal(input.accrued, input.currency));
    if (accruedMinor <= 0n) throw new Refusal("AMOUNT_INVALID", "More than nothing is set aside for a promotion.", { field: ["accrued"] });
    if (input.validTo < input.validFrom) throw new Refusal("DATE_INVALID", "It ends before it begins.", { field: ["validTo"] });
    return transact(this.db, async (tx) => {
      const { id: customerId } = await findAccount(tx, companyId, input.account);
      await lockCustomers(tx, companyId, [customerId]);
      return oncePerKey(tx, { companyId, command: "recordPromotion", key: idempotencyKey, input }, async () => {
        if ((await promotionByCode(tx, companyId, codeKey)).length > 0) throw new Refusal("DUPLICATE", `There is a promotion ${code} already.`, { field: ["code"] });
        const id = newId();
        await insertPromotion(tx, companyId, actor.memberId, { id, customerId, code, codeKey, description, item, validFrom: input.validFrom, validTo: input.validTo, currency: input.currency, accruedMinor });
        return id;
      });
    });
  }
}

function words(text: string, field: string): string {
  const trimmed = text.trim();
  if (trimmed === "" || trimmed.length > LONGEST) throw new Refusal("VALUE_INVALID", `Write 1 to ${LONGEST} characters.`, { field: [field] });
  return trimmed;
}
