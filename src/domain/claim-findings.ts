import type { ClaimFile, GoodsLine } from "./claim-file.ts";
import { type ComparedLine, worthOf } from "./claim-lines.ts";
import { divideHalfUp, greatest, least, share, total } from "./money.ts";
import { countText, inSmallestUnit } from "./quantity.ts";
import { DeductionReason } from "./reasons.ts";

/** What a claim, or a part of it, comes from. */
export const ClaimCause = {
  DUPLICATE: "DUPLICATE",
  UNIT_PER_CASE: "UNIT_PER_CASE",
  SPLIT_SHIPMENT: "SPLIT_SHIPMENT",
  SUBSTITUTION: "SUBSTITUTION",
  PROMOTION: "PROMOTION",
  SHORTAGE: "SHORTAGE",
  PRICE: "PRICE",
  DELIVERED_IN_FULL: "DELIVERED_IN_FULL",
} as const;
export type ClaimCause = (typeof ClaimCause)[keyof typeof ClaimCause];

/** Something to look at before deciding. */
export const ClaimWarning = {
  CARRIER_AT_FAULT: "CARRIER_AT_FAULT",
  INVOICED_BEFORE_SHIPMENT: "INVOICED_BEFORE_SHIPMENT",
  APPROVAL_TO_BE_PROVED: "APPROVAL_TO_BE_PROVED",
  OTHER_AGREEMENT_NAMED: "OTHER_AGREEMENT_NAMED",
} as const;
export type ClaimWarning = (typeof ClaimWarning)[keyof typeof ClaimWarning];

/** An argument that the papers give: it accounts for an amount, and speaks for paying it or against. An argument is no verdict. */
export interface Finding {
  readonly cause: ClaimCause;
  readonly speaks: "FOR" | "AGAINST";
  readonly minor: bigint;
  /** The goods it accounts for, in thousandths of the smallest unit; null where it is no matter of quantity. */
  readonly thousandths: bigint | null;
  readonly argument: string;
  /** Numbers of the papers it rests on. */
  readonly papers: readonly string[];
  readonly warnings: readonly ClaimWarning[];
}

const finding = (cause: ClaimCause, speaks: Finding["speaks"], minor: bigint, thousandths: bigint | null, argument: string, papers: readonly string[], warnings: readonly ClaimWarning[] = []): Finding =>
  ({ cause, speaks, minor, thousandths, argument, papers, warnings });

/** Everything the papers can account for, the strongest argument first. Amounts may overlap: a choice is made of them later. */
export function findingsOf(file: ClaimFile, lines: readonly ComparedLine[]): Finding[] {
  const replaced = substitution(file, lines);
  const others = lines.filter(({ item }) => !replaced?.items.has(item));
  const credited = creditedBefore(file);
  return [
    ...duplicates(file, lines),
    ...countedInOtherUnits(file, others),
    ...partOfShipments(file, others),
    ...(replaced ? [replaced.finding] : []),
    ...promotion(file),
    ...shortage(file, others, credited),
    ...overpriced(file, others),
    ...deliveredInFull(file, others),
  ];
}

const numbers = (papers: readonly ({ readonly number: string } | null)[]): string[] => papers.flatMap((it) => it?.number ?? []);
const isSame = (file: ClaimFile, earlier: ClaimFile["earlier"][number]): boolean =>
  earlier.number !== file.claim.number && earlier.purchaseOrder === file.claim.purchaseOrder && earlier.reason === file.claim.reason;
const creditedBefore = (file: ClaimFile): bigint => total(file.earlier.filter((it) => isSame(file, it)).map(({ credited }) => credited?.minor ?? 0n));

/** The same order, for the same reason, was claimed before: what was credited then is not credited again. */
function duplicates(file: ClaimFile, lines: readonly ComparedLine[]): Finding[] {
  return file.earlier.filter((it) => isSame(file, it)).flatMap(({ number, minor, claimedOn, credited }) => {
    if (!credited && minor !== file.claim.minor) return [];
    const covered = least(file.claim.minor, credited ? credited.minor : minor);
    const said = credited ? `it was credited by ${credited.document}` : "nothing was credited for it";
    return [finding("DUPLICATE", "AGAINST", covered, countFor(lines, covered), `The same was claimed on ${claimedOn} as ${number}, and ${said}.`, [number, ...(credited ? [credited.document] : [])])];
  });
}

