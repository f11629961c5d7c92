import type { BilledGoods, ClaimFile, GoodsLine } from "./claim-file.ts";
import type { ContractInvoice, NamedContract } from "./cross-contract.ts";
import type { BusinessDate } from "./dates.ts";
import type { EvidenceKind } from "./evidence.ts";
import type { AgreementPaper, Paper } from "./paper.ts";
import type { DeductionReason } from "./reasons.ts";
import type { OfferedDiscount } from "./terms.ts";

/** Another deduction of the same customer about the same invoice, purchase order or claim. */
export interface EarlierDeduction {
  readonly id: string;
  readonly reason: DeductionReason;
  readonly minor: bigint;
  readonly takenOn: BusinessDate;
  readonly claimNumber: string | null;
  readonly invoiceNumber: string | null;
  readonly state: string;
}

/** What the books themselves say about a deduction. */
export interface BookFacts {
  readonly currency: string;
  readonly minor: bigint;
  readonly reason: DeductionReason;
  readonly takenOn: BusinessDate;
  readonly claimNumber: string | null;
  readonly purchaseOrder: string | null;
  /** The invoice it was taken from; null where it names none. Its goods are null where its lines say too little. */
  readonly invoice: {
    readonly number: string;
    readonly invoicedOn: BusinessDate;
    readonly totalMinor: bigint;
    readonly discounts: readonly OfferedDiscount[];
    readonly graceDays: number;
    readonly goods: BilledGoods | null;
  } | null;
  /** The day its payment was received; null where it came with none. */
  readonly paidOn: BusinessDate | null;
  readonly earlier: readonly EarlierDeduction[];
  /** What the customer names, and what it was taken from. */
  readonly contract: { readonly named: NamedContract; readonly takenFrom: readonly ContractInvoice[] };
}

/** A paper with a document, and what kind of evidence it is. */
export interface ReadPaper {
  readonly kind: EvidenceKind;
  readonly paper: Paper;
}

/** All that is known of a deduction when it is looked into. */
export interface DeductionFile {
  readonly facts: BookFacts;
  readonly claim: ClaimFile;
  /** Goods that the customer's claim names. */
  readonly claimed: readonly GoodsLine[];
  readonly agreements: readonly AgreementPaper[];
  /** The day on which the customer says it claimed; null where no claim of it is there. */
  readonly noticedOn: BusinessDate | null;
  /** What the receiver signed for and what the customer says it received, each where there is a paper of it. */
  readonly arrived: { readonly signed: readonly GoodsLine[] | null; readonly advised: readonly GoodsLine[] | null };
}

/**
 * Puts the papers of a deduction together with what the books say. The customer's claim is the paper with the deduction's own
 * claim number, or, where it came with none, one of its amount; others are earlier ones. A bill of lading tells what was shipped where no ship notice does, and what the receiver
 * signed for counts before what the customer says it received. An invoice that nobody put on paper is read from the books.
 */
export function deductionFile(facts: BookFacts, papers: readonly ReadPaper[]): DeductionFile {
  const of = <Is extends Paper["is"]>(is: Is, ...kinds: readonly EvidenceKind[]): Extract<Paper, { is: Is }>[] =>
    papers.filter((it) => it.paper.is === is && (kinds.length === 0 || kinds.includes(it.kind))).map(({ paper }) => paper as Extract<Paper, { is: Is }>);
  const claims = of("CLAIM").map(({ claim }) => claim);
  const own = claims.find(({ number, minor, credited }) => (facts.claimNumber === null ? minor === facts.minor && credited === null : number.trim() === facts.claimNumber.trim()));
  const [notices, ladings] = [of("SHIPMENT", "ASN"), of("SHIPMENT", "BOL")];
  const [signed, advised] = [of("RECEIVING", "POD"), of("RECEIVING", "RECEIVING_ADVICE")];
  const order = of("ORDER")[0]?.order ?? null;
  const agreements = of("AGREEMENT").map(({ agreement }) => agreement);
  const goodsOf = (its: typeof signed): GoodsLine[] | null => (its.length === 0 ? null : its.flatMap(({ receiving }) => receiving.lines));
  const purchaseOrder = own?.purchaseOrder ?? facts.purchaseOrder ?? order?.number ?? "";
  return {
    facts, agreements, claimed: own?.lines ?? [], noticedOn: own?.claimedOn ?? null, arrived: { signed: goodsOf(signed), advised: goodsOf(advised) },
    claim: {
      currency: facts.currency,
      claim: { number: facts.claimNumber ?? own?.number ?? "", purchaseOrder, reason: facts.reason, minor: facts.minor, claimedOn: own?.claimedOn ?? facts.takenOn, text: own?.text ?? "" },
      earlier: claims.filter((it) => it !== own), order, invoice: of("INVOICE")[0]?.invoice ?? facts.invoice?.goods ?? null,
      shipments: (notices.length > 0 ? notices : ladings).map(({ shipment }) => shipment), receivings: (signed.length > 0 ? signed : advised).map(({ receiving }) => receiving),
      agreements, packs: of("PACKS").flatMap(({ packs }) => packs),
    },
  };
}
