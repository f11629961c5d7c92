import type { BusinessDate } from "./dates.ts";
import type { PackSize, Quantity } from "./quantity.ts";
import type { DeductionReason } from "./reasons.ts";

/** Goods on a line of a paper. */
export interface GoodsLine {
  readonly item: string;
  readonly quantity: Quantity;
}

/** What the customer asks for. */
export interface Claim {
  readonly number: string;
  readonly purchaseOrder: string;
  readonly reason: DeductionReason;
  readonly minor: bigint;
  readonly claimedOn: BusinessDate;
  readonly text: string;
}

/** A claim that came before, and what became of it. */
export interface EarlierClaim extends Claim {
  /** What was credited for it and by which credit memo; null when it was denied or is not decided. */
  readonly credited: { readonly minor: bigint; readonly document: string } | null;
}

/** What the customer ordered. */
export interface PurchaseOrder {
  readonly number: string;
  readonly orderedOn: BusinessDate;
  readonly lines: readonly (GoodsLine & { readonly unitPriceMinor: bigint })[];
}

/** What was billed. */
export interface BilledGoods {
  readonly number: string;
  readonly invoicedOn: BusinessDate;
  readonly lines: readonly (GoodsLine & { readonly minor: bigint })[];
}

/** What left us (ASN, bill of lading). */
export interface Shipment {
  readonly number: string;
  readonly shippedOn: BusinessDate;
  readonly carrier: string | null;
  readonly lines: readonly GoodsLine[];
}

/** What arrived (proof of delivery, receiving advice). */
export interface Receiving {
  readonly number: string;
  readonly receivedOn: BusinessDate;
  readonly lines: readonly GoodsLine[];
  /** What somebody wrote on it. A note is a hint to a person, and never proof. */
  readonly note: string;
}

/** An allowance that was agreed for goods within a time. */
export interface Agreement {
  readonly number: string;
  readonly code: string;
  readonly item: string;
  readonly basisPoints: number;
  readonly validFrom: BusinessDate;
  readonly validTo: BusinessDate;
}

/** Everything that is known about one claim. Amounts are in minor units of one currency. */
export interface ClaimFile {
  readonly currency: string;
  readonly claim: Claim;
  readonly earlier: readonly EarlierClaim[];
  readonly order: PurchaseOrder | null;
  readonly invoice: BilledGoods | null;
  readonly shipments: readonly Shipment[];
  readonly receivings: readonly Receiving[];
  readonly agreements: readonly Agreement[];
  readonly packs: readonly PackSize[];
}
