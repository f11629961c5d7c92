import type { Database } from "../../src/db/database.ts";
import { CONTROL_ACCOUNTS } from "../../src/domain/posting.ts";
import { compareControlAccounts } from "../../src/insights/control-account.sql.ts";
import { balancesByCustomers } from "../../src/openitems/open-item.sql.ts";
import { findDrift } from "../../src/openitems/rebuild.sql.ts";
import { brokenWalks, RULES_OF_CASES } from "./rules-of-cases.ts";

/** Only what settles a deduction or clears a memo is ever undone, by an opposite row, or opens again what a short pay closed. */
const OF_A_RESOLUTION = "exists (select from journal_entry entry where entry.company_id = $1 and entry.id = applied.entry_id and entry.kind in ('RESOLUTION', 'MEMO_CLEARING'))";

/** What must hold in the books of a company at every commit: for each rule, a statement that selects what breaks it. `$1` is the company. */
const RULES: Readonly<Record<string, string>> = {
  "applications of a payment and what is unapplied are its amount, and nothing but a claim is negative": `
    select payment.id from payment join open_item item on item.company_id = $1 and item.document_id = payment.id
      left join application applied on applied.company_id = $1 and applied.credit_item_id = item.id
     where payment.company_id = $1 group by payment.id, payment.amount_minor, item.id, item.open_minor, item.original_minor, item.company_id
    having payment.amount_minor <> item.original_minor or payment.amount_minor <> item.open_minor + coalesce(sum(applied.amount_minor), 0)
        or item.open_minor < 0 or bool_or((applied.kind = 'CLAIM') <> (applied.amount_minor < 0))`,
  "the installments of an invoice are its total, numbered from 1 in the order they fall due, the last on the invoice's own due date": `
    select invoice.id from invoice left join open_item item on item.company_id = $1 and item.document_id = invoice.id
     where invoice.company_id = $1 group by invoice.id, invoice.total_minor, invoice.due_on, invoice.company_id
    having sum(item.original_minor) is distinct from invoice.total_minor or max(item.due_on) <> invoice.due_on or max(item.installment_no) <> count(*)
        or array_agg(item.due_on order by item.installment_no) <> array_agg(item.due_on order by item.due_on)`,
  "an installment has open what cash, discount, write-offs, credits and deductions left of it, between nothing and what it was": `
    select invoice.id from invoice join open_item item on item.company_id = $1 and item.document_id = invoice.id
      left join application applied on applied.company_id = $1 and applied.debit_item_id = item.id
     where invoice.company_id = $1 group by invoice.id, item.id, item.open_minor, item.original_minor, item.company_id
    having item.open_minor not between 0 and item.original_minor
        or item.open_minor <> item.original_minor - coalesce(sum(applied.amount_minor), 0) or bool_or(applied.amount_minor <= 0 and not ${OF_A_RESOLUTION})`,
  "a deduction is what it has open and what was settled of it, and was opened once": `
    select deduction.id from deduction left join open_item item on item.company_id = $1 and item.document_id = deduction.id
      left join application applied on applied.company_id = $1 and applied.debit_item_id = item.id
     where deduction.company_id = $1 group by deduction.id, deduction.amount_minor, item.id, item.open_minor, item.original_minor, item.company_id
    having item.id is null or deduction.amount_minor <> item.original_minor or deduction.amount_minor <> item.open_minor + coalesce(sum(applied.amount_minor), 0)
        or (select (sum(abs(opening.amount_minor)), count(distinct opening.entry_id)) from application opening join journal_entry entry on entry.company_id = $1 and entry.id = opening.entry_id
             where opening.company_id = $1 and opening.opened_item_id = item.id and (entry.kind <> 'RESOLUTION' or opening.kind = 'SPLIT')) is distinct from (deduction.amount_minor::numeric, 1::bigint)`,
  "a deduction whose work is over, or that is charged back, has nothing open": `
    select work.deduction_id as id from deduction_case work join open_item item on item.company_id = $1 and item.document_id = work.deduction_id
     where work.company_id = $1 and work.state in ('SETTLED', 'AUTO_RESOLVED', 'DENIED', 'CONFIRMED', 'VOIDED') and item.open_minor > 0`,
  "a memo is what it has open and what was used or settled of it": `
    select memo.id from memo left join open_item item on item.company_id = $1 and item.document_id = memo.id
      left join application applied on applied.company_id = $1 and item.id = case memo.kind when 'CREDIT' then applied.credit_item_id else applied.debit_item_id end
     where memo.company_id = $1 group by memo.id, memo.total_minor, memo.kind, item.id, item.open_minor, item.original_minor, item.company_id
    having item.id is null or memo.total_minor <> item.original_minor or memo.total_minor <> item.open_minor + coalesce(sum(applied.amount_minor), 0)
        or bool_or(memo.kind = 'CREDIT' and applied.kind not in ('CREDIT', 'CANCELED', 'REFUND')) or bool_or(applied.amount_minor <= 0 and not ${OF_A_RESOLUTION})`,
  "every journal entry has lines of one currency, and they balance": `
    select entry.id from journal_entry entry left join journal_line line on line.company_id = $1 and line.entry_id = entry.id
     where entry.company_id = $1 group by entry.id having count(distinct line.currency) <> 1 or sum(line.amount_minor) <> 0 or sum(line.functional_minor) <> 0`,
  "an application is in the currency of its items, and never before they exist; what it settles and opens is its customer's, and what it uses is the payer's": `
    select applied.id from application applied join open_item item on item.company_id = $1 and item.id in (applied.debit_item_id, applied.credit_item_id, applied.opened_item_id)
      join journal_entry entry on entry.company_id = $1 and entry.id = applied.entry_id
     where applied.company_id = $1
       and (item.currency <> applied.currency or item.effective_on > applied.effective_on
            or (item.id is distinct from applied.credit_item_id and item.customer_id <> applied.customer_id) or entry.customer_id <> applied.customer_id
            or (applied.kind = 'CREDIT' and (item.customer_id <> applied.customer_id or (item.id = applied.credit_item_id) <> (item.kind = 'CREDIT_MEMO')))
            or (item.id = applied.credit_item_id and applied.payment_id is not null and item.kind = 'PAYMENT'
                and item.customer_id <> (select payment.customer_id from payment where payment.company_id = $1 and payment.id = applied.payment_id))
            or entry.effective_on <> applied.effective_on or entry.recorded_at <> applied.recorded_at)`,
  "cash settles what the payer owes, or one whom it pays for on that day": `
    select applied.id from application applied join payment on payment.company_id = $1 and payment.id = applied.payment_id
     where applied.company_id = $1 and applied.kind in ('CASH', 'EARNED_DISCOUNT', 'WRITE_OFF', 'DEDUCTION') and applied.customer_id <> payment.customer_id
       and not exists (select from paying_relationship paying left join paying_relationship_end ended on ended.company_id = $1 and ended.relationship_id = paying.id
                        where paying.company_id = $1 and paying.payer_id = payment.customer_id and paying.customer_id = applied.customer_id
                          and paying.starts_on <= applied.effective_on)`,
  "what one customer's cash settles of another's passes through one account, which holds nothing on any day": `
    select line.currency, entry.effective_on from journal_line line join journal_entry entry on entry.company_id = $1 and entry.id = line.entry_id
     where line.company_id = $1 and line.account = 'PAID_FOR_OTHERS' group by line.currency, entry.effective_on, entry.document_id having sum(line.amount_minor) <> 0`,
  "each use of cash is told once, under the payer": oneToOne("PAYMENT_APPLIED", `
    select applied.id, payment.customer_id, applied.payment_id, applied.currency, applied.amount_minor, applied.xmin
      from application applied join payment on payment.company_id = $1 and payment.id = applied.payment_id where applied.company_id = $1 and applied.kind = 'CASH'`),
  "each use of a credit is told once": oneToOne("CREDIT_APPLIED", `
    select applied.id, applied.customer_id, item.document_id as payment_id, applied.currency, applied.amount_minor, applied.xmin
      from application applied join open_item item on item.company_id = $1 and item.id = applied.credit_item_id where applied.company_id = $1 and applied.kind = 'CREDIT'`),
  "each write-off is told once": oneToOne("WRITTEN_OFF", "select id, customer_id, payment_id, currency, amount_minor, xmin from application where company_id = $1 and kind = 'WRITE_OFF'"),
  "what was written off is what the journal says": `
    select * from (select currency, sum(amount_minor) as minor from application where company_id = $1 and kind = 'WRITE_OFF' group by currency) as items
      full join (select currency, sum(amount_minor) as minor from journal_line where company_id = $1 and account = 'TOLERANCE_WRITE_OFF' group by currency) as ledger
        on ledger.currency = items.currency where ledger.minor is distinct from items.minor`,
  "each deduction is told once": oneToOne("DEDUCTION_OPENED", "select id, customer_id, payment_id, currency, amount_minor, xmin from deduction where company_id = $1"),
  "each payment is told once": oneToOne("PAYMENT_RECEIVED", "select id, customer_id, null::uuid as payment_id, currency, amount_minor, xmin from payment where company_id = $1"),
  "each change of an invoice that no import made is told once, with what it changed by": `
    select * from (select document_id, xid, sum(minor) as minor
                     from (select item.document_id, history.xid, abs(history.open_minor - coalesce(lag(history.open_minor) over (partition by history.item_id order by history.version), 0)) as minor
                             from item_history history join open_item item on item.id = history.item_id and item.company_id = $1 where item.kind = 'INVOICE') as step
                    where xid not in (select xid from event where company_id = $1 and batch_id is not null) group by document_id, xid) as change
      full join (select subject_id, xid, amount_minor from event where company_id = $1 and kind = 'INVOICE_CHANGED' and batch_id is null) as told
        on told.subject_id = change.document_id and told.xid = change.xid and told.amount_minor = change.minor
     where told.subject_id is null or change.document_id is null`,
  "the log has the versions of an item in the order they were committed in; only what a rule settles, and the credit it is settled with, have several of one transaction": `
    select * from (select history.item_id, item.kind, history.version, history.xid, lag(history.xid) over item_versions as earlier, lag(history.version) over item_versions as below
                     from item_history history join open_item item on item.id = history.item_id and item.company_id = $1
                    window item_versions as (partition by history.item_id order by history.version)) as step
     where step.earlier > step.xid or (step.earlier = step.xid and step.kind not in ('DEDUCTION', 'CREDIT_MEMO')) or step.version <> coalesce(step.below, 0) + 1`,
  "in the order of the log no invoice is settled before it is told of, and none beyond its total and what was opened again of it": `
    select * from (select event.subject_id, event.amount_minor, invoice.total_minor, row_number() over told as place, sum(event.amount_minor) over told as running
                     from event join invoice on invoice.company_id = $1 and invoice.id = event.subject_id
                    where event.company_id = $1 and event.kind = 'INVOICE_CHANGED'
                   window told as (partition by event.subject_id order by event.epoch, event.xid, event.id)) as step
     where (place = 1 and amount_minor <> total_minor)
        or running > 2 * (total_minor + (select coalesce(sum(abs(applied.amount_minor)), 0) from application applied join open_item item on item.company_id = $1 and item.id = applied.debit_item_id
                                         where applied.company_id = $1 and item.document_id = step.subject_id and ${OF_A_RESOLUTION}))`,
};

