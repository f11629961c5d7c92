import { type ComparedLine, compareLines } from "./claim-lines.ts";
import type { DeductionFile } from "./deduction-file.ts";
import { total } from "./money.ts";
import { inSmallestUnit, type PackSize } from "./quantity.ts";

/** One item in every paper, all counts in its smallest unit and in thousandths. A null says that no paper of that kind is there. */
export interface TableLine extends ComparedLine {
  readonly claimed: bigint | null;
  /** What was billed beyond the price ordered, negative below it; null without an order of it or a bill. */
  readonly priceGapMinor: bigint | null;
  /** The pack sizes that the counts were made one by. */
  readonly packs: readonly PackSize[];
}

/** Sets claim, order, invoice, shipments and receivings beside each other, item by item. */
export function lineTable({ claim, claimed }: DeductionFile): TableLine[] {
  return compareLines(claim).map((line) => {
    const named = claimed.filter(({ item }) => item === line.item);
    return {
      ...line, claimed: claimed.length === 0 ? null : total(named.map(({ quantity, item }) => inSmallestUnit(quantity, item, claim.packs).thousandths)),
      priceGapMinor: line.orderedMinor === null || line.invoiced === null ? null : line.invoicedMinor - line.orderedMinor, packs: claim.packs.filter(({ item }) => item === line.item),
    };
  });
}
