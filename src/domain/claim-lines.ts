import type { ClaimFile, GoodsLine } from "./claim-file.ts";
import { divideHalfUp, total } from "./money.ts";
import { inSmallestUnit } from "./quantity.ts";

/**
 * What the papers say of one item, each count in thousandths of its smallest unit. Null where no paper of that kind is
 * there, which is not the same as nothing.
 */
export interface ComparedLine {
  readonly item: string;
  readonly unit: string;
  readonly ordered: bigint | null;
  readonly invoiced: bigint | null;
  readonly shipped: bigint | null;
  readonly received: bigint | null;
  /** What was billed for it, all together. */
  readonly invoicedMinor: bigint;
  /** What the count that was billed would cost at the price ordered; null without an order of it. */
  readonly orderedMinor: bigint | null;
}

/** What so many of a line's goods cost at the price billed. */
export const worthOf = (line: ComparedLine, thousandths: bigint): bigint =>
  line.invoiced ? divideHalfUp(line.invoicedMinor * thousandths, line.invoiced) : 0n;

/** Sets order, invoice, shipments and receivings beside each other, item by item, all counted in the same unit. */
export function compareLines(file: ClaimFile): ComparedLine[] {
  const { order, invoice, shipments, receivings, packs } = file;
  const [shippedLines, receivedLines] = [shipments.flatMap(({ lines }) => lines), receivings.flatMap(({ lines }) => lines)];
  const papers: Record<"ordered" | "invoiced" | "shipped" | "received", readonly GoodsLine[] | undefined> = {
    ordered: order?.lines, invoiced: invoice?.lines, shipped: shipments.length > 0 ? shippedLines : undefined, received: receivings.length > 0 ? receivedLines : undefined,
  };
  const items = new Set(Object.values(papers).flatMap((lines) => (lines ?? []).map(({ item }) => item)));
  return [...items].map((item) => {
    const count = (lines: readonly GoodsLine[] | undefined): bigint | null => {
      if (!lines) return null;
      return total(lines.filter((it) => it.item === item).map(({ quantity }) => inSmallestUnit(quantity, item, packs).thousandths));
    };
    const some = Object.values(papers).flatMap((lines) => lines ?? []).find((it) => it.item === item)!;
    const invoiced = count(papers.invoiced);
    const invoicedMinor = total((invoice?.lines ?? []).filter((it) => it.item === item).map(({ minor }) => minor));
    return {
      item, unit: inSmallestUnit(some.quantity, item, packs).unit, invoicedMinor,
      ordered: count(papers.ordered), invoiced, shipped: count(papers.shipped), received: count(papers.received),
      orderedMinor: invoiced === null ? null : atOrderedPrice(file, item, invoiced, invoicedMinor),
    };
  });
}

/**
 * What goods cost at the price ordered. Where an order counts cases, its price may be of a case or of what is in it, and
 * papers rarely say which: it is the one that the invoice agrees with, or else the price of the unit ordered.
 */
function atOrderedPrice({ order, packs }: ClaimFile, item: string, invoiced: bigint, invoicedMinor: bigint): bigint | null {
  const line = order?.lines.find((it) => it.item === item);
  if (!line) return null;
  const inUnitOrdered = inSmallestUnit({ thousandths: 1000n, unit: line.quantity.unit }, item, packs).thousandths;
  const ofSingle = divideHalfUp(line.unitPriceMinor * invoiced, 1000n);
  return ofSingle === invoicedMinor ? ofSingle : divideHalfUp(line.unitPriceMinor * invoiced, inUnitOrdered);
}
