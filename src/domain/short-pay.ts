import type { CashInHand, Settlement, TakenDeduction } from "./cash-application.ts";
import { highestRate, isLapsedDiscount, mostUnearned, rateOn } from "./discount.ts";
import { type InstallmentPart, isLapsedTogether } from "./installment-split.ts";
import { least, total } from "./money.ts";
import type { OpenDebit } from "./open-item.ts";
import { DeductionReason } from "./reasons.ts";
import type { RemittanceLine } from "./remittance.ts";
import { tolerates } from "./tolerance.ts";
import { latenessOf, type Lateness, outcomeOf, UnearnedOutcome } from "./unearned-discount.ts";

/** The lines of one remittance that name one document, added up: a customer may pay an invoice in several lines. */
export interface Named {
  /** What the document has open, in the order it falls due. */
  readonly items: readonly OpenDebit[];
  readonly lines: readonly { readonly line: RemittanceLine; readonly lineNo: number }[];
  readonly netMinor: bigint;
  readonly discountMinor: bigint;
}

/** A discount that was taken without earning it, and what became of it. */
export interface FoundUnearned extends Lateness {
  readonly item: OpenDebit;
  readonly minor: bigint;
  readonly outcome: UnearnedOutcome;
  /** The deduction that it became; null for none. */
  readonly deduction: TakenDeduction | null;
}

/** What becomes of what the lines of one document leave unpaid. The rest stays open. */
export interface ShortPaid {
  readonly settlements: readonly Settlement[];
  readonly deductions: readonly TakenDeduction[];
  readonly unearned: readonly FoundUnearned[];
}

/**
 * What the lines of one document leave unpaid: coded deductions first, then a discount taken without earning it, then the
 * unexplained rest. The last two are written off together where the tolerance covers them, whatever the policy is for what it
 * does not cover. Of what is left, the policy for unearned discounts decides about those, and else the one for short pays.
 */
export function splitShortPay(cash: CashInHand, named: Named, parts: readonly InstallmentPart[]): ShortPaid {
  return new ShortPay(cash, named, parts).split();
}

/** What a line takes off with a reason: its deduction, or the whole of a negative line. */
export const codedDeduction = (line: RemittanceLine): bigint => (line.netMinor < 0n && line.deductionMinor === 0n ? -line.netMinor : line.deductionMinor);

/** What a line states about whatever it takes off. */
export const statedIn = ({ customerCode, codeList = null, claimNumber, purchaseOrder = null }: RemittanceLine) => ({ customerCode, codeList, claimNumber, purchaseOrder });

export type TakenReason = Pick<TakenDeduction, "reason" | "reasonSource" | "reasonConfidence">;

/** Our reason for what a line takes off. */
export function reasonOf(cash: CashInHand, { customerCode, codeList = null }: Pick<RemittanceLine, "customerCode" | "codeList">): TakenReason {
  const { reason, source: reasonSource, confidence: reasonConfidence } = cash.reasonOf(customerCode, codeList);
  return { reason, reasonSource, reasonConfidence };
}

/** What was found without asking what the customer says. */
const UNEARNED: TakenReason = { reason: DeductionReason.UNEARNED_DISCOUNT, reasonSource: "TERMS", reasonConfidence: null };

type NumberedLine = Named["lines"][number];
type Gap = { readonly item: OpenDebit; readonly minor: bigint };

class ShortPay {
  /** What is taken off, in order; with how late, where it is a discount that was not earned. */
  readonly #taken: { readonly deduction: TakenDeduction & { readonly closes: OpenDebit }; readonly late: Lateness | null }[] = [];
  readonly #rests: Map<OpenDebit, bigint>;
  readonly #earned: ReadonlyMap<OpenDebit, bigint>;

  constructor(
    private readonly cash: CashInHand,
    private readonly named: Named,
    private readonly parts: readonly InstallmentPart[],
  ) {
    this.#rests = new Map(parts.map(({ item, restMinor }) => [item, restMinor]));
    this.#earned = new Map(parts.map(({ item, discountMinor }) => [item, discountMinor]));
  }

  split(): ShortPaid {
    for (const numbered of this.named.lines) this.#take(codedDeduction(numbered.line), reasonOf(this.cash, numbered.line), numbered, this.#rests.keys());
    return this.#uncoded();
  }

  #uncoded(): ShortPaid {
    const { lines, discountMinor, netMinor } = this.named;
    const last = lines.at(-1)!;
    const stated = lines.some(({ line }) => line.grossMinor !== null && line.grossMinor > line.netMinor + line.discountMinor + codedDeduction(line));
    const patient = this.cash.shortPayPolicy === "LEAVE_OPEN" && !stated;
    if (lines.some(({ line }) => line.partial) || netMinor === 0n) return this.#decided(patient);