/** The goods that an amount pays for, where the claim is about one item and the amount is a whole count of it. */
function countFor(lines: readonly ComparedLine[], minor: bigint): bigint | null {
  const billed = lines.filter(({ invoicedMinor }) => invoicedMinor > 0n);
  if (billed.length !== 1) return null;
  const [line] = billed;
  const thousandths = divideHalfUp(minor * line!.invoiced!, line!.invoicedMinor);
  return worthOf(line!, thousandths) === minor ? thousandths : null;
}

/** Two papers count in different units and agree once the units are made one: whoever subtracts the bare numbers sees a gap. */
function countedInOtherUnits({ claim, order, invoice, shipments, receivings, packs }: ClaimFile, lines: readonly ComparedLine[]): Finding[] {
  const papers = [order, invoice, ...shipments, ...receivings].filter((it) => it !== null);
  const stated = papers.flatMap(({ number, lines: its }) => its.map((it: GoodsLine) => ({ ...it, number })));
  for (const line of lines) {
    const its = stated.filter(({ item }) => item === line.item);
    for (const [no, a] of its.entries()) {
      for (const b of its.slice(no + 1)) {
        const [countA, countB] = [a, b].map(({ quantity, item }) => inSmallestUnit(quantity, item, packs).thousandths);
        if (a.quantity.unit === b.quantity.unit || countA !== countB) continue;
        const gap = greatest(a.quantity.thousandths, b.quantity.thousandths) - least(a.quantity.thousandths, b.quantity.thousandths);
        if (gap === 0n || worthOf(line, gap) !== claim.minor) continue;
        const words = ({ quantity, number }: typeof a): string => `${countText(quantity.thousandths)} ${quantity.unit} of ${number}`;
        const argument = `${words(a)} and ${words(b)} are the same ${countText(countA!)} ${line.unit}; the claim is the difference of the bare numbers.`;
        return [finding("UNIT_PER_CASE", "AGAINST", claim.minor, gap, argument, [a.number, b.number])];
      }
    }
  }
  return [];
}

const MOST_SHIPMENTS = 12;

/** Everything arrived in several shipments, and the claim is what some of them brought. */
function partOfShipments({ claim, shipments, receivings }: ClaimFile, lines: readonly ComparedLine[]): Finding[] {
  if (shipments.length < 2 || shipments.length > MOST_SHIPMENTS) return [];
  for (const line of lines) {
    const { item, invoiced, received, shipped } = line;
    if (invoiced === null || received === null || received < invoiced || shipped !== invoiced) continue;
    const brought = shipments.map(({ lines: its, number }) => ({ number, thousandths: total(its.filter((it) => it.item === item).map(({ quantity }) => quantity.thousandths)) }));
    // The later shipments first: what somebody overlooks is what came afterwards.
    for (let choice = 2 ** brought.length - 2; choice > 0; choice--) {
      const missed = brought.filter((_, no) => choice & (1 << no));
      const thousandths = total(missed.map((it) => it.thousandths));
      if (thousandths === 0n || worthOf(line, thousandths) !== claim.minor) continue;
      const argument = `${countText(received)} ${line.unit} arrived in ${shipments.length} shipments, all that was billed; the claim leaves out what ${numbers(missed).join(" and ")} brought.`;
      return [finding("SPLIT_SHIPMENT", "AGAINST", claim.minor, thousandths, argument, [...numbers(missed), ...numbers(receivings)])];
    }
  }
  return [];
}

/** Another item came in place of the one billed, in the same count. */
function substitution({ claim, invoice, shipments, receivings }: ClaimFile, lines: readonly ComparedLine[]): { readonly finding: Finding; readonly items: ReadonlySet<string> } | null {
  const billed = lines.find(({ invoiced, received, shipped }) => (invoiced ?? 0n) > 0n && (received ?? shipped) === 0n);
  const came = lines.find(({ invoiced, received, shipped }) => !invoiced && ((received ?? shipped) ?? 0n) > 0n);
  if (!billed || !came || (came.received ?? came.shipped) !== billed.invoiced) return null;
  const note = receivings.map((it) => it.note).find((it) => /substitut/i.test(it) && /approv|authori[sz]|agreed/i.test(it) && !/\bnot\b|\bnever\b|\bwithout\b/i.test(it));
  const papers = [...numbers([invoice]), ...numbers(shipments), ...numbers(receivings)];
  const thousandths = billed.invoiced!;
  const what = `${countText(thousandths)} ${came.unit} of ${came.item} came in place of ${billed.item}`;
  const result = note
    ? finding("SUBSTITUTION", "AGAINST", least(claim.minor, billed.invoicedMinor), thousandths, `${what}, which a note says was approved: "${note.trim()}"`, papers, ["APPROVAL_TO_BE_PROVED"])
    : finding("SUBSTITUTION", "FOR", billed.invoicedMinor, thousandths, `${what}, and nothing says that the customer agreed.`, papers);
  return { finding: result, items: new Set([billed.item, came.item]) };
}

