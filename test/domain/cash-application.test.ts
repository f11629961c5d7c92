import fc from "fast-check";
import { applyByAmount, applyByRemittance, type CashDecision, type CashInHand } from "../../src/domain/cash-application.ts";
import type { OpenDebit } from "../../src/domain/open-item.ts";
import type { RemittanceLine } from "../../src/domain/remittance.ts";

const item = (name: string, openMinor: bigint, more: Partial<OpenDebit> = {}): OpenDebit => ({
  itemId: `item-${name}`, customerId: "payer", kind: "INVOICE", documentId: `invoice-${name}`, references: [name], currency: "USD", originalMinor: openMinor, openMinor,
  discountTakenMinor: 0n, discounts: [], graceDays: 0, dueOn: "2026-03-31", effectiveOn: "2026-03-01", ...more,
});
const pays = (reference: string | null, netMinor: bigint, more: Partial<RemittanceLine> = {}): RemittanceLine => ({
  line: null, reference, grossMinor: null, discountMinor: 0n, deductionMinor: 0n, netMinor, customerCode: null, text: null, partial: false, claimNumber: null, ...more,
});
const cash = (minor: bigint, more: Partial<CashInHand> = {}): CashInHand => ({
  minor, paidOn: "2026-03-20", shortPayPolicy: "OPEN_DEDUCTION", tolerance: null, reasonOf: (code) => (code === "22" ? { reason: "SHORTAGE", source: "COMPANY_CODE", confidence: 100 } : { reason: "UNIDENTIFIED", source: "NOT_FOUND", confidence: null }), ...more,
});
/** Finds a document by its reference: several items of one document are its installments. */
const among = (...items: OpenDebit[]) => (reference: string) => {
  const found = items.filter((it) => it.references.includes(reference));
  return found.length > 0 ? found : ("UNKNOWN" as const);
};

/** A decision in short: what each item got, by what, and what became of the rest. */
const brief = ({ settlements, deductions, unappliedMinor, exceptions }: CashDecision) => ({
  settled: settlements.map((it) => [it.item.references[0], it.kind, it.minor]),
  deducted: deductions.map((it) => [it.closes?.references[0] ?? null, it.reason, it.minor]),
  unapplied: unappliedMinor,
  exceptions: exceptions.map(({ kind }) => kind),
});

const terms = { discounts: [{ discountOn: "2026-03-11", basisPoints: 200 }] };

