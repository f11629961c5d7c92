import { openTestApp, type TestApp } from "../kit/app.ts";
import { Books } from "../kit/books.ts";
import { ContractOfDocument, OpenFreightClaimDocument, RecordDeliveryDocument, RecordShipmentDocument, ResearchDeductionDocument, SaveCarrierDocument } from "../kit/gql.ts";
import { Analyst } from "../deductions/analyst.ts";
import { Claimant } from "./claimant.ts";

let app: TestApp;
let books: Books;
let claimant: Claimant;
beforeAll(async () => {
  app = await openTestApp();
});
afterAll(() => app.close());
beforeEach(async () => {
  books = await Books.open(app);
  claimant = new Claimant(books, await books.customer());
  const { account } = claimant.customer;
  await books.reason({ customerCode: "31", reason: "DAMAGE", effectiveFrom: "2020-01-01" });
  await books.bill(account, { number: "501", total: "2000.00", invoicedOn: "2026-04-01", dueOn: "2026-05-01", purchaseOrder: "7001" }, { number: "733", total: "3000.00", invoicedOn: "2026-06-01", dueOn: "2026-07-01", purchaseOrder: "7090" });
  expect((await books.pay({ account, amount: "2000.00", receivedOn: "2026-05-04", lines: [{ reference: "501", net: "2000.00" }] })).userErrors).toEqual([]);
});

const contract = async (id: string) => {
  const { node } = await app.query(books.company.as.analyst, ContractOfDocument, { id });
  if (!node || !("crossContract" in node)) throw new Error("There is no such deduction.");
  return node;
};

test("case 25: 480.00 for damage on order 7001, taken from the payment of invoice 733 of order 7090", async () => {
  const { payment, userErrors } = await books.pay({
    account: claimant.customer.account, amount: "2520.00", receivedOn: "2026-06-28", lines: [{ reference: "733", gross: "3000.00", deduction: "480.00", customerCode: "31", purchaseOrder: "7001" }],
  });
  expect(userErrors).toEqual([]);
  const { id } = payment!.deductions[0]!;
  await new Analyst(books).work(id, "TAKE_UP");
  expect(await contract(id)).toEqual({
    reason: "DAMAGE", open: { amount: "480.00" }, purchaseOrder: "7001", crossContract: true, crossContractReason: "It names order 7001; it was taken from invoice 733 of order 7090.",
    namedInvoices: [{ number: "501", purchaseOrder: "7001", status: "SETTLED" }],
    invoice: { number: "733", purchaseOrder: "7090", status: "SETTLED", open: { amount: "0.00" }, applications: [{ kind: "CASH", amount: { amount: "2520.00" } }, { kind: "DEDUCTION", amount: { amount: "480.00" } }] },
    case: { state: "OPEN" },
  });

  const asked = { token: books.company.as.analyst, account: claimant.customer.account };
  await app.query(asked.token, SaveCarrierDocument, { input: { code: "ABLE", name: "Able Carriers" } });
  const { shipment } = (await app.query(asked.token, RecordShipmentDocument, { input: { account: asked.account, number: "SH-7001", carrier: "ABLE", invoice: "501", purchaseOrder: "7001", billOfLading: "BOL-1", shippedOn: "2026-04-02" } })).recordShipment;
  await app.query(asked.token, RecordDeliveryDocument, { input: { shipmentId: shipment!.id, deliveredOn: "2026-04-06", exceptions: "Crushed" } });
  const { freightClaim } = (await app.query(asked.token, OpenFreightClaimDocument, { input: { shipmentId: shipment!.id, deductionId: id, number: "FC-1", finding: "Crushed in transit", amount: "480.00", currency: "USD" } })).openFreightClaim;
  expect(freightClaim!.deadlines).toEqual([{ clock: "FILE", on: "2027-01-06", ours: true }]);
  const { research } = (await app.query(asked.token, ResearchDeductionDocument, { input: { deductionId: id } })).researchDeduction;
  expect(research!.tests.find(({ test: it }) => it === "CROSS_CONTRACT")).toMatchObject({ answer: "AGAINST", argument: expect.stringContaining("It names order 7001; it was taken from invoice 733 of order 7090.") });
});

test("a short pay that names the order of its own invoice, or none, is of one contract", async () => {
  const [own] = await claimant.paysShort({ reference: "733", gross: "3000.00", deduction: "480.00", purchaseOrder: "7090" });
  expect(await contract(own!.id)).toMatchObject({ crossContract: false, crossContractReason: null });
});

test("a line that takes off for an invoice paid long ago takes it from what the payment pays", async () => {
  const [deduction] = await claimant.paysShort({ reference: "501", deduction: "480.00", net: "-480.00" }, { reference: "733", net: "3000.00" });
  expect(await contract(deduction!.id)).toMatchObject({ crossContract: true, crossContractReason: "It names invoice 501 of order 7001; it was taken from invoice 733 of order 7090.", namedInvoices: [{ number: "501" }], invoice: { number: "501" } });
});

test("the claim behind a deduction may name the other contract, and the parts of it that are split as well", async () => {
  await claimant.claim({ amount: "480.00", number: "CB-1", invoices: ["501"] });
  const [deduction] = await claimant.paysShort({ reference: "733", gross: "3000.00", deduction: "480.00", claimNumber: "CB-1" });
  expect(await contract(deduction!.id)).toMatchObject({ crossContract: true, namedInvoices: [{ number: "501" }] });
  const analyst = new Analyst(books);
  await analyst.work(deduction!.id, "TAKE_UP");
  await analyst.decide(deduction!.id, "100.00");
  for (const part of (await claimant.deductions()).filter(({ source }) => source === "SPLIT")) {
    expect(await contract(part.id)).toMatchObject({ crossContract: true, crossContractReason: "It names invoice 501 of order 7001; it was taken from invoice 733 of order 7090." });
  }
});
