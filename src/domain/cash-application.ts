import type { BusinessDate } from "./dates.ts";
import { earnedDiscount, fullDiscount, isLapsedDiscount, mostUnearned } from "./discount.ts";
import { greatest, least, total } from "./money.ts";
import type { OpenDebit } from "./open-item.ts";
import { DeductionReason } from "./reasons.ts";
import type { RemittanceLine } from "./remittance.ts";

/** What a company does with a short pay that nobody explained. */
export const ShortPayPolicy = { OPEN_DEDUCTION: "OPEN_DEDUCTION", LEAVE_OPEN: "LEAVE_OPEN" } as const;
export type ShortPayPolicy = (typeof ShortPayPolicy)[keyof typeof ShortPayPolicy];

/** Why part of a payment was not applied, for a person to look at. */
export const PaymentException = {
  PAYER_UNKNOWN: "PAYER_UNKNOWN",
  NO_REMITTANCE: "NO_REMITTANCE",
  AMOUNT_AMBIGUOUS: "AMOUNT_AMBIGUOUS",
  REFERENCE_UNKNOWN: "REFERENCE_UNKNOWN",
  REFERENCE_AMBIGUOUS: "REFERENCE_AMBIGUOUS",
  ITEM_CLOSED: "ITEM_CLOSED",
  AMOUNT_OVER: "AMOUNT_OVER",
} as const;
export type PaymentException = (typeof PaymentException)[keyof typeof PaymentException];

/** Cash to be applied, and what decides how. */
export interface CashInHand {
  readonly minor: bigint;
  /** The day that earns or loses a discount: the day of deposit. */
  readonly paidOn: BusinessDate;
  readonly shortPayPolicy: ShortPayPolicy;
  /** Our reason for a customer's code; null asks for the reason of a short pay without one. */
  readonly reasonOf: (customerCode: string | null) => DeductionReason;
}

/** A part of a debit item that is settled. */
export interface Settlement {
  readonly kind: "CASH" | "EARNED_DISCOUNT";
  readonly item: OpenDebit;
  readonly minor: bigint;
  readonly lineNo: number | null;
}

/** A deduction to be opened. */
export interface TakenDeduction {
  /** The item whose open part it closes; null for a claim that closes nothing, so that the payment covers that much more. */
  readonly closes: OpenDebit | null;
  /** The invoice it is about, also where that is closed already; null when it names none we hold. */
  readonly about: OpenDebit | null;
  readonly reason: DeductionReason;
  readonly customerCode: string | null;
  readonly claimNumber: string | null;
  readonly minor: bigint;
  readonly lineNo: number;
}

/** What becomes of a payment. Cash is conserved: `cash + claims = settled by cash + unapplied`. */
export interface CashDecision {
  readonly settlements: readonly Settlement[];
  readonly deductions: readonly TakenDeduction[];
  readonly unappliedMinor: bigint;
  /** What a person should look at; empty when all went by the rules. */
  readonly exceptions: readonly { readonly kind: PaymentException; readonly lineNo: number | null }[];
  /** The claims take off more than the other lines use, so that nothing is applied: what keeps those lines from it is among the exceptions. */
  readonly overclaimed?: boolean;
}

/** Finds the item that a customer's reference names, open or closed. */
export type FindItem = (reference: string) => OpenDebit | "UNKNOWN" | "AMBIGUOUS";

/** The lines of one remittance that name one item, added up: a customer may pay an invoice in several lines. */
interface Named {
  readonly item: OpenDebit;
  readonly lines: readonly { readonly line: RemittanceLine; readonly lineNo: number }[];
  readonly netMinor: bigint;
  readonly discountMinor: bigint;
}

/**
 * Applies cash as the remittance says.
 *
 * Of each item that lines name, exactly one split is made: `cash + earned discount + deduction + still open = open before`.
 * Cash of a line that names nothing we hold open, and cash beyond what an item has open, stays unapplied. Negative lines
 * that are not set off within their own invoice are deductions which name no open invoice.
 */
export function applyByRemittance(cash: CashInHand, lines: readonly RemittanceLine[], find: FindItem): CashDecision {
  const work = new Allocation(cash);
  const named = new Map<OpenDebit, { line: RemittanceLine; lineNo: number }[]>();
  lines.forEach((line, index) => {
    const numbered = { line, lineNo: index + 1 };
    const item = line.reference === null ? "UNKNOWN" : find(line.reference);
    if (typeof item !== "string") named.set(item, [...(named.get(item) ?? []), numbered]);
    else if (line.netMinor < 0n) work.claim(null, numbered);
    else work.note(item === "AMBIGUOUS" ? "REFERENCE_AMBIGUOUS" : "REFERENCE_UNKNOWN", numbered.lineNo);
  });
  for (const [item, itsLines] of named) {
    const netMinor = total(itsLines.map(({ line }) => line.netMinor));
    const discountMinor = total(itsLines.map(({ line }) => line.discountMinor));
    if (netMinor < 0n || item.openMinor === 0n) work.withoutOpenItem(item, itsLines);
    else work.settle({ item, lines: itsLines, netMinor, discountMinor });
  }
  return work.decision();
}

/**
 * Applies cash that names nothing, only where exactly one item fits: the amount is what it has open, or else what it has
 * open less the discount earned that day. Two that fit are a question for a person.
 */
