import { type CreditLine, type FindCredit, netCredits, type OpenCredit } from "./credit-netting.ts";
import type { BusinessDate } from "./dates.ts";
import { discountAt, fullDiscount } from "./discount.ts";
import { spreadCash } from "./installment-split.ts";
import { total } from "./money.ts";
import type { OpenDebit } from "./open-item.ts";
import type { DeductionReason, FoundReason, ReasonSource } from "./reasons.ts";
import type { RemittanceLine } from "./remittance.ts";
import { codedDeduction, type FoundUnearned, type Named, reasonOf, splitShortPay, statedIn } from "./short-pay.ts";
import type { CodeList } from "./standard-reasons.ts";
import type { Tolerance } from "./tolerance.ts";
import type { UnearnedDiscountPolicy } from "./unearned-discount.ts";

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
  DISCOUNT_LATE: "DISCOUNT_LATE",
  PAYER_NOT_LINKED: "PAYER_NOT_LINKED",
  CREDIT_EXCEEDED: "CREDIT_EXCEEDED",
} as const;
export type PaymentException = (typeof PaymentException)[keyof typeof PaymentException];

/** Cash to be applied, and what decides how. */
export interface CashInHand {
  readonly minor: bigint;
  /** The day that earns or loses a discount: the day of deposit. */
  readonly paidOn: BusinessDate;
  readonly shortPayPolicy: ShortPayPolicy;
  /** What is written off of a short pay nobody explained; null for nothing. */
  readonly tolerance: Tolerance | null;
  /** What becomes of a discount taken without earning it; null, or left out, treats it as any short pay. */
  readonly unearnedDiscounts?: UnearnedDiscountPolicy | null;
  /** Our reason for a customer's code, of the list that it was sent under; null asks for the reason of a short pay without one. */
  readonly reasonOf: (customerCode: string | null, list: CodeList | null) => FoundReason;
}

/** A part of a debit item that is settled; by a credit, which one. */
export type Settlement = { readonly item: OpenDebit; readonly minor: bigint; readonly lineNo: number | null } & (
  | { readonly kind: "CASH" | "EARNED_DISCOUNT" | "DISCOUNT" | "WRITE_OFF" }
  | { readonly kind: "CREDIT"; readonly credit: OpenCredit }
);

/** A deduction to be opened. */
export interface TakenDeduction {
  /** The item whose open part it closes; null for a claim that closes nothing, so that the payment covers that much more. */
  readonly closes: OpenDebit | null;
  /** The invoice it is about, also where that is closed already; null when it names none we hold. */
  readonly about: OpenDebit | null;
  readonly reason: DeductionReason;
  /** How the reason was found, and how sure the mapping is that said so. */
  readonly reasonSource: ReasonSource;
  readonly reasonConfidence: number | null;
  readonly customerCode: string | null;
  readonly codeList: CodeList | null;
  readonly claimNumber: string | null;
  readonly purchaseOrder: string | null;
  readonly minor: bigint;
  readonly lineNo: number;
}

/** What becomes of a payment. Cash is conserved: `cash + claims = settled by cash + unapplied`. */
export interface CashDecision {
  readonly settlements: readonly Settlement[];
  readonly deductions: readonly TakenDeduction[];
  readonly unappliedMinor: bigint;
  /** The discounts that were taken without earning them. */
  readonly unearned: readonly FoundUnearned[];
  /** What a person should look at; empty when all went by the rules. */
  readonly exceptions: readonly { readonly kind: PaymentException; readonly lineNo: number | null }[];
  /** The claims take off more than the other lines use, so that nothing is applied: what keeps those lines from it is among the exceptions. */
  readonly overclaimed?: boolean;
}

/** What is found where a reference names no document that the payer may pay; not linked is one of a customer whom it does not pay for. */
export type NotFound = "UNKNOWN" | "AMBIGUOUS" | "NOT_LINKED";

const EXCEPTION_OF: Readonly<Record<NotFound, PaymentException>> = { UNKNOWN: "REFERENCE_UNKNOWN", AMBIGUOUS: "REFERENCE_AMBIGUOUS", NOT_LINKED: "PAYER_NOT_LINKED" };