describe("a remittance line", () => {
  test.each<[string, RemittanceLine, Partial<CashInHand>, Partial<OpenDebit>, object]>([
    ["pays in full", pays("A", 1_000n), {}, {}, { settled: [["A", "CASH", 1_000n]], deducted: [], unapplied: 0n, exceptions: [] }],
    ["pays too much: the rest stays unapplied", pays("A", 1_200n), {}, {}, { settled: [["A", "CASH", 1_000n]], deducted: [], unapplied: 200n, exceptions: ["AMOUNT_OVER"] }],
    ["is short with a code", pays("A", 900n, { grossMinor: 1_000n, deductionMinor: 100n, customerCode: "22" }), {}, {}, { settled: [["A", "CASH", 900n]], deducted: [["A", "SHORTAGE", 100n]], unapplied: 0n, exceptions: [] }],
    ["is short without a word", pays("A", 900n), {}, {}, { settled: [["A", "CASH", 900n]], deducted: [["A", "UNIDENTIFIED", 100n]], unapplied: 0n, exceptions: [] }],
    ["is short without a word, and the policy is patient", pays("A", 900n), { shortPayPolicy: "LEAVE_OPEN" }, {}, { settled: [["A", "CASH", 900n]], deducted: [], unapplied: 0n, exceptions: [] }],
    ["shows gross above net, so even patience sees it", pays("A", 900n, { grossMinor: 1_000n }), { shortPayPolicy: "LEAVE_OPEN" }, {}, { settled: [["A", "CASH", 900n]], deducted: [["A", "UNIDENTIFIED", 100n]], unapplied: 0n, exceptions: [] }],
    ["says that more will come", pays("A", 900n, { partial: true }), {}, {}, { settled: [["A", "CASH", 900n]], deducted: [], unapplied: 0n, exceptions: [] }],
    ["codes a part and leaves a part unsaid", pays("A", 700n, { deductionMinor: 100n, customerCode: "22" }), {}, {}, { settled: [["A", "CASH", 700n]], deducted: [["A", "SHORTAGE", 100n], ["A", "UNIDENTIFIED", 200n]], unapplied: 0n, exceptions: [] }],
    ["takes its discount in time", pays("A", 980n, { discountMinor: 20n }), { paidOn: "2026-03-11" }, terms, { settled: [["A", "CASH", 980n], ["A", "EARNED_DISCOUNT", 20n]], deducted: [], unapplied: 0n, exceptions: [] }],
    ["takes its discount late and says so", pays("A", 980n, { discountMinor: 20n }), {}, terms, { settled: [["A", "CASH", 980n]], deducted: [["A", "UNEARNED_DISCOUNT", 20n]], unapplied: 0n, exceptions: [] }],
    ["takes its discount late without a word", pays("A", 980n), {}, terms, { settled: [["A", "CASH", 980n]], deducted: [["A", "UNEARNED_DISCOUNT", 20n]], unapplied: 0n, exceptions: [] }],
    ["takes its discount late, and the policy is patient", pays("A", 980n, { discountMinor: 20n }), { shortPayPolicy: "LEAVE_OPEN" }, terms, { settled: [["A", "CASH", 980n]], deducted: [], unapplied: 0n, exceptions: [] }],
    ["names nothing we hold", pays("Z", 900n), {}, {}, { settled: [], deducted: [], unapplied: 900n, exceptions: ["REFERENCE_UNKNOWN"] }],
    ["names a closed invoice", pays("A", 900n), {}, { openMinor: 0n, originalMinor: 1_000n }, { settled: [], deducted: [], unapplied: 900n, exceptions: ["ITEM_CLOSED"] }],
  ])("%s", (_rule, line, inHand, more, expected) => {
    expect(brief(applyByRemittance(cash(line.netMinor, inHand), [line], among(item("A", 1_000n, more))))).toEqual(expected);
  });

  const upTo = (maxMinor: bigint, basisPoints = 10_000) => ({ tolerance: { maxMinor, basisPoints } });
  test.each<[string, Partial<RemittanceLine>, Partial<CashInHand>, [bigint, string][]]>([
    ["the amount itself is written off", {}, upTo(5n), [[5n, "WRITE_OFF"]]],
    ["above the amount is a deduction whole", {}, upTo(4n), [[5n, "UNIDENTIFIED"]]],
    ["the share of the invoice itself is written off", {}, upTo(100n, 50), [[5n, "WRITE_OFF"]]],
    ["above the share of the invoice is a deduction, however high the amount", {}, upTo(100n, 49), [[5n, "UNIDENTIFIED"]]],
    ["within it is written off before patience is asked", {}, { ...upTo(5n), shortPayPolicy: "LEAVE_OPEN" }, [[5n, "WRITE_OFF"]]],
    ["within it stays open when more will come", { partial: true }, upTo(5n), []],
    ["within it that the advice shows is written off", { grossMinor: 1_000n }, upTo(5n), [[5n, "WRITE_OFF"]]],
    ["within it that the customer coded is a deduction", { grossMinor: 1_000n, deductionMinor: 5n, customerCode: "22" }, upTo(5n), [[5n, "SHORTAGE"]]],
    ["within it that has a code and no amount of its own is a deduction", { customerCode: "22" }, upTo(5n), [[5n, "SHORTAGE"]]],
    ["within it that names a claim is a deduction", { claimNumber: "CL-1" }, upTo(5n), [[5n, "UNIDENTIFIED"]]],
    ["beside what was coded is written off alone", { deductionMinor: 3n, customerCode: "22" }, upTo(2n), [[2n, "WRITE_OFF"], [3n, "SHORTAGE"]]],
    ["within it that is a discount taken late is written off", { discountMinor: 5n }, upTo(5n), [[5n, "WRITE_OFF"]]],
  ])("short by 5 of 1,000: %s", (_rule, more, inHand, expected) => {
    const late = more.discountMinor ? { discounts: [{ discountOn: "2026-03-11", basisPoints: 50 }] } : {};
    const { settlements, deductions } = applyByRemittance(cash(995n, inHand), [pays("A", 995n, more)], among(item("A", 1_000n, late)));
    const closed = [...settlements.filter(({ kind }) => kind !== "CASH").map((it) => [it.minor, it.kind]), ...deductions.map((it) => [it.minor, it.reason])];
    expect(closed).toEqual(expected);
  });

  test("that is short of several installments by one lapsed discount writes it off on each, if all of it is within the tolerance", () => {
    const half = (name: string, beforeMinor: bigint) => item(name, 500n, { documentId: "one", references: ["A"], ...terms, discountPart: { discountableMinor: 1_000n, totalMinor: 1_000n, beforeMinor } });
    const settled = (maxMinor: bigint) => brief(applyByRemittance(cash(980n, upTo(maxMinor)), [pays("A", 980n)], among(half("1", 0n), half("2", 500n))));
    expect(settled(20n)).toMatchObject({ settled: [["A", "CASH", 500n], ["A", "CASH", 480n], ["A", "WRITE_OFF", 20n]], deducted: [] });
    expect(settled(19n)).toMatchObject({ deducted: [["A", "UNEARNED_DISCOUNT", 20n]] });
  });

  test("that takes money off without naming an invoice is a deduction, and the payment covers that much more", () => {
    const lines = [pays("A", 1_000n), pays(null, -100n, { customerCode: "22", claimNumber: "CL-7" })];
    const decision = applyByRemittance(cash(900n), lines, among(item("A", 1_000n)));
    expect(brief(decision)).toEqual({ settled: [["A", "CASH", 1_000n]], deducted: [[null, "SHORTAGE", 100n]], unapplied: 0n, exceptions: [] });
    expect(decision.deductions[0]).toMatchObject({ about: null, claimNumber: "CL-7", lineNo: 2 });
  });

  test("that takes money off a closed invoice is a deduction about that invoice", () => {
    const [closed, open] = [item("B", 0n), item("A", 1_000n)];
    const decision = applyByRemittance(cash(900n), [pays("A", 1_000n), pays("B", -100n)], among(closed, open));
    expect(decision.deductions).toEqual([expect.objectContaining({ closes: null, about: closed, minor: 100n })]);
    expect(decision.unappliedMinor).toBe(0n);
  });

  test("with a code that takes money off the same invoice is its deduction, and no discount is read into the gap", () => {
    const decision = applyByRemittance(cash(950n, { paidOn: "2026-03-11" }), [pays("A", 1_000n), pays("A", -50n, { customerCode: "22" })], among(item("A", 1_000n, terms)));
    expect(brief(decision)).toEqual({ settled: [["A", "CASH", 950n]], deducted: [["A", "SHORTAGE", 50n]], unapplied: 0n, exceptions: [] });
  });

  test("that states a discount and pays everything all the same is given none", () => {
    const decision = applyByRemittance(cash(1_000n, { paidOn: "2026-03-11" }), [pays("A", 1_000n, { discountMinor: 20n })], among(item("A", 1_000n, terms)));
    expect(brief(decision)).toEqual({ settled: [["A", "CASH", 1_000n]], deducted: [], unapplied: 0n, exceptions: [] });
  });

  test("and another may pay one invoice together", () => {
    const decision = applyByRemittance(cash(1_000n), [pays("A", 600n), pays("A", 400n)], among(item("A", 1_000n)));
    expect(brief(decision)).toEqual({ settled: [["A", "CASH", 1_000n]], deducted: [], unapplied: 0n, exceptions: [] });
  });
});

