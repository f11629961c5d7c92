import type { BenchDatabase } from "./database.ts";

/** The one company of a bench, and the person who works in it. */
export const COMPANY = { id: "00000000-0000-7000-8000-0000000c0000", code: "bench", subject: "bench-bookkeeping" } as const;

/** The account number of a customer, and the number of one of its invoices, both counted from 1. */
export const accountOf = (customer: number): string => String(10_000 + customer);
export const invoiceOf = (customer: number, invoice: number): string => String(customer * 1_000 + invoice);

/** Each invoice is of this much, with nothing off. */
export const AMOUNT = { minor: 12_550, amount: "125.50", currency: "USD" } as const;

const FOUND = `
  with founded as (
    insert into company (id, code, name, functional_currency, recorded_at) values ('${COMPANY.id}', '${COMPANY.code}', 'Bench', 'USD', now()) returning id
  ), person as (
    insert into member (id, subject, recorded_at) values (gen_random_uuid(), '${COMPANY.subject}', now()) returning id
  ), known as (
    insert into company_member (company_id, id, member_id, name, recorded_at) select founded.id, gen_random_uuid(), person.id, 'Bench', now() from founded, person
  )
  insert into member_role (company_id, member_id, role, recorded_at) select founded.id, person.id, 'BOOKKEEPING_SERVICE', now() from founded, person`;

/** Ids as the product makes them: their order is the order of making. */
const id = (kind: string, key: string): string => `('00000000-0000-7000-8${kind}-' || lpad(to_hex(${key}), 12, '0'))::uuid`;

/** The company and its person, and nothing else. */
export const foundBench = (database: BenchDatabase): Promise<unknown> => database.query(FOUND);

/**
 * A company with customers and invoices, day after day over all customers, as they come in. One invoice in `openEvery` is
 * open. Written set by set straight into the tables, without the journal, which no query of the benches reads.
 */
export async function seedBook(database: BenchDatabase, customers: number, invoicesEach: number, openEvery: number): Promise<void> {
  await foundBench(database);
  await database.query(
    `insert into customer (company_id, id, account_number, account_key, name, currency, recorded_at)
     select $1, ${id("001", "c")}, (10000 + c)::text, (10000 + c)::text, 'Customer ' || lpad((c * 7919 % 100003)::text, 6, '0'), 'USD', now() from generate_series(1, $2::int) c`,
    [COMPANY.id, customers],
  );
  const rows = `generate_series(1, $3::int) n cross join generate_series(1, $2::int) c`;
  const invoicedOn = `(current_date - 400 + n * 360 / $3::int)`;
  await database.query(
    `insert into invoice (company_id, id, customer_id, number, document_key, currency, total_minor, invoiced_on, due_on, recorded_at)
     select $1, ${id("002", "n::bigint * 100000 + c")}, ${id("001", "c")}, (c * 1000 + n)::text, (c * 1000 + n)::text, 'USD', ${AMOUNT.minor}, ${invoicedOn}, ${invoicedOn} + 30 + c % 3 * 15, now()
       from ${rows} order by n, c`,
    [COMPANY.id, customers, invoicesEach],
  );
  await database.query(
    `insert into open_item (company_id, id, kind, customer_id, document_id, currency, original_minor, open_minor, due_on, effective_on, recorded_at)
     select $1, ${id("003", "n::bigint * 100000 + c")}, 'INVOICE', ${id("001", "c")}, ${id("002", "n::bigint * 100000 + c")}, 'USD', ${AMOUNT.minor},
            case when (n + c) % $4::int = 0 then ${AMOUNT.minor} else 0 end, ${invoicedOn} + 30 + c % 3 * 15, ${invoicedOn}, now()
       from ${rows} order by n, c`,
    [COMPANY.id, customers, invoicesEach, openEvery],
  );
  await database.query("vacuum analyze");
}
