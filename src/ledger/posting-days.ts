import type { Tx } from "../db/transaction.ts";
import type { BusinessDate } from "../domain/dates.ts";
import { postingDay } from "../domain/period.ts";
import { closedPeriodsFrom } from "./period.sql.ts";

/** The day from which what happened on a day counts. */
export type PostingDay = (day: BusinessDate) => BusinessDate;

export const SAME_DAY: PostingDay = (day) => day;

/** Facts, each on the day it counts from. */
export const countedFrom = <Fact extends { readonly effectiveOn: BusinessDate }>(facts: readonly Fact[], counts: PostingDay): Fact[] =>
  facts.map((fact) => ({ ...fact, effectiveOn: counts(fact.effectiveOn) }));

/**
 * Says for each day from which day a posting counts, by the periods that are closed and the company's policy; null where no
 * day needs to move. The answer holds until the transaction ends: closing a period waits for it. Customers are locked before.
 */
export async function postingDays(tx: Tx, companyId: string, facts: readonly { readonly effectiveOn: BusinessDate }[]): Promise<PostingDay | null> {
  const days = new Set(facts.map(({ effectiveOn }) => effectiveOn));
  if (days.size === 0) return null;
  const closed = await closedPeriodsFrom(tx, companyId, [...days].reduce((a, b) => (b < a ? b : a)));
  const [first] = closed;
  if (!first) return null;
  const dayFor: PostingDay = (day) => postingDay(day, closed, first.policy);
  const moves = [...days].filter((day) => dayFor(day) !== day);
  return moves.length > 0 ? dayFor : null;
}
