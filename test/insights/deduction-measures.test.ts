import { takenFrom, windows } from "../deadlines/taken.ts";
import { Analyst } from "../deductions/analyst.ts";
import { openTestApp, type TestApp } from "../kit/app.ts";
import { Books } from "../kit/books.ts";
import {
  DeductionMeasuresDocument, type DeductionMeasuresQueryVariables, EscalateDeductionDocument, ExpiredUnworkedDocument, MoneyAtRiskDocument, RepeatOffendersDocument, SetDeductionPolicyDocument,
} from "../kit/gql.ts";

let now = new Date("2026-03-20T12:00:00Z");
let app: TestApp;
let books: Books;
let account = "";
const later = (day: string): void => void (now = new Date(`${day}T12:00:00Z`));
beforeAll(async () => {
  app = await openTestApp({ clock: { now: () => now } });
  books = await Books.open(app);
  await worked();
});
beforeEach(() => later("2026-03-31"));
afterAll(() => app.close());

/**
 * Three deductions of 2026-03-20 against 3,000.00 billed: 200.00 SHORTAGE, in part valid; 100.00 DAMAGE, whose window closes on the
 * 25th, decided and written off on the 30th; 60.00 that nobody touches.
 */
async function worked(): Promise<void> {
  const controller = new Analyst(books, "controller");
  ({ account } = await books.customer());
  for (const [customerCode, reason] of [["22", "SHORTAGE"], ["33", "DAMAGE"]] as const) await books.reason({ customerCode, reason, effectiveFrom: "2020-01-01" });
  await windows(books, { days: 20 }, { customerCode: "22", days: 60 }, { customerCode: "33", days: 5 });
  await app.query(books.company.as.controller, SetDeductionPolicyDocument, { input: { costPerDeduction: "10.00", effectiveOn: "2026-01-01" } });
  const [shortage, damage] = [await takenFrom(books, account, "200.00"), await takenFrom(books, account, "100.00", { code: "33" })];
  await takenFrom(books, account, "60.00", { code: "99" });
  later("2026-03-22");
  for (const id of [shortage, damage]) await controller.work(id, "TAKE_UP");
  await controller.work(shortage, "ASK_CUSTOMER", { followUpOn: "2026-03-26" });
  later("2026-03-26");
  await controller.decide(shortage, "120.00");
  await app.query(books.company.as.analyst, EscalateDeductionDocument, { input: { deductionId: damage, level: "SALES", note: "Their buyer insists." } });
  later("2026-03-30");
  const customer = await app.query(books.company.as.collector, `query ($id: ID!) { node(id: $id) { ... on Deduction { customer { id } } } }`, { id: damage });
  const parts = await controller.all(customer.node.customer.id);
  const part = (amount: string): string => parts.find((it) => it.source === "SPLIT" && it.amount.amount === amount)!.id;
  const refused = [
    await controller.settle(part("120.00"), [{ kind: "CREDIT_MEMO", amount: "120.00" }]), await controller.settle(part("80.00"), [{ kind: "CHARGEBACK", amount: "80.00", number: "CB-80" }]),
    await controller.note(damage, "Photos show it."), await controller.decide(damage, "100.00"), await controller.settle(damage, [{ kind: "WRITE_OFF", amount: "100.00" }]),
    await books.pay({ account, amount: "80.00", receivedOn: "2026-03-30", lines: [{ reference: "CB-80", net: "80.00" }] }),
  ].flatMap(({ userErrors }) => userErrors);
  expect(refused).toEqual([]);
}

const measure = async (variables: Partial<DeductionMeasuresQueryVariables> = {}) => (await app.query(books.company.as.biReader, DeductionMeasuresDocument, { from: "2026-01-01", to: "2026-03-31", ...variables })).deductionMeasures;

