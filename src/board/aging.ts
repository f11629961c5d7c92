import { type Amount, amountOf, minorOf } from "./format.ts";
import type { OpenFragment } from "./gql/documents.ts";

/** One part of what a customer has open, as bars show it. */
export interface Part {
  readonly key: "credits" | "age-0" | "age-1" | "age-2" | "age-3" | "age-4" | "deductions";
  readonly label: string;
  /** Negative for credits. */
  readonly amount: Amount;
  readonly items: number;
  /** Length in the bar, as a share of all parts. */
  readonly share: number;
}

const LABELS = ["Not due", "1–30", "31–60", "61–90", "Over 90"] as const;

/**
 * What is open as the parts of a bar: credits left of zero, five ages, deductions. The only place that knows how the graph
 * tells ages, so that bars can be fed from elsewhere.
 */
export function partsOf(open: OpenFragment): Part[] {
  const parts = [
    { key: "credits", label: "Credits", amount: amountOf(-minorOf(open.credits), open.currency), items: open.creditItems },
    ...open.ranges.map((range, age) => ({ key: `age-${age}`, label: LABELS[age]!, amount: range.amount, items: range.items })),
    { key: "deductions", label: "Deductions", amount: open.deductions, items: open.deductionItems },
  ] as Omit<Part, "share">[];
  const size = (part: Omit<Part, "share">): number => Math.abs(Number(part.amount.minorUnits));
  const whole = parts.reduce((sum, part) => sum + size(part), 0);
  return parts.map((part) => ({ ...part, share: whole === 0 ? 0 : size(part) / whole }));
}

/** How many items are open. */
export const itemsOf = (open: OpenFragment): number => open.ranges.reduce((sum, { items }) => sum + items, open.deductionItems + open.creditItems);
