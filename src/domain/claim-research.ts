import type { ClaimFile } from "./claim-file.ts";
import { ClaimWarning, type Finding, findingsOf } from "./claim-findings.ts";
import { type ComparedLine, compareLines } from "./claim-lines.ts";
import { least, total } from "./money.ts";

/** What the papers suggest to whoever decides. */
export const Recommendation = { CREDIT: "CREDIT", CREDIT_PART: "CREDIT_PART", DENY: "DENY", REVIEW: "REVIEW" } as const;
export type Recommendation = (typeof Recommendation)[keyof typeof Recommendation];

/** A claim beside its papers. `explained + unexplained = claim`, and `valid` is the part of explained that speaks for the customer. */
export interface ClaimResearch {
  readonly lines: readonly ComparedLine[];
  /** The arguments that account for the claim, the strongest first. */
  readonly findings: readonly Finding[];
  readonly explainedMinor: bigint;
  readonly unexplainedMinor: bigint;
  readonly validMinor: bigint;
  readonly recommendation: Recommendation;
  readonly warnings: readonly ClaimWarning[];
  /** Papers that would say more. */
  readonly missing: readonly ("order" | "invoice" | "shipment" | "receiving")[];
}

/** Reads a claim against its papers: what accounts for it, what of it is borne out, and what a person should do. */
export function researchClaim(file: ClaimFile): ClaimResearch {
  const { claim, order, invoice, shipments, receivings } = file;
  const lines = compareLines(file);
  const findings = accountFor(claim.minor, findingsOf(file, lines));
  const explainedMinor = total(findings.map(({ minor }) => minor));
  const validMinor = total(findings.filter(({ speaks }) => speaks === "FOR").map(({ minor }) => minor));
  const unexplainedMinor = claim.minor - explainedMinor;
  const firstShipped = shipments.map(({ shippedOn }) => shippedOn).sort()[0];
  const early: ClaimWarning[] = invoice && firstShipped && invoice.invoicedOn < firstShipped ? [ClaimWarning.INVOICED_BEFORE_SHIPMENT] : [];
  const there = { order, invoice, shipment: shipments[0], receiving: receivings[0] };
  return {
    lines, findings, explainedMinor, unexplainedMinor, validMinor,
    recommendation: unexplainedMinor > 0n ? "REVIEW" : validMinor === claim.minor ? "CREDIT" : validMinor === 0n ? "DENY" : "CREDIT_PART",
    warnings: [...new Set([...findings.flatMap((it) => it.warnings), ...early])],
    missing: (Object.keys(there) as (keyof typeof there)[]).filter((kind) => !there[kind]),
  };
}

/**
 * Chooses the arguments that account for a claim: one that accounts for it whole, the strongest first; else the fewest that
 * add up to it; else as many as fit, in order, the last of them in part.
 */
function accountFor(minor: bigint, findings: readonly Finding[]): Finding[] {
  const whole = findings.find((it) => it.minor === minor);
  if (whole) return [whole];
  const sums = subsets(findings).filter((some) => total(some.map((it) => it.minor)) === minor);
  const [fewest] = sums.sort((a, b) => a.length - b.length);
  if (fewest) return fewest;
  const chosen: Finding[] = [];
  let left = minor;
  for (const it of findings) {
    const part = least(it.minor, left);
    if (part > 0n) chosen.push(part === it.minor ? it : { ...it, minor: part, thousandths: null });
    left -= part;
  }
  return chosen;
}

const MOST_TOGETHER = 10;

function subsets(findings: readonly Finding[]): Finding[][] {
  const some = findings.slice(0, MOST_TOGETHER);
  return Array.from({ length: 2 ** some.length }, (_, choice) => some.filter((_it, no) => choice & (1 << no)));
}
