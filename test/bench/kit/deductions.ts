import { COMPANY, seedBook } from "./book.ts";
import type { BenchDatabase } from "./database.ts";

/** How many deductions of the book are open, and how many were worked to their end. */
export const DEDUCTIONS = { open: 100_000, closed: 50_000 } as const;
const CUSTOMERS = 1_000;

const id = (kind: string, key: string): string => `('00000000-0000-7000-8${kind}-' || lpad(to_hex(${key}), 12, '0'))::uuid`;
const CUSTOMER = id("001", "d % $2::int + 1");
const TAKEN_ON = "(current_date - d % 90)";
const AMOUNT = "(1000 + d * 7919 % 99991)";
const REASON = "(array['SHORTAGE', 'DAMAGE', 'PRICE', 'PROMOTION', 'FREIGHT'])[d % 5 + 1]";

/**
 * A company with customers, invoices and deductions of the last quarter. The first of them are open, their dispute windows close
 * over the next ninety days; the others were decided and settled ten days after they were taken. Written set by set straight
 * into the tables, without a journal.
 */
export async function seedDeductions(database: BenchDatabase): Promise<void> {
  await seedBook(database, CUSTOMERS, 50, 4);
  const { open, closed } = DEDUCTIONS;
  const all = `generate_series(1, ${open + closed}) d`;
  const values = [COMPANY.id, CUSTOMERS];
  await database.query(
    `insert into payment (company_id, id, customer_id, source, currency, amount_minor, received_on, deposited_on, recorded_at)
     select $1, ${id("004", "d - 1")}, ${id("001", "d")}, 'MANUAL', 'USD', 100000, current_date - 90, current_date - 90, now() from generate_series(1, $2::int) d`, values,
  );
  await database.query(
    `insert into deduction (company_id, id, customer_id, payment_id, source, reason, customer_code, currency, amount_minor, taken_on, recorded_at)
     select $1, ${id("005", "d")}, ${CUSTOMER}, ${id("004", "d % $2::int")}, 'REMITTANCE_LINE', ${REASON}, '22', 'USD', ${AMOUNT}, ${TAKEN_ON}, ${TAKEN_ON}::timestamp at time zone 'UTC' from ${all}`, values,
  );
  await database.query(
    `insert into open_item (company_id, id, kind, customer_id, document_id, currency, original_minor, open_minor, effective_on, recorded_at)
     select $1, ${id("006", "d")}, 'DEDUCTION', ${CUSTOMER}, ${id("005", "d")}, 'USD', ${AMOUNT}, case when d <= ${open} then ${AMOUNT} else 0 end, ${TAKEN_ON}, now() from ${all}`, values,
  );
  await database.query(
    `insert into deduction_case (company_id, deduction_id, state, reason, verdict, valid_minor, dispute_by, entered_state_at)
     select $1, ${id("005", "d")}, case when d > ${open} then 'SETTLED' when d % 3 = 0 then 'OPEN' else 'CAPTURED' end, ${REASON}, case when d > ${open} then 'VALID' end, case when d > ${open} then ${AMOUNT} end,
            current_date + (d * 31 % 90)::int - case when d > ${open} then 90 else 0 end, now() from generate_series(1, ${open + closed}) d`, [COMPANY.id],
  );
  const settled = `generate_series(${open + 1}, ${open + closed}) d cross join (values (1, 'DECIDE', 'OPEN', 'DECIDED', 9), (2, 'SETTLE', 'DECIDED', 'SETTLED', 10)) as step (no, action, was, becomes, day)`;
  await database.query(
    `insert into deduction_activity (company_id, id, deduction_id, action, from_state, to_state, member_id, recorded_at)
     select $1, ${id("007", "d::bigint * 10 + no")}, ${id("005", "d")}, action, was, becomes, (select id from member limit 1), (${TAKEN_ON} + day)::timestamp at time zone 'UTC' from ${settled}`, [COMPANY.id],
  );
  await database.query("vacuum analyze");
}
