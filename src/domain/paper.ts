import type { Agreement, BilledGoods, EarlierClaim, GoodsLine, PurchaseOrder, Receiving, Shipment } from "./claim-file.ts";
import type { EvidenceKind } from "./evidence.ts";
import { PaperReader } from "./paper-reader.ts";
import { type PackSize, unitKey } from "./quantity.ts";
import { DeductionReason } from "./reasons.ts";
import { Refusal } from "./refusal.ts";

/** An agreement, and what was set aside for it. */
export interface AgreementPaper extends Agreement {
  /** Null where nobody says. */
  readonly accruedMinor: bigint | null;
  readonly usedMinor: bigint;
}

/** A claim, and the goods it is about where it names them. */
export interface ClaimPaper extends EarlierClaim {
  readonly lines: readonly GoodsLine[];
}

/** What a paper says, where somebody wrote it down as a document that a machine can read. */
export type Paper =
  | { readonly is: "ORDER"; readonly order: PurchaseOrder }
  | { readonly is: "INVOICE"; readonly invoice: BilledGoods }
  | { readonly is: "SHIPMENT"; readonly shipment: Shipment }
  | { readonly is: "RECEIVING"; readonly receiving: Receiving }
  | { readonly is: "PACKS"; readonly packs: readonly PackSize[] }
  | { readonly is: "AGREEMENT"; readonly agreement: AgreementPaper }
  | { readonly is: "CLAIM"; readonly claim: ClaimPaper };

const goods = (line: PaperReader): GoodsLine => ({ item: line.text("item"), quantity: line.quantity() });

/** How the document of each kind is read. Amounts are plain decimals in texts, in the currency of the deduction; counts too. */
const READERS: Readonly<Partial<Record<EvidenceKind, (it: PaperReader) => Paper>>> = {
  PO: (it) => ({ is: "ORDER", order: { number: it.text("number"), orderedOn: it.day("orderedOn"), lines: it.each("lines", (line) => ({ ...goods(line), unitPriceMinor: line.amount("unitPrice") })) } }),
  INVOICE: (it) => ({ is: "INVOICE", invoice: { number: it.text("number"), invoicedOn: it.day("invoicedOn"), lines: it.each("lines", (line) => ({ ...goods(line), minor: line.amount("amount") })) } }),
  ASN: shipment,
  BOL: shipment,
  POD: receiving,
  RECEIVING_ADVICE: receiving,
  PACK_DATA: (it) => ({ is: "PACKS", packs: it.each("packs", (pack) => ({ item: pack.text("item"), unit: unitKey(pack.text("unit")), holds: pack.whole("holds"), of: unitKey(pack.text("of")) })) }),
  PROMOTION: agreement,
  CONTRACT: agreement,
  CLAIM: claim,
};

function shipment(it: PaperReader): Paper {
  return { is: "SHIPMENT", shipment: { number: it.text("number"), shippedOn: it.day("shippedOn"), carrier: it.textOr("carrier", null), lines: it.each("lines", goods) } };
}

function receiving(it: PaperReader): Paper {
  return { is: "RECEIVING", receiving: { number: it.text("number"), receivedOn: it.day("receivedOn"), lines: it.each("lines", goods), note: it.textOr("note", "") } };
}

function agreement(it: PaperReader): Paper {
  const basisPoints = Number(it.thousandths("percent", "a percentage like \"10\" or \"2.5\"") / 10n);
  const terms = { number: it.text("number"), code: it.text("code"), item: it.text("item"), basisPoints, validFrom: it.day("validFrom"), validTo: it.day("validTo") };
  return { is: "AGREEMENT", agreement: { ...terms, accruedMinor: it.amountOr("accrued", null), usedMinor: it.amountOr("used", 0n) } };
}

function claim(it: PaperReader): Paper {
  const claimed = {
    number: it.text("number"), purchaseOrder: it.text("purchaseOrder"), reason: it.oneOf("reason", Object.values(DeductionReason)), minor: it.amount("amount"), claimedOn: it.day("claimedOn"), text: it.textOr("text", ""),
  };
  const credited = it.inside("credited", (part) => ({ minor: part.amount("amount"), document: part.text("document") }));
  return { is: "CLAIM", claim: { ...claimed, credited, lines: it.eachOr("lines", goods) } };
}

const LONGEST = 200_000;

/** Reads the document of a paper. Refuses one of a kind that has no form, and whatever is not as the form of its kind says. */
export function readPaper(kind: EvidenceKind, document: string, currency: string): Paper {
  const path = ["document"];
  const read = READERS[kind];
  if (!read) throw new Refusal("VALUE_INVALID", `A ${kind} has no document to compare; ${Object.keys(READERS).join(", ")} have.`, { field: path });
  if (document.length > LONGEST) throw new Refusal("LIMIT_EXCEEDED", `A document has ${LONGEST} characters at most.`, { field: path });
  return PaperReader.of(document, currency, path).all(read);
}

/** What a paper is known by outside; null for one without a number. */
export function numberOf(paper: Paper): string | null {
  switch (paper.is) {
    case "ORDER": return paper.order.number;
    case "INVOICE": return paper.invoice.number;
    case "SHIPMENT": return paper.shipment.number;
    case "RECEIVING": return paper.receiving.number;
    case "AGREEMENT": return paper.agreement.number;
    case "CLAIM": return paper.claim.number;
    case "PACKS": return null;
  }
}
