import { researchClaim } from "../../src/domain/claim-research.ts";
import { type BookFacts, deductionFile, type ReadPaper } from "../../src/domain/deduction-file.ts";
import type { EvidenceKind } from "../../src/domain/evidence.ts";
import { lineTable } from "../../src/domain/line-table.ts";
import { readPaper } from "../../src/domain/paper.ts";
import { testsOf, type ValidityTest } from "../../src/domain/validity.ts";

const BOOKS: BookFacts = {
  currency: "USD", minor: 2400n, reason: "SHORTAGE", takenOn: "2026-03-20", claimNumber: "C-1", purchaseOrder: "PO-1", paidOn: "2026-03-20", earlier: [], contract: { named: { orders: [], invoices: [] }, takenFrom: [] },
  invoice: { number: "I-1", invoicedOn: "2026-03-05", totalMinor: 24_000n, discounts: [{ discountOn: "2026-03-15", basisPoints: 200 }], graceDays: 3, goods: null },
};
const paper = (kind: EvidenceKind, document: object): ReadPaper => ({ kind, paper: readPaper(kind, JSON.stringify(document), "USD") });
const each = (quantity: number) => ({ item: "BOTTLE", quantity: String(quantity), unit: "EACH" });
const order = (unitPrice = "2.00", line: object = each(120)) => paper("PO", { number: "PO-1", orderedOn: "2026-03-01", lines: [{ ...line, unitPrice }] });
const invoice = paper("INVOICE", { number: "I-1", invoicedOn: "2026-03-05", lines: [{ ...each(120), amount: "240.00" }] });
const pod = (count: number) => paper("POD", { number: "P-1", receivedOn: "2026-03-07", lines: [each(count)] });
const advice = (count: number) => paper("RECEIVING_ADVICE", { number: "R-1", receivedOn: "2026-03-07", lines: [each(count)] });
const claim = (claimedOn: string, more: object = {}) => paper("CLAIM", { number: "C-1", purchaseOrder: "PO-1", reason: "SHORTAGE", amount: "24.00", claimedOn, ...more });
const spring = (validTo: string, more: object = {}) => paper("PROMOTION", { number: "T-1", code: "SPRING", item: "BOTTLE", percent: "10", validFrom: "2026-03-01", validTo, ...more });
const packs = paper("PACK_DATA", { packs: [{ item: "BOTTLE", unit: "CASE", holds: 12, of: "EACH" }] });
const earlier = { id: "1", reason: "SHORTAGE", minor: 2400n, takenOn: "2026-02-20", claimNumber: "C-0", invoiceNumber: "I-1", state: "SETTLED" } as const;
const promotion = { reason: "PROMOTION" } as const;
const discount = { reason: "UNEARNED_DISCOUNT", minor: 480n } as const;