export function applyByAmount(cash: CashInHand, items: readonly OpenDebit[]): CashDecision {
  const work = new Allocation(cash);
  const discountRules = [() => 0n, (item: OpenDebit) => fullDiscount(item, cash.paidOn)];
  for (const discountOf of discountRules) {
    const fits = items.filter((item) => item.openMinor > 0n && item.openMinor - discountOf(item) === cash.minor);
    const [item] = fits;
    if (!item) continue;
    if (fits.length > 1) work.note("AMOUNT_AMBIGUOUS", null);
    else work.close(item, cash.minor, discountOf(item), null);
    return work.decision();
  }
  work.note("NO_REMITTANCE", null);
  return work.decision();
}

/** The splitting of one payment while it is going on. */
class Allocation {
  readonly #settlements: Settlement[] = [];
  readonly #deductions: TakenDeduction[] = [];
  readonly #exceptions: { kind: PaymentException; lineNo: number | null }[] = [];

  constructor(private readonly cash: CashInHand) {}

  note(kind: PaymentException, lineNo: number | null): void {
    this.#exceptions.push({ kind, lineNo });
  }

  /** A line that takes money off the payment without naming an open invoice. */
  claim(about: OpenDebit | null, { line, lineNo }: Named["lines"][number]): void {
    const { customerCode, reference } = line;
    const claimNumber = line.claimNumber ?? (about ? null : reference);
    this.#deductions.push({ closes: null, about, reason: this.cash.reasonOf(customerCode), customerCode, claimNumber, minor: -line.netMinor, lineNo });
  }

  /** Lines about an item that has nothing open, or that take more off it than they pay on it. */
  withoutOpenItem(item: OpenDebit, lines: Named["lines"]): void {
    for (const numbered of lines) {
      if (numbered.line.netMinor < 0n) this.claim(item, numbered);
      else this.note("ITEM_CLOSED", numbered.lineNo);
    }
  }

  settle(named: Named): void {
    const { item, lines, netMinor } = named;
    const lineNo = lines.at(-1)!.lineNo;
    const earned = this.#earned(named);
    const paid = least(netMinor, item.openMinor - earned);
    if (paid < netMinor) this.note("AMOUNT_OVER", lineNo);
    this.close(item, paid, earned, lineNo);
    this.#shortPay(named, earned, item.openMinor - paid - earned);
  }

  close(item: OpenDebit, cashMinor: bigint, discountMinor: bigint, lineNo: number | null): void {
    if (cashMinor > 0n) this.#settlements.push({ kind: "CASH", item, minor: cashMinor, lineNo });
    if (discountMinor > 0n) this.#settlements.push({ kind: "EARNED_DISCOUNT", item, minor: discountMinor, lineNo });
  }

  /** A claim makes the payment cover more. Where that is not used, the advice does not fit together and waits as a whole: no payment is left with more than came in. */
  decision(): CashDecision {
    const claims = total(this.#deductions.filter(({ closes }) => closes === null).map(({ minor }) => minor));
    const used = total(this.#settlements.filter(({ kind }) => kind === "CASH").map(({ minor }) => minor));
    const exceptions = this.#exceptions;
    if (claims > used) return { settlements: [], deductions: [], unappliedMinor: this.cash.minor, exceptions, overclaimed: true };
    return { settlements: this.#settlements, deductions: this.#deductions, unappliedMinor: this.cash.minor + claims - used, exceptions };
  }

  /** A discount that the lines state is given as far as it is earned and the cash leaves room for it; one that they do not state is inferred from the cash. */
  #earned({ item, lines, netMinor, discountMinor }: Named): bigint {
    const { paidOn } = this.cash;
    if (discountMinor > 0n) return least(discountMinor, fullDiscount(item, paidOn), greatest(0n, item.openMinor - netMinor));
    return lines.some(({ line }) => codedDeduction(line) > 0n) ? 0n : earnedDiscount(item, netMinor, paidOn);
  }

  /** What the lines leave unpaid: coded deductions first, then a discount taken without earning it, then the unexplained rest. */
  #shortPay({ item, lines, discountMinor, netMinor }: Named, earned: bigint, unpaid: bigint): void {
    let rest = unpaid;
    const take = (minor: bigint, reason: DeductionReason, { line, lineNo }: Named["lines"][number]): void => {
      if (minor <= 0n) return;
      const { customerCode, claimNumber } = line;
      this.#deductions.push({ closes: item, about: item, reason, customerCode, claimNumber, minor, lineNo });
      rest -= minor;
    };
    for (const numbered of lines) take(least(codedDeduction(numbered.line), rest), this.cash.reasonOf(numbered.line.customerCode), numbered);

    const last = lines.at(-1)!;
    const stated = lines.some(({ line }) => line.grossMinor !== null && line.grossMinor > line.netMinor + line.discountMinor + codedDeduction(line));
    const partial = lines.some(({ line }) => line.partial) || netMinor === 0n;
    if (partial || (this.cash.shortPayPolicy === "LEAVE_OPEN" && !stated)) return;

    const basis = { ...item, discountTakenMinor: item.discountTakenMinor + earned };
    if (discountMinor > earned) take(least(discountMinor - earned, mostUnearned(basis, 0n), rest), DeductionReason.UNEARNED_DISCOUNT, last);
    const explained = lines.some(({ line }) => codedDeduction(line) > 0n);
    const reason = isLapsedDiscount(basis, rest) ? DeductionReason.UNEARNED_DISCOUNT : this.cash.reasonOf(explained ? null : last.line.customerCode);
    take(rest, reason, last);
  }
}

/** What a line takes off with a reason: its deduction, or the whole of a negative line. */
const codedDeduction = (line: RemittanceLine): bigint => (line.netMinor < 0n && line.deductionMinor === 0n ? -line.netMinor : line.deductionMinor);
