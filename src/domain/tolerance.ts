import type { BusinessDate } from "./dates.ts";
import { Refusal } from "./refusal.ts";

/** How much of a short pay nobody explained is written off at once: no more than the amount, and no more than the share of the invoice. */
export interface Tolerance {
  readonly maxMinor: bigint;
  /** Share of what was billed, in basis points; 10,000 leaves the amount alone to decide. */
  readonly basisPoints: number;
}

/** Who decided about a tolerance for whom: a customer's own decision counts before the company's. */
export const ToleranceScope = { COMPANY: "COMPANY", CUSTOMER: "CUSTOMER" } as const;
export type ToleranceScope = (typeof ToleranceScope)[keyof typeof ToleranceScope];

/** A decision about a tolerance in one currency. Null as the amount takes back what was decided before. */
export interface ToleranceDecision {
  readonly scope: ToleranceScope;
  readonly maxMinor: bigint | null;
  readonly basisPoints: number;
}

export const ALL_OF_IT = 10_000;

/** Refuses a share that is no share of the invoice. */
export function checkShare(basisPoints: number): void {
  if (basisPoints < 0 || basisPoints > ALL_OF_IT) throw new Refusal("VALUE_INVALID", `A share of the invoice is 0 to ${ALL_OF_IT} basis points.`, { field: ["basisPoints"] });
}

/** The tolerance that counts, of the decisions in force: the customer's own where it has one, else the company's; null where there is none. */
export function toleranceAmong<Decision extends ToleranceDecision>(decisions: readonly Decision[]): (Decision & Tolerance) | null {
  const standing = decisions.filter((it): it is Decision & Tolerance => it.maxMinor !== null);
  return standing.find(({ scope }) => scope === ToleranceScope.CUSTOMER) ?? standing[0] ?? null;
}

/** The tolerances that count on a day, one for each currency. Decisions come with the last to take effect first. */
export function tolerancesOn<Decision extends ToleranceDecision & { readonly currency: string; readonly effectiveOn: BusinessDate }>(latestFirst: readonly Decision[], day: BusinessDate): (Decision & Tolerance)[] {
  const standing = new Map<string, Map<ToleranceScope, Decision>>();
  for (const decision of latestFirst) {
    if (decision.effectiveOn > day) continue;
    const scopes = standing.get(decision.currency) ?? new Map<ToleranceScope, Decision>();
    standing.set(decision.currency, scopes);
    if (!scopes.has(decision.scope)) scopes.set(decision.scope, decision);
  }
  return [...standing].sort(([one], [other]) => (one < other ? -1 : 1)).flatMap(([, scopes]) => toleranceAmong([...scopes.values()]) ?? []);
}

/** Whether a gap is small enough to be written off: the lower of the amount and the share of the invoice decides, without rounding. */
export const tolerates = (tolerance: Tolerance | null, gapMinor: bigint, billedMinor: bigint): boolean =>
  tolerance !== null && gapMinor <= tolerance.maxMinor && gapMinor * BigInt(ALL_OF_IT) <= billedMinor * BigInt(tolerance.basisPoints);
