import { Researcher, sha256 } from "../evidence/researcher.ts";
import { openTestApp, type TestApp } from "../kit/app.ts";
import { Books } from "../kit/books.ts";
import {
  FreightDocument, FreightNodeDocument, OpenFreightClaimDocument, type OpenFreightClaimInput, RecordCarrierPaymentDocument, RecordDeliveryDocument, RecordShipmentDocument, type RecordShipmentInput, SaveCarrierDocument, type SaveCarrierInput,
  StepFreightClaimDocument, type StepFreightClaimInput,
} from "../kit/gql.ts";

let app: TestApp;
let books: Books;
let customer: { id: string; account: string };
beforeAll(async () => {
  app = await openTestApp();
});
afterAll(() => app.close());
beforeEach(async () => {
  books = await Books.open(app);
  customer = await books.customer();
});

const analyst = (): string => books.company.as.analyst;
const saveCarrier = async (input: SaveCarrierInput) => (await app.query(analyst(), SaveCarrierDocument, { input })).saveCarrier;
const ship = async (input: Partial<RecordShipmentInput>) =>
  (await app.query(analyst(), RecordShipmentDocument, { input: { account: customer.account, number: "SH-1", carrier: "ABCD", shippedOn: "2026-05-04", expectedOn: "2026-05-11", ...input } })).recordShipment;
const deliver = async (shipmentId: string, deliveredOn: string, more: object = {}) => (await app.query(analyst(), RecordDeliveryDocument, { input: { shipmentId, deliveredOn, ...more } })).recordDelivery;
const open = async (input: Pick<OpenFreightClaimInput, "shipmentId"> & Partial<OpenFreightClaimInput>) =>
  (await app.query(analyst(), OpenFreightClaimDocument, { input: { number: "FC-1", finding: "Two pallets crushed", amount: "480.00", currency: "USD", ...input } })).openFreightClaim;
const step = async (freightClaimId: string, action: StepFreightClaimInput["action"], more: Partial<StepFreightClaimInput> = {}) =>
  (await app.query(analyst(), StepFreightClaimDocument, { input: { freightClaimId, action, ...more } })).stepFreightClaim;
const paid = async (freightClaimId: string, amount: string, happenedOn = "2026-08-01") =>
  (await app.query(books.company.as.clerk, RecordCarrierPaymentDocument, { input: { freightClaimId, amount, happenedOn } })).recordCarrierPayment;

/** A shipment by carrier ABCD for invoice 501 of purchase order 7001, delivered with a note of damage. */
async function delivered() {
  expect((await saveCarrier({ code: "abcd", name: "Able Carriers" })).carrier).toMatchObject({ code: "ABCD", filingMonths: 9, suitMonths: 24 });
  const [invoice] = await books.bill(customer.account, { number: "501", total: "4800.00" });
  const { shipment, userErrors } = await ship({ invoice: "501", purchaseOrder: "7001", billOfLading: "BOL-77" });
  expect(userErrors).toEqual([]);
  await deliver(shipment!.id, "2026-05-12", { signedBy: "R. Dock", exceptions: "2 pallets crushed" });
  return { shipmentId: shipment!.id, invoiceId: invoice!.id };
}

/** What is booked, by account. */
async function booked(): Promise<Record<string, bigint>> {
  const rows = await app.db.run<{ account: string; minor: bigint }>("test.booked", "select line.account, sum(line.amount_minor)::bigint as minor from journal_line line join journal_entry entry on entry.company_id = line.company_id and entry.id = line.entry_id where entry.kind = 'FREIGHT_CLAIM' and line.company_id = (select id from company where code = $1) group by line.account", [books.company.code]);
  return Object.fromEntries(rows.map(({ account, minor }) => [account, minor]));
}

