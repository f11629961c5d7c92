import { exponentOf } from "../domain/money.ts";
import { at, Refusal } from "../domain/refusal.ts";

const MOST = 1_000;

/** Refuses a page out of range, a span that ends before it begins, and what is no currency. */
export function refusePage({ from, to, currency, limit, offset }: { readonly from: string; readonly to: string; readonly currency: string; readonly limit: number; readonly offset: number }): void {
  at({ field: ["currency"] }, () => exponentOf(currency));
  if (to < from) throw new Refusal("DATE_INVALID", "The span ends before it begins.", { field: ["to"] });
  if (limit < 1 || limit > MOST) throw new Refusal("LIMIT_EXCEEDED", `limit takes 1 to ${MOST}.`, { field: ["limit"] });
  if (offset < 0) throw new Refusal("VALUE_INVALID", "offset takes 0 or more.", { field: ["offset"] });
}
