import type { ClaimFile, GoodsLine } from "./claim-file.ts";
import type { EvidenceKind } from "./evidence.ts";
import { decimalFromMinor } from "./money.ts";
import { countText } from "./quantity.ts";

/** A paper to be kept: its kind, and its document as `readPaper` reads it. */
export interface WrittenPaper {
  readonly kind: EvidenceKind;
  readonly document: string;
}

/** Writes the papers of a claim file as documents: orders, invoices, ship notices, receiving advices, agreements, pack sizes and claims, its own first. */
export function papersOf({ currency, claim, earlier, order, invoice, shipments, receivings, agreements, packs }: ClaimFile): WrittenPaper[] {
  const amount = (minor: bigint): string => decimalFromMinor(minor, currency);
  const goods = ({ item, quantity }: GoodsLine) => ({ item, quantity: countText(quantity.thousandths), unit: quantity.unit });
  const paper = (kind: EvidenceKind, document: object): WrittenPaper => ({ kind, document: JSON.stringify(document) });
  const claimed = ({ number, purchaseOrder, reason, minor, claimedOn, text }: ClaimFile["claim"]) => ({ number, purchaseOrder, reason, amount: amount(minor), claimedOn, ...(text && { text }) });
  return [
    paper("CLAIM", claimed(claim)),
    ...earlier.map((it) => paper("CLAIM", { ...claimed(it), ...(it.credited && { credited: { amount: amount(it.credited.minor), document: it.credited.document } }) })),
    ...(order ? [paper("PO", { number: order.number, orderedOn: order.orderedOn, lines: order.lines.map((line) => ({ ...goods(line), unitPrice: amount(line.unitPriceMinor) })) })] : []),
    ...(invoice ? [paper("INVOICE", { number: invoice.number, invoicedOn: invoice.invoicedOn, lines: invoice.lines.map((line) => ({ ...goods(line), amount: amount(line.minor) })) })] : []),
    ...shipments.map((it) => paper("ASN", { number: it.number, shippedOn: it.shippedOn, ...(it.carrier && { carrier: it.carrier }), lines: it.lines.map(goods) })),
    ...receivings.map((it) => paper("RECEIVING_ADVICE", { number: it.number, receivedOn: it.receivedOn, ...(it.note && { note: it.note }), lines: it.lines.map(goods) })),
    ...agreements.map(({ number, code, item, basisPoints, validFrom, validTo }) => paper("PROMOTION", { number, code, item, percent: countText(BigInt(basisPoints) * 10n), validFrom, validTo })),
    ...(packs.length > 0 ? [paper("PACK_DATA", { packs })] : []),
  ];
}
