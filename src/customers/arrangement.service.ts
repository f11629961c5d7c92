import { oncePerKey } from "../companies/idempotency.ts";
import type { Database } from "../db/database.ts";
import { newId } from "../db/ids.ts";
import { lockCustomers } from "../db/locks.ts";
import { transact } from "../db/transaction.ts";
import { accountKey } from "../domain/account-number.ts";
import type { Actor } from "../domain/actor.ts";
import { type Arrangement, checkArrangement } from "../domain/arrangement.ts";
import { at, Refusal } from "../domain/refusal.ts";
import { insertArrangement } from "./arrangement.sql.ts";
import { customersByAccounts } from "./customer.sql.ts";
import { findTerms } from "./terms.sql.ts";

/** An arrangement as somebody wrote it down. */
export interface ArrangementToAgree extends Arrangement {
  readonly companyId: string;
  readonly account: string;
  readonly approver: string;
  readonly note: string | null;
  readonly idempotencyKey?: string | null | undefined;
}

export class ArrangementService {
  constructor(private readonly db: Database) {}

  /**
   * Puts down what was agreed with a customer. It counts for invoices and payments that are recorded from now on; what is on
   * the books already keeps what it was recorded with. Answers with the arrangement's id.
   */
  agree(actor: Actor, arrangement: ArrangementToAgree): Promise<string> {
    const { companyId, idempotencyKey, account, ...input } = arrangement;
    checkArrangement(arrangement);
    if (input.approver.trim() === "" || input.approver.length > 300) throw new Refusal("VALUE_INVALID", "approver takes 1 to 300 characters.", { field: ["approver"] });
    if ((input.note ?? "").length > 2_000) throw new Refusal("VALUE_INVALID", "note takes at most 2000 characters.", { field: ["note"] });
    const key = at({ field: ["account"] }, () => accountKey(account));
    return transact(this.db, async (tx) => {
      const [customer] = await customersByAccounts(tx, companyId, [key]);
      if (!customer) throw new Refusal("NOT_FOUND", `There is no account ${account} in this company.`, { field: ["account"] });
      await lockCustomers(tx, companyId, [customer.id]);
      return oncePerKey(tx, { companyId, command: "agreeArrangement", key: idempotencyKey, input: { ...input, account } }, async () => {
        if (input.termsCode !== null && !(await findTerms(tx, companyId, input.termsCode))) {
          throw new Refusal("NOT_FOUND", `There are no terms called "${input.termsCode}".`, { field: ["termsCode"] });
        }
        const id = newId();
        await insertArrangement(tx, actor.memberId, { ...input, companyId, id, customerId: customer.id });
        return id;
      });
    });
  }
}
