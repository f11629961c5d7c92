import { companiesByIds } from "../companies/company.sql.ts";
import type { Database } from "../db/database.ts";
import { policiesInForce } from "../deadlines/policy.sql.ts";
import { daysBetween } from "../domain/dates.ts";
import { type Amount, type Facts, factsOf, type Figure, type MeasureBy, type Measured, type Measures, measuresOf, offendersAmong, type Offender, paretoOf } from "../domain/deduction-measures.ts";
import { Refusal } from "../domain/refusal.ts";
import { type CycleRow, cycleTimes, type MeasureFactRow, measureFacts, takenByMonth } from "./deduction-measures.sql.ts";

export interface Period {
  readonly from: string;
  readonly to: string;
}

/** The measures of one group in one currency. */
export interface MeasuredGroup extends Pick<MeasureFactRow, "customerId" | "accountNumber" | "name" | "reason" | "currency"> {
  readonly facts: Facts;
  readonly measures: Measures;
  readonly cycle: CycleRow | null;
  readonly share: Figure;
  readonly cumulative: Figure;
}

/** Days of a period, both ends included. Refuses one that ends before it begins. */
export function daysOf({ from, to }: Period): number {
  const days = daysBetween(from, to) + 1;
  if (days < 1) throw new Refusal("DATE_INVALID", "The period ends before it begins.", { field: ["to"] });
  return days;
}

const keyOf = ({ customerId, reason, currency }: Pick<MeasuredGroup, "customerId" | "reason" | "currency">): string => `${currency}:${customerId ?? ""}:${reason ?? ""}`;

/** Measures the deductions of a period. Within a currency, those groups that took most come first. */
export async function measureDeductions(db: Database, companyId: string, period: Period, by: readonly MeasureBy[]): Promise<MeasuredGroup[]> {
  const days = daysOf(period);
  const asked = [companyId, period.from, period.to, by.includes("CUSTOMER"), by.includes("REASON")] as const;
  const [rows, cycles, [policy], [company]] = await Promise.all([measureFacts(db, ...asked), cycleTimes(db, ...asked), policiesInForce(db, [companyId], period.to), companiesByIds(db, [companyId])]);
  const byReason = by.includes("REASON");
  const groups = new Map<string, { readonly of: MeasureFactRow; readonly found: Partial<Record<Measured, Amount>> }>();
  const billed = new Map<string, Amount>();
  for (const row of rows) {
    if (row.fact === "SALES") billed.set(keyOf({ ...row, reason: null }), row);
    // Of what has no reason of its own, such as billing, there is no group by reason.
    if (byReason && row.reason === null) continue;
    const group = groups.get(keyOf(row)) ?? { of: row, found: {} };
    groups.set(keyOf(row), group);
    group.found[row.fact] = row;
  }
  const cycleOf = new Map(cycles.map((it) => [keyOf(it), it]));
  const measured = [...groups].map(([key, { of, found }]) => {
    const facts = factsOf({ ...found, SALES: billed.get(keyOf({ ...of, reason: null })) ?? { minor: 0n, count: 0 } });
    const costMinor = of.currency === company!.functionalCurrency ? (policy?.costMinor ?? null) : null;
    return { ...of, facts, measures: measuresOf(facts, days, costMinor), cycle: cycleOf.get(key) ?? null };
  });
  const currencies = [...new Set(measured.map(({ currency }) => currency))].sort();
  return currencies.flatMap((currency) => paretoOf(measured.filter((it) => it.currency === currency), ({ facts }) => facts.TAKEN.minor)).map(({ row, share, cumulative }) => ({ ...row, share, cumulative }));
}

/** A customer that stands out, in one currency. */
export interface OffenderRow extends Offender {
  readonly accountNumber: string;
  readonly name: string;
  readonly currency: string;
}

/** The customers that stand out in a period, by currency and name. */
export async function repeatOffenders(db: Database, companyId: string, period: Period): Promise<OffenderRow[]> {
  daysOf(period);
  const rows = await takenByMonth(db, companyId, period.from, period.to);
  const names = new Map(rows.map(({ customerId, accountNumber, name }) => [customerId, { accountNumber, name }]));
  return [...new Set(rows.map(({ currency }) => currency))].sort().flatMap((currency) => {
    const own = rows.filter((it) => it.currency === currency);
    const sales = new Map(own.filter(({ month }) => month === null).map(({ customerId, minor }) => [customerId, minor]));
    const taken = own.flatMap(({ customerId, month, reason, minor }) => (month === null ? [] : [{ customerId, month, reason: reason!, takenMinor: minor }]));
    return offendersAmong(sales, taken).map((it) => ({ ...it, ...names.get(it.customerId)!, currency })).sort((a, b) => (a.name < b.name ? -1 : a.name > b.name ? 1 : 0));
  });
}
