import fc from "fast-check";
import { addMonths, addDays } from "../../src/domain/dates.ts";
import { dueDate, type DueRule } from "../../src/domain/due-rule.ts";
import { exponentOf, minorFromDecimal, share, total } from "../../src/domain/money.ts";
import { Refusal } from "../../src/domain/refusal.ts";
import { discountableMinor, PLAIN_TERMS, resolveTerms, type Terms, type TermsInstallment } from "../../src/domain/terms.ts";
import { checkTerms } from "../../src/domain/terms-rules.ts";

const { netDays, months, endOfMonth, daysAfter, proximoDay, proximoMonths, cutoffDay } = PLAIN_TERMS;
const PLAIN_RULE: DueRule = { netDays, months, endOfMonth, daysAfter, proximoDay, proximoMonths, cutoffDay };
const BALANCE: TermsInstallment = { ...PLAIN_RULE, kind: "BALANCE", share: null, of: null, fixedMinor: null, currency: null };
const part = (share: number, of: number, rule: Partial<DueRule> = {}): TermsInstallment => ({ ...BALANCE, ...rule, kind: "SHARE", share, of });
const fixed = (fixedMinor: bigint, currency: string, rule: Partial<DueRule> = {}): TermsInstallment => ({ ...BALANCE, ...rule, kind: "FIXED", fixedMinor, currency });
const usd = (totalMinor: bigint) => ({ currency: "USD", totalMinor });

describe("case 10: terms across February", () => {
  test.each<[string, Partial<DueRule>, string, string]>([
    ["net 30 days", { netDays: 30 }, "2026-03-02", "2028-03-01"],
    ["a month later, within the month", { months: 1 }, "2026-02-28", "2028-02-29"],
    ["30 days, then the end of that month", { netDays: 30, endOfMonth: true }, "2026-03-31", "2028-03-31"],
    ["a month, then its end", { months: 1, endOfMonth: true }, "2026-02-28", "2028-02-29"],
    ["the end of the month, then 30 days", { endOfMonth: true, daysAfter: 30 }, "2026-03-02", "2028-03-01"],
    ["the end of the month, then 60 days", { endOfMonth: true, daysAfter: 60 }, "2026-04-01", "2028-03-31"],
    ["the 31st of the next month", { proximoDay: 31, proximoMonths: 1 }, "2026-02-28", "2028-02-29"],
    ["two months later", { months: 2 }, "2026-03-31", "2028-03-31"],
  ])("%s", (_rule, rule, ofJanuary31, ofLeapJanuary31) => {
    expect(dueDate({ ...PLAIN_RULE, ...rule }, "2026-01-31")).toBe(ofJanuary31);
    expect(dueDate({ ...PLAIN_RULE, ...rule }, "2028-01-31")).toBe(ofLeapJanuary31);
  });

  test("two steps of one month are not one step of two", () => {
    expect(addMonths(addMonths("2026-01-31", 1), 1)).toBe("2026-03-28");
    expect(addMonths(addMonths("2028-01-31", 1), 1)).toBe("2028-03-29");
  });

  test.each([["2026-01-25", "2026-02-10"], ["2026-01-26", "2026-03-10"], ["2026-12-26", "2027-02-10"]])("10th prox with cutoff 25, invoiced on %s", (invoicedOn, dueOn) => {
    expect(dueDate({ ...PLAIN_RULE, proximoDay: 10, proximoMonths: 1, cutoffDay: 25 }, invoicedOn)).toBe(dueOn);
  });

  test("a day of this month that has passed is that of the next", () => {
    expect(dueDate({ ...PLAIN_RULE, proximoDay: 10 }, "2026-01-10")).toBe("2026-01-10");
    expect(dueDate({ ...PLAIN_RULE, proximoDay: 10 }, "2026-01-11")).toBe("2026-02-10");
  });

  test("months are added before days, and a month that is too short ends them", () => {
    expect(dueDate({ ...PLAIN_RULE, months: 1, netDays: 10 }, "2026-01-31")).toBe("2026-03-10");
  });
});

