import type { Answering } from "../db/database.ts";
import { Conditions, type List, type Page, type PageArgs, readPage } from "../db/page.ts";
import { type DeductionState, NOTHING_OPEN_IN } from "../domain/deduction-case.ts";
import { UNDECIDED } from "../domain/dispute-window.ts";
import type { DeductionReason } from "../domain/reasons.ts";
import type { DeductionOrder } from "../domain/work-list.ts";
import { COLUMNS, type DeductionRow, FROM } from "./deduction.sql.ts";

/** What a list of deductions may be narrowed to; null means any. */
export interface DeductionFilter {
  readonly customerId: string | null;
  readonly reason: DeductionReason | null;
  readonly customerCode: string | null;
  readonly openOnly: boolean;
  readonly currency: string | null;
  readonly minimumMinor: bigint | null;
  readonly takenFrom: string | null;
  readonly takenTo: string | null;
  readonly states: readonly DeductionState[] | null;
  /** What the company calls the owner by: the id of a `company_member`. */
  readonly ownerKey: string | null;
  /** The member whose own work is wanted. */
  readonly workOf: string | null;
  readonly unowned: boolean;
  readonly disputeBy: string | null;
  /** Those whose day to ask again lies before this one. */
  readonly followUpBefore: string | null;
  readonly escalated: boolean;
  /** Those that are open, not decided, and can be disputed on this day still. */
  readonly atRiskOn: string | null;
}

export interface WorkRow extends DeductionRow {
  readonly disputeBy: string | null;
}

/** The day a window closes, after every day where there is none. */
const CLOSES = "coalesce(work.dispute_by, 'infinity'::date)";
const closes = ({ disputeBy }: WorkRow): string => disputeBy ?? "infinity";
const ID = { sql: "work.deduction_id", cast: "uuid" };

const ORDERS: Readonly<Record<DeductionOrder, Pick<List<WorkRow>, "order" | "descending" | "keys" | "crossing">>> = {
  TAKEN: { order: [{ sql: "deduction.taken_on", cast: "date" }, { sql: "deduction.id", cast: "uuid" }], descending: true, keys: (row) => [row.takenOn, row.id] },
  AMOUNT: { order: [{ sql: "item.open_minor", cast: "bigint" }, { sql: "item.document_id", cast: "uuid" }], descending: true, keys: (row) => [String(row.openMinor), row.id] },
  DEADLINE: { order: [{ sql: CLOSES, cast: "date" }, ID], descending: false, keys: (row) => [closes(row), row.id] },
  MONEY_AT_RISK: { order: [{ sql: CLOSES, cast: "date" }, { sql: "-item.open_minor", cast: "bigint" }, ID], descending: false, keys: (row) => [closes(row), String(-row.openMinor), row.id], crossing: true },
};

const quoted = (states: readonly DeductionState[]): string => states.map((state) => `'${state}'`).join(", ");

const listOf = (order: DeductionOrder): List<WorkRow> => ({
  name: `deductions.by.${order}`,
  columns: `${COLUMNS}, work.dispute_by as "disputeBy"`,
  from: `${FROM} and item.kind = 'DEDUCTION' join deduction_case work on work.company_id = deduction.company_id and work.deduction_id = deduction.id`,
  ...ORDERS[order],
});

/** The deductions of a company, in one of the orders of a work list. */
export function readDeductions(on: Answering, companyId: string, filter: DeductionFilter, order: DeductionOrder, args: PageArgs): Promise<Page<WorkRow>> {
  const conditions = new Conditions()
    .add("deduction.company_id = ?", companyId)
    .addIf(filter.customerId, "deduction.customer_id = ?::uuid")
    .addIf(filter.reason, "deduction.reason = ?")
    .addIf(filter.customerCode, "deduction.customer_code = ?")
    .addIf(filter.currency, "deduction.currency = ?")
    .addIf(filter.minimumMinor, "deduction.amount_minor >= ?::bigint")
    .addIf(filter.takenFrom, "deduction.taken_on >= ?::date")
    .addIf(filter.takenTo, "deduction.taken_on <= ?::date")
    .addIf(filter.states, "work.state = any(?::text[])")
    .addIf(filter.workOf, "work.owner_id = ?::uuid")
    .addIf(filter.disputeBy, "work.dispute_by <= ?::date")
    .addIf(filter.followUpBefore, "work.follow_up_on < ?::date");
  if (filter.ownerKey) conditions.add("work.owner_id = (select member_id from company_member where company_id = ? and id = ?)", companyId, filter.ownerKey);
  if (filter.unowned) conditions.add("work.owner_id is null");
  if (filter.escalated) conditions.add("work.escalation is not null");
  if (filter.openOnly || filter.atRiskOn) conditions.add(`item.open_minor > 0 and work.state not in (${quoted(NOTHING_OPEN_IN)})`);
  if (filter.atRiskOn) conditions.add(`work.state in (${quoted(UNDECIDED)}) and work.dispute_by is not null and ${CLOSES} >= ?::date`, filter.atRiskOn);
  return readPage(on, listOf(order), conditions, args);
}
