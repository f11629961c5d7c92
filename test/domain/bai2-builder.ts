import { readBai2 } from "../../src/domain/bai2.ts";
import { type BankFile, readBankFile } from "../../src/domain/bank-file.ts";
import { Refusal } from "../../src/domain/refusal.ts";

/** What a test says of one account. */
export interface AccountParts {
  readonly number?: string;
  readonly currency?: string;
  /** Balances and totals as type code and amount. */
  readonly summary?: readonly (readonly [string, bigint])[];
  /** Details as type code, amount, what follows the amount, and continuations. */
  readonly details?: readonly (readonly [string, bigint, string?, ...string[]])[];
}
/** What a test says of one group; the header replaces the usual one. */
export interface GroupParts {
  readonly status?: number;
  readonly header?: string;
  readonly accounts: readonly AccountParts[];
}

/** The lines of a file whose trailers agree, so that a test can break exactly one thing. */
export function lines(groups: readonly GroupParts[]): string[] {
  const out = ["01,BANK,OPENITEM,260331,0600,7,80,1,2/"];
  let fileSum = 0n;
  for (const group of groups) {
    const groupFrom = out.length;
    let groupSum = 0n;
    out.push(group.header ?? `02,OPENITEM,BANK,${group.status ?? 1},260330,2400,,2/`);
    for (const { number = "4711", currency = "", summary = [], details = [] } of group.accounts) {
      const from = out.length;
      let sum = 0n;
      out.push(`03,${number},${currency}${summary.map(([type, amount]) => `,${type},${amount},,`).join("")}/`);
      for (const [, amount] of summary) sum += amount;
      for (const [type, amount, rest = ",,,", ...more] of details) {
        out.push(`16,${type},${amount},${rest}/`, ...more.map((text) => `88,${text}/`));
        sum += amount;
      }
      out.push(`49,${sum},${out.length - from + 1}/`);
      groupSum += sum;
    }
    out.push(`98,${groupSum},${group.accounts.length},${out.length - groupFrom + 1}/`);
    fileSum += groupSum;
  }
  return [...out, `99,${fileSum},${groups.length},${out.length + 1}/`];
}

/** Reads a file from its text, or from its lines. */
export const read = (text: string): BankFile => readBankFile(readBai2, [text]);
export const readLines = (all: readonly string[]): BankFile => read(`${all.join("\n")}\n`);
/** The lines of a sound file of one account with these details. */
export const one = (...details: NonNullable<AccountParts["details"]>): string[] => lines([{ accounts: [{ details }] }]);

/** The refusal that the work ends in; any other end is an error. */
export function refusal(work: () => unknown): Refusal {
  try {
    work();
  } catch (error) {
    if (error instanceof Refusal) return error;
    throw error;
  }
  throw new Error("Nothing was refused.");
}
