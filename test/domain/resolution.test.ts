import fc from "fast-check";
import { total } from "../../src/domain/money.ts";
import { accountOfItem, type Posting } from "../../src/domain/posting.ts";
import { DeductionReason } from "../../src/domain/reasons.ts";
import { type DeductionInHand, mergeDeductions, type Resolution, type ResolvedDeduction, resolveDeduction, splitDeduction, undoResolution } from "../../src/domain/resolution.ts";

let made = 0;
const newId = (): string => `id-${++made}`;
const DAY = "2026-04-02";
const deduction = (openMinor: bigint, change: Partial<DeductionInHand> = {}): DeductionInHand => ({
  id: "D", itemId: "D-item", customerId: "C", currency: "USD", reason: "SHORTAGE", openMinor, effectiveOn: "2026-03-20", ...change,
});
const memo = (totalMinor: bigint, taxMinor = 0n) => ({ memoId: "M", amounts: { totalMinor, taxMinor } });
const closed = { itemId: "I-item", kind: "INVOICE" as const, effectiveOn: "2026-03-01" };
const credit = { itemId: "CR-item", effectiveOn: "2026-03-25" };
const book = ({ entries }: ResolvedDeduction): Record<string, string> => Object.fromEntries(entries.flatMap(({ postings }) => postings.map(({ account, minor }: Posting) => [account, String(minor)])));

/** What each kind of settlement books, from the chart of the trade: debit positive, credit negative. */
test.each<[string, Resolution, Partial<DeductionInHand>, Record<string, string>]>([
  ["credit memo", { kind: "CREDIT_MEMO", minor: 12_000n, ...memo(12_000n) }, {}, { RETURNS_AND_ALLOWANCES: "12000", DEDUCTIONS_RECEIVABLE: "-12000" }],
  ["credit memo with tax", { kind: "CREDIT_MEMO", minor: 12_000n, ...memo(12_000n, 960n) }, {}, { RETURNS_AND_ALLOWANCES: "11040", SALES_TAX_PAYABLE: "960", DEDUCTIONS_RECEIVABLE: "-12000" }],
  ["chargeback", { kind: "CHARGEBACK", minor: 8_000n, memoId: "M", dueOn: "2026-05-01" }, {}, { AR_CONTROL: "8000", DEDUCTIONS_RECEIVABLE: "-8000" }],
  ["write-off", { kind: "WRITE_OFF", minor: 150n }, {}, { TOLERANCE_WRITE_OFF: "150", DEDUCTIONS_RECEIVABLE: "-150" }],
  ["write-off of freight", { kind: "WRITE_OFF", minor: 150n }, { reason: "FREIGHT" }, { FREIGHT_LOSS: "150", DEDUCTIONS_RECEIVABLE: "-150" }],
  ["write-off of a bank's fee", { kind: "WRITE_OFF", minor: 150n }, { reason: "BANK_FEE" }, { BANK_CHARGES: "150", DEDUCTIONS_RECEIVABLE: "-150" }],
  ["reversal", { kind: "REVERSAL", minor: 500n, closed }, {}, { AR_CONTROL: "500", DEDUCTIONS_RECEIVABLE: "-500" }],
  ["cash discount", { kind: "DISCOUNT", minor: 500n }, {}, { DISCOUNTS_ALLOWED: "500", DEDUCTIONS_RECEIVABLE: "-500" }],
  ["netting against a credit", { kind: "NETTING", minor: 500n, credit }, {}, { ON_ACCOUNT_CASH: "500", DEDUCTIONS_RECEIVABLE: "-500" }],
  ["promotion", { kind: "PROMOTION", minor: 500n }, {}, { ACCRUED_TRADE_PROMOTION: "500", DEDUCTIONS_RECEIVABLE: "-500" }],
  ["goodwill", { kind: "GOODWILL", minor: 500n }, {}, { RETURNS_AND_ALLOWANCES: "500", DEDUCTIONS_RECEIVABLE: "-500" }],
  ["bad debt", { kind: "BAD_DEBT", minor: 500n }, {}, { ALLOWANCE_FOR_CREDIT_LOSSES: "500", DEDUCTIONS_RECEIVABLE: "-500" }],
])("a %s books", (_name, part, change, expected) => {
  expect(book(resolveDeduction(deduction(20_000n, change), [part], DAY, newId))).toEqual(expected);
});