test("every measure of a quarter, by the formulas that the schema states", async () => {
  expect(await measure()).toEqual([{
    customerId: null, accountNumber: null, reason: null, currency: "USD", taken: "360.00", takenCount: 3, share: 1, cumulativeShare: 1, open: "60.00", grossSalesValue: 3000, decidedValue: 300, validValue: 220,
    chargedBackValue: 80, recoveredValue: 80, writtenOffValue: 100, windowMissValue: 100,
    ddo: 15, deductionRate: 0.12, validityRate: 0.733333, winRate: 1, netRecoveryRate: 0.166667, dilutionRate: 0.073333, autoResolvedRate: 0, windowMissRate: 1, escalationRate: 0.333333,
    escalatedTeamLead: 0, escalatedSales: 1, escalatedSeniorManagement: 0, escalatedLegal: 0,
    endedCount: 3, cycleMedianDays: 10, cycleP90Days: 10, researchMedianDays: 2, researchP90Days: 8.4, waitingMedianDays: 4, waitingP90Days: 4, approvalMedianDays: 4, approvalP90Days: 4, missing: null,
  }]);
});

test("by reason: those that took most first, with the share up to each; billing is that of all", async () => {
  const rows = await measure({ by: ["REASON"] });
  expect(rows.map((it) => [it.reason, it.taken, it.share, it.cumulativeShare, it.deductionRate, it.validityRate])).toEqual([
    ["SHORTAGE", "200.00", 0.555556, 0.555556, 0.066667, 0.6], ["DAMAGE", "100.00", 0.277778, 0.833333, 0.033333, 1], ["UNIDENTIFIED", "60.00", 0.166667, 1, 0.02, null],
  ]);
  expect(rows[2]!.missing).toContain("validityRate: Nothing was decided in the period.");
  expect((await measure({ by: ["CUSTOMER"] })).map((it) => [it.accountNumber, it.taken])).toEqual([[account, "360.00"]]);
});

test("a figure of nothing is null and says why; each fact counts by its own day", async () => {
  expect(await measure({ from: "2026-03-25", to: "2026-03-28" })).toMatchObject([{ taken: "0.00", open: "360.00", decidedValue: 200, validValue: 120, ddo: null, winRate: null, endedCount: 0, cycleMedianDays: null, missing: expect.stringMatching(/^ddo: Nothing was taken.*winRate: Nothing was charged back/) }]);
  await expect(measure({ to: "2025-12-31" })).rejects.toThrow("ends before it begins");
});

test("what is at risk until a day, and what expired unworked, by customer, reason and week", async () => {
  const atRisk = async (by: string) => (await app.query(books.company.as.collector, MoneyAtRiskDocument, { by, groupBy: ["CUSTOMER", "REASON", "WEEK"] })).moneyAtRisk;
  expect(await atRisk("2026-04-08")).toEqual([]);
  expect(await atRisk("2026-04-09")).toEqual([{ from: "2026-03-31", to: "2026-04-09", accountNumber: account, reason: "UNIDENTIFIED", weekOf: "2026-04-06", currency: "USD", open: "60.00", takenValue: 60, deductionCount: 1 }]);
  const expired = async (from: string) => (await app.query(books.company.as.biReader, ExpiredUnworkedDocument, { from, groupBy: ["REASON"] })).expiredUnworked;
  expect(await expired("2026-03-01")).toEqual([{ from: "2026-03-01", to: "2026-03-30", accountNumber: null, reason: "DAMAGE", weekOf: null, currency: "USD", open: "0.00", takenValue: 100, deductionCount: 1 }]);
  expect(await expired("2026-03-26")).toEqual([]);
  later("2026-04-10");
  expect(await atRisk("2026-12-31")).toEqual([]);
  expect((await expired("2026-03-26")).map((it) => [it.reason, it.open])).toEqual([["UNIDENTIFIED", "60.00"]]);
});

test("who takes for the same reason three months running stands out", async () => {
  const own = await Books.open(app);
  const customer = await own.customer();
  await own.reason({ customerCode: "22", reason: "SHORTAGE", effectiveFrom: "2020-01-01" });
  const offenders = async () => (await app.query(own.company.as.biReader, RepeatOffendersDocument, { from: "2026-01-01", to: "2026-06-30" })).repeatOffenders;
  for (const on of ["2026-01-20", "2026-02-20"]) await takenFrom(own, customer.account, "10.00", { on });
  expect(await offenders()).toEqual([]);
  await takenFrom(own, customer.account, "10.00", { on: "2026-03-20" });
  expect(await offenders()).toEqual([{ customerId: customer.id, currency: "USD", why: "SAME_REASON", reason: "SHORTAGE", rate: 0.01, threshold: null, months: 3 }]);
});