test("a carrier at fault: found, filed, acknowledged, paid in part, and the rest given up, outside of trade receivables", async () => {
  const { shipmentId, invoiceId } = await delivered();
  const balances = (await books.of(customer.id)).balances;
  const { freightClaim: found } = await open({ shipmentId });
  expect(found).toMatchObject({ state: "FOUND", claimed: { amount: "480.00" }, deadlines: [{ clock: "FILE", on: "2027-02-12", ours: true }], allowedActions: ["FILE", "CLOSE"], steps: [] });
  expect(await booked()).toEqual({});

  expect((await step(found!.id, "FILE", { happenedOn: "2026-06-01" })).userErrors).toMatchObject([{ code: "BLOCKED", message: expect.stringContaining("reference of the written claim") }]);
  const researcher = new Researcher(books);
  const [letter, book] = [await researcher.upload("letter.pdf", "We claim"), await researcher.upload("book.csv", "a,b", "text/csv", "LOAD")];
  expect((await step(found!.id, "FILE", { happenedOn: "2026-06-01", papers: "letter 1", fileId: book.id })).userErrors).toMatchObject([{ code: "NOT_FOUND", field: ["fileId"] }]);
  expect((await step(found!.id, "FILE", { happenedOn: "2026-06-01", papers: "letter 1", fileId: letter.id, expectedVersion: 1 })).freightClaim).toMatchObject({
    state: "FILED", filedOn: "2026-06-01", deadlines: [{ clock: "ACKNOWLEDGE", on: "2026-07-01", ours: false }, { clock: "DECIDE", on: "2026-09-29", ours: false }],
  });
  expect(await booked()).toEqual({ CARRIER_CLAIMS_RECEIVABLE: 48_000n, FREIGHT_LOSS: -48_000n });
  await step(found!.id, "ACKNOWLEDGE", { happenedOn: "2026-06-20" });
  expect((await step(found!.id, "OFFER", { happenedOn: "2026-07-10", amount: "300.00", papers: "offer 9" })).freightClaim).toMatchObject({ state: "ACKNOWLEDGED", paid: { amount: "0.00" } });
  expect((await paid(found!.id, "300.00")).freightClaim).toMatchObject({ state: "ACKNOWLEDGED", paid: { amount: "300.00" } });
  expect((await step(found!.id, "CLOSE", { happenedOn: "2026-08-02", note: "The offer was taken." })).freightClaim).toMatchObject({
    state: "CLOSED", deadlines: [], allowedActions: [],
    steps: [
      { action: "FILE", amount: { amount: "480.00" }, papers: "letter 1", file: { name: "letter.pdf", digest: sha256("We claim") } }, { action: "ACKNOWLEDGE" }, { action: "OFFER", amount: { amount: "300.00" } }, { action: "PAY", amount: { amount: "300.00" } }, { action: "CLOSE", note: "The offer was taken." },
    ],
  });
  expect(await booked()).toEqual({ BANK: 30_000n, CARRIER_CLAIMS_RECEIVABLE: 0n, FREIGHT_LOSS: -30_000n });
  expect((await books.of(customer.id)).balances).toEqual(balances);
  expect((await books.control()).agrees).toBe(true);

  const { shipments, freightClaims, carriers } = await app.query(analyst(), FreightDocument, { invoiceId, states: ["CLOSED"] });
  expect({ shipments, freightClaims, carriers }).toMatchObject({
    shipments: { edges: [{ node: { number: "SH-1", invoice: { shipments: [{ number: "SH-1" }] } } }] }, freightClaims: { edges: [{ node: { number: "FC-1", shipment: { number: "SH-1" }, deduction: null } }] }, carriers: [{ code: "ABCD" }],
  });
  expect((await app.query(analyst(), FreightNodeDocument, { id: found!.id })).node).toMatchObject({ number: "FC-1" });
});

test("what a carrier pays whole is settled, and no more is taken than was claimed", async () => {
  const { shipmentId } = await delivered();
  const { freightClaim } = await open({ shipmentId });
  expect((await paid(freightClaim!.id, "10.00")).userErrors).toMatchObject([{ code: "BLOCKED", message: expect.stringContaining("FOUND does not allow PAY") }]);
  await step(freightClaim!.id, "FILE", { happenedOn: "2026-06-01", papers: "letter 1" });
  expect((await paid(freightClaim!.id, "480.01")).userErrors).toMatchObject([{ code: "AMOUNT_INVALID", field: ["amount"] }]);
  expect((await paid(freightClaim!.id, "480.00")).freightClaim).toMatchObject({ state: "PAID", allowedActions: [] });
  expect((await step(freightClaim!.id, "CLOSE", { note: "x" })).userErrors).toMatchObject([{ code: "BLOCKED" }]);
  expect(await booked()).toEqual({ BANK: 48_000n, CARRIER_CLAIMS_RECEIVABLE: 0n, FREIGHT_LOSS: -48_000n });
});

