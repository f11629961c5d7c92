import { type ClaimResearch, researchClaim } from "../domain/claim-research.ts";
import type { DeductionFile } from "../domain/deduction-file.ts";
import { lineTable, type TableLine } from "../domain/line-table.ts";
import { type TestResult, testsOf } from "../domain/validity.ts";

/** Rises when the rules change so that the same papers may be read otherwise. */
export const ENGINE = 1;

/** What came of looking into a deduction. */
export interface ResearchOutcome extends Omit<ClaimResearch, "lines"> {
  readonly lines: readonly TableLine[];
  readonly tests: readonly TestResult[];
}

/** Looks into a deduction: pure, so that the same file gives the same outcome again. */
export function lookInto(file: DeductionFile): ResearchOutcome {
  const research = researchClaim(file.claim);
  return { ...research, lines: lineTable(file), tests: testsOf(file, research) };
}

/** JSON that keeps whole numbers as they are: each stands as an object with its digits. */
export const packed = (value: unknown): string => JSON.stringify(value, (_key, it: unknown) => (typeof it === "bigint" ? { digits: it.toString() } : it));

/** What was packed, from JSON that was parsed. */
export function unpacked<Value>(value: unknown): Value {
  if (Array.isArray(value)) return value.map((it) => unpacked(it)) as Value;
  if (value === null || typeof value !== "object") return value as Value;
  const { digits } = value as { digits?: unknown };
  if (typeof digits === "string" && Object.keys(value).length === 1) return BigInt(digits) as Value;
  return Object.fromEntries(Object.entries(value).map(([key, it]) => [key, unpacked(it)])) as Value;
}
