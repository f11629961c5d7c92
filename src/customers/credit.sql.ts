import { statement } from "../db/database.ts";
import type { HoldScope } from "../domain/credit.ts";
import type { BusinessDate } from "../domain/dates.ts";
import { memberName } from "./customer.sql.ts";

/** What a company grants a customer from a day on, who decided it and when. */
export interface LimitRow {
  readonly companyId: string;
  readonly id: string;
  readonly customerId: string;
  readonly currency: string;
  /** Null when the limit was taken away and none holds. */
  readonly minor: bigint | null;
  readonly expiresOn: BusinessDate | null;
  readonly effectiveOn: BusinessDate;
  readonly recordedBy: string | null;
  readonly recordedAt: string;
}

/** The limits of customers, those that took effect last first; of one day, those recorded last first. */
export const limitsByKeys = statement<LimitRow, [readonly string[], readonly string[]]>(
  "credit.limits",
  `select fact.company_id as "companyId", fact.id, fact.customer_id as "customerId", fact.currency, fact.limit_minor as minor, fact.expires_on as "expiresOn",
          fact.effective_on as "effectiveOn", ${memberName("fact")} as "recordedBy", fact.recorded_at as "recordedAt"
     from credit_limit fact join unnest($1::uuid[], $2::uuid[]) as key (company_id, id) on fact.company_id = key.company_id and fact.customer_id = key.id
    order by fact.effective_on desc, fact.id desc`,
);

export const insertLimit = statement<object, [string, string, string, string, bigint | null, BusinessDate | null, BusinessDate, string | null, string]>(
  "credit.insertLimit",
  `insert into credit_limit (company_id, id, customer_id, currency, limit_minor, expires_on, effective_on, member_id, recorded_at) values ($1, $2, $3, $4, $5, $6, $7, $8, $9)`,
);

/** A hold on a customer, and its release. */
export interface HoldRow {
  readonly companyId: string;
  readonly id: string;
  readonly customerId: string;
  readonly scope: HoldScope;
  readonly reason: string;
  readonly since: BusinessDate;
  readonly placedBy: string | null;
  readonly placedAt: string;
  /** The first day on which it does not hold any more; null while it stands. */
  readonly releasedOn: BusinessDate | null;
  readonly releasedBy: string | null;
  readonly releasedAt: string | null;
  readonly releaseNote: string | null;
}

const HOLD = `
  select hold.company_id as "companyId", hold.id, hold.customer_id as "customerId", hold.scope, hold.reason, hold.effective_on as since,
         ${memberName("hold")} as "placedBy", hold.recorded_at as "placedAt", release.effective_on as "releasedOn",
         ${memberName("release")} as "releasedBy", release.recorded_at as "releasedAt", release.note as "releaseNote"
    from credit_hold hold left join credit_hold_release release on release.company_id = hold.company_id and release.hold_id = hold.id
    join unnest($1::uuid[], $2::uuid[]) as key (company_id, id) on hold.company_id = key.company_id`;

/** The holds of customers, latest first. */
export const holdsByCustomers = statement<HoldRow, [readonly string[], readonly string[]]>(
  "credit.holdsByCustomers",
  `${HOLD} and hold.customer_id = key.id order by hold.effective_on desc, hold.id desc`,
);

export const holdsByKeys = statement<HoldRow, [readonly string[], readonly string[]]>("credit.holdsByKeys", `${HOLD} and hold.id = key.id`);

export const insertHold = statement<object, [string, string, string, HoldScope, string, BusinessDate, string | null, string]>(
  "credit.insertHold",
  `insert into credit_hold (company_id, id, customer_id, scope, reason, effective_on, member_id, recorded_at) values ($1, $2, $3, $4, $5, $6, $7, $8)`,
);

export const insertRelease = statement<object, [string, string, string | null, BusinessDate, string | null, string]>(
  "credit.insertRelease",
  `insert into credit_hold_release (company_id, hold_id, note, effective_on, member_id, recorded_at) values ($1, $2, $3, $4, $5, $6)`,
);