/** Facts and events match one to one: same subject, customer, payment and amount, written by the same transaction. */
function oneToOne(kind: string, facts: string): string {
  return `select * from (${facts}) as fact full join (select * from event where company_id = $1 and kind = '${kind}') as told
     on told.subject_id = fact.id and told.customer_id is not distinct from fact.customer_id and told.document_id is not distinct from fact.payment_id
    and told.currency = fact.currency and told.amount_minor = fact.amount_minor and told.xid::text::bigint % 4294967296 = fact.xmin::text::bigint
   where fact.id is null or told.subject_id is null or (select count(*) from event again where again.company_id = $1 and again.kind = '${kind}' and again.subject_id = fact.id) <> 1`;
}

/** Lets a test database keep every version of every item with the transaction that made it, for the rules to read. */
export async function keepItemHistory(db: Database): Promise<void> {
  await db.source.query(`
    create table item_history (item_id uuid, version integer, open_minor bigint, xid xid8 default pg_current_xact_id(), primary key (item_id, version));
    create function keep_item() returns trigger language plpgsql as $$
    begin
      insert into item_history (item_id, version, open_minor) values (new.id, new.version, new.open_minor);
      return null;
    end $$;
    create trigger keep_item after insert or update on open_item for each row execute function keep_item();`);
}

