import type { Habits } from "../domain/habits.ts";

/**
 * What each figure of payment habits is: formula and unit. Days are calendar days to the day the money was received. The
 * formulas are those of the credit profession: days to pay, days beyond terms (DBT), and the split of discounts into earned
 * and unearned that Oracle Receivables makes.
 */
export const WORDS = {
  paidCount: "Installments with nothing open any more, whose last cash counts from a day in the window: the size of the sample.",
  cashCount: "Amounts of cash in the window, one for each payment and installment; part payments of what is still open are among them.",
  paidMinor: "Cash applied to invoices in the window.",
  lateCount: "Paid installments whose last money was received after the due date; grace makes no difference here.",
  earlyCount: "Paid installments whose last money was received before the due date.",
  daysToPaySum: "Days from invoice date to last money, summed over the paid installments.",
  daysBeyondTermsSum: "Days from due date to last money, negative when early, summed over the paid installments.",
  daysLateSum: "Days from due date to last money, summed over the late ones alone: early payers do not make up for late ones.",
  averageDaysToPay: "Days. Mean over paid installments of (last money received - invoice date).",
  weightedDaysToPay: "Days. Sum of amount x (received - invoice date) over all cash in the window, divided by the sum of the amounts.",
  averageDaysBeyondTerms: "Days, signed. Mean over paid installments of (last money received - due date); negative when paid early on average.",
  medianDaysBeyondTerms: "Days, signed. Median over paid installments of (last money received - due date); the mean of the middle two when their number is even.",
  weightedDaysBeyondTerms: "Days, signed. Sum of amount x (received - due date) over all cash in the window, divided by the sum of the amounts.",
  averageDaysLate: "Days. Mean over all paid installments of the days late, 0 for those in time or early.",
  averageDaysLateWhenLate: "Days. Mean of the days late over the late installments alone.",
  onTimeRate: "Percent of paid installments whose last money was received at most the grace after the due date.",
  onTimeAmountRate: "Percent of all cash in the window, by amount, that was received at most the grace after the due date.",
  discountOfferedMinor: "Cash discount that paid installments offered: the highest rate of each, on the part of the invoice that its terms give it on.",
  discountEarnedMinor: "Cash discount given on those that offered one.",
  discountUnearnedMinor: "Cash discount taken off payments of them too late or too high; it stands on as deductions.",
  discountTakenRate: "Percent: discount taken, earned and unearned, of the discount offered.",
  discountEarnedRate: "Percent: discount earned, of the discount taken.",
  discountUnearnedRate: "Percent: discount taken without earning it, of the discount taken.",
  invoicedMinor: "Invoices dated in the window.",
  deductedMinor: "Deductions taken in the window, for any reason.",
  deductionRate: "Percent: deductions taken in the window, of what was invoiced in it.",
} as const satisfies Partial<Record<keyof Habits, string>>;

/** What a window is. */
export const WINDOW = "Length of the window in months, which ends with the business day: 1 to 600. Cash is in it by the day its application counts from.";
export const SAMPLE = "How many paid installments a figure takes, 1 to 1,000; below that it is null for INSUFFICIENT_SAMPLE.";
export const GRACE = "Days after the due date that still count as on time, 0 to 365; left out, those that each invoice was granted by its terms (`dueGraceDays`). They change the on-time rates alone.";
