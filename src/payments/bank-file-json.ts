import type { BankAccountReport } from "../domain/bank-file.ts";
import type { Remittance, RemittanceLine } from "../domain/remittance.ts";

/** The names of the amounts of a value, which JSON keeps as digits: a JSON number would lose cents. */
type Amounts<Value> = { [Name in keyof Value]: Value[Name] extends bigint | null ? (bigint extends Value[Name] ? Name : never) : never }[keyof Value];
type Stored<Value> = { readonly [Name in keyof Value]: Name extends Amounts<Value> ? string | Exclude<Value[Name], bigint> : Value[Name] };

/** The report of an account as the row of its file keeps it. */
export type StoredReport = Stored<BankAccountReport>;

type StoredRemittance = Omit<Remittance, "lines"> & { readonly lines: readonly Stored<RemittanceLine>[] };

/** JSON text in which amounts are digits. */
export const toJson = (value: unknown): string => JSON.stringify(value, (_name, it: unknown) => (typeof it === "bigint" ? it.toString() : it));

const amount = (digits: string | null): bigint | null => (digits === null ? null : BigInt(digits));

/** The report of an account as it was read. */
export const readReport = (stored: StoredReport): BankAccountReport => ({
  ...stored,
  openingMinor: amount(stored.openingMinor),
  closingMinor: amount(stored.closingMinor),
  creditMinor: BigInt(stored.creditMinor),
  debitMinor: BigInt(stored.debitMinor),
});

/** The remittance that a bank line keeps, as it was read from its file; null when it has none. */
export function readRemittance(stored: unknown): Remittance | null {
  if (stored === null) return null;
  const { lines, ...remittance } = stored as StoredRemittance;
  return {
    ...remittance,
    lines: lines.map((line) => ({
      ...line,
      grossMinor: amount(line.grossMinor),
      discountMinor: BigInt(line.discountMinor),
      deductionMinor: BigInt(line.deductionMinor),
      netMinor: BigInt(line.netMinor),
    })),
  };
}
