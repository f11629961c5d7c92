import { type Answering, statement } from "../db/database.ts";
import type { Account } from "../domain/posting.ts";

/** A control account in one currency, from two sides that share no table. */
export interface ControlAccountRow {
  readonly account: Account;
  readonly currency: string;
  /** From journal lines alone. Debits are positive. */
  readonly ledgerMinor: bigint;
  /** From items and applications alone. What customers owe is positive, their credits are negative. */
  readonly itemsMinor: bigint;
}

const compare = statement<ControlAccountRow, [string, string, string, readonly string[]]>(
  "controlAccount.compare",
  `with ledger as (
     select line.account, line.currency, sum(line.amount_minor) as minor
       from journal_line line join journal_entry entry on entry.company_id = line.company_id and entry.id = line.entry_id
      where line.company_id = $1 and line.account = any($4::text[]) and entry.effective_on <= $2::date and entry.recorded_at <= $3::timestamptz
      group by line.account, line.currency
   ), item as not materialized (
     select id, currency, original_minor, effective_on, recorded_at, kind not in ('PAYMENT', 'CREDIT_MEMO') as debit,
            case kind when 'INVOICE' then 'AR_CONTROL' when 'DEBIT_MEMO' then 'AR_CONTROL' when 'DEDUCTION' then 'DEDUCTIONS_RECEIVABLE' when 'CREDIT_MEMO' then 'ON_ACCOUNT_CASH'
                      else case when customer_id is null then 'UNIDENTIFIED_CASH' else 'UNAPPLIED_CASH' end end as account
       from open_item where company_id = $1
   ), movement as (
     select account, currency, case when debit then original_minor else -original_minor end as minor
       from item where effective_on <= $2::date and recorded_at <= $3::timestamptz
     union all
     select item.account, item.currency, case when item.debit then -applied.amount_minor else applied.amount_minor end
       from application applied join item on item.id = applied.debit_item_id
      where applied.company_id = $1 and applied.effective_on <= $2::date and applied.recorded_at <= $3::timestamptz
     union all
     select item.account, item.currency, case when item.debit then -applied.amount_minor else applied.amount_minor end
       from application applied join item on item.id = applied.credit_item_id
      where applied.company_id = $1 and applied.effective_on <= $2::date and applied.recorded_at <= $3::timestamptz
   ), items as (
     select account, currency, sum(minor) as minor from movement group by account, currency
   )
   select coalesce(ledger.account, items.account) as account, coalesce(ledger.currency, items.currency) as currency,
          coalesce(ledger.minor, 0)::bigint as "ledgerMinor", coalesce(items.minor, 0)::bigint as "itemsMinor"
     from ledger full join items on items.account = ledger.account and items.currency = ledger.currency
    order by 2, 1`,
);

/** Every control account at a business date, as the books knew it at a moment. */
export const compareControlAccounts = (on: Answering, companyId: string, asOf: string, knownAt: string, accounts: readonly string[]): Promise<ControlAccountRow[]> =>
  compare(on, companyId, asOf, knownAt, accounts);