test("a refusal starts two years, and the last day to file follows a delivery that is corrected", async () => {
  const { shipmentId, invoiceId } = await delivered();
  const { freightClaim } = await open({ shipmentId });
  expect((await deliver(shipmentId, "2026-05-20")).shipment).toMatchObject({ deliveredOn: "2026-05-20", exceptions: null, freightClaims: [{ deadlines: [{ clock: "FILE", on: "2027-02-20" }] }] });
  expect((await app.query(analyst(), FreightDocument, { invoiceId, deadlineTo: "2027-02-19" })).freightClaims!.edges).toEqual([]);
  expect((await app.query(analyst(), FreightDocument, { invoiceId, deadlineTo: "2027-02-20" })).freightClaims!.edges).toHaveLength(1);
  await step(freightClaim!.id, "FILE", { happenedOn: "2026-06-01", papers: "letter 1" });
  expect((await step(freightClaim!.id, "DISALLOW", { happenedOn: "2026-08-14", note: "They say the packing was poor.", papers: "refusal 4" })).freightClaim).toMatchObject({ state: "DISALLOWED", deadlines: [{ clock: "SUE", on: "2028-08-14", ours: true }] });
});

describe("what is refused, and leaves nothing behind", () => {
  test("a contract that leaves less than the law, unless it is contract carriage", async () => {
    expect((await saveCarrier({ code: "X", name: "X", filingMonths: 6 })).userErrors).toMatchObject([{ code: "VALUE_INVALID", field: ["filingMonths"] }]);
    expect((await saveCarrier({ code: "X", name: "X", filingMonths: 6, contractCarriage: true })).carrier).toMatchObject({ filingMonths: 6 });
    expect((await saveCarrier({ code: "X", name: "Y", suitMonths: 12 })).userErrors).toMatchObject([{ code: "VALUE_INVALID", field: ["suitMonths"] }]);
  });

  test("shipments of what is not there, and delivered before they left", async () => {
    const { shipmentId } = await delivered();
    expect((await ship({ number: "SH-2", carrier: "NONE" })).userErrors).toMatchObject([{ code: "NOT_FOUND", field: ["carrier"] }]);
    expect((await ship({ number: "SH-2", invoice: "502" })).userErrors).toMatchObject([{ code: "NOT_FOUND", field: ["invoice"] }]);
    expect((await ship({ number: "SH-1" })).userErrors).toMatchObject([{ code: "DUPLICATE", field: ["number"] }]);
    expect((await ship({ number: "SH-2", expectedOn: "2026-05-01" })).userErrors).toMatchObject([{ code: "DATE_INVALID", field: ["expectedOn"] }]);
    expect((await deliver(shipmentId, "2026-05-03")).userErrors).toMatchObject([{ code: "DATE_INVALID", field: ["deliveredOn"] }]);
  });

  test("a claim twice, without a definite amount, for another customer's deduction, or on an old version", async () => {
    const { shipmentId } = await delivered();
    const other = await books.customer();
    await books.bill(other.account, { number: "601", total: "100.00" });
    const { payment } = await books.pay({ account: other.account, amount: "90.00", lines: [{ reference: "601", gross: "100.00", deduction: "10.00" }] });
    expect((await open({ shipmentId, deductionId: payment!.deductions[0]!.id })).userErrors).toMatchObject([{ code: "NOT_FOUND", field: ["deductionId"] }]);
    expect((await open({ shipmentId, amount: "0.00" })).userErrors).toMatchObject([{ code: "AMOUNT_INVALID", field: ["amount"] }]);
    const { freightClaim } = await open({ shipmentId });
    expect((await open({ shipmentId })).userErrors).toMatchObject([{ code: "DUPLICATE", field: ["number"] }]);
    const [one, two] = await Promise.all([step(freightClaim!.id, "FILE", { papers: "a", happenedOn: "2026-06-01", expectedVersion: 1 }), step(freightClaim!.id, "CLOSE", { note: "b", happenedOn: "2026-06-01", expectedVersion: 1 })]);
    const refused = [one, two].flatMap(({ userErrors, freightClaim: now }) => (userErrors.length > 0 ? [{ userErrors, now }] : []));
    expect(refused).toMatchObject([{ userErrors: [{ code: "CONFLICT" }], now: { version: 2 } }]);
    expect((await step(freightClaim!.id, "PAY")).userErrors).toMatchObject([{ code: "VALUE_INVALID", field: ["action"] }]);
  });
});
