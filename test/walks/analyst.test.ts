import { Analyst } from "../deductions/analyst.ts";
import { Researcher } from "../evidence/researcher.ts";
import { openTestApp, type TestApp } from "../kit/app.ts";
import { Books } from "../kit/books.ts";
import { DeductionMeasuresDocument, MoneyAtRiskDocument, RecordClaimDocument, ResearchDeductionDocument, SetDisputeWindowsDocument, WriteDenialPacketDocument } from "../kit/gql.ts";
import { subscribe } from "../kit/live.ts";

/** A shortage as a deductions analyst has it, from the customer's claim to the money, on one set of books, step after step. */

let now = new Date("2026-03-18T09:00:00Z");
let app: TestApp;
let books: Books;
let [analyst, controller]: Analyst[] = [];
beforeAll(async () => {
  app = await openTestApp({ clock: { now: () => now } });
  books = await Books.open(app);
  [analyst, controller] = [new Analyst(books), new Analyst(books, "controller")];
});
afterAll(() => app.close());

/** The day on which what follows is done. */
const on = (day: string): void => void (now = new Date(`${day}T09:00:00Z`));
const measures = async () => (await app.query(books.company.as.biReader, DeductionMeasuresDocument, { from: "2026-03-01", to: "2026-05-31" })).deductionMeasures[0]!;
const balance = async (customerId: string): Promise<string> => (await books.of(customerId)).balances[0]?.total.amount ?? "0.00";

const LINE = { item: "BOTTLE", unit: "EACH" };
const INVOICE = JSON.stringify({ number: "B", invoicedOn: "2026-03-01", lines: [{ ...LINE, quantity: "1700", amount: "3400.00" }] });
const RECEIPT = JSON.stringify({ number: "R-77", receivedOn: "2026-03-05", lines: [{ ...LINE, quantity: "1640" }] });

test("an analyst's shortage: claimed, taken, read against its papers, credited in part, charged back, denied in writing, repaid; the measures move", async () => {
  const { id: customerId, account } = await books.customer({ name: "Harbor Street" });
  await books.reason({ account, customerCode: "22", reason: "SHORTAGE", effectiveFrom: "2020-01-01" });
  await app.query(books.company.as.controller, SetDisputeWindowsDocument, { input: { effectiveOn: "2026-01-01", windows: [{ account, customerCode: "22", days: 30 }] } });
  await books.bill(account, { number: "A", total: "1250.00" }, { number: "B", total: "3400.00" });
  const claim = { account, number: "CL-9", invoices: ["B"], customerCode: "22", amount: "200.00", currency: "USD", receivedOn: "2026-03-15" };
  expect((await app.query(books.company.as.analyst, RecordClaimDocument, { input: claim })).recordClaim).toMatchObject({ userErrors: [], claim: { number: "CL-9", reason: "SHORTAGE" } });

  on("2026-03-20");
  await app.caughtUp();
  const live = subscribe(app.url, books.company.as.analyst, `subscription { deductionOpened { deduction { reason amount { amount } claim { number } customer { name } } } }`);
  await live.next();
  const { payment } = await books.pay({ account, amount: "4450.00", lines: [{ reference: "A", net: "1250.00" }, { reference: "B", gross: "3400.00", deduction: "200.00", customerCode: "22", claimNumber: "CL-9" }] });
  expect(await live.next()).toEqual({ deductionOpened: { deduction: { reason: "SHORTAGE", amount: { amount: "200.00" }, claim: { number: "CL-9" }, customer: { name: "Harbor Street" } } } });
  await live.close();
  const { id } = payment!.deductions[0]!;
  expect(await balance(customerId)).toBe("200.00");
  expect(await measures()).toMatchObject({ taken: "200.00", open: "200.00", validityRate: null, winRate: null });
  expect((await app.query(books.company.as.analyst, MoneyAtRiskDocument, { by: "2026-04-30" })).moneyAtRisk).toMatchObject([{ open: "200.00", deductionCount: 1 }]);

  on("2026-03-23");
  await analyst!.work(id, "TAKE_UP");
  const researcher = new Researcher(books);
  await researcher.add(id, { kind: "INVOICE", document: INVOICE });
  await researcher.add(id, { kind: "RECEIVING_ADVICE", document: RECEIPT, supports: "NEUTRAL" });
  const { research } = (await app.query(books.company.as.analyst, ResearchDeductionDocument, { input: { deductionId: id } })).researchDeduction;
  expect(research).toMatchObject({ explained: { amount: "120.00" }, unexplained: { amount: "80.00" }, findings: [{ cause: "SHORTAGE", quantity: "60", amount: { amount: "120.00" } }] });

  on("2026-03-25");
  expect((await analyst!.decide(id, "120.00")).deduction!.case).toMatchObject({ verdict: "PARTIAL" });
  const [, valid, invalid] = await analyst!.all(customerId);
  await analyst!.work(valid!.id, "REQUEST_APPROVAL");
  await controller!.work(valid!.id, "APPROVE");
  expect((await analyst!.settle(valid!.id, [{ kind: "CREDIT_MEMO", amount: "120.00" }])).deduction!.case.state).toBe("SETTLED");
  const { packet, userErrors } = (await app.query(books.company.as.analyst, WriteDenialPacketDocument, { input: { deductionId: invalid!.id, reasoning: "Your receiving report R-77 counts 1,640 of 1,700." } })).writeDenialPacket;
  expect(userErrors).toEqual([]);
  expect(packet!.email.text).toContain("R-77");
  expect((await analyst!.settle(invalid!.id, [{ kind: "CHARGEBACK", amount: "80.00", number: "CB-1", dueOn: "2026-04-24" }])).deduction!.case.state).toBe("DENIED");
  expect(await balance(customerId)).toBe("80.00");
  expect(await measures()).toMatchObject({ open: "0.00", decidedValue: 200, validValue: 120, validityRate: 0.6, chargedBackValue: 80, recoveredValue: 0, winRate: 0 });
  expect((await app.query(books.company.as.analyst, MoneyAtRiskDocument, { by: "2026-04-30" })).moneyAtRisk).toEqual([]);

  on("2026-04-24");
  expect((await books.pay({ account, amount: "80.00", receivedOn: "2026-04-24", lines: [{ reference: "CB-1", net: "80.00" }] })).userErrors).toEqual([]);
  expect(await balance(customerId)).toBe("0.00");
  expect((await analyst!.of(invalid!.id)).case.state).toBe("SETTLED");
  expect(await measures()).toMatchObject({ taken: "200.00", recoveredValue: 80, winRate: 1, takenCount: 1 });
  expect(await books.control()).toMatchObject({ agrees: true });
});