describe("case 11: installments", () => {
  const thirds: Terms = { ...PLAIN_TERMS, installments: [part(1, 3, { netDays: 30 }), part(1, 3, { netDays: 60 }), { ...BALANCE, netDays: 90 }] };
  const amounts = (terms: Terms, currency: string, text: string) => resolveTerms(terms, "2026-03-01", { currency, totalMinor: minorFromDecimal(text, currency) }).installments;

  test.each([
    ["USD", "1000.00", ["333.33", "333.33", "333.34"]],
    ["JPY", "1000", ["333", "333", "334"]],
    ["KWD", "1000.000", ["333.333", "333.333", "333.334"]],
  ])("three equal parts of %s %s: the balance takes the remainder", (currency, text, parts) => {
    expect(amounts(thirds, currency, text)).toEqual(parts.map((it, index) => ({ no: index + 1, dueOn: ["2026-03-31", "2026-04-30", "2026-05-30"][index], minor: minorFromDecimal(it, currency) })));
  });

  test("a fixed part comes first, and is all of a smaller invoice", () => {
    const terms = { ...PLAIN_TERMS, installments: [fixed(50_000n, "USD"), { ...BALANCE, months: 1 }] };
    expect(amounts(terms, "USD", "800.00")).toMatchObject([{ no: 1, dueOn: "2026-03-01", minor: 50_000n }, { no: 2, dueOn: "2026-04-01", minor: 30_000n }]);
    expect(amounts(terms, "USD", "300.00")).toEqual([{ no: 1, dueOn: "2026-03-01", minor: 30_000n }]);
    expect(() => amounts(terms, "EUR", "800.00")).toThrow(Refusal);
  });

  test("are numbered as they fall due, wherever the balance is written", () => {
    expect(amounts({ ...PLAIN_TERMS, installments: [{ ...BALANCE, netDays: 60 }, part(30, 100, { netDays: 10 })] }, "USD", "100.00")).toEqual([
      { no: 1, dueOn: "2026-03-11", minor: 3_000n },
      { no: 2, dueOn: "2026-04-30", minor: 7_000n },
    ]);
  });
});

describe("case 12: rounding is half-up in the unit of the currency", () => {
  test.each([["JPY", "12345", "247"], ["KWD", "12.345", "0.247"], ["USD", "12.25", "0.25"]])("2 %% of %s %s is %s", (currency, text, discount) => {
    expect(share(minorFromDecimal(text, currency), 200)).toBe(minorFromDecimal(discount, currency));
  });

  test("0.10 three times from 0.30 leaves exactly nothing", () => {
    const dime = minorFromDecimal("0.10", "USD");
    expect(minorFromDecimal("0.30", "USD") - dime - dime - dime).toBe(0n);
  });
});

describe("discounts of terms", () => {
  test("end some days after the invoice or on a day of a month, earliest first", () => {
    const terms: Terms = { ...PLAIN_TERMS, netDays: 60, cutoffDay: 25, discounts: [{ days: null, proximoDay: 10, proximoMonths: 1, basisPoints: 100 }, { days: 10, basisPoints: 200 }] };
    expect(resolveTerms(terms, "2026-01-25", usd(100n)).discounts).toEqual([{ discountOn: "2026-02-04", basisPoints: 200 }, { discountOn: "2026-02-10", basisPoints: 100 }]);
    expect(resolveTerms(terms, "2026-01-26", usd(100n)).discounts[1]).toEqual({ discountOn: "2026-03-10", basisPoints: 100 });
  });

  test("that end on one day are one: the higher", () => {
    const terms: Terms = { ...PLAIN_TERMS, discounts: [{ days: 9, basisPoints: 100 }, { days: null, proximoDay: 10, proximoMonths: 0, basisPoints: 200 }] };
    expect(resolveTerms(terms, "2026-03-01", usd(100n)).discounts).toEqual([{ discountOn: "2026-03-10", basisPoints: 200 }]);
  });

  test.each([["TOTAL", 91_800n], ["LINES", 80_000n], ["LINES_AND_TAX", 86_800n]] as const)("case 4: %s counts %s of lines 800.00, freight 50.00 and tax 68.00", (base, minor) => {
    expect(discountableMinor(base, { totalMinor: 91_800n, taxMinor: 6_800n, freightMinor: 5_000n })).toBe(minor);
  });
});

