import { readFileSync } from "node:fs";
import { readColumnMap } from "../../src/domain/column-map.ts";
import { type HeldInvoice, postBook, type QueuedRow } from "../../src/imports/book-posting.ts";

const map = readColumnMap(JSON.parse(readFileSync("src/imports/maps/highradius-book.json", "utf8")));
const facts = { accountKey: "1001", accountNumber: "1001", currency: "USD", minor: 100_000n, invoicedOn: "2026-03-01", dueOn: "2026-05-30" };
const row: QueuedRow = {
  ...facts, line: 2, documentKey: "I1", number: "I1", customerId: "customer", clearedOn: "2026-06-02", termsCode: null, segment: null, disputed: false,
  purchaseOrder: null, salesOrder: null, shipment: null,
};
const held = (no: number, installmentMinor: bigint, openMinor: bigint): HeldInvoice => ({
  ...facts, documentKey: "I1", invoiceId: "invoice", itemId: `item-${no}`, installmentMinor, openMinor, effectiveOn: "2026-03-01",
});

test("a document that the book holds in installments is paid what is open on each of them", () => {
  let made = 0;
  const book = [held(1, 33_333n, 0n), held(2, 33_333n, 10_000n), held(3, 33_334n, 33_334n)];
  const posting = postBook({ companyId: "company", batchId: "import" }, [row], book, map, () => `id-${++made}`);
  expect(posting.rejected).toEqual([]);
  expect(posting.payments).toMatchObject([{ minor: 43_334n, receivedOn: "2026-06-02" }]);
  expect(posting.batch.applications.map(({ debitItemId, minor }) => [debitItemId, minor])).toEqual([["item-2", 10_000n], ["item-3", 33_334n]]);
});

test("one whose installments are all settled is known", () => {
  const posting = postBook({ companyId: "company", batchId: "import" }, [row], [held(1, 50_000n, 0n), held(2, 50_000n, 0n)], map, () => "id");
  expect(posting).toMatchObject({ known: 1, posted: 0, payments: [] });
});
