import type { BusinessDate } from "./dates.ts";

/** From a day on, a customer belongs to another in the corporate tree, or stands alone. A fact; the next one of the customer ends it. */
export interface ParentFact {
  readonly customerId: string;
  /** Null when the customer stands alone. */
  readonly parentId: string | null;
  readonly effectiveOn: BusinessDate;
}

/** The parent of a customer on a day. `facts` are in the order of recording: of two for one day the later one counts. */
export function parentOn(facts: readonly ParentFact[], customerId: string, day: BusinessDate): string | null {
  let current: ParentFact | null = null;
  for (const fact of facts) {
    if (fact.customerId !== customerId || fact.effectiveOn > day) continue;
    if (!current || fact.effectiveOn >= current.effectiveOn) current = fact;
  }
  return current?.parentId ?? null;
}

/**
 * The first day on which a customer would be above itself if the fact were added; null when the tree stays a tree on every day. `facts` hold
 * every fact of every customer that is, on any day, above the new parent, in the order of recording.
 */
export function firstCycle(facts: readonly ParentFact[], added: ParentFact): BusinessDate | null {
  const all = [...facts, added];
  const days = new Set(all.map(({ effectiveOn }) => effectiveOn).filter((day) => day >= added.effectiveOn));
  return [...days].sort().find((day) => isAboveItself(all, added.customerId, day)) ?? null;
}

function isAboveItself(facts: readonly ParentFact[], customerId: string, day: BusinessDate): boolean {
  const seen = new Set<string>();
  for (let above = parentOn(facts, customerId, day); above !== null && !seen.has(above); above = parentOn(facts, above, day)) {
    if (above === customerId) return true;
    seen.add(above);
  }
  return false;
}

/** Days from one to another, both included; open-ended where the last is null. */
export interface DaySpan {
  readonly startsOn: BusinessDate;
  readonly endsOn: BusinessDate | null;
}

/** Whether two spans have a day in common. A span that ends before it starts has no days. */
export function spansMeet(one: DaySpan, other: DaySpan): boolean {
  const last = (span: DaySpan): BusinessDate => span.endsOn ?? "9999-12-31";
  return one.startsOn <= last(one) && other.startsOn <= last(other) && one.startsOn <= last(other) && other.startsOn <= last(one);
}
