import { daysBetween } from "../domain/dates.ts";
import { exponentOf } from "../domain/money.ts";
import { at, Refusal } from "../domain/refusal.ts";

const MOST = 1_000;
const LONGEST = 3_660;

/** Refuses a span that ends before it begins or is longer than ten years, and what is no currency. */
export function refuseSpan({ from, to, currency }: { readonly from: string; readonly to: string; readonly currency: string }): void {
  at({ field: ["currency"] }, () => exponentOf(currency));
  if (to < from) throw new Refusal("DATE_INVALID", "The span ends before it begins.", { field: ["to"] });
  if (daysBetween(from, to) >= LONGEST) throw new Refusal("LIMIT_EXCEEDED", `A span has ${LONGEST} days at most.`, { field: ["to"] });
}

/** Refuses a page of customers out of range. */
export function refusePage({ limit, offset }: { readonly limit: number; readonly offset: number }): void {
  if (limit < 1 || limit > MOST) throw new Refusal("LIMIT_EXCEEDED", `limit takes 1 to ${MOST}.`, { field: ["limit"] });
  if (offset < 0) throw new Refusal("VALUE_INVALID", "offset takes 0 or more.", { field: ["offset"] });
}