test("case 6: three of five invoices, one short with code 22", () => {
  const items = [item("A", 125_000n), item("B", 340_000n), item("C", 98_050n), item("D", 221_075n), item("E", 41_500n)];
  const lines = [pays("A", 125_000n), pays("B", 320_000n, { grossMinor: 340_000n, deductionMinor: 20_000n, customerCode: "22" }), pays("C", 98_050n)];
  expect(brief(applyByRemittance(cash(543_050n), lines, among(...items)))).toEqual({
    settled: [["A", "CASH", 125_000n], ["B", "CASH", 320_000n], ["C", "CASH", 98_050n]],
    deducted: [["B", "SHORTAGE", 20_000n]],
    unapplied: 0n,
    exceptions: [],
  });
});

describe("cash without a word", () => {
  test.each<[string, bigint, OpenDebit[], object]>([
    ["pays the one item of that amount", 350n, [item("P", 100n), item("R", 350n)], { settled: [["R", "CASH", 350n]], deducted: [], unapplied: 0n, exceptions: [] }],
    ["is a question when two have that amount", 350n, [item("P", 350n), item("R", 350n)], { settled: [], deducted: [], unapplied: 350n, exceptions: ["AMOUNT_AMBIGUOUS"] }],
    ["is a question when none has", 351n, [item("R", 350n)], { settled: [], deducted: [], unapplied: 351n, exceptions: ["NO_REMITTANCE"] }],
  ])("%s", (_rule, minor, items, expected) => {
    expect(brief(applyByAmount(cash(minor), items))).toEqual(expected);
  });

  test.each([
    ["2026-03-11", { settled: [["A", "CASH", 980n], ["A", "EARNED_DISCOUNT", 20n]], deducted: [], unapplied: 0n, exceptions: [] }],
    ["2026-03-12", { settled: [], deducted: [], unapplied: 980n, exceptions: ["DISCOUNT_LATE"] }],
  ])("on %s may be an amount less its earned discount", (paidOn, expected) => {
    expect(brief(applyByAmount(cash(980n, { paidOn }), [item("A", 1_000n, terms)]))).toEqual(expected);
  });
});

