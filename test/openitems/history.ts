import fc from "fast-check";
import { caseCommand, type CaseCommand, WORKED } from "./case-history.ts";

/** What a random line of a remittance is about: an invoice on the books (counted from the first), an order, a credit memo, or nothing we know. */
export interface AnyLine {
  readonly about: "INVOICE" | "ORDER" | "CREDIT" | "UNKNOWN" | "NOTHING";
  readonly pick: number;
  /** What it pays, in thousandths of the invoice's total; negative for a line that takes money off. */
  readonly share: number;
  readonly discountShare: number;
  readonly deductionShare: number;
  readonly stated: "NET" | "GROSS" | "BOTH";
  readonly code: string | null;
  readonly partial: boolean;
}

/** A command of somebody, in terms that mean something at any state of the books: numbers pick among what is there. */
export type AnyCommand =
  | { readonly kind: "ISSUE"; readonly customer: number; readonly currency: string; readonly terms: number; readonly units: number; readonly taxed: boolean; readonly day: number; readonly again: boolean }
  | { readonly kind: "PAY" | "PAY_BY_FILE"; readonly customer: number | null; readonly currency: string; readonly day: number; readonly depositAfter: number; readonly lines: readonly AnyLine[]; readonly keyed: boolean }
  | { readonly kind: "PAY_BY_AMOUNT"; readonly pick: number; readonly less: number; readonly day: number }
  | { readonly kind: "CREDIT"; readonly pick: number; readonly share: number; readonly against: boolean; readonly day: number }
  | { readonly kind: "DEBIT"; readonly customer: number; readonly currency: string; readonly units: number; readonly day: number }
  | { readonly kind: "APPLY_CREDIT"; readonly pick: number; readonly bill: number; readonly day: number }
  | { readonly kind: "APPLY"; readonly pick: number; readonly day: number; readonly lines: readonly AnyLine[]; readonly version: "NONE" | "RIGHT" | "STALE" }
  | { readonly kind: "CASE"; readonly work: CaseCommand }
  | { readonly kind: "REPEAT"; readonly pick: number; readonly changed: boolean }
  | { readonly kind: "WRONG"; readonly fault: "ACCOUNT" | "TOTAL" | "CURRENCY" | "FUTURE" | "DECIMALS" };

/** Steps of a history; the commands of one step are sent at the same moment. */
export type History = readonly (readonly AnyCommand[])[];

export const CURRENCIES = ["USD", "JPY", "KWD"] as const;

const pick = fc.nat({ max: 40 });
const day = fc.nat({ max: 45 });
const customer = fc.nat({ max: 2 });
/** Mostly one currency, so that commands meet. */
const currency = fc.oneof({ weight: 4, arbitrary: fc.constant<string>("USD") }, { weight: 2, arbitrary: fc.constantFrom<string>("JPY", "KWD") });
const code = fc.constantFrom("22", "022", "99", null);

const paying = fc.record<AnyLine>({
  about: fc.oneof({ weight: 8, arbitrary: fc.constant("INVOICE" as const) }, { weight: 1, arbitrary: fc.constant("ORDER" as const) }, { weight: 1, arbitrary: fc.constant("UNKNOWN" as const) }),
  pick,
  share: fc.oneof(fc.constantFrom(1000, 998, 980, 900, 950, 0, 1300), fc.integer({ min: 1, max: 1100 })),
  discountShare: fc.constantFrom(0, 0, 0, 20, 100),
  deductionShare: fc.constantFrom(0, 0, 0, 50, 333),
  stated: fc.constantFrom("NET", "GROSS", "BOTH"),
  code,
  partial: fc.boolean(),
});

const takingOff = fc.record<AnyLine>({
  about: fc.constantFrom("NOTHING", "INVOICE", "UNKNOWN", "CREDIT", "CREDIT"),
  pick,
  share: fc.integer({ min: -400, max: -1 }),
  discountShare: fc.constant(0),
  deductionShare: fc.constant(0),
  stated: fc.constant("NET"),
  code,
  partial: fc.constant(false),
});

const lines = fc.array(fc.oneof({ weight: 5, arbitrary: paying }, { weight: 1, arbitrary: takingOff }), { minLength: 1, maxLength: 4 });

const issue = fc.record({
  kind: fc.constant("ISSUE" as const), customer, currency, terms: fc.nat({ max: 7 }), units: fc.integer({ min: 1, max: 500_000 }), taxed: fc.boolean(), day,
  again: fc.oneof({ weight: 9, arbitrary: fc.constant(false) }, { weight: 1, arbitrary: fc.constant(true) }),
});
const pay = fc.record({
  kind: fc.constantFrom("PAY" as const, "PAY" as const, "PAY_BY_FILE" as const),
  customer: fc.oneof({ weight: 9, arbitrary: customer }, { weight: 1, arbitrary: fc.constant(null) }), currency, day, depositAfter: fc.nat({ max: 3 }), lines, keyed: fc.boolean(),
});
const payByAmount = fc.record({ kind: fc.constant("PAY_BY_AMOUNT" as const), pick, less: fc.constantFrom(0, 0, 20, 100, 7), day });
const apply = fc.record({ kind: fc.constant("APPLY" as const), pick, day, lines, version: fc.constantFrom("NONE" as const, "RIGHT" as const, "STALE" as const) });
const credit = fc.record({ kind: fc.constant("CREDIT" as const), pick, share: fc.integer({ min: 1, max: 1_100 }), against: fc.boolean(), day });
const debit = fc.record({ kind: fc.constant("DEBIT" as const), customer, currency, units: fc.integer({ min: 1, max: 50_000 }), day });
const applyCredit = fc.record({ kind: fc.constant("APPLY_CREDIT" as const), pick, bill: pick, day });
const repeat = fc.record({ kind: fc.constant("REPEAT" as const), pick, changed: fc.boolean() });
const wrong = fc.record({ kind: fc.constant("WRONG" as const), fault: fc.constantFrom("ACCOUNT" as const, "TOTAL" as const, "CURRENCY" as const, "FUTURE" as const, "DECIMALS" as const) });