test("a reversal opens the invoice again that the short pay closed", () => {
  const { applications } = resolveDeduction(deduction(500n), [{ kind: "REVERSAL", minor: 500n, closed }], DAY, newId);
  expect(applications).toMatchObject([{ kind: "REVERSAL", debitItemId: "D-item", minor: 500n }, { kind: "DEDUCTION", debitItemId: "I-item", openedItemId: "D-item", minor: -500n }]);
});

test("nothing is settled before the items exist", () => {
  const { entries, applications } = resolveDeduction(deduction(500n, { effectiveOn: "2026-06-01" }), [{ kind: "GOODWILL", minor: 500n }], DAY, newId);
  expect([entries[0]!.effectiveOn, applications[0]!.effectiveOn]).toEqual(["2026-06-01", "2026-06-01"]);
});

test.each<[string, () => unknown]>([
  ["no parts", () => resolveDeduction(deduction(500n), [], DAY, newId)],
  ["a part of nothing", () => resolveDeduction(deduction(500n), [{ kind: "GOODWILL", minor: 0n }], DAY, newId)],
  ["more than is open", () => resolveDeduction(deduction(500n), [{ kind: "GOODWILL", minor: 300n }, { kind: "DISCOUNT", minor: 201n }], DAY, newId)],
  ["a split into one", () => splitDeduction(deduction(500n), [{ id: "A", minor: 500n }], DAY, newId)],
  ["a split that loses something", () => splitDeduction(deduction(500n), [{ id: "A", minor: 200n }, { id: "B", minor: 299n }], DAY, newId)],
  ["a merge of one", () => mergeDeductions([deduction(500n)], "M", DAY, newId)],
  ["a merge of two customers", () => mergeDeductions([deduction(500n), deduction(500n, { customerId: "X" })], "M", DAY, newId)],
  ["a merge of two currencies", () => mergeDeductions([deduction(500n), deduction(500n, { currency: "EUR" })], "M", DAY, newId)],
  ["a merge with one that is settled", () => mergeDeductions([deduction(500n), deduction(0n)], "M", DAY, newId)],
])("%s is refused", (_name, act) => expect(act).toThrow());

/** What each item has open after rows were applied to it. */
function openAfter(before: Map<string, bigint>, { items, applications }: ResolvedDeduction): Map<string, bigint> {
  const open = new Map([...before, ...items.map((it) => [it.id, it.minor] as const)]);
  for (const { debitItemId, creditItemId, minor } of applications) {
    for (const id of [debitItemId, creditItemId]) if (id) open.set(id, (open.get(id) ?? 0n) - minor);
  }
  return open;
}
const balanced = ({ entries }: ResolvedDeduction): boolean => entries.every(({ postings }) => total(postings.map(({ minor }) => minor)) === 0n);

const simple = fc.constantFrom("WRITE_OFF", "DISCOUNT", "PROMOTION", "GOODWILL", "BAD_DEBT", "CHARGEBACK", "CREDIT_MEMO", "REVERSAL") as fc.Arbitrary<Resolution["kind"]>;
const asPart = (kind: Resolution["kind"], minor: bigint): Resolution => {
  if (kind === "CREDIT_MEMO") return { kind, minor, memoId: newId(), amounts: { totalMinor: minor, taxMinor: minor / 11n } };
  if (kind === "CHARGEBACK") return { kind, minor, memoId: newId(), dueOn: DAY };
  if (kind === "REVERSAL") return { kind, minor, closed };
  return { kind, minor } as Resolution;
};