describe("case 5: an amount less a discount that has lapsed", () => {
  const offer = (graceDays: number) => item("A", 200_000n, { discounts: [{ discountOn: "2003-01-11", basisPoints: 1_000 }], graceDays, effectiveOn: "2003-01-01", dueOn: "2003-01-31" });

  test("within the grace it is the item with its discount", () => {
    expect(brief(applyByAmount(cash(180_000n, { paidOn: "2003-01-14" }), [offer(5)]))).toEqual({ settled: [["A", "CASH", 180_000n], ["A", "EARNED_DISCOUNT", 20_000n]], deducted: [], unapplied: 0n, exceptions: [] });
  });

  test("without grace nothing is applied, and a person sees why", () => {
    expect(brief(applyByAmount(cash(180_000n, { paidOn: "2003-01-14" }), [offer(0)]))).toEqual({ settled: [], deducted: [], unapplied: 180_000n, exceptions: ["DISCOUNT_LATE"] });
  });

  test("of two items it may be for, it is still late", () => {
    expect(brief(applyByAmount(cash(180_000n, { paidOn: "2003-01-14" }), [offer(0), { ...offer(0), itemId: "item-B", documentId: "invoice-B" }])).exceptions).toEqual(["DISCOUNT_LATE"]);
  });
});

/** Three installments of one invoice over 1,000.00, with 2 % until the 11th. */
const installments = (more: Partial<OpenDebit> = {}): OpenDebit[] => {
  const parts = [33_333n, 33_333n, 33_334n];
  return parts.map((minor, index) => item("A", minor, {
    itemId: `item-A${index + 1}`, references: ["A", `A${index + 1}`], dueOn: ["2026-03-15", "2026-04-15", "2026-05-15"][index]!,
    discountPart: { discountableMinor: 100_000n, totalMinor: 100_000n, beforeMinor: 33_333n * BigInt(index) }, ...more,
  }));
};
const byInstallment = ({ settlements, deductions, unappliedMinor, exceptions }: CashDecision) => ({
  settled: settlements.map((it) => [it.item.references[1], it.kind, it.minor]),
  deducted: deductions.map((it) => [it.closes?.references[1] ?? null, it.reason, it.minor]),
  unapplied: unappliedMinor,
  exceptions: exceptions.map(({ kind }) => kind),
});

