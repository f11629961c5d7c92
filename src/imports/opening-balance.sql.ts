import { statement } from "../db/database.ts";

/** A take-over from an earlier system. */
export interface OpeningBalanceRow {
  readonly companyId: string;
  readonly id: string;
  readonly takenOverOn: string;
  readonly itemCount: number;
  readonly recordedAt: string;
}

export const insertOpeningBalance = statement<object, [string, string, string, number, string | null, string]>(
  "openingBalances.insert",
  `insert into opening_balance (company_id, id, taken_over_on, item_count, member_id, recorded_at) values ($1, $2, $3, $4, $5, $6)`,
);

export const openingBalanceByKey = statement<OpeningBalanceRow, [string, string]>(
  "openingBalances.byKey",
  `select company_id as "companyId", id, taken_over_on as "takenOverOn", item_count as "itemCount", recorded_at as "recordedAt" from opening_balance where company_id = $1 and id = $2`,
);