/** Finds what a payer's reference names: the items of one document, open or closed, in the order they fall due. */
export type FindItem = (reference: string) => readonly OpenDebit[] | NotFound;

/**
 * Applies cash as the remittance says.
 *
 * Of each item that lines name, exactly one split is made: `cash + earned discount + write-off + deduction + still open = open before`.
 * A document with several open installments is settled in the order they fall due. Cash of a line that names nothing we hold
 * open, and cash beyond what a document has open, stays unapplied. Negative lines that are not set off within their own
 * invoice use the credit memo that they name, or are deductions which name no open invoice.
 */
export function applyByRemittance(cash: CashInHand, lines: readonly RemittanceLine[], find: FindItem, findCredit: FindCredit = () => null): CashDecision {
  const work = new Allocation(cash);
  const named = new Map<string, { readonly found: readonly OpenDebit[]; readonly lines: { line: RemittanceLine; lineNo: number }[] }>();
  lines.forEach((line, index) => {
    const numbered = { line, lineNo: index + 1 };
    const found = line.reference === null ? "UNKNOWN" : find(line.reference);
    if (typeof found !== "string") {
      const before = named.get(found[0]!.documentId);
      if (before) before.lines.push(numbered);
      else named.set(found[0]!.documentId, { found, lines: [numbered] });
    } else if (line.netMinor < 0n) work.takeOff(line.reference !== null && found === "UNKNOWN" ? findCredit(line.reference) : null, numbered);
    else work.note(EXCEPTION_OF[found], numbered.lineNo);
  });
  for (const { found, lines: itsLines } of named.values()) {
    const netMinor = total(itsLines.map(({ line }) => line.netMinor));
    const discountMinor = total(itsLines.map(({ line }) => line.discountMinor));
    const items = found.filter(({ openMinor }) => openMinor > 0n);
    if (netMinor < 0n || items.length === 0) work.withoutOpenItem(found[0]!, itsLines);
    else work.settle({ items, lines: itsLines, netMinor, discountMinor });
  }
  return work.decision();
}

/**
 * Applies cash that names nothing, only where exactly one thing fits: the amount is what an item has open, or else what it
 * has open less the discount earned that day; and an invoice with several open installments may fit as a whole. Two that fit
 * are a question for a person, and so is an amount that leaves out a discount which has lapsed.
 */
export function applyByAmount(cash: CashInHand, items: readonly OpenDebit[]): CashDecision {
  const work = new Allocation(cash);
  const candidates = candidatesAmong(items.filter(({ openMinor }) => openMinor > 0n));
  const discountRules = [() => 0n, (item: OpenDebit) => fullDiscount(item, cash.paidOn)];
  for (const discountOf of discountRules) {
    const fits = candidates.filter((its) => total(its.map((item) => item.openMinor - discountOf(item))) === cash.minor);
    const [only] = fits;
    if (!only) continue;
    if (fits.length > 1) work.note("AMOUNT_AMBIGUOUS", null);
    else for (const item of only) work.close(item, item.openMinor - discountOf(item), discountOf(item), null);
    return work.decision();
  }
  work.note(candidates.some((its) => isShortOfLapsedDiscount(its, cash)) ? "DISCOUNT_LATE" : "NO_REMITTANCE", null);
  return work.decision();
}

/** What an amount could be for: every item by itself, and the open installments of one invoice together. */
function candidatesAmong(items: readonly OpenDebit[]): OpenDebit[][] {
  const byDocument = new Map<string, OpenDebit[]>();
  for (const item of items) byDocument.set(item.documentId, [...(byDocument.get(item.documentId) ?? []), item]);
  return [...items.map((item) => [item]), ...[...byDocument.values()].filter((its) => its.length > 1)];
}

/** Whether the amount is what is open less a discount that was offered once. */
const isShortOfLapsedDiscount = (items: readonly OpenDebit[], { minor }: CashInHand): boolean =>
  items[0]!.discounts.some(({ basisPoints }) => total(items.map((item) => item.openMinor + item.discountTakenMinor - discountAt(item, basisPoints))) === minor);