test("whatever settles a deduction is balanced, takes as much off it, and is undone to nothing", () => {
  fc.assert(
    fc.property(fc.array(fc.tuple(simple, fc.integer({ min: 1, max: 5_000 })), { minLength: 1, maxLength: 6 }), fc.integer({ min: 0, max: 5_000 }), fc.constantFrom(...Object.values(DeductionReason)), (parts, rest, reason) => {
      const sum = BigInt(parts.reduce((all, [, minor]) => all + minor, 0));
      const before = new Map([["D-item", sum + BigInt(rest)], ["I-item", 0n]]);
      const done = resolveDeduction(deduction(sum + BigInt(rest), { reason }), parts.map(([kind, minor]) => asPart(kind, BigInt(minor))), DAY, newId);
      const after = openAfter(before, done);
      expect(balanced(done)).toBe(true);
      expect(after.get("D-item")).toBe(BigInt(rest));
      const moved = new Map<string, bigint>();
      for (const it of done.items) moved.set(it.id, after.get(it.id)!);
      expect(done.items.filter(({ kind }) => kind === "CREDIT_MEMO").every(({ id }) => moved.get(id) === 0n)).toBe(true);
      expect(done.items.filter(({ kind }) => kind === "DEBIT_MEMO").every(({ id, minor }) => moved.get(id) === minor)).toBe(true);

      const memos = done.items.map(({ id, kind, minor }) => ({ itemId: id, kind, minor, openMinor: moved.get(id)! }));
      const undone = undoResolution({ entry: done.entries[0]!, applications: done.applications, memos }, DAY, newId);
      const again = openAfter(after, undone);
      expect(balanced(undone)).toBe(true);
      expect([...before].every(([id, minor]) => again.get(id) === minor)).toBe(true);
      expect(done.items.every(({ id }) => again.get(id) === 0n)).toBe(true);
      expect(together(done, undone)).toEqual({});
    }),
  );
});

/** What two sets of entries leave on each account. */
function together(...all: readonly ResolvedDeduction[]): Record<string, string> {
  const sums = new Map<string, bigint>();
  for (const { account, minor } of all.flatMap(({ entries }) => entries.flatMap((it) => it.postings))) sums.set(account, (sums.get(account) ?? 0n) + minor);
  return Object.fromEntries([...sums].flatMap(([account, minor]) => (minor === 0n ? [] : [[account, String(minor)]])));
}

test("a chargeback of which something was paid is not undone", () => {
  const done = resolveDeduction(deduction(500n), [{ kind: "CHARGEBACK", minor: 500n, memoId: "M", dueOn: DAY }], DAY, newId);
  const [item] = done.items;
  expect(() => undoResolution({ entry: done.entries[0]!, applications: done.applications, memos: [{ itemId: item!.id, kind: item!.kind, minor: 500n, openMinor: 499n }] }, DAY, newId)).toThrow("1 minor units are settled already");
});

test("splitting and merging move every minor unit, on one account", () => {
  fc.assert(
    fc.property(fc.array(fc.integer({ min: 1, max: 9_999 }), { minLength: 2, maxLength: 8 }), (amounts) => {
      const parts = amounts.map((minor) => ({ id: newId(), minor: BigInt(minor) }));
      const sum = total(parts.map(({ minor }) => minor));
      const split = splitDeduction(deduction(sum), parts, DAY, newId);
      const open = openAfter(new Map([["D-item", sum]]), split);
      expect(open.get("D-item")).toBe(0n);
      expect(total(split.items.map(({ id }) => open.get(id)!))).toBe(sum);
      expect(together(split)).toEqual({});

      const children = split.items.map((it) => deduction(it.minor, { id: it.documentId, itemId: it.id }));
      const merged = mergeDeductions(children, "D-2", DAY, newId);
      const last = openAfter(open, merged);
      expect(children.every(({ itemId }) => last.get(itemId) === 0n)).toBe(true);
      expect(merged.items.map(({ id, minor }) => [last.get(id), minor])).toEqual([[sum, sum]]);
      expect([...split.entries, ...merged.entries].every(({ postings }) => postings.every(({ account }) => account === accountOfItem("DEDUCTION", true)))).toBe(true);
    }),
  );
});
