import type { Database } from "../db/database.ts";
import { transact, type Tx } from "../db/transaction.ts";
import type { Actor } from "../domain/actor.ts";
import { EventKind } from "../domain/events.ts";
import { exponentOf, minorFromDecimal } from "../domain/money.ts";
import { at, Refusal } from "../domain/refusal.ts";
import type { Terms, TermsInstallment } from "../domain/terms.ts";
import { checkTerms } from "../domain/terms-rules.ts";
import { append } from "../live/event-log.ts";
import type { Tail } from "../live/tail.ts";
import { checkText } from "./locked-customer.ts";
import { findTerms, insertTerms, lockTerms, markRetired, type NewTermsRow, replaceTerms, type TermsRow } from "./terms.sql.ts";

/** Terms as somebody wrote them: the amount of a fixed installment is a plain decimal. */
export interface WrittenTerms extends Omit<Terms, "installments"> {
  readonly companyId: string;
  readonly code: string;
  readonly description: string;
  readonly installments: readonly (Omit<TermsInstallment, "fixedMinor"> & { readonly amount: string | null })[];
}

export class TermsService {
  constructor(
    private readonly db: Database,
    private readonly tail: Tail,
  ) {}

  /** Adds payment terms that invoices can name. */
  async create(actor: Actor, written: WrittenTerms): Promise<TermsRow> {
    const { companyId, code } = written;
    const terms = checked(written);
    const added = await transact(this.db, async (tx) => {
      if (!(await insertTerms(tx, terms))) throw new Refusal("DUPLICATE", `There are terms called "${code}" already.`, { field: ["code"] });
      return told(tx, actor, (await findTerms(tx, companyId, code))!);
    });
    this.tail.ring();
    return added;
  }

  /**
   * Changes what terms say, in whole, for invoices that are issued from now on; those on the books keep the schedule they have.
   * Refuses as a conflict when somebody else changed them first. What they said is kept.
   */
  async update(actor: Actor, written: WrittenTerms, expectedVersion: number): Promise<TermsRow> {
    const { companyId, code } = written;
    const terms = checked(written);
    const changed = await transact(this.db, async (tx) => {
      const held = await requireVersion(tx, companyId, code, expectedVersion);
      if (held.retiredAt !== null) throw new Refusal("VALUE_INVALID", `The terms "${code}" are retired; other terms get another code.`, { field: ["code"] });
      await replaceTerms(tx, actor.memberId, held, terms);
      return told(tx, actor, (await findTerms(tx, companyId, code))!);
    });
    this.tail.ring();
    return changed;
  }

  /** Retires terms: they are given to nobody new, and customers and arrangements that have them go on. Refuses what update refuses. */
  async retire(actor: Actor, companyId: string, code: string, expectedVersion: number): Promise<TermsRow> {
    const retired = await transact(this.db, async (tx) => {
      const held = await requireVersion(tx, companyId, code, expectedVersion);
      if (held.retiredAt !== null) throw new Refusal("CONFLICT", `The terms "${code}" are retired already.`, { field: ["code"] });
      await markRetired(tx, companyId, code, tx.recordedAt);
      return told(tx, actor, (await findTerms(tx, companyId, code))!);
    });
    this.tail.ring();
    return retired;
  }
}

/** Refuses terms that the company does not have, and retired ones, for whom they would be new. */
export async function requireTerms(tx: Tx, companyId: string, code: string): Promise<TermsRow> {
  const terms = await findTerms(tx, companyId, code);
  if (!terms) throw new Refusal("NOT_FOUND", `There are no terms called "${code}".`, { field: ["termsCode"] });
  if (terms.retiredAt !== null) throw new Refusal("VALUE_INVALID", `The terms "${code}" are retired; only those who have them go on by them.`, { field: ["termsCode"] });
  return terms;
}

async function requireVersion(tx: Tx, companyId: string, code: string, expectedVersion: number): Promise<TermsRow> {
  const held = await lockTerms(tx, companyId, code);
  if (!held) throw new Refusal("NOT_FOUND", `There are no terms called "${code}".`, { field: ["code"] });
  if (held.version !== expectedVersion) throw new Refusal("CONFLICT", `The terms are at version ${held.version}, not ${expectedVersion}; read them again.`, { field: ["expectedVersion"] });
  return held;
}

async function told(tx: Tx, actor: Actor, terms: TermsRow): Promise<TermsRow> {
  const { companyId, id } = terms;
  const event = { kind: EventKind.TERMS_CHANGED, companyId, customerId: null, subjectId: id, documentId: null, reason: null, currency: null, minor: null, batchId: null, effectiveOn: tx.recordedAt.slice(0, 10) };
  await append(tx, actor.memberId, [event]);
  return terms;
}

function checked(written: WrittenTerms): NewTermsRow {
  for (const field of ["code", "description"] as const) checkText(written[field], field);
  const terms = { ...written, installments: written.installments.map(readInstallment) };
  checkTerms(terms);
  return terms;
}

function readInstallment({ amount, ...part }: WrittenTerms["installments"][number], index: number): TermsInstallment {
  const field = ["installments", String(index)];
  if (amount === null) return { ...part, fixedMinor: null };
  const { currency } = part;
  if (currency === null) throw new Refusal("VALUE_INVALID", "An amount needs its currency.", { field: [...field, "currency"] });
  at({ field: [...field, "currency"] }, () => exponentOf(currency));
  return { ...part, fixedMinor: at({ field: [...field, "amount"] }, () => minorFromDecimal(amount, currency)) };
}
