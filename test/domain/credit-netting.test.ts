import { applyByRemittance, type CashInHand } from "../../src/domain/cash-application.ts";
import type { OpenCredit } from "../../src/domain/credit-netting.ts";
import type { OpenDebit } from "../../src/domain/open-item.ts";
import type { RemittanceLine } from "../../src/domain/remittance.ts";

const item = (name: string, openMinor: bigint, customerId = "payer"): OpenDebit => ({
  itemId: `item-${name}`, customerId, kind: "INVOICE", documentId: `invoice-${name}`, references: [name], currency: "USD", originalMinor: openMinor, openMinor,
  discountTakenMinor: 0n, discounts: [], graceDays: 0, dueOn: "2026-03-31", effectiveOn: "2026-03-01",
});
const credit = (name: string, openMinor: bigint, more: Partial<OpenCredit> = {}): OpenCredit => ({ itemId: `item-${name}`, memoId: name, customerId: "payer", openMinor, effectiveOn: "2026-03-10", invoiceId: null, ...more });
const pays = ([reference, netMinor]: readonly [string | null, bigint]): RemittanceLine => ({
  line: null, reference, grossMinor: null, discountMinor: 0n, deductionMinor: 0n, netMinor, customerCode: null, text: null, partial: false, claimNumber: null,
});

/** What becomes of cash for A, B and C of 1,000 each, with lines and credits: each part by whom it was settled. */
function decide(minor: bigint, lines: readonly (readonly [string | null, bigint])[], credits: readonly OpenCredit[], items = [item("A", 1_000n), item("B", 1_000n), item("C", 1_000n)]) {
  const cash: CashInHand = { minor, paidOn: "2026-03-20", shortPayPolicy: "OPEN_DEDUCTION", tolerance: null, reasonOf: () => ({ reason: "UNIDENTIFIED", source: "NOT_FOUND", confidence: null }) };
  const find = (reference: string) => { const found = items.filter((it) => it.references.includes(reference)); return found.length > 0 ? found : "UNKNOWN" as const; };
  const decision = applyByRemittance(cash, lines.map(pays), find, (reference) => credits.find(({ memoId }) => memoId === reference) ?? null);
  const { settlements, deductions, unappliedMinor, exceptions, overclaimed } = decision;
  return {
    settled: settlements.map((it) => `${it.item.references[0]} ${it.kind === "CREDIT" ? it.credit.memoId : it.kind} ${it.minor}`).sort(),
    claims: deductions.map((it) => it.minor), unapplied: unappliedMinor, exceptions: exceptions.map(({ kind }) => kind), overclaimed: overclaimed ?? false,
  };
}
const nothing = { claims: [], unapplied: 0n, exceptions: [], overclaimed: false };
const three = [["A", 1_000n], ["B", 1_000n], ["C", 1_000n]] as const;

test.each<[string, bigint, (readonly [string | null, bigint])[], OpenCredit[], object]>([
  ["settles what the advice pays, in place of cash", 2_900n, [...three, ["CM", -100n]], [credit("CM", 100n)], { ...nothing, settled: ["A CASH 900", "A CM 100", "B CASH 1000", "C CASH 1000"] }],
  ["settles the invoice that it was given for", 2_900n, [...three, ["CM", -100n]], [credit("CM", 100n, { invoiceId: "invoice-C" })], { ...nothing, settled: ["A CASH 1000", "B CASH 1000", "C CASH 900", "C CM 100"] }],
  ["goes on to other invoices when its own takes no more", 1_500n, [...three, ["CM", -1_500n]], [credit("CM", 2_000n, { invoiceId: "invoice-B" })], { ...nothing, settled: ["A CASH 500", "A CM 500", "B CM 1000", "C CASH 1000"] }],
  ["may be used in two lines", 2_900n, [...three, ["CM", -60n], ["CM", -40n]], [credit("CM", 100n)], { ...nothing, settled: ["A CASH 900", "A CM 40", "A CM 60", "B CASH 1000", "C CASH 1000"] }],
  ["that has less than a line takes is a claim as a whole", 2_900n, [...three, ["CM", -100n]], [credit("CM", 99n)], { ...nothing, settled: ["A CASH 1000", "B CASH 1000", "C CASH 1000"], claims: [100n], exceptions: ["CREDIT_EXCEEDED"] }],
  ["that two lines take too much of is a claim of the second", 2_900n, [...three, ["CM", -60n], ["CM", -40n]], [credit("CM", 99n)], { ...nothing, settled: ["A CASH 940", "A CM 60", "B CASH 1000", "C CASH 1000"], claims: [40n], exceptions: ["CREDIT_EXCEEDED"] }],
  ["beside a claim both make the payment cover more", 2_850n, [...three, ["CM", -100n], [null, -50n]], [credit("CM", 100n)], { ...nothing, settled: ["A CASH 900", "A CM 100", "B CASH 1000", "C CASH 1000"], claims: [50n] }],
  ["leaves cash beyond what is open unapplied", 1_100n, [["A", 1_200n], ["CM", -100n]], [credit("CM", 100n)], { ...nothing, settled: ["A CASH 900", "A CM 100"], unapplied: 200n, exceptions: ["AMOUNT_OVER"] }],
  ["that takes off more than is settled leaves the advice to a person", 100n, [["A", 1_000n], ["GONE", 500n], ["CM", -1_400n]], [credit("CM", 2_000n)], { ...nothing, settled: [], unapplied: 100n, exceptions: ["REFERENCE_UNKNOWN"], overclaimed: true }],
  ["of another customer settles nothing of the payer's", 900n, [["A", 1_000n], ["CM", -100n]], [credit("CM", 100n, { customerId: "child" })], { ...nothing, settled: [], unapplied: 900n, overclaimed: true }],
])("a credit memo in an advice %s", (_rule, minor, lines, credits, expected) => {
  expect(decide(minor, lines, credits)).toEqual(expected);
});

test("a credit memo of a customer whom the payer pays for settles what that customer owes", () => {
  const items = [item("A", 1_000n), item("D", 300n, "child")];
  expect(decide(1_200n, [["A", 1_000n], ["D", 300n], ["CM", -100n]], [credit("CM", 100n, { customerId: "child" })], items)).toEqual({ ...nothing, settled: ["A CASH 1000", "D CASH 200", "D CM 100"] });
});
