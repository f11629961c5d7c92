import type { DueRule } from "./due-rule.ts";
import { Refusal } from "./refusal.ts";
import { InstallmentKind, type Terms, type TermsInstallment } from "./terms.ts";

const MOST_DAYS = 3_650;
const MOST_MONTHS = 120;
const MOST_GRACE = 365;
const MOST_PARTS = 120;
const MOST_SHARES = 1_000_000;

/** Refuses terms that say two things at once, or nothing, about a date or an amount. */
export function checkTerms(terms: Terms): void {
  checkDueRule(terms, []);
  checkRange(terms.graceDays, 0, MOST_GRACE, ["graceDays"]);
  checkRange(terms.dueGraceDays, 0, MOST_GRACE, ["dueGraceDays"]);
  checkDiscounts(terms);
  if (terms.installments.length > 0) checkInstallments(terms);
}

function checkDueRule(rule: DueRule, at: readonly string[]): void {
  checkRange(rule.netDays, 0, MOST_DAYS, [...at, "netDays"]);
  checkRange(rule.months, 0, MOST_MONTHS, [...at, "months"]);
  checkRange(rule.daysAfter, 0, MOST_DAYS, [...at, "daysAfter"]);
  checkRange(rule.proximoMonths, 0, MOST_MONTHS, [...at, "proximoMonths"]);
  if (rule.cutoffDay !== null) checkRange(rule.cutoffDay, 1, 31, [...at, "cutoffDay"]);
  if (rule.daysAfter > 0 && !rule.endOfMonth) refuse("Days after the end of the month need endOfMonth.", [...at, "daysAfter"]);
  if (rule.proximoDay === null) {
    if (rule.proximoMonths > 0) refuse("Months ahead need a day of the month.", [...at, "proximoMonths"]);
    return;
  }
  checkRange(rule.proximoDay, 1, 31, [...at, "proximoDay"]);
  if (rule.netDays > 0 || rule.months > 0 || rule.endOfMonth) refuse("A date is found by a day of the month or by a distance, not by both.", [...at, "proximoDay"]);
}

function checkDiscounts({ discounts }: Terms): void {
  const at = ["discounts"];
  const seen = new Set<string>();
  for (const { days, proximoDay = null, proximoMonths = 0, basisPoints } of discounts) {
    if ((days === null) === (proximoDay === null)) refuse("A discount ends after some days or on a day of a month.", at);
    if (days !== null) checkRange(days, 0, MOST_DAYS, at);
    if (proximoDay !== null) checkRange(proximoDay, 1, 31, at);
    checkRange(proximoMonths, 0, MOST_MONTHS, at);
    if (proximoDay === null && proximoMonths > 0) refuse("Months ahead need a day of the month.", at);
    checkRange(basisPoints, 1, 9_999, at);
    seen.add(`${days} ${proximoDay} ${proximoMonths}`);
  }
  if (seen.size < discounts.length) refuse("Two discounts end on the same day.", at);
}

function checkInstallments({ installments, ...terms }: Terms): void {
  const at = ["installments"];
  if (installments.length > MOST_PARTS) refuse(`Terms have at most ${MOST_PARTS} installments.`, at);
  if (terms.netDays > 0 || terms.months > 0 || terms.endOfMonth || terms.proximoDay !== null) {
    refuse("Each installment has its own due date; the terms themselves then name none.", at);
  }
  installments.forEach((part, index) => checkInstallment(part, [...at, String(index)]));
  if (installments.filter(({ kind }) => kind === InstallmentKind.BALANCE).length !== 1) refuse("Exactly one installment is the balance, which takes what the others leave.", at);
  const shares = installments.filter(({ kind }) => kind === InstallmentKind.SHARE).reduce((sum, { share, of }) => sum + share! / of!, 0);
  if (shares > 1 - 1e-9) refuse("The shares come to less than the whole, so that the balance is something.", at);
}

function checkInstallment(part: TermsInstallment, at: readonly string[]): void {
  checkDueRule(part, at);
  const isShare = part.kind === InstallmentKind.SHARE;
  if (isShare !== (part.share !== null) || isShare !== (part.of !== null)) refuse("A share, and nothing else, says how much of how many parts.", [...at, "share"]);
  if (isShare) {
    checkRange(part.of!, 2, MOST_SHARES, [...at, "of"]);
    checkRange(part.share!, 1, part.of! - 1, [...at, "share"]);
  }
  const isFixed = part.kind === InstallmentKind.FIXED;
  if (isFixed !== (part.fixedMinor !== null) || isFixed !== (part.currency !== null)) refuse("A fixed part, and nothing else, names an amount and its currency.", [...at, "amount"]);
  if (isFixed && part.fixedMinor! <= 0n) refuse("A fixed part is more than nothing.", [...at, "amount"]);
}

function checkRange(value: number, least: number, most: number, field: readonly string[]): void {
  if (!Number.isInteger(value) || value < least || value > most) refuse(`${field.at(-1)} takes ${least} to ${most}.`, field);
}

function refuse(message: string, field: readonly string[]): never {
  throw new Refusal("VALUE_INVALID", message, { field });
}