/** The rules that the books of a company break, each with what breaks it. Sound books break none. */
export async function brokenRules(db: Database, companyId: string): Promise<string[]> {
  const broken: string[] = [];
  for (const [rule, sql] of Object.entries({ ...RULES, ...RULES_OF_CASES })) {
    const rows = await db.run<object>(`rule.${rule.slice(0, 40)}`, sql, [companyId]);
    if (rows.length > 0) broken.push(`${rule}: ${rows.length}, such as ${text(rows[0])}`);
  }
  const drift = await findDrift(db, companyId);
  if (drift.length > 0) broken.push(`items carry what applications leave open: ${text(drift[0])}`);
  return [...broken, ...(await brokenBalances(db, companyId)), ...(await brokenDays(db, companyId)), ...(await brokenWalks(db, companyId))];
}

/** The balance of each customer is what its own entries say of the control accounts, in each currency; what is left over is unidentified cash. */
async function brokenBalances(db: Database, companyId: string): Promise<string[]> {
  const customers = await db.run<{ id: string }>("rule.customers", "select id from customer where company_id = $1", [companyId]);
  const balances = await balancesByCustomers(db, customers.map(() => companyId), customers.map(({ id }) => id));
  const ledger = await db.run<{ customerId: string | null; currency: string; minor: bigint }>(
    "rule.controlAccounts",
    `select entry.customer_id as "customerId", line.currency, sum(line.amount_minor)::bigint as minor
       from journal_line line join journal_entry entry on entry.company_id = $1 and entry.id = line.entry_id
      where line.company_id = $1 and line.account = any($2::text[]) and (entry.customer_id is not null or line.account <> 'UNIDENTIFIED_CASH')
      group by entry.customer_id, line.currency`,
    [companyId, CONTROL_ACCOUNTS],
  );
  const owed = new Map(balances.map((it) => [`${it.customerId} ${it.currency}`, it.invoicesMinor + it.debitMemosMinor + it.deductionsMinor - it.unappliedMinor - it.creditsMinor]));
  const booked = new Map(ledger.map((it) => [`${it.customerId} ${it.currency}`, it.minor]));
  return [...new Set([...owed.keys(), ...booked.keys()])].flatMap((key) => {
    const [items, entries] = [owed.get(key) ?? 0n, booked.get(key) ?? 0n];
    return items === entries ? [] : [`${key}: the items say ${items}, the entries of the customer ${entries}`];
  });
}

/** Ledger and items agree at the end of every day on which anything counted, as known now and as known at every past commit of a sample. */
async function brokenDays(db: Database, companyId: string): Promise<string[]> {
  const days = await db.run<{ day: string }>("rule.days", "select distinct effective_on as day from journal_entry where company_id = $1 order by 1", [companyId]);
  const moments = await db.run<{ at: string }>("rule.moments", "select distinct recorded_at as at from journal_entry where company_id = $1 order by 1 desc", [companyId]);
  const asked = [...days.map(({ day }) => [day, "infinity"] as const), ...moments.filter((_, index) => index % 7 === 0).map(({ at }, index) => [days[index % days.length]!.day, at] as const)];
  const broken: string[] = [];
  for (const [day, knownAt] of asked) {
    const wrong = (await compareControlAccounts(db, companyId, day, knownAt, CONTROL_ACCOUNTS)).filter(({ ledgerMinor, itemsMinor }) => ledgerMinor !== itemsMinor);
    if (wrong.length > 0) broken.push(`ledger and items differ on ${day} known at ${knownAt}: ${text(wrong[0])}`);
  }
  return broken;
}

const text = (row: unknown): string => JSON.stringify(row, (_key, it: unknown) => (typeof it === "bigint" ? it.toString() : it));