    const lapsedTogether = isLapsedTogether(this.parts, total(this.#rests.values()));
    const short = this.#shortPart(stated || discountMinor > 0n || lapsedTogether);
    if (!short) return this.#decided(patient);
    const earned = total(this.parts.map((part) => part.discountMinor));
    const unearned = total(this.parts.map((part) => mostUnearned(part.item, part.discountMinor)));
    const claimed = discountMinor > earned ? least(discountMinor - earned, unearned) : 0n;
    const basis = { ...short.item, discountTakenMinor: short.item.discountTakenMinor + short.discountMinor };
    const isLate = (rest: bigint): boolean => lapsedTogether || isLapsedDiscount(basis, rest);

    const explained = lines.some(({ line }) => codedDeduction(line) > 0n);
    if (explained || lines.every(({ line }) => line.customerCode === null && line.claimNumber === null)) {
      const gaps = (lapsedTogether ? this.parts.map(({ item }) => item) : [short.item]).map((item) => ({ item, minor: this.#rests.get(item)! }));
      const late = gaps.map(({ item, minor }) => ({ item, minor: isLate(minor) ? minor : least(claimed, minor) }));
      if (this.#isTolerated(gaps)) return this.#writtenOff(gaps, late, last.lineNo, patient);
    }
    this.#take(claimed, UNEARNED, last, [short.item]);
    const rest = this.#rests.get(short.item)!;
    if (lapsedTogether) this.#take(total(this.#rests.values()), UNEARNED, last, this.#rests.keys());
    else if (isLate(rest)) this.#take(rest, UNEARNED, last, [short.item]);
    else if (!patient) this.#take(rest, reasonOf(this.cash, explained ? { customerCode: null } : last.line), last, [short.item]);
    return this.#decided(patient);
  }

  #take(wanted: bigint, why: TakenReason, { line, lineNo }: NumberedLine, items: Iterable<OpenDebit>): void {
    let left = wanted;
    for (const item of items) {
      const minor = least(left, this.#rests.get(item)!);
      if (minor <= 0n) continue;
      const late = why.reason === DeductionReason.UNEARNED_DISCOUNT && (why === UNEARNED || this.#hasLapsed(item, minor)) ? this.#lateness(item, minor) : null;
      this.#taken.push({ deduction: { closes: item, about: item, ...why, ...statedIn(line), minor, lineNo }, late });
      this.#rests.set(item, this.#rests.get(item)! - minor);
      left -= minor;
    }
  }

  /** Decides about the discounts that were not earned, all of them of this document together. */
  #decided(patient: boolean): ShortPaid {
    const found = this.#taken.flatMap(({ deduction, late }) => (late ? [{ minor: deduction.minor, currency: deduction.closes.currency, daysLate: late.daysLate }] : []));
    const whole = found.length > 0 && { ...found[0]!, minor: total(found.map(({ minor }) => minor)), daysLate: Math.max(...found.map(({ daysLate }) => daysLate)) };
    const policy = this.cash.unearnedDiscounts ?? null;
    const settlements: Settlement[] = [];
    const deductions: TakenDeduction[] = [];
    const unearned: FoundUnearned[] = [];
    for (const { deduction, late } of this.#taken) {
      const { closes: item, minor, lineNo, reasonSource } = deduction;
      const byDefault = patient && reasonSource === "TERMS" ? UnearnedOutcome.LEFT_OPEN : UnearnedOutcome.DEDUCTION;
      const outcome = !late || !whole ? null : policy ? outcomeOf(policy, whole) : byDefault;
      const opens = outcome === null || outcome === "DEDUCTION" || outcome === "CHARGED_BACK";
      if (opens) deductions.push(deduction);
      else if (outcome !== "LEFT_OPEN") settlements.push({ kind: outcome === "ALLOWED" ? "DISCOUNT" : "WRITE_OFF", item, minor, lineNo });
      if (outcome && late) unearned.push({ ...late, item, minor, outcome, deduction: opens ? deduction : null });
    }
    return { settlements, deductions, unearned };
  }

  /** What the tolerance covers is written off, before anybody asks whether it is a discount. */
  #writtenOff(gaps: readonly Gap[], late: readonly Gap[], lineNo: number, patient: boolean): ShortPaid {
    const coded = this.#decided(patient);
    const settlements = gaps.flatMap(({ item, minor }): Settlement[] => (minor > 0n ? [{ kind: "WRITE_OFF", item, minor, lineNo }] : []));
    const unearned = late.flatMap(({ item, minor }): FoundUnearned[] => {
      const lateness = minor > 0n ? this.#lateness(item, minor) : null;
      return lateness ? [{ ...lateness, item, minor, outcome: "WRITTEN_OFF", deduction: null }] : [];
    });
    return { settlements: [...coded.settlements, ...settlements], deductions: coded.deductions, unearned: [...coded.unearned, ...unearned] };
  }

  /** Whether gaps of one document are written off, all of them or none. */
  #isTolerated(gaps: readonly Gap[]): boolean {
    const { discountPart, originalMinor } = gaps[0]!.item;
    return tolerates(this.cash.tolerance, total(gaps.map(({ minor }) => minor)), discountPart?.totalMinor ?? originalMinor);
  }

  #lateness(item: OpenDebit, minor: bigint): Lateness | null {
    return latenessOf(item, item.discountTakenMinor + this.#earned.get(item)! + minor, this.cash.paidOn);
  }

  /** Whether what the customer calls a discount can be one that has lapsed. */
  #hasLapsed(item: OpenDebit, minor: bigint): boolean {
    return rateOn(item, this.cash.paidOn) < highestRate(item) && minor <= mostUnearned(item, this.#earned.get(item)!);
  }

  /**
   * The item that was paid short: the last that the cash reached. After another that it paid in full, it is an installment
   * paid ahead, and what is left of it is no short pay unless it was due or the advice shows less paid than owed.
   */
  #shortPart(shown: boolean): InstallmentPart | null {
    const index = this.parts.findLastIndex(({ cashMinor, discountMinor }) => cashMinor + discountMinor > 0n);
    const part = this.parts[index];
    if (!part) return null;
    return index === 0 || shown || (part.item.dueOn ?? part.item.effectiveOn) <= this.cash.paidOn ? part : null;
  }
}
