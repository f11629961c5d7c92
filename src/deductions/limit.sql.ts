import { type Answering, statement } from "../db/database.ts";
import type { BusinessDate } from "../domain/dates.ts";
import type { ApprovalLimit } from "../domain/case-guards.ts";

/** A limit that was set: a fact, which counts from its day until another of the same role, reason and currency does. */
export interface LimitRow extends ApprovalLimit {
  readonly companyId: string;
  readonly effectiveOn: BusinessDate;
}

/** The limits of companies in their currencies that are in force on a day. */
export const limitsOfCurrencies = statement<LimitRow, [readonly string[], readonly string[], BusinessDate]>(
  "limits.ofCurrencies",
  `select distinct on (fact.company_id, fact.currency, fact.role, fact.reason) fact.company_id as "companyId", fact.role, fact.reason, fact.currency, fact.max_minor as "maxMinor", fact.effective_on as "effectiveOn"
     from unnest($1::uuid[], $2::char(3)[]) as key (company_id, currency)
     join approval_limit fact on fact.company_id = key.company_id and fact.currency = key.currency and fact.effective_on <= $3
    order by fact.company_id, fact.currency, fact.role, fact.reason, fact.effective_on desc, fact.id desc`,
);

/** The limits of one company in one currency that are in force on a day. */
export const limitsInForce = (on: Answering, companyId: string, currency: string, day: BusinessDate): Promise<LimitRow[]> => limitsOfCurrencies(on, [companyId], [currency], day);