/** An allowance that was agreed, if it covers these goods on the day they were billed. */
function promotion({ claim, invoice, agreements }: ClaimFile): Finding[] {
  if (claim.reason !== DeductionReason.PROMOTION || !invoice) return [];
  return agreements.flatMap(({ number, code, item, basisPoints, validFrom, validTo }) => {
    const billed = total(invoice.lines.filter((it) => it.item === item).map(({ minor }) => minor));
    if (billed === 0n) return [];
    const minor = share(billed, basisPoints);
    const holds = validFrom <= invoice.invoicedOn && invoice.invoicedOn <= validTo;
    const named = /\bPROMO[\w-]*/i.exec(claim.text)?.[0];
    const warnings: ClaimWarning[] = named && named.toUpperCase() !== code.toUpperCase() ? ["OTHER_AGREEMENT_NAMED"] : [];
    const window = `${code} holds from ${validFrom} to ${validTo}, and ${invoice.number} is of ${invoice.invoicedOn}`;
    return [finding("PROMOTION", holds ? "FOR" : "AGAINST", holds ? minor : least(claim.minor, minor), null, `${basisPoints / 100} % of what was billed; ${window}.`, [number, invoice.number], warnings)];
  });
}

/** Fewer goods arrived than were billed, beyond what was credited before. */
function shortage({ invoice, receivings }: ClaimFile, lines: readonly ComparedLine[], credited: bigint): Finding[] {
  const short = lines.flatMap((line) => (line.invoiced !== null && line.received !== null && line.received < line.invoiced ? [{ line, thousandths: line.invoiced - line.received }] : []));
  const minor = total(short.map(({ line, thousandths }) => worthOf(line, thousandths))) - credited;
  if (minor <= 0n) return [];
  const carrier = receivings.some(({ note }) => /carrier|driver/i.test(note) && /sign|acknowledg|exception/i.test(note));
  const words = short.map(({ line, thousandths }) => `${countText(thousandths)} ${line.unit} of ${line.item}`).join(", ");
  const thousandths = short.length === 1 && credited === 0n ? short[0]!.thousandths : null;
  return [finding("SHORTAGE", "FOR", minor, thousandths, `${words} billed and not received${credited > 0n ? ", beyond what was credited before" : ""}.`, [...numbers([invoice]), ...numbers(receivings)], carrier ? ["CARRIER_AT_FAULT"] : [])];
}

/** More was billed than the order says. */
function overpriced({ order, invoice }: ClaimFile, lines: readonly ComparedLine[]): Finding[] {
  return lines.flatMap(({ item, invoiced, invoicedMinor, orderedMinor }) => {
    if (orderedMinor === null || orderedMinor >= invoicedMinor) return [];
    return [finding("PRICE", "FOR", invoicedMinor - orderedMinor, invoiced, `${item} is billed above the price of the order.`, numbers([order, invoice]))];
  });
}

/** All that was billed arrived: a claim of missing or damaged goods has no ground in the papers. */
function deliveredInFull({ claim, invoice, receivings }: ClaimFile, lines: readonly ComparedLine[]): Finding[] {
  const aboutGoods: readonly DeductionReason[] = [DeductionReason.SHORTAGE, DeductionReason.UNIT_PER_CASE];
  const whole = lines.length > 0 && lines.every(({ invoiced, received }) => invoiced !== null && received !== null && received >= invoiced);
  return aboutGoods.includes(claim.reason) && whole ? [finding("DELIVERED_IN_FULL", "AGAINST", claim.minor, null, "All that was billed was received.", [...numbers([invoice]), ...numbers(receivings)])] : [];
}
