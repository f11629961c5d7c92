import type { Database } from "../db/database.ts";
import { transact } from "../db/transaction.ts";
import type { Actor } from "../domain/actor.ts";
import { exponentOf, minorFromDecimal } from "../domain/money.ts";
import { at, Refusal } from "../domain/refusal.ts";
import type { Terms, TermsInstallment } from "../domain/terms.ts";
import { checkTerms } from "../domain/terms-rules.ts";
import { findTerms, insertTerms, type TermsRow } from "./terms.sql.ts";

/** Terms as somebody wrote them: the amount of a fixed installment is a plain decimal. */
export interface WrittenTerms extends Omit<Terms, "installments"> {
  readonly companyId: string;
  readonly code: string;
  readonly description: string;
  readonly installments: readonly (Omit<TermsInstallment, "fixedMinor"> & { readonly amount: string | null })[];
}

export class TermsService {
  constructor(private readonly db: Database) {}

  /** Adds payment terms that invoices can name. They are never changed; other terms get another code. */
  create(_actor: Actor, written: WrittenTerms): Promise<TermsRow> {
    const { companyId, code } = written;
    for (const field of ["code", "description"] as const) {
      if (written[field].trim() === "" || written[field].length > 300) throw new Refusal("VALUE_INVALID", `${field} takes 1 to 300 characters.`, { field: [field] });
    }
    const terms: TermsRow = { ...written, installments: written.installments.map(readInstallment) };
    checkTerms(terms);
    return transact(this.db, async (tx) => {
      if (!(await insertTerms(tx, terms))) throw new Refusal("DUPLICATE", `There are terms called "${code}" already.`, { field: ["code"] });
      return (await findTerms(tx, companyId, code))!;
    });
  }
}

function readInstallment({ amount, ...part }: WrittenTerms["installments"][number], index: number): TermsInstallment {
  const field = ["installments", String(index)];
  if (amount === null) return { ...part, fixedMinor: null };
  const { currency } = part;
  if (currency === null) throw new Refusal("VALUE_INVALID", "An amount needs its currency.", { field: [...field, "currency"] });
  at({ field: [...field, "currency"] }, () => exponentOf(currency));
  return { ...part, fixedMinor: at({ field: [...field, "amount"] }, () => minorFromDecimal(amount, currency)) };
}
