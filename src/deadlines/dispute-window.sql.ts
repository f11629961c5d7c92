import { statement } from "../db/database.ts";
import type { WindowStart } from "../domain/dispute-window.ts";
import type { DeductionReason } from "../domain/reasons.ts";

/** A rule that says how long deductions may be disputed. Nulls in what it is for mean any. */
export interface DisputeWindowRow {
  readonly companyId: string;
  readonly id: string;
  readonly customerId: string | null;
  readonly customerCode: string | null;
  readonly reason: DeductionReason | null;
  /** Null takes the window back. */
  readonly days: number | null;
  readonly countsFrom: WindowStart;
  readonly effectiveOn: string;
  readonly memberName: string | null;
  readonly recordedAt: string;
}

const WINDOWS = `
  select win.company_id as "companyId", win.id, win.customer_id as "customerId", win.customer_code as "customerCode", win.reason, win.days, win.counts_from as "countsFrom",
         win.effective_on as "effectiveOn", known.name as "memberName", win.recorded_at as "recordedAt"
    from dispute_window win left join company_member known on known.company_id = win.company_id and known.member_id = win.member_id`;

/** All that was ever said about windows, for each scope the last to take effect first. */
export const windowsOfCompany = statement<DisputeWindowRow, [string]>(
  "windows.ofCompany",
  `${WINDOWS} where win.company_id = $1 order by win.customer_id nulls first, win.customer_code nulls first, win.reason nulls first, win.effective_on desc, win.id desc`,
);

export const windowsByKeys = statement<DisputeWindowRow, [readonly string[], readonly string[]]>(
  "windows.byKeys",
  `${WINDOWS} join unnest($1::uuid[], $2::uuid[]) as key (company_id, id) on win.company_id = key.company_id and win.id = key.id`,
);

export const insertWindows = statement<object, [string, string | null, string, ...(readonly (string | number | null)[])[]]>(
  "windows.insert",
  `insert into dispute_window (company_id, member_id, recorded_at, id, customer_id, customer_code, reason, days, counts_from, effective_on)
   select $1, $2, $3, * from unnest($4::uuid[], $5::uuid[], $6::text[], $7::text[], $8::int[], $9::text[], $10::date[])`,
);
