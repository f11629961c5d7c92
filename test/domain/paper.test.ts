import type { EvidenceKind } from "../../src/domain/evidence.ts";
import { numberOf, readPaper } from "../../src/domain/paper.ts";

const line = { item: "BOTTLE", quantity: "12.5", unit: "cs" };
const order = { number: "PO-1", orderedOn: "2026-03-01", lines: [{ ...line, unitPrice: "2.50" }] };
const claim = { number: "C-1", purchaseOrder: "PO-1", reason: "SHORTAGE", amount: "24.00", claimedOn: "2026-03-20" };
const agreement = { number: "T-1", code: "SPRING", item: "BOTTLE", percent: "2.5", validFrom: "2026-03-01", validTo: "2026-03-31" };
const read = (kind: EvidenceKind, document: object) => readPaper(kind, JSON.stringify(document), "USD");
const goods = { item: "BOTTLE", quantity: { thousandths: 12_500n, unit: "CASE" } };

test.each<[string, EvidenceKind, object, object]>([
  ["an order", "PO", order, { is: "ORDER", order: { number: "PO-1", orderedOn: "2026-03-01", lines: [{ ...goods, unitPriceMinor: 250n }] } }],
  ["an invoice", "INVOICE", { number: "I-1", invoicedOn: "2026-03-05", lines: [{ ...line, amount: "31.25" }] }, { is: "INVOICE", invoice: { number: "I-1", invoicedOn: "2026-03-05", lines: [{ ...goods, minor: 3125n }] } }],
  ["a bill of lading", "BOL", { number: "B-1", shippedOn: "2026-03-04", carrier: "Northern", lines: [line] }, { is: "SHIPMENT", shipment: { number: "B-1", shippedOn: "2026-03-04", carrier: "Northern", lines: [goods] } }],
  ["what was signed for", "POD", { number: "P-1", receivedOn: "2026-03-07", lines: [line] }, { is: "RECEIVING", receiving: { number: "P-1", receivedOn: "2026-03-07", lines: [goods], note: "" } }],
  ["pack sizes", "PACK_DATA", { packs: [{ item: "BOTTLE", unit: "CASE", holds: 12, of: "EA" }] }, { is: "PACKS", packs: [{ item: "BOTTLE", unit: "CASE", holds: 12, of: "EACH" }] }],
  ["an agreement with its accrual", "PROMOTION", { ...agreement, accrued: "500.00", used: "20.00" }, { is: "AGREEMENT", agreement: { number: "T-1", code: "SPRING", item: "BOTTLE", basisPoints: 250, validFrom: "2026-03-01", validTo: "2026-03-31", accruedMinor: 50_000n, usedMinor: 2000n } }],
  ["an earlier claim", "CLAIM", { ...claim, credited: { amount: "24.00", document: "CM-1" } }, {
    is: "CLAIM", claim: { number: "C-1", purchaseOrder: "PO-1", reason: "SHORTAGE", minor: 2400n, claimedOn: "2026-03-20", text: "", credited: { minor: 2400n, document: "CM-1" }, lines: [] },
  }],
])("%s is read", (_name, kind, document, paper) => {
  expect(read(kind, document)).toEqual(paper);
});

test.each<[string, EvidenceKind, object | string, readonly string[]]>([
  ["no JSON", "PO", "PO-1", ["document"]],
  ["a list", "PO", [order], ["document"]],
  ["a kind without a form", "PHOTO", { number: "1" }, ["document"]],
  ["a missing number", "PO", { ...order, number: undefined }, ["document", "number"]],
  ["a misspelled field", "POD", { number: "P-1", receivedOn: "2026-03-07", lines: [line], notes: "x" }, ["document", "notes"]],
  ["a misspelled field of a line", "PO", { ...order, lines: [{ ...line, unitPrice: "1.00", uom: "EA" }] }, ["document", "lines", "0", "uom"]],
  ["no lines", "PO", { ...order, lines: [] }, ["document", "lines"]],
  ["a line that is none", "PO", { ...order, lines: ["x"] }, ["document", "lines", "0"]],
  ["a count as a number", "PO", { ...order, lines: [{ ...line, quantity: 12, unitPrice: "1.00" }] }, ["document", "lines", "0", "quantity"]],
  ["a count of four places", "PO", { ...order, lines: [{ ...line, quantity: "1.2345", unitPrice: "1.00" }] }, ["document", "lines", "0", "quantity"]],
  ["an amount of three places", "PO", { ...order, lines: [{ ...line, unitPrice: "1.001" }] }, ["document", "lines", "0", "unitPrice"]],
  ["an amount below nothing", "CLAIM", { ...claim, amount: "-1.00" }, ["document", "amount"]],
  ["an unknown reason", "CLAIM", { ...claim, reason: "shortage" }, ["document", "reason"]],
  ["no day of the calendar", "PO", { ...order, orderedOn: "2026-02-30" }, ["document", "orderedOn"]],
  ["a pack of nothing", "PACK_DATA", { packs: [{ item: "B", unit: "CASE", holds: 0, of: "EACH" }] }, ["document", "packs", "0", "holds"]],
  ["a credit without its document", "CLAIM", { ...claim, credited: { amount: "1.00" } }, ["document", "credited", "document"]],
])("%s is refused, and the field is named", (_name, kind, document, field) => {
  const text = typeof document === "string" ? document : JSON.stringify(document);
  expect(() => readPaper(kind, text, "USD")).toThrow(expect.objectContaining({ field }));
});

test("a paper is known by its number, and pack sizes by none", () => {
  expect([numberOf(read("PO", order)), numberOf(read("CLAIM", claim)), numberOf(read("PACK_DATA", { packs: [{ item: "B", unit: "CASE", holds: 2, of: "EACH" }] }))]).toEqual(["PO-1", "C-1", null]);
});