describe("a line about an invoice with several open installments", () => {
  const late = { paidOn: "2026-03-20" };
  test.each<[string, RemittanceLine, Partial<CashInHand>, Partial<OpenDebit>, object]>([
    ["pays the oldest first, and the rest ahead stays open", pays("A", 50_000n), late, {}, { settled: [["A1", "CASH", 33_333n], ["A2", "CASH", 16_667n]], deducted: [], unapplied: 0n, exceptions: [] }],
    ["pays all of them", pays("A", 100_000n), late, {}, { settled: [["A1", "CASH", 33_333n], ["A2", "CASH", 33_333n], ["A3", "CASH", 33_334n]], deducted: [], unapplied: 0n, exceptions: [] }],
    ["pays more than all", pays("A", 100_100n), late, {}, { settled: [["A1", "CASH", 33_333n], ["A2", "CASH", 33_333n], ["A3", "CASH", 33_334n]], deducted: [], unapplied: 100n, exceptions: ["AMOUNT_OVER"] }],
    ["is short of the oldest: a deduction of that one alone", pays("A", 30_000n), late, {}, { settled: [["A1", "CASH", 30_000n]], deducted: [["A1", "UNIDENTIFIED", 3_333n]], unapplied: 0n, exceptions: [] }],
    ["is short of a later one that is due, too", pays("A", 60_000n), { paidOn: "2026-04-20" }, {}, { settled: [["A1", "CASH", 33_333n], ["A2", "CASH", 26_667n]], deducted: [["A2", "UNIDENTIFIED", 6_666n]], unapplied: 0n, exceptions: [] }],
    ["shows less paid than owed", pays("A", 90_000n, { grossMinor: 100_000n }), late, {}, { settled: [["A1", "CASH", 33_333n], ["A2", "CASH", 33_333n], ["A3", "CASH", 23_334n]], deducted: [["A3", "UNIDENTIFIED", 10_000n]], unapplied: 0n, exceptions: [] }],
    ["is short with a code: the gap is its deduction", pays("A", 56_666n, { deductionMinor: 10_000n, customerCode: "22" }), late, {}, { settled: [["A1", "CASH", 33_333n], ["A2", "CASH", 23_333n]], deducted: [["A2", "SHORTAGE", 10_000n]], unapplied: 0n, exceptions: [] }],
    ["takes the discount of the whole in time", pays("A", 98_000n), { paidOn: "2026-03-11" }, terms, { settled: [["A1", "CASH", 32_666n], ["A1", "EARNED_DISCOUNT", 667n], ["A2", "CASH", 32_667n], ["A2", "EARNED_DISCOUNT", 666n], ["A3", "CASH", 32_667n], ["A3", "EARNED_DISCOUNT", 667n]], deducted: [], unapplied: 0n, exceptions: [] }],
    ["states the discount of the whole in time", pays("A", 98_000n, { discountMinor: 2_000n }), { paidOn: "2026-03-11" }, terms, { settled: [["A1", "CASH", 32_666n], ["A1", "EARNED_DISCOUNT", 667n], ["A2", "CASH", 32_667n], ["A2", "EARNED_DISCOUNT", 666n], ["A3", "CASH", 32_667n], ["A3", "EARNED_DISCOUNT", 667n]], deducted: [], unapplied: 0n, exceptions: [] }],
    ["takes the discount of the whole late", pays("A", 98_000n), late, terms, { settled: [["A1", "CASH", 33_333n], ["A2", "CASH", 33_333n], ["A3", "CASH", 31_334n]], deducted: [["A3", "UNEARNED_DISCOUNT", 2_000n]], unapplied: 0n, exceptions: [] }],
    ["takes the discount of the oldest alone", pays("A", 32_666n), { paidOn: "2026-03-11" }, terms, { settled: [["A1", "CASH", 32_666n], ["A1", "EARNED_DISCOUNT", 667n]], deducted: [], unapplied: 0n, exceptions: [] }],
    ["pays the oldest in full, and takes no discount", pays("A", 33_333n), { paidOn: "2026-03-11" }, terms, { settled: [["A1", "CASH", 33_333n]], deducted: [], unapplied: 0n, exceptions: [] }],
  ])("%s", (_rule, line, inHand, more, expected) => {
    expect(byInstallment(applyByRemittance(cash(line.netMinor, inHand), [line], among(...installments(more))))).toEqual(expected);
  });

  test("skips what is closed", () => {
    const [first, ...rest] = installments();
    const decision = applyByRemittance(cash(33_333n), [pays("A", 33_333n)], among({ ...first!, openMinor: 0n }, ...rest));
    expect(byInstallment(decision).settled).toEqual([["A2", "CASH", 33_333n]]);
  });

  test("cash without a word may be for one of them or for all, and two that fit are a question", () => {
    expect(byInstallment(applyByAmount(cash(33_334n), installments())).settled).toEqual([["A3", "CASH", 33_334n]]);
    expect(byInstallment(applyByAmount(cash(100_000n), installments())).settled).toHaveLength(3);
    expect(byInstallment(applyByAmount(cash(33_333n), installments())).exceptions).toEqual(["AMOUNT_AMBIGUOUS"]);
    expect(byInstallment(applyByAmount(cash(98_000n, { paidOn: "2026-03-11" }), installments(terms))).settled).toHaveLength(6);
    expect(byInstallment(applyByAmount(cash(98_000n), installments(terms))).exceptions).toEqual(["DISCOUNT_LATE"]);
  });
});

