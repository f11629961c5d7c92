import fc from "fast-check";
import { openTestApp, type TestApp } from "../kit/app.ts";
import { crowdedHistories, type History, histories } from "./history.ts";
import { Player } from "./player.ts";
import { brokenRules, keepItemHistory } from "./rules-of-books.ts";

/** Histories are long and each command takes its time, so a broken rule is reported at once, and not shrunk. */
const ONCE: Parameters<typeof fc.assert>[1] = { endOnFailure: true, interruptAfterTimeLimit: 45_000 };

/** Fails with how to play it again. What happens at the same moment on several connections may need several tries. */
async function holds(kept: fc.IAsyncProperty<[History]>, numRuns: number, known?: number): Promise<void> {
  const { failed, seed, counterexamplePath, errorInstance } = await fc.check(kept, { ...ONCE, numRuns, ...(known !== undefined && { seed: known }) });
  if (!failed) return;
  throw new Error(`A rule was broken. To replay, add { seed: ${seed}, path: "${counterexamplePath}" } to ONCE; without endOnFailure it is shrunk.`, { cause: errorInstance });
}

/** Histories from here meet all the cases that must be met; others are random each time. */
const MEETS_ALL = 1;

let app: TestApp;
beforeAll(async () => {
  app = await openTestApp();
  await keepItemHistory(app.db);
});
afterAll(() => app.close());

/** Plays a history on the books of a fresh company, and looks at the rules after every so many steps and at the end. */
async function play(history: History, lookEvery: number): Promise<Player> {
  const player = await Player.begin(app);
  for (const [index, commands] of history.entries()) {
    await player.step(commands);
    if (index % lookEvery === lookEvery - 1) expect(await brokenRules(app.db, player.companyId)).toEqual([]);
  }
  expect(await brokenRules(app.db, player.companyId)).toEqual([]);
  return player;
}

/** How many rows of each kind the books of a company have come to hold. */
async function came(companyId: string): Promise<Record<string, number>> {
  const rows = await app.db.run<{ kind: string; count: bigint }>(
    "test.came",
    `select kind, count(*) as count from application where company_id = $1 group by kind
     union all select 'UNAPPLIED', count(*) from open_item where company_id = $1 and kind = 'PAYMENT' and customer_id is not null and open_minor > 0
     union all select 'PAID_FOR_OTHERS', count(*) from application applied join payment on payment.company_id = $1 and payment.id = applied.payment_id
                where applied.company_id = $1 and applied.customer_id <> payment.customer_id
     union all select 'CREDIT_IN_ADVICE', count(*) from application where company_id = $1 and kind = 'CREDIT' and payment_id is not null
     union all select 'DEBIT_MEMO_PAID', count(*) from application applied join open_item item on item.company_id = $1 and item.id = applied.debit_item_id
                where applied.company_id = $1 and item.kind = 'DEBIT_MEMO'
     union all select 'CHARGEBACK PAID', count(*) from deduction_activity where company_id = $1 and action = 'SETTLE' and from_state = 'DENIED'
     union all select 'UNIDENTIFIED', count(*) from payment where company_id = $1 and customer_id is null
     union all select 'EXCEPTION ' || exception, count(*) from payment where company_id = $1 and exception is not null group by exception`,
    [companyId],
  );
  return Object.fromEntries(rows.map(({ kind, count }) => [kind, Number(count)]));
}

/** Adds up what several histories came to, so that a property that never met the interesting cases fails. */
function add(sums: Map<string, number>, counts: Iterable<readonly [string, number]>): void {
  for (const [kind, count] of counts) sums.set(kind, (sums.get(kind) ?? 0) + count);
}

test("whatever is billed, paid, applied, repeated and refused, one after another, the books keep every rule", async () => {
  const sums = new Map<string, number>();
  const kept = fc.asyncProperty(histories(80, 1), async (history) => {
    const player = await play(history, 30);
    add(sums, Object.entries(await came(player.companyId)));
    add(sums, player.refused);
    expect(player.overtaken).toBe(0);
  });
  await holds(kept, 3, MEETS_ALL);
  await holds(kept, 2);
  const met = ["CASH", "EARNED_DISCOUNT", "WRITE_OFF", "DEDUCTION", "CLAIM", "CREDIT", "CREDIT_IN_ADVICE", "DEBIT_MEMO_PAID", "UNAPPLIED", "PAID_FOR_OTHERS", "NOT_FOUND", "CASH_EXCEEDED", "CONFLICT", "ITEM_CLOSED",
    "CHARGEBACK", "REVERSAL", "SPLIT", "CANCELED", "CHARGEBACK PAID"];
  expect(met.filter((kind) => !sums.get(kind))).toEqual([]);
});

test("commands that come at the same moment leave books that keep every rule", async () => {
  const kept = fc.asyncProperty(histories(30, 6), async (history) => void (await play(history, 15)));
  await holds(kept, 3);
});

test("crowds that are after the same two invoices at the same moment leave books that keep every rule, and a log in the order of versions", async () => {
  const kept = fc.asyncProperty(crowdedHistories(15, 9), async (history) => {
    const player = await play(history, 15);
    const [steps] = await app.db.run<{ most: number }>("test.most", "select max(version) as most from open_item where company_id = $1", [player.companyId]);
    expect(steps!.most).toBeGreaterThan(4);
  });
  await holds(kept, 3);
});
