import { type Answering, statement } from "../db/database.ts";
import type { Tx } from "../db/transaction.ts";
import type { Arrangement, ArrangementKind } from "../domain/arrangement.ts";

/** Something that was agreed with a customer. */
export interface ArrangementRow extends Arrangement {
  readonly companyId: string;
  readonly id: string;
  readonly customerId: string;
  readonly approver: string;
  readonly note: string | null;
  /** What was signed, such as the number of a contract. */
  readonly document: string | null;
  readonly recordedAt: string;
  /** When it was ended before its agreed last day; null while it was not. */
  readonly endedAt: string | null;
  readonly endNote: string | null;
}

const SELECT = `select agreed.company_id as "companyId", agreed.id, agreed.customer_id as "customerId", agreed.kind, agreed.effective_from as "effectiveFrom",
    coalesce(ending.ends_on, agreed.effective_to) as "effectiveTo", agreed.approver, agreed.note, agreed.document, agreed.terms_code as "termsCode",
    agreed.net_days as "netDays", agreed.grace_days as "graceDays", agreed.basis_points as "basisPoints", agreed.recorded_at as "recordedAt",
    ending.recorded_at as "endedAt", ending.note as "endNote"
  from special_arrangement agreed
  left join special_arrangement_end ending on ending.company_id = agreed.company_id and ending.arrangement_id = agreed.id`;

const insert = statement<object, [string, string, ...unknown[]]>(
  "arrangements.insert",
  `insert into special_arrangement (company_id, recorded_at, id, customer_id, kind, effective_from, effective_to, approver, note, document, terms_code, net_days,
                                    grace_days, basis_points, member_id)
   values ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13, $14, $15)`,
);

/** Writes an arrangement. Its customer is locked. */
export async function insertArrangement(tx: Tx, memberId: string | null, it: Omit<ArrangementRow, "recordedAt" | "endedAt" | "endNote">): Promise<void> {
  await insert(
    tx, it.companyId, tx.recordedAt, it.id, it.customerId, it.kind, it.effectiveFrom, it.effectiveTo, it.approver, it.note, it.document, it.termsCode, it.netDays,
    it.graceDays, it.basisPoints, memberId,
  );
}

export const insertArrangementEnd = statement<object, [string, string, string, string | null, string | null, string]>(
  "arrangements.insertEnd",
  `insert into special_arrangement_end (company_id, arrangement_id, ends_on, note, member_id, recorded_at) values ($1, $2, $3, $4, $5, $6)`,
);

export const arrangementsByKeys = statement<ArrangementRow, [readonly string[], readonly string[]]>(
  "arrangements.byKeys",
  `${SELECT} join unnest($1::uuid[], $2::uuid[]) as key (company_id, id) on agreed.company_id = key.company_id and agreed.id = key.id`,
);

/** Everything agreed with customers, the latest agreement first. */
export const arrangementsByCustomers = statement<ArrangementRow, [readonly string[], readonly string[]]>(
  "arrangements.byCustomers",
  `${SELECT} join unnest($1::uuid[], $2::uuid[]) as key (company_id, id) on agreed.company_id = key.company_id and agreed.customer_id = key.id
   order by agreed.customer_id, agreed.id desc`,
);

/** What is agreed with each of some customers on a day: of several agreements with one, what was agreed last. */
export const arrangementsInForce = statement<ArrangementRow, [string, readonly string[], ArrangementKind, string]>(
  "arrangements.inForce",
  `select distinct on ("customerId") * from (${SELECT} where agreed.company_id = $1 and agreed.customer_id = any($2::uuid[]) and agreed.kind = $3
     and agreed.effective_from <= $4::date and coalesce(ending.ends_on, agreed.effective_to, $4::date) >= $4::date) as standing
   order by "customerId", id desc`,
);

/** What is agreed with a customer on a day: of several, what was agreed last; null when nothing is. */
export const arrangementInForce = async (on: Answering, companyId: string, customerId: string, kind: ArrangementKind, day: string): Promise<ArrangementRow | null> =>
  (await arrangementsInForce(on, companyId, [customerId], kind, day))[0] ?? null;