describe("terms that give no discount on a part", () => {
  const strict = { ...terms, discountOnPartial: false };
  const inTime = { paidOn: "2026-03-11" };
  test.each<[string, RemittanceLine, object]>([
    ["a stated discount on a part is not earned", pays("A", 500n, { discountMinor: 10n, partial: true }), { settled: [["A", "CASH", 500n]], deducted: [], unapplied: 0n, exceptions: [] }],
    ["one that closes the item is", pays("A", 980n, { discountMinor: 20n }), { settled: [["A", "CASH", 980n], ["A", "EARNED_DISCOUNT", 20n]], deducted: [], unapplied: 0n, exceptions: [] }],
    ["one that closes it together with a deduction is", pays("A", 880n, { discountMinor: 20n, deductionMinor: 100n, customerCode: "22" }), { settled: [["A", "CASH", 880n], ["A", "EARNED_DISCOUNT", 20n]], deducted: [["A", "SHORTAGE", 100n]], unapplied: 0n, exceptions: [] }],
  ])("%s", (_rule, line, expected) => {
    expect(brief(applyByRemittance(cash(line.netMinor, inTime), [line], among(item("A", 1_000n, strict))))).toEqual(expected);
  });
});

/** An invoice in parts, some of them settled in part, with a discount on four fifths of it. */
function installmentsOf(name: string, parts: readonly { readonly original: bigint; readonly settled: bigint }[], strict: boolean): OpenDebit[] {
  const totalMinor = parts.reduce((sum, { original }) => sum + original, 0n);
  let beforeMinor = 0n;
  return parts.map(({ original, settled }, index) => {
    const openMinor = settled > original ? 0n : original - settled;
    const discountPart = { discountableMinor: (totalMinor * 4n) / 5n, totalMinor, beforeMinor };
    beforeMinor += original;
    return item(name, openMinor, { ...terms, itemId: `item-${name}${index}`, originalMinor: original, discountPart, discountOnPartial: !strict, dueOn: `2026-0${index + 3}-15` });
  });
}

test("cash is conserved and every item is split exactly, whatever the remittance says", () => {
  const amount = fc.bigInt({ min: 1n, max: 5_000n });
  const arbitraryBooks = fc.record({
    opens: fc.array(amount, { minLength: 3, maxLength: 3 }),
    splits: fc.array(fc.record({ original: amount, settled: fc.bigInt({ min: 0n, max: 5_000n }) }), { minLength: 1, maxLength: 4 }),
    strict: fc.boolean(),
  });
  const arbitraryLine = fc.record({
    reference: fc.constantFrom("A", "B", "C", "Z", null),
    net: fc.bigInt({ min: -300n, max: 5_000n }),
    discount: fc.constantFrom(0n, 0n, 10n, 100n),
    deduction: fc.constantFrom(0n, 0n, 50n, 2_000n),
    gross: fc.boolean(),
    partial: fc.boolean(),
  });
  fc.assert(
    fc.property(arbitraryBooks, fc.array(arbitraryLine, { maxLength: 6 }), fc.constantFrom("OPEN_DEDUCTION" as const, "LEAVE_OPEN" as const), fc.constantFrom("2026-03-10", "2026-03-20"), ({ opens, splits, strict }, raw, shortPayPolicy, paidOn) => {
      const single = ["A", "C"].map((name, index) => item(name, opens[index * 2]!, index === 0 ? terms : {}));
      const items = [...single, ...installmentsOf("B", splits, strict)];
      const lines = raw.map((it) => pays(it.reference, it.reference === null ? -it.net : it.net, { discountMinor: it.discount, deductionMinor: it.deduction, grossMinor: it.gross ? it.net + it.discount + it.deduction : null, partial: it.partial }));
      const minor = lines.reduce((sum, line) => sum + line.netMinor, 0n);
      fc.pre(minor > 0n && lines.every((line) => line.reference !== null || line.netMinor < 0n));
      const { settlements, deductions, unappliedMinor } = applyByRemittance(cash(minor, { shortPayPolicy, paidOn }), lines, among(...items));
      const sum = (parts: readonly { minor: bigint }[]) => parts.reduce((total, part) => total + part.minor, 0n);
      expect(sum(settlements.filter((it) => it.kind === "CASH")) + unappliedMinor).toBe(minor + sum(deductions.filter((it) => it.closes === null)));
      expect(unappliedMinor).toBeGreaterThanOrEqual(0n);
      for (const one of items) {
        const closed = sum(settlements.filter((it) => it.item === one)) + sum(deductions.filter((it) => it.closes === one));
        expect(closed).toBeLessThanOrEqual(one.openMinor);
      }
      for (const part of [...settlements, ...deductions]) expect(part.minor).toBeGreaterThan(0n);
    }),
    { numRuns: 2_000 },
  );
});