describe("terms that make no sense are refused", () => {
  test.each<[string, Partial<Terms>, readonly string[]]>([
    ["a distance and a day of the month", { netDays: 30, proximoDay: 10 }, ["proximoDay"]],
    ["months ahead of no day", { proximoMonths: 1 }, ["proximoMonths"]],
    ["days after no end of month", { daysAfter: 5 }, ["daysAfter"]],
    ["a day that no month has", { proximoDay: 32 }, ["proximoDay"]],
    ["a discount that ends in two ways", { discounts: [{ days: 1, proximoDay: 1, basisPoints: 100 }] }, ["discounts"]],
    ["a discount that never ends", { discounts: [{ days: null, basisPoints: 100 }] }, ["discounts"]],
    ["no balance", { installments: [part(1, 2)] }, ["installments"]],
    ["two balances", { installments: [BALANCE, BALANCE] }, ["installments"]],
    ["shares that leave nothing", { installments: [part(1, 2), part(1, 2), BALANCE] }, ["installments"]],
    ["a share without a whole", { installments: [{ ...part(1, 2), of: null }, BALANCE] }, ["installments", "0", "share"]],
    ["a fixed part without an amount", { installments: [{ ...fixed(1n, "USD"), fixedMinor: null }, BALANCE] }, ["installments", "0", "amount"]],
    ["due dates in two places", { netDays: 30, installments: [BALANCE] }, ["installments"]],
  ])("%s", (_rule, wrong, field) => {
    expect(() => checkTerms({ ...PLAIN_TERMS, ...wrong })).toThrow(expect.objectContaining({ code: "VALUE_INVALID", field }));
  });
});

test("installments are the total in every currency, and no date comes before the invoice", () => {
  const small = (max: number) => fc.integer({ min: 0, max });
  const rule: fc.Arbitrary<DueRule> = fc.oneof(
    fc.record({ netDays: small(120), months: small(14), endOfMonth: fc.boolean(), daysAfter: small(60), proximoDay: fc.constant(null), proximoMonths: fc.constant(0), cutoffDay: fc.constant(null) }),
    fc.record({ netDays: fc.constant(0), months: fc.constant(0), endOfMonth: fc.constant(false), daysAfter: fc.constant(0), proximoDay: fc.integer({ min: 1, max: 31 }), proximoMonths: small(4), cutoffDay: fc.option(fc.integer({ min: 1, max: 31 })) }),
  );
  const terms = fc.record({ own: rule, rules: fc.array(rule, { maxLength: 7 }), days: small(60), day: fc.integer({ min: 1, max: 31 }) });
  fc.assert(
    fc.property(terms, fc.constantFrom("JPY", "USD", "KWD", "CLF"), fc.bigInt({ min: 1n, max: 10n ** 15n - 1n }), small(36_000), fc.bigInt({ min: 1n, max: 1_000n }), ({ own, rules, days, day }, currency, totalMinor, offset, minor) => {
      expect([0, 2, 3, 4]).toContain(exponentOf(currency));
      const invoicedOn = addDays("2000-01-01", offset);
      const parts = rules.map((it, index) => (index % 3 === 2 ? fixed(minor, currency, it) : part(1, rules.length + 1, it)));
      const installments = rules.length === 0 ? [] : [...parts, { ...BALANCE, ...own }];
      const discounts = [{ days, basisPoints: 200 }, { days: null, proximoDay: day, proximoMonths: 1, basisPoints: 100 }];
      const schedule = resolveTerms({ ...PLAIN_TERMS, ...(rules.length === 0 ? own : {}), installments, discounts }, invoicedOn, { currency, totalMinor });
      expect(total(schedule.installments.map((it) => it.minor))).toBe(totalMinor);
      expect(schedule.installments.map(({ no }) => no)).toEqual(schedule.installments.map((_, index) => index + 1));
      expect(schedule.dueOn).toBe(schedule.installments.map(({ dueOn }) => dueOn).sort().at(-1));
      for (const { minor: amount, dueOn } of schedule.installments) expect([amount > 0n, dueOn >= invoicedOn]).toEqual([true, true]);
      for (const { discountOn } of schedule.discounts) expect(discountOn >= invoicedOn).toBe(true);
    }),
    { numRuns: 1_000 },
  );
});