const command: fc.Arbitrary<AnyCommand> = fc.oneof(
  { weight: 6, arbitrary: issue }, { weight: 10, arbitrary: pay }, { weight: 2, arbitrary: payByAmount },
  { weight: 2, arbitrary: credit }, { weight: 1, arbitrary: debit }, { weight: 2, arbitrary: applyCredit }, { weight: 5, arbitrary: apply }, { weight: 1, arbitrary: repeat }, { weight: 1, arbitrary: wrong },
);

/** The same command of a crowd that is after two invoices and two payments of one customer, a little at a time. */
function crowded(it: AnyCommand): AnyCommand {
  switch (it.kind) {
    case "ISSUE": return { ...it, customer: 0, currency: "USD", units: 400_000 + it.units };
    case "PAY":
    case "PAY_BY_FILE": return { ...it, customer: 0, currency: "USD", lines: it.lines.slice(0, 2).map(little) };
    case "APPLY": return { ...it, pick: it.pick % 2, version: "NONE", lines: it.lines.slice(0, 1).map(little) };
    default: return it;
  }
}

const little = (line: AnyLine): AnyLine => ({ ...line, about: "INVOICE", pick: line.pick % 2, share: 1 + (Math.abs(line.share) % 7), discountShare: 0, deductionShare: 0, stated: "NET", partial: true });

/** Histories of crowds. */
export const crowdedHistories = (steps: number, atOnce: number): fc.Arbitrary<History> =>
  histories(steps, atOnce).map((history) => history.map((commands) => commands.map(crowded)));

const lateLine = { discountShare: 0, deductionShare: 0, stated: "NET", code: null, partial: false } as const;
const latePay = { kind: "PAY", day: 45, depositAfter: 0, keyed: false } as const;

/** What random lines seldom come to: an invoice paid nearly in full, by cash and a credit memo, without a word, so that the rest is within the tolerance. */
const NEARLY_PAID: History = [
  [{ kind: "ISSUE", customer: 0, currency: "USD", terms: 7, units: 100_000, taxed: false, day: 0, again: false }],
  [{ kind: "CREDIT", pick: 0, share: 100, against: false, day: 1 }],
  [{ ...latePay, customer: 0, currency: "USD", lines: [{ ...lateLine, about: "INVOICE", pick: 0, share: 999 }, { ...lateLine, about: "CREDIT", pick: 0, share: -50 }] }],
];

/** The second chargeback of `WORKED` is paid: bills are counted from the first, and the chargebacks stand behind nine invoices. */
const REPAID: AnyCommand = { kind: "PAY_BY_AMOUNT", pick: 10, less: 0, day: 46 };

/** The first random invoice is paid short, less a claim that names no invoice. */
const claiming = ({ customer: payer, currency: paidIn }: { readonly customer: number; readonly currency: string }): AnyCommand => {
  const line = { ...lateLine, pick: payer === 0 && paidIn === "USD" ? 1 : 0 };
  return { ...latePay, customer: payer, currency: paidIn, lines: [{ ...line, about: "INVOICE", share: 900, deductionShare: 100 }, { ...line, about: "NOTHING", share: -100 }] };
};

/** After every so many steps somebody works on a deduction; where several commands come at once, two do. */
const WORK_EVERY = 3;

/** Histories of so many steps, of at most so many commands at once. Each begins with some invoices, so that there is something to pay. */
export function histories(steps: number, atOnce: number): fc.Arbitrary<History> {
  const opening = fc.array(issue, { minLength: 8, maxLength: 8 });
  const going = fc.array(fc.array(command, { minLength: 1, maxLength: atOnce }), { minLength: steps, maxLength: steps, size: "max" });
  const working = fc.array(caseCommand.map((work): AnyCommand => ({ kind: "CASE", work })), { minLength: Math.ceil(steps / WORK_EVERY), maxLength: Math.ceil(steps / WORK_EVERY), size: "max" });
  return fc.tuple(opening, going, working).map(([first, rest, work]) => {
    const worked = rest.flatMap((commands, index) => (index % WORK_EVERY > 0 ? [commands] : atOnce > 1 ? [[...commands, work[index / WORK_EVERY]!, ...(work.slice(index / WORK_EVERY + 1, index / WORK_EVERY + 2))]] : [commands, [work[index / WORK_EVERY]!]]));
    return [...NEARLY_PAID, ...first.map((it) => [{ ...it, again: false }]), [claiming(first[0]!)], ...WORKED.map((it) => [{ kind: "CASE", work: it } as const]), [REPAID], ...worked];
  });
}
