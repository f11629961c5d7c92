import { oncePerKey } from "../companies/idempotency.ts";
import type { Database } from "../db/database.ts";
import { newId } from "../db/ids.ts";
import { lockCustomers } from "../db/locks.ts";
import { transact } from "../db/transaction.ts";
import { accountKey } from "../domain/account-number.ts";
import type { Actor } from "../domain/actor.ts";
import { type Arrangement, checkArrangement, checkEnd } from "../domain/arrangement.ts";
import { addDays, type BusinessDate } from "../domain/dates.ts";
import { at, Refusal } from "../domain/refusal.ts";
import type { Tail } from "../live/tail.ts";
import { arrangementsByKeys, insertArrangement, insertArrangementEnd } from "./arrangement.sql.ts";
import { customersByAccounts } from "./customer.sql.ts";
import { checkText, tellChanged } from "./locked-customer.ts";
import { requireTerms } from "./terms.service.ts";

/** An arrangement as somebody wrote it down. */
export interface ArrangementToAgree extends Arrangement {
  readonly companyId: string;
  readonly account: string;
  readonly approver: string;
  readonly note: string | null;
  readonly document: string | null;
  readonly idempotencyKey?: string | null | undefined;
}

export class ArrangementService {
  constructor(
    private readonly db: Database,
    private readonly tail: Tail,
  ) {}

  /**
   * Puts down what was agreed with a customer. It counts for invoices and payments that are recorded from now on; what is on
   * the books already keeps what it was recorded with. Answers with the arrangement's id.
   */
  async agree(actor: Actor, arrangement: ArrangementToAgree): Promise<string> {
    const { companyId, idempotencyKey, account, ...input } = arrangement;
    checkArrangement(arrangement);
    if (input.approver.trim() === "" || input.approver.length > 300) throw new Refusal("VALUE_INVALID", "approver takes 1 to 300 characters.", { field: ["approver"] });
    if (input.document !== null) checkText(input.document, "document");
    if ((input.note ?? "").length > 2_000) throw new Refusal("VALUE_INVALID", "note takes at most 2000 characters.", { field: ["note"] });
    const key = at({ field: ["account"] }, () => accountKey(account));
    const agreed = await transact(this.db, async (tx) => {
      const [customer] = await customersByAccounts(tx, companyId, [key]);
      if (!customer) throw new Refusal("NOT_FOUND", `There is no account ${account} in this company.`, { field: ["account"] });
      await lockCustomers(tx, companyId, [customer.id]);
      return oncePerKey(tx, { companyId, command: "agreeArrangement", key: idempotencyKey, input: { ...input, account } }, async () => {
        if (input.termsCode !== null) await requireTerms(tx, companyId, input.termsCode);
        const id = newId();
        await insertArrangement(tx, actor.memberId, { ...input, companyId, id, customerId: customer.id });
        await tellChanged(tx, actor, companyId, [customer.id], input.effectiveFrom, "ARRANGEMENTS");
        return id;
      });
    });
    this.tail.ring();
    return agreed;
  }

  /** Ends an arrangement after a day. Refuses one that was ended before, and a day that is not within it. */
  async end(actor: Actor, companyId: string, id: string, { endsOn, note }: { readonly endsOn: BusinessDate; readonly note?: string | null | undefined }): Promise<void> {
    if (note) checkText(note, "note", 2_000);
    await transact(this.db, async (tx) => {
      const find = async () => {
        const [agreed] = await arrangementsByKeys(tx, [companyId], [id]);
        if (!agreed) throw new Refusal("NOT_FOUND", "There is no such arrangement in this company.", { field: ["arrangementId"] });
        return agreed;
      };
      const { customerId } = await find();
      await lockCustomers(tx, companyId, [customerId]);
      const agreed = await find();
      if (agreed.endedAt !== null) throw new Refusal("CONFLICT", `It was ended already, with ${agreed.effectiveTo} as its last day.`, { field: ["arrangementId"] });
      checkEnd(agreed, endsOn);
      await insertArrangementEnd(tx, companyId, id, endsOn, note || null, actor.memberId, tx.recordedAt);
      await tellChanged(tx, actor, companyId, [customerId], addDays(endsOn, 1), "ARRANGEMENTS");
    });
    this.tail.ring();
  }
}
