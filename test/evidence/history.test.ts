import { Analyst } from "../deductions/analyst.ts";
import { openTestApp, type TestApp } from "../kit/app.ts";
import { Books } from "../kit/books.ts";
import { HistoryOfAllDocument, HistoryOfDocument } from "../kit/gql.ts";
import { statementNames } from "../kit/statements.ts";
import { shortPaid } from "./researcher.ts";

let app: TestApp;
let moment: Date | null = null;
beforeAll(async () => {
  app = await openTestApp({ clock: { now: () => moment } });
});
afterAll(() => app.close());

test("an analyst sees what became of a customer's deductions: split ones once, by reason, with what was found and how long it took", async () => {
  moment = new Date("2026-04-01T09:00:00Z");
  const books = await Books.open(app);
  const analyst = new Analyst(books);
  const { customerId, account, deductionId } = await shortPaid(books);
  await books.bill(account, { number: `${account}-2`, total: "500.00" });
  await books.pay({ account, amount: "450.00", receivedOn: "2026-04-01", lines: [{ reference: `${account}-2`, gross: "500.00", deduction: "50.00" }] });
  await analyst.work(deductionId, "TAKE_UP");
  await analyst.decide(deductionId, "120.00");
  const denied = (await analyst.all(customerId)).find((it) => it.case.verdict === "INVALID")!;
  moment = new Date("2026-04-11T09:00:00Z");
  expect((await analyst.settle(denied.id, [{ kind: "CHARGEBACK", amount: "80.00", number: "CB-1" }])).userErrors).toEqual([]);
  const { node } = await app.query(books.company.as.collector, HistoryOfDocument, { id: customerId });
  expect(node && "deductionHistory" in node && node.deductionHistory).toEqual([
    {
      reason: "SHORTAGE", count: 2, openCount: 1, taken: { amount: "200.00" }, open: { amount: "120.00" }, foundValid: { amount: "120.00" }, foundInvalid: { amount: "80.00" }, medianDaysToResolve: 10, lastTakenOn: "2026-03-20",
    },
    {
      reason: "UNIDENTIFIED", count: 1, openCount: 1, taken: { amount: "50.00" }, open: { amount: "50.00" }, foundValid: { amount: "0.00" }, foundInvalid: { amount: "0.00" }, medianDaysToResolve: null, lastTakenOn: "2026-04-01",
    },
  ]);
});

test("the histories of many customers are read in one statement", async () => {
  moment = null;
  const books = await Books.open(app);
  for (let no = 0; no < 3; no++) await shortPaid(books);
  const sent = await statementNames(async () => {
    const { customers } = await app.query(books.company.as.collector, HistoryOfAllDocument);
    expect(customers!.edges!.map((it) => it!.node!.deductionHistory.map(({ reason, count }) => [reason, count]))).toEqual(Array(3).fill([["SHORTAGE", 1]]));
  });
  expect(sent.filter((name) => name.startsWith("history."))).toEqual(["history.ofCustomers"]);
});
