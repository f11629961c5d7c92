import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { serialize } from "node:v8";
import { accountOf, AMOUNT, COMPANY, invoiceOf, seedBook } from "./kit/book.ts";
import { captureCommand } from "./kit/capture.ts";
import { makeDatabase, settleDisk } from "./kit/database.ts";
import { startDriver } from "./kit/driver.ts";
import { startLoad } from "./kit/load.ts";
import { pgbenchScript, runPgbench } from "./kit/pgbench.ts";
import { startOurs, startProgram, tokenOf } from "./kit/program.ts";
import { interleave, ratioOf, type Result, resultOf, ROUNDS, rounded } from "./kit/rounds.ts";

const CUSTOMERS = 800;
const INVOICES_EACH = 200;
const CONNECTIONS = 8;
/** Payments of one connection in one window. */
const PAYMENTS = 60;

/** Customers of one connection: two connections never pay for the same one, so neither side waits for a lock of its own making. */
const SHARE = CUSTOMERS / CONNECTIONS;

const MUTATION = "mutation ($input: RecordPaymentInput!) { recordPayment(input: $input) { payment { id } userErrors { code message } } }";

/** The body of one payment: a connection pays one invoice after another, over all its customers. The arithmetic is that of the pgbench script. */
function bodyOf(connection: number, turn: number, receivedOn: string): string {
  const customer = 1 + connection * SHARE + (turn % SHARE);
  const invoice = invoiceOf(customer, 1 + Math.floor(turn / SHARE));
  const { amount, currency } = AMOUNT;
  const input = { account: accountOf(customer), amount, currency, receivedOn, reference: `CHK ${invoice}`, lines: [{ reference: invoice, gross: amount }] };
  return JSON.stringify({ query: MUTATION, variables: { input } });
}

/** Posting one payment that names one invoice, against pgbench of the same statements on as many connections. */
export async function posting(): Promise<Result> {
  if ((4 * ROUNDS + 6) * PAYMENTS > INVOICES_EACH * SHARE) throw new Error("There are not enough invoices for so many rounds.");
  const database = await makeDatabase();
  const load = startLoad();
  const driver = startDriver();
  const folder = mkdtempSync(join(tmpdir(), "openitem-bench-"));
  try {
    await seedBook(database, CUSTOMERS, INVOICES_EACH, 1);
    const today = new Date().toISOString().slice(0, 10);
    // The last invoice of the first customer is for the payment that is looked at; nothing else comes that far.
    const looked = { account: accountOf(1), invoice: invoiceOf(1, INVOICES_EACH), date: today };
    const statements = await captureCommand(database, bodyOf(0, (INVOICES_EACH - 1) * SHARE, today));
    const script = pgbenchScript(statements, { ...looked, share: SHARE });
    const server = await startOurs(database.url);
    const token = await tokenOf(COMPANY.subject);
    const seen = join(folder, "statements");
    writeFileSync(seen, serialize({ statements, looked }));
    const apollo = await startProgram("test/bench/floor/posting-server.ts", [database.url, seen]);
    let turn = 0;
    const next = (): number => (turn += PAYMENTS) - PAYMENTS;
    const posted = async (url: string): Promise<number> => {
      const from = next();
      const bodies = Array.from({ length: CONNECTIONS }, (_, connection) => Array.from({ length: PAYMENTS }, (_, at) => bodyOf(connection, from + at, today)));
      await settleDisk();
      const { requests, seconds } = await load.run({ url, token, bodies, milliseconds: null, same: false });
      return requests / seconds;
    };
    const ours = (): Promise<number> => posted(`${server.url}/graphql`);
    const floor = (): Promise<number> => posted(apollo.url);
    const bare = async (): Promise<number> => {
      await settleDisk();
      return runPgbench(database, script, { clients: CONNECTIONS, transactions: PAYMENTS, from: next() });
    };
    const driven = async (): Promise<number> => {
      await settleDisk();
      return driver.run({ url: database.url, statements, looked, share: SHARE, clients: CONNECTIONS, transactions: PAYMENTS, from: next() });
    };
    try {
      await ours();
      await bare();
      await driven();
      await floor();
      const series = await interleave({ ours, pgbench: bare, driver: driven, apollo: floor });
      await allPaid(database, turn * CONNECTIONS + 1);
      return resultOf("posting", { compared: "ours / pgbench", unit: "payments per second", target: 0.5, ratio: ratioOf(series.ours, series.pgbench), notes: [
        `One payment is ${statements.length} statements: ${statements.map(({ name }) => name).join(", ")}.`,
        `The same statements through node-postgres alone, without GraphQL and rules, one after another: ${rounded(ratioOf(series.driver, series.pgbench).median)} of pgbench; ours is ${rounded(ratioOf(series.ours, series.driver).median)} of that.`,
        `The same statements behind Apollo Server, without a token, rights and rules: ${rounded(ratioOf(series.apollo, series.pgbench).median)} of pgbench; ours is ${rounded(ratioOf(series.ours, series.apollo).median)} of that.`,
        `${CONNECTIONS} connections on each side, ${rounded(PAYMENTS * CONNECTIONS)} payments a window, prepared statements, synchronous commit; afterwards every payment of both sides was found applied in full.`,
      ] }, series);
    } finally {
      await server.stop();
      await apollo.stop();
    }
  } finally {
    load.close();
    driver.close();
    rmSync(folder, { recursive: true, force: true });
    await database.drop();
  }
}

/** Both sides must have done the same work: so many payments, each applied, and books that balance. */
async function allPaid(database: Awaited<ReturnType<typeof makeDatabase>>, payments: number): Promise<void> {
  const [found] = await database.query<{ payments: string; settled: string; left: string; off: string }>(
    `select (select count(*) from payment) as payments, (select count(*) from open_item where kind = 'INVOICE' and open_minor = 0) as settled,
            (select coalesce(sum(open_minor), 0) from open_item where kind = 'PAYMENT') as left, (select coalesce(sum(amount_minor), 0) from journal_line) as off`,
  );
  const { payments: paid, settled, left, off } = found!;
  if (Number(paid) !== payments || Number(settled) !== payments || left !== "0" || off !== "0") throw new Error(`Of ${payments} payments: ${JSON.stringify(found)}.`);
}
