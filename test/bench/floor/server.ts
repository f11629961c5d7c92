import { createServer } from "node:http";
import pg from "pg";
import { COMPANY } from "../kit/book.ts";

/*
 * The least that the nested query can cost: Node's own HTTP server, one prepared statement, rows as arrays, and the answer
 * put together by hand. No parsing, no schema, no rights.
 */

const STATEMENT = `
  select customer.id, customer.name, item.id, invoice.number, item.due_on::text, item.open_minor, item.currency
    from (select company_id, id, name from customer where company_id = $1 order by name, id limit 20) as customer
   cross join lateral (
     select id, document_id, due_on, effective_on, open_minor, currency from open_item
      where company_id = customer.company_id and customer_id = customer.id and open_minor > 0
      order by coalesce(due_on, effective_on), id limit 10
   ) as item
    join invoice on invoice.company_id = customer.company_id and invoice.id = item.document_id
   order by customer.name, customer.id, coalesce(item.due_on, item.effective_on), item.id`;

type Row = [string, string, string, string, string, string, string];

const globalId = (type: string, key: string): string => Buffer.from(`${type}:${COMPANY.id}:${key}`).toString("base64url");
const decimal = (minor: string): string => `${minor.slice(0, -2)}.${minor.slice(-2)}`;

function answerOf(rows: readonly Row[]): string {
  const customers = new Map<string, { id: string; name: string; openItems: { edges: object[] } }>();
  for (const [customerKey, name, itemKey, number, dueOn, minor, currency] of rows) {
    let customer = customers.get(customerKey);
    if (!customer) customers.set(customerKey, (customer = { id: globalId("Customer", customerKey), name, openItems: { edges: [] } }));
    customer.openItems.edges.push({ node: { id: globalId("OpenItem", itemKey), number, dueOn, open: { amount: decimal(minor), currency } } });
  }
  return JSON.stringify({ data: { customers: { edges: [...customers.values()].map((node) => ({ node })) } } });
}

const pool = new pg.Pool({ connectionString: process.argv[2]!, max: 10 });
const server = createServer((request, response) => {
  request.resume().on("end", () => {
    pool.query<Row>({ name: "nested", text: STATEMENT, values: [COMPANY.id], rowMode: "array" }).then(
      ({ rows }) => response.setHeader("content-type", "application/json").end(answerOf(rows)),
      (error: unknown) => response.writeHead(500).end(String(error)),
    );
  });
});
server.listen(0, "127.0.0.1", () => console.log(`listening http://127.0.0.1:${(server.address() as { port: number }).port}`));