/** The splitting of one payment while it is going on. */
class Allocation {
  readonly #settlements: Settlement[] = [];
  readonly #deductions: TakenDeduction[] = [];
  readonly #credits: CreditLine[] = [];
  readonly #unearned: FoundUnearned[] = [];
  readonly #exceptions: { kind: PaymentException; lineNo: number | null }[] = [];

  constructor(private readonly cash: CashInHand) {}

  note(kind: PaymentException, lineNo: number | null): void {
    this.#exceptions.push({ kind, lineNo });
  }

  /** A line that takes money off the payment uses the credit that it names, as far as there is any; else it is a claim. */
  takeOff(credit: OpenCredit | null, numbered: Named["lines"][number]): void {
    if (!credit) return this.claim(null, numbered);
    const { line: { netMinor }, lineNo } = numbered;
    const before = total(this.#credits.filter((it) => it.credit.itemId === credit.itemId).map(({ minor }) => minor));
    if (before - netMinor <= credit.openMinor) this.#credits.push({ credit, minor: -netMinor, lineNo });
    else {
      this.note("CREDIT_EXCEEDED", lineNo);
      this.claim(null, numbered);
    }
  }

  /** A line that takes money off the payment without naming an open invoice. */
  claim(about: OpenDebit | null, { line, lineNo }: Named["lines"][number]): void {
    const claimNumber = line.claimNumber ?? (about ? null : line.reference);
    this.#deductions.push({ closes: null, about, ...reasonOf(this.cash, line), ...statedIn(line), claimNumber, minor: -line.netMinor, lineNo });
  }

  /** Lines about an item that has nothing open, or that take more off it than they pay on it. */
  withoutOpenItem(item: OpenDebit, lines: Named["lines"]): void {
    for (const numbered of lines) {
      if (numbered.line.netMinor < 0n) this.claim(item, numbered);
      else this.note("ITEM_CLOSED", numbered.lineNo);
    }
  }

  settle(named: Named): void {
    const { items, lines, netMinor, discountMinor } = named;
    const lineNo = lines.at(-1)!.lineNo;
    const codedMinor = total(lines.map(({ line }) => codedDeduction(line)));
    const parts = spreadCash(items, { netMinor, discountMinor, codedMinor, paidOn: this.cash.paidOn });
    if (total(parts.map(({ cashMinor }) => cashMinor)) < netMinor) this.note("AMOUNT_OVER", lineNo);
    for (const part of parts) this.close(part.item, part.cashMinor, part.discountMinor, lineNo);
    const { settlements, deductions, unearned } = splitShortPay(this.cash, named, parts);
    this.#settlements.push(...settlements);
    this.#deductions.push(...deductions);
    this.#unearned.push(...unearned);
  }

  close(item: OpenDebit, cashMinor: bigint, discountMinor: bigint, lineNo: number | null): void {
    if (cashMinor > 0n) this.#settlements.push({ kind: "CASH", item, minor: cashMinor, lineNo });
    if (discountMinor > 0n) this.#settlements.push({ kind: "EARNED_DISCOUNT", item, minor: discountMinor, lineNo });
  }

  /** Claims and credits make the payment cover more. Where that is not used, the advice does not fit together and waits as a whole: no payment is left with more than came in. */
  decision(): CashDecision {
    const claims = total(this.#deductions.filter(({ closes }) => closes === null).map(({ minor }) => minor));
    const settlements = netCredits(this.#settlements, this.#credits);
    const used = total((settlements ?? []).filter(({ kind }) => kind === "CASH").map(({ minor }) => minor));
    const exceptions = this.#exceptions;
    if (settlements === null || claims > used) return { settlements: [], deductions: [], unappliedMinor: this.cash.minor, unearned: [], exceptions, overclaimed: true };
    return { settlements, deductions: this.#deductions, unappliedMinor: this.cash.minor + claims - used, unearned: this.#unearned, exceptions };
  }
}