test.each<[ValidityTest, string, Partial<BookFacts>, readonly ReadPaper[], string, RegExp]>([
  ["DUPLICATE", "the same was taken before", { earlier: [earlier] }, [], "AGAINST", /2026-02-20 by claim C-0; that deduction is SETTLED/],
  ["DUPLICATE", "another amount was taken before", { earlier: [{ ...earlier, minor: 2300n }] }, [], "NOTHING_FOUND", /Nothing/],
  ["CROSS_CONTRACT", "it names another order", { contract: { named: { orders: ["7001"], invoices: [] }, takenFrom: [{ id: "i", number: "733", purchaseOrder: "7090" }] } }, [], "AGAINST", /names order 7001; it was taken from invoice 733 of order 7090\. Without an agreement/],
  ["CROSS_CONTRACT", "it names its own order", { contract: { named: { orders: ["7090"], invoices: [] }, takenFrom: [{ id: "i", number: "733", purchaseOrder: "7090" }] } }, [], "NOTHING_FOUND", /Nothing that it names/],
  ["CROSS_CONTRACT", "it names nothing", {}, [], "CANNOT_TELL", /names no order/],
  ["DUPLICATE", "an earlier claim was credited", {}, [paper("CLAIM", { number: "C-0", purchaseOrder: "PO-1", reason: "SHORTAGE", amount: "24.00", claimedOn: "2026-03-10", credited: { amount: "24.00", document: "CM-9" } })], "AGAINST", /CM-9/],
  ["NOTICE", "claimed before it deducted", {}, [claim("2026-03-19")], "FOR", /2026-03-19/],
  ["NOTICE", "the advice names the claim", {}, [], "FOR", /C-1/],
  ["NOTICE", "claimed afterwards", { claimNumber: null }, [claim("2026-03-21")], "AGAINST", /after/],
  ["NOTICE", "never claimed", { claimNumber: null }, [], "CANNOT_TELL", /no claim/],
  ["PRICE_AND_PACK", "billed above the order", {}, [order("1.80"), invoice], "FOR", /USD 24\.00/],
  ["PRICE_AND_PACK", "billed as ordered, and the price is claimed", { reason: "PRICE" }, [order(), invoice], "AGAINST", /bills the prices/],
  ["PRICE_AND_PACK", "billed as ordered, by the case", { reason: "PRICE" }, [order("24.00", { item: "BOTTLE", quantity: "10", unit: "CASE" }), invoice, packs], "AGAINST", /one unit/],
  ["PRICE_AND_PACK", "the difference is that of bare numbers", { minor: 22_000n, reason: "UNIT_PER_CASE" }, [order("24.00", { item: "BOTTLE", quantity: "10", unit: "CASE" }), invoice, packs], "AGAINST", /the same 120 EACH/],
  ["PRICE_AND_PACK", "no order", {}, [invoice], "CANNOT_TELL", /no order/],
  ["DELIVERY", "signed for in full", {}, [invoice, pod(120)], "AGAINST", /signed for all/],
  ["DELIVERY", "signed for in full, and the customer counts less", {}, [invoice, pod(120), advice(108)], "AGAINST", /another count/],
  ["DELIVERY", "the customer counts less, and nobody signed", {}, [invoice, advice(108)], "FOR", /says it received less/],
  ["DELIVERY", "nothing says what arrived", {}, [invoice], "CANNOT_TELL", /Nothing says/],
  ["DELIVERY", "about a price", { reason: "PRICE" }, [invoice, pod(108)], "NOT_APPLICABLE", /not about/],
  ["PROMOTION", "agreed for the day", promotion, [invoice, spring("2026-03-31")], "FOR", /holds on 2026-03-05/],
  ["PROMOTION", "ended before the day", promotion, [invoice, spring("2026-03-04")], "AGAINST", /No agreement holds/],
  ["PROMOTION", "more taken than it gives", { ...promotion, minor: 2401n }, [invoice, spring("2026-03-31")], "AGAINST", /USD 24\.00 on this invoice/],
  ["PROMOTION", "all but used up", promotion, [invoice, spring("2026-03-31", { accrued: "100.00", used: "80.00" })], "AGAINST", /USD 20\.00 is left/],
  ["PROMOTION", "enough set aside", promotion, [invoice, spring("2026-03-31", { accrued: "100.00", used: "76.00" })], "FOR", /enough is left/],
  ["PROMOTION", "nothing on paper", promotion, [invoice], "CANNOT_TELL", /no agreement/],
  ["DISCOUNT_TERMS", "paid on the last day of grace", { ...discount, paidOn: "2026-03-18" }, [], "FOR", /2 % to 2026-03-15/],
  ["DISCOUNT_TERMS", "paid a day later", { ...discount, paidOn: "2026-03-19" }, [], "AGAINST", /ended on 2026-03-18/],
  ["DISCOUNT_TERMS", "more taken than offered", { ...discount, minor: 481n, paidOn: "2026-03-10" }, [], "AGAINST", /USD 4\.80/],
  ["DISCOUNT_TERMS", "none offered", { ...discount, invoice: { ...BOOKS.invoice!, discounts: [] } }, [], "AGAINST", /offers no/],
  ["DISCOUNT_TERMS", "no invoice", { ...discount, invoice: null }, [], "CANNOT_TELL", /no invoice/],
])("%s: %s", (test, _name, facts, papers, answer, argument) => {
  const file = deductionFile({ ...BOOKS, ...facts }, papers);
  const results = testsOf(file, researchClaim(file.claim));
  expect(results.find((it) => it.test === test)).toMatchObject({ answer, argument: expect.stringMatching(argument) });
  expect(results).toHaveLength(7);
});

describe("what papers are read", () => {
  test("an invoice that nobody put on paper is read from the books", () => {
    const goods = { number: "I-1", invoicedOn: "2026-03-05", lines: [{ item: "BOTTLE", quantity: { thousandths: 120_000n, unit: "EACH" }, minor: 24_000n }] };
    const file = deductionFile({ ...BOOKS, invoice: { ...BOOKS.invoice!, goods } }, [pod(108)]);
    expect(researchClaim(file.claim)).toMatchObject({ recommendation: "CREDIT", explainedMinor: 2400n });
  });

  test("what was signed for counts before what the customer counts, and a ship notice before a bill of lading: nothing twice", () => {
    const sent = (kind: EvidenceKind) => paper(kind, { number: kind, shippedOn: "2026-03-04", lines: [each(120)] });
    const { claim: read } = deductionFile(BOOKS, [sent("BOL"), sent("ASN"), advice(108), pod(120)]);
    expect([read.shipments.map(({ number }) => number), read.receivings.map(({ number }) => number)]).toEqual([["ASN"], ["P-1"]]);
  });

  test("a deduction without a number finds its claim by the amount, and does not take it for an earlier one", () => {
    const file = deductionFile({ ...BOOKS, claimNumber: null }, [claim("2026-03-19")]);
    expect([file.claim.claim.number, file.claim.earlier]).toEqual(["C-1", []]);
  });
});

test("claim, order, bill, shipment and receipt stand beside each other in one unit, with the price gap and the packs", () => {
  const shipped = paper("ASN", { number: "A-1", shippedOn: "2026-03-04", lines: [{ item: "BOTTLE", quantity: "10", unit: "CASE" }] });
  const papers = [order("1.80"), invoice, shipped, advice(108), packs, claim("2026-03-19", { lines: [{ item: "BOTTLE", quantity: "1", unit: "CASE" }] })];
  expect(lineTable(deductionFile(BOOKS, papers))).toMatchObject([
    { item: "BOTTLE", unit: "EACH", claimed: 12_000n, ordered: 120_000n, invoiced: 120_000n, shipped: 120_000n, received: 108_000n, invoicedMinor: 24_000n, orderedMinor: 21_600n, priceGapMinor: 2400n, packs: [{ unit: "CASE", holds: 12, of: "EACH" }] },
  ]);
});
